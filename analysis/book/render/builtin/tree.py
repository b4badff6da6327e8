"""The book as one tree: its chapters, and what can be pointed at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.book.render.common.nodes import Node

if TYPE_CHECKING:
    from analysis.book.config import Entry


@dataclass(frozen=True)
class Target:
    """Something a reference can point at."""

    label: str
    kind: str
    number: str
    title: str
    chapter: int


@dataclass(frozen=True)
class Chapter:
    """One file of the book and its blocks."""

    entry: Entry
    blocks: list[Node]


@dataclass(frozen=True)
class Manuscript:
    """All that the formats need: the chapters and what can be pointed at."""

    chapters: list[Chapter]
    targets: dict[str, Target]
    homes: dict[str, int]
