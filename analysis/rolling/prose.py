"""Which texts of an edition go with it into the next year, and which stay behind, each with the reason.

What speaks of the print of its own year stays behind, paragraph by paragraph, as a book leaves out what it does not
know. So does a text words of which, held by the table of assertions, are wrong on the new figures: a build would refuse
them. All else comes along to be checked; words that nothing is known to hold against are not printed until it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from analysis.base.markdown import without_comments
from analysis.catalogue import Table
from analysis.editions import review
from analysis.ledger.ledger import Ledger
from analysis.ledger.prose import OWN, Assertion, assertions
from analysis.quantities.text import plain
from analysis.report import Report
from analysis.rolling.passages import passages, settled

COLUMNS = ("file", "state", "why", "words")
COMES, STAYS = f"перенесён, {review.MARK}", "остался в прошлом издании"
WAITS = f"перенесён, {review.MARK}; слова не печатаются, пока их нечем проверить"
CUT = f"перенесён без абзацев о печати, {review.MARK}"
# «Издание говорит» is said of the print only; «следующее издание» is not.
_WORD = re.compile(r"\w*печат(?:н|а)\w*|(?<!следующее )(?<!настоящее )(?<!новое )\bиздание\b", re.IGNORECASE)
# By these names go figures that only the print gave, and what tells of the print itself.
_FIGURE = re.compile(r"\b[a-z]\w*_printed\b")
_EXHIBIT = re.compile(r"""report\.(?:table|figure)\(["'](?:lost|exhibits-map)["']\)""")
# The tables that say what a print said, and the columns that name it.
_TOLD = {"claims": "source", "printed_exhibits": "sources"}
LOST = "lost"


@dataclass(frozen=True)
class Print:
    """How texts name a print.

    Attributes
    ----------
    sources : frozenset of str
        The sources that are the print: those of the statements and the exhibits it was taken from.
    lost : frozenset of str
        Labels of its exhibits that are lost: the edition keeps their places only.
    """

    sources: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()


def print_of(known: Mapping[str, Table]) -> Print:
    """Return the print of an edition; one that was never printed names nothing."""
    told = {name: review.text_rows(known[name].file) for name in _TOLD if name in known}
    cells = [cell for name, column in _TOLD.items() if name in told for cell in told[name].get(column, [])]
    exhibits = told.get("printed_exhibits", pd.DataFrame())
    lost = exhibits.loc[exhibits["state"].eq(LOST), "exhibit"] if len(exhibits) else []
    return Print(frozenset(source for cell in cells for source in cell.split(";") if source), frozenset(lost))


def about_print(text: str, printed: Print) -> str:
    """Return the words by which a text speaks of a print, a citation or a name of a figure among them; or nothing."""
    said = without_comments(text)
    marks = [rf"@{re.escape(source)}\b" for source in printed.sources]
    for label in printed.lost:
        marks += [rf"@{re.escape(label)}\b", rf"""["']{re.escape(label.partition("-")[2])}["']"""]
    for pattern in (*map(re.compile, marks), _FIGURE, _EXHIBIT, _WORD):
        if found := pattern.search(said):
            return found[0]
    return ""


def without_print(
    fragments: Mapping[str, bytes], printed: Print, wrong: Mapping[str, str] | None = None
) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return the fragments without what speaks of a print, and of each that lost anything the reason.

    Parameters
    ----------
    fragments : mapping
        Files by place.
    printed : Print
        How the texts name it.
    wrong : mapping, optional
        Places of texts whose words do not hold, each with the reason: none of their words come along.

    Returns
    -------
    dict, dict
        By place; a fragment in which nothing is left to be said is not among the first. What makes names for others
        stays with them, and what asks for a name that nothing makes any more goes as well.
    """
    wrong = wrong or {}
    kept, reasons = {}, {}
    texts = {place: passages(_text(content), _about(printed)) for place, content in fragments.items()}
    for place in wrong:
        texts[place] = [replace(one, why=one.why or one.readable * wrong[place]) for one in texts[place]]
    for folder in dict.fromkeys(place.partition("/")[0] for place in fragments):
        of_chapter = {place: texts[place] for place in fragments if place.startswith(f"{folder}/")}
        for place, left in settled(of_chapter).items():
            why = "; ".join(dict.fromkeys(one.why for one in left if one.why))
            stays = [one.text for one in left if not one.why]
            if why:
                reasons[place] = why
            if stays:
                kept[place] = ("\n\n".join(stays) + "\n").encode() if why else fragments[place]
    return kept, reasons


def _about(printed: Print) -> Callable[[str], str]:
    def why(text: str) -> str:
        words = about_print(text, printed)
        return f"говорит о печати: «{words}»" if words else ""

    return why


def judged(
    report: Report, chapters: Iterable[Path], fragments: Mapping[str, bytes]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the fragments whose words the figures of an edition refute, and those of whose words nothing is known.

    Parameters
    ----------
    report : Report
        Of the new edition, whose prose the fragments are.
    chapters : iterable of Path
        The files of the chapters.
    fragments : mapping
        Files by place.

    Returns
    -------
    dict, dict
        By place, each with the reason.
    """
    wrong: dict[str, str] = {}
    waiting: dict[str, str] = {}
    if OWN not in report.project.tables(report.edition.id):
        return wrong, waiting
    for one in assertions(Ledger(report), chapters):
        if one.table == OWN and one.there:
            reasons, why = (wrong, one.fault) if one.fault else (waiting, _unknown(one))
            if why:
                reasons.update(dict.fromkeys(holding(one.words, fragments), plain(why)))
    return wrong, waiting


def holding(words: str, fragments: Mapping[str, bytes]) -> list[str]:
    """Return the places of the fragments in which words stand, whatever the spaces between them."""
    wanted = " ".join(words.split())
    return [place for place, content in fragments.items() if wanted in " ".join(_text(content).split())]


def listed(
    fragments: Mapping[str, bytes], kept: Mapping[str, bytes], of_print: Mapping[str, str], waiting: Mapping[str, str]
) -> pd.DataFrame:
    """Return what has become of each text: columns `COLUMNS`, those that stayed first.

    Parameters
    ----------
    fragments, kept : mapping
        All files of the last edition's prose, and what of them came along, by place.
    of_print, waiting : mapping
        Why a text stayed or was cut, and why words of one cannot be checked yet.

    Returns
    -------
    pandas.DataFrame
    """
    rows = []
    for place, content in fragments.items():
        state = COMES if kept.get(place) == content else CUT if place in kept else STAYS
        state = WAITS if state == COMES and place in waiting else state
        why = "; ".join(filter(None, (of_print.get(place), waiting.get(place))))
        rows.append((place, state, why, _begun(_text(content))))
    order = [STAYS, CUT, WAITS, COMES]
    return pd.DataFrame(sorted(rows, key=lambda row: (order.index(row[1]), row[0])), columns=list(COLUMNS))


def _unknown(one: Assertion) -> str:
    if one.part.answer is not None or not one.part.gaps:
        return ""
    lacking = "; ".join(dict.fromkeys(gap.what for gap in one.part.gaps))
    return f"Слова «{one.words}» нечем проверить: {lacking}."


def _begun(text: str) -> str:
    return review.begun(" ".join(without_comments(text).split()))


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig")
