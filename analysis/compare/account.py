"""The form of an account of a comparison: sections of tables and passages, whoever sets them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from analysis.base.russian import agreed
from analysis.compare.numbers import DESCRIBED
from analysis.compare.prose import MOVED
from analysis.compare.words import COME, GONE, KEPT, Part
from analysis.ingest.difference import CHANGED, CONFLICT, NEW, VANISHED

TITLES = {
    "numbers": "Числа",
    "words": "Таблицы слов",
    "verdicts": "Утверждения",
    "forecasts": "Прогнозы и исходы",
    "prose": "Текст",
}
CHANGES = {
    CHANGED: "изменилось",
    VANISHED: "исчезло",
    NEW: "появилось",
    DESCRIBED: "описано иначе",
    CONFLICT: "противоречие",
    MOVED: "переставлено",
}
NOTHING = "Различий нет."
# A cell of a table, or a passage: words, or words with what is kept, gone and come.
Cell = str | tuple[Part, ...]


@dataclass(frozen=True)
class Grid:
    """A table: heads, rows, the heads of the columns of numbers."""

    title: str
    heads: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    right: tuple[str, ...] = ()


@dataclass(frozen=True)
class Passage:
    """A piece of running text: where it stands, what has become of it, its words."""

    place: str
    what: str
    words: Cell
    remark: str = ""


@dataclass(frozen=True)
class Group:
    """Passages under one heading."""

    title: str
    passages: list[Passage]


@dataclass(frozen=True)
class Section:
    """What is told of one part of a comparison.

    Attributes
    ----------
    part, title : str
    short : str
        In one line.
    remark : str
        What could not be compared, and why.
    grids, groups : list
    """

    part: str
    title: str
    short: str
    remark: str = ""
    grids: list[Grid] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)


def grouped(passages: Iterable[tuple[str, Passage]]) -> list[Group]:
    """Return passages under their headings, these in the order in which they come first."""
    found: dict[str, list[Passage]] = {}
    for name, passage in passages:
        found.setdefault(name, []).append(passage)
    return [Group(name, together) for name, together in found.items()]


def where(passage: Passage) -> str:
    """Return where a passage stands and what has become of it."""
    return " – ".join(filter(None, (passage.place, passage.what)))


def marked(words: Cell) -> str:
    """Return words with signs for what is gone and what came, as Git has them: «[-было-]{+стало+}»."""
    if isinstance(words, str):
        return words
    signs = {KEPT: ("", ""), GONE: ("[-", "-]"), COME: ("{+", "+}")}
    return "".join(f"{signs[sign][0]}{text}{signs[sign][1]}" for sign, text in words)


def left_out(shown: int, whole: int) -> str:
    """Return the sentence on what is not shown."""
    return f"Показано {shown} из {whole} {agreed(whole, 'строки', 'строк', 'строк')}."
