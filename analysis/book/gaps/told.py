"""What was left out of a book, and how much of it is printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.base.gaps import Gap

SENTENCE, PARAGRAPH, ITEM, TABLE, FIGURE, LIST, NOTE, SECTION, CHAPTER, PLACE = (
    "предложение",
    "абзац",
    "пункт списка",
    "таблица",
    "рисунок",
    "список",
    "сноска",
    "раздел",
    "глава",
    "место",
)


@dataclass(frozen=True)
class LeftOut:
    """A place that is not printed, in a draft: one that is marked.

    Attributes
    ----------
    chapter : str
        File of its chapter.
    section : str
        Identifier of the nearest heading above that has one, empty where there is none.
    title : str
        Title of the nearest heading above.
    kind : str
        What it is, one of the words above.
    gaps : tuple of Gap
        What is missing for it.
    label : str
        Identifier of an exhibit or a section that is left out.
    """

    chapter: str
    section: str
    title: str
    kind: str
    gaps: tuple[Gap, ...]
    label: str = ""


@dataclass(frozen=True)
class Printed:
    """How much of a report is printed: paragraphs with items of lists, tables with figures, places left out."""

    paragraphs: int = 0
    all_paragraphs: int = 0
    exhibits: int = 0
    all_exhibits: int = 0
    left: int = 0


def gaps_of(records: Iterable[dict[str, str]]) -> tuple[Gap, ...]:
    """Return gaps as a kernel recorded them, each once."""
    return tuple(dict.fromkeys(Gap(record["what"], record["why"], record.get("who", "")) for record in records))


def merged(several: Iterable[tuple[Gap, ...]]) -> tuple[Gap, ...]:
    """Return the gaps of several places, each once."""
    return tuple(dict.fromkeys(gap for gaps in several for gap in gaps))
