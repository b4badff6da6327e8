"""The prose of two states side by side, sentence by sentence: chapters, and the fragments of an edition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import pandas as pd

from analysis.base import ipynb, paths, reads
from analysis.base.markdown import without_comments, without_fences
from analysis.compare.words import COME, GONE, KEPT, Part, parts
from analysis.editions.edition import available
from analysis.ingest.difference import CHANGED, NEW, VANISHED

# A sentence that stands elsewhere now, word for word.
MOVED = "moved"
COLUMNS = ("place", "section", "change", "old", "new", "parts", "old_place")
# What two sentences must have in common to be one that was rewritten.
ALIKE = 0.5
_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*(?:\{[^{}`]*\})?\s*$")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+|\s*\|")
_FENCE = re.compile(r"\s*(?::{3,}|---\s*$)")
# A full stop after these ends no sentence; an initial does not either.
_SHORT = "гг|вв|тыс|млн|млрд|руб|коп|пп|ст|стр|рис|табл|гл|разд|см|ср|др|пр|чел|ед|обл|ул|им|проф|акад|доц|кв"
_INLINE = re.compile(r"`[^`]*`")
_END = re.compile(r"(?P<before>\w+|[^\w\s])(?P<stop>[.!?…]+[»”\")\]]*)\s+(?=[«„“(\[`@*_А-ЯЁA-Z0-9])")


@dataclass(frozen=True)
class Sentence:
    """A sentence, a heading or an item of a list, under its heading."""

    section: str
    text: str


def sentences(markdown: str) -> list[Sentence]:
    """Return what a Markdown text says, each sentence with the heading it stands under; inline expressions stay."""
    found: list[Sentence] = []
    section = ""
    for block in _blocks(markdown):
        if heading := _HEADING.match(block):
            section = heading[1]
        found += [Sentence(section, text) for text in _cut(block)]
    return found


def texts(root: Path, edition: str = "") -> dict[str, str]:
    """Return the Markdown of a project folder by place: of its chapters and all fragments, or those of one edition.

    Parameters
    ----------
    root : Path
        The project folder, which is that of the process.
    edition : str
        The edition whose fragments alone are wanted; their places are then told without its folder.

    Raises
    ------
    UsageError, DataError
        A file cannot be read.
    """
    if edition:
        folder = paths.prose(edition)
        return {file.relative_to(folder).as_posix(): reads.text(file) for file in sorted(folder.rglob("*.md"))}
    notebooks = sorted((root / "chapters").glob("*.ipynb"))
    others = [*sorted(root.glob("*.qmd")), *sorted((root / "chapters").glob("*.qmd"))]
    others += [file for name in available() for file in sorted(paths.prose(name).rglob("*.md"))]
    return {file.relative_to(root).as_posix(): _prose(file) for file in notebooks} | {
        file.relative_to(root).as_posix(): reads.text(file) for file in others
    }


def prose_changes(before: Mapping[str, str], after: Mapping[str, str]) -> pd.DataFrame:
    """Return what has become of the sentences of texts.

    Parameters
    ----------
    before, after : mapping
        Markdown by place, as `texts` gives it.

    Returns
    -------
    pandas.DataFrame
        `place`, `section` (the heading above), `change` (`new`, `vanished`, `changed`, `moved`), `old`, `new`, `parts`
        (the words kept, gone and come, see `analysis.compare.words.parts`), `old_place` (of what moved).
    """
    found = [
        row
        for place in dict.fromkeys([*before, *after])
        for row in _of_text(place, sentences(before.get(place, "")), sentences(after.get(place, "")))
    ]
    return pd.DataFrame(_moved(found), columns=list(COLUMNS))


def _prose(file: Path) -> str:
    return "\n\n".join(cell.source for cell in ipynb.read(file).cells if cell.cell_type == "markdown")


def _blocks(markdown: str) -> Iterator[str]:
    """Yield headings, items, rows of tables, and paragraphs in one line each; fences and front matter are none."""
    gathered: list[str] = []
    for line in [*without_comments(without_fences(markdown)).splitlines(), ""]:
        alone = _HEADING.match(line) or _FENCE.match(line)
        if gathered and (alone or not line.strip() or _ITEM.match(line)):
            yield " ".join(gathered)
            gathered = []
        if alone and not _FENCE.match(line):
            yield line.strip()
        elif not alone and line.strip():
            gathered.append(line.strip())


def _cut(block: str) -> list[str]:
    # An expression has full stops of its own.
    hidden = _INLINE.sub(lambda found: f"`{'x' * (len(found[0]) - 2)}`", block)
    cuts = [
        found.end("stop")
        for found in _END.finditer(hidden)
        if not re.fullmatch(rf"(?:{_SHORT}|[^\W\d])", found["before"], re.IGNORECASE) or "." not in found["stop"]
    ]
    return [
        text for start, end in zip([0, *cuts], [*cuts, len(block)], strict=True) if (text := block[start:end].strip())
    ]


def _of_text(place: str, old: list[Sentence], new: list[Sentence]) -> Iterator[dict[str, object]]:
    before, after = ([sentence.text for sentence in side] for side in (old, new))
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from (_row(place, here, there) for here, there in _matched(old[a:b], new[c:d]))


def _matched(old: list[Sentence], new: list[Sentence]) -> Iterator[tuple[Sentence | None, Sentence | None]]:
    """Yield the sentences of a passage that was rewritten: each with the one it became, in the order of the new one."""
    waiting = list(old)
    for sentence in new:
        shares = [_share(former.text, sentence.text) for former in waiting]
        best = max(range(len(waiting)), key=shares.__getitem__, default=None)
        if best is None or shares[best] < ALIKE:
            yield None, sentence
            continue
        # What stood before it and became nothing is gone.
        yield from ((former, None) for former in waiting[:best])
        yield waiting[best], sentence
        waiting = waiting[best + 1 :]
    yield from ((former, None) for former in waiting)


def _share(old: str, new: str) -> float:
    return SequenceMatcher(None, old.split(), new.split(), autojunk=False).ratio()


def _row(place: str, old: Sentence | None, new: Sentence | None) -> dict[str, object]:
    before, after = (side.text if side else "" for side in (old, new))
    marked: tuple[Part, ...] = parts(before, after) if old and new else ((GONE, before),) if old else ((COME, after),)
    return {
        "place": place,
        "section": (new or old or Sentence("", "")).section,
        "change": CHANGED if old and new else VANISHED if old else NEW,
        "old": before,
        "new": after,
        "parts": marked,
        "old_place": "",
    }


def _moved(found: list[dict[str, object]]) -> Iterable[dict[str, object]]:
    """Return the rows with a sentence that went in one place and came in another as one that moved."""
    gone: dict[object, list[dict[str, object]]] = {}
    for row in found:
        if row["change"] == VANISHED:
            gone.setdefault(row["old"], []).append(row)
    taken = []
    for row in found:
        if row["change"] == NEW and gone.get(row["new"]):
            former = gone[row["new"]].pop(0)
            taken.append(former)
            row |= {
                "change": MOVED,
                "old": row["new"],
                "old_place": former["place"] if former["place"] != row["place"] else former["section"],
                "parts": ((KEPT, row["new"]),),
            }
    return [row for row in found if not any(row is one for one in taken)]
