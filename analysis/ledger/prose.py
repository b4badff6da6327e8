"""The current prose against the data: statements taken over from the printed edition, and words typed by hand.

Numbers of the chapters are computed, and so are most words of direction. What is left are words that somebody typed: a
statement of the printed edition repeated, or a conclusion such as «регион отдает работников». Both are data here: the
column `adopted` of the edition's claims, and the table `assertions`, each row of which holds the words and the formula
they rest on. Words of an edition's own prose are held by a table of that edition, `prose_assertions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.base import paths
from analysis.base.composing import compose
from analysis.base.gaps import Unsaid
from analysis.base.ipynb import read
from analysis.base.markdown import headings
from analysis.ledger.answers import CONTRADICTED
from analysis.ledger.entries import Entry, Part
from analysis.ledger.ledger import Ledger, has_statements
from analysis.quantities.text import plain

if TYPE_CHECKING:
    from analysis.show.face import Report

# Words of the chapters, which every edition prints, and words that one edition lays into them.
COMMON, OWN = "assertions", "prose_assertions"
ALMOST = "almost"


@dataclass(frozen=True)
class Assertion:
    """Words of a chapter and the part of the ledger they rest on.

    Attributes
    ----------
    id, section, words : str
        As the table of assertions gives them.
    part : Part
        The check of their formula.
    weak : str
        Why the formula would hold for words weaker than these, empty where it would not.
    there : bool
        Whether the section holds the words.
    table : str
        The table that holds them: the common one, or that of the edition.
    """

    id: str
    section: str
    words: str
    part: Part
    there: bool
    table: str = COMMON
    weak: str = ""

    @property
    def refuted(self) -> bool:
        """Whether the data contradict the words."""
        return self.part.answer is not None and self.part.answer.result == CONTRADICTED

    @property
    def fault(self) -> str:
        """What is wrong with it in one sentence, empty where nothing is."""
        if not self.there:
            return (
                f"Слов «{self.words}» в разделе {self.section} нет: исправьте строку {self.id} таблицы {self.table} или"
                " уберите ее."
            )
        if self.weak:
            return f"Слова «{self.words}» (раздел {self.section}) сильнее своей формулы: {self.weak}"
        if self.part.answer is None and not self.part.gaps:
            return f"Слова «{self.words}» (раздел {self.section}) не проверить: {self.part.trouble}"
        if self.part.answer is not None and self.refuted:
            return (
                f"Слова «{self.words}» (раздел {self.section}) неверны: {plain(self.part.answer.right)}"
                f" ({self.part.where})."
            )
        return ""


def assertions(ledger: Ledger, chapters: Iterable[Path]) -> list[Assertion]:
    """Return the words typed into the chapters and into the edition's prose, each checked against the edition's data.

    Words of the chapters are held by the common table, those of fragments by the edition's own. Where the edition
    prints something else in place of a section, its words are not printed and hold for nothing.
    """
    chapters = list(chapters)
    return _assertions(ledger, chapters, sections(chapters, paths.prose(ledger.report.edition.id)))


def _assertions(ledger: Ledger, chapters: list[Path], printed: Mapping[str, str]) -> list[Assertion]:
    """Return them where it is known what the sections of the edition say."""
    report = ledger.report
    found = [(row, OWN, printed) for row in report.load(OWN).to_dict("records")] if _has_own(report) else []
    if common := report.load(COMMON).to_dict("records"):
        written = sections(chapters)
        found = [*((row, COMMON, written) for row in common), *found]
    return [
        _assertion(ledger, row, table, texts)
        for row, table, texts in found
        if not _stands(row, texts) or _stands(row, printed)
    ]


def adopted(ledger: Ledger) -> list[Entry]:
    """Return the statements that the current prose repeats."""
    if not has_statements(ledger.report, ledger.statements):
        return []
    return [ledger.entry(claim) for claim, row in ledger.claims.items() if row["adopted"]]


def faults(ledger: Ledger, chapters: Iterable[Path]) -> list[str]:
    """Return what in the current prose the data contradict, or the tables of the ledger no longer find there."""
    return [said for _, said in _faults(ledger, chapters)]


def contradicted(report: Report, chapters: Iterable[Path]) -> list[tuple[str, str]]:
    """Return as `faults` what in the chapters the data of an edition contradict, each behind its section."""
    if "assertions" not in report.project.tables(report.edition.id):
        return []
    return _faults(Ledger(report), chapters)


def unsaid(report: Report, chapters: Iterable[Path]) -> list[Unsaid]:
    """Return the words of the chapters whose formulas rest on something not known: nobody can say them.

    Parameters
    ----------
    report
        Of the edition.
    chapters
        Their files.
    """
    if COMMON not in report.project.tables(report.edition.id):
        return []
    return [
        Unsaid(assertion.section, assertion.words, assertion.part.gaps)
        for assertion in assertions(Ledger(report), chapters)
        if assertion.there and assertion.part.answer is None and assertion.part.gaps
    ]


def _faults(ledger: Ledger, chapters: Iterable[Path]) -> list[tuple[str, str]]:
    chapters, report, told = list(chapters), ledger.report, adopted(ledger)
    # An edition without words of its own has none to be held, and no chapter need be read for it.
    if not (told or len(report.load(COMMON)) or (_has_own(report) and len(report.load(OWN)))):
        return []
    known = sections(chapters, paths.prose(report.edition.id))
    held = _assertions(ledger, chapters, known)
    found = [(assertion.section, assertion.fault) for assertion in held if assertion.fault]
    for entry in told:
        if entry.refuted:
            said = f"Раздел {entry.adopted} повторяет утверждение {entry.id}, а оно неверно. {plain(entry.right)}"
            found.append((entry.adopted, said))
        if entry.adopted not in known:
            said = (
                f"Раздела {entry.adopted}, который повторяет утверждение {entry.id}, в главах нет: исправьте столбец"
                " adopted."
            )
            found.append((entry.adopted, said))
    return found


def _has_own(report: Report) -> bool:
    """Tell whether an edition has a table for the words of its own prose."""
    return OWN in report.project.tables(report.edition.id)


def sections(chapters: Iterable[Path], prose: Path | None = None) -> Mapping[str, str]:
    """Return the prose of notebooks by section id, spaces of any kind as one.

    Parameters
    ----------
    chapters
        Their files.
    prose
        Folder of the fragments of an edition, which are read as parts of the chapters.

    Returns
    -------
    Mapping
        Section id to text.
    """
    texts: dict[str, str] = {}
    for chapter in chapters:
        cells = compose(read(chapter), prose, chapter.stem).cells
        source = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        sections = [heading for heading in headings(source) if heading.id.startswith("sec-")]
        ends = [*(heading.line_start for heading in sections[1:]), len(source)]
        for heading, end in zip(sections, ends, strict=True):
            texts[heading.id] = " ".join(source[heading.line_end : end].split())
    return texts


def _assertion(ledger: Ledger, row: Mapping[str, Any], table: str, texts: Mapping[str, str]) -> Assertion:
    part = ledger.check(row, where=f"Таблица {table}, строка {row['id']}")
    return Assertion(row["id"], row["section"], row["words"], part, _stands(row, texts), table, _weakness(row, table))


def _weakness(row: Mapping[str, Any], table: str) -> str:
    """Return what a row lacks to be as strong as its words: how near «почти» is, only the words themselves can say."""
    if row["relation"] != ALMOST or (row["direction"] and not pd.isna(row["margin"])):
        return ""
    return f"впишите в строку {row['id']} таблицы {table} допуск (margin) и сторону (direction)."


def _stands(row: Mapping[str, Any], texts: Mapping[str, str]) -> bool:
    """Tell whether a section holds the words of a row."""
    return " ".join(row["words"].split()) in texts.get(row["section"], "")
