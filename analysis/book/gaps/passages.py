"""What one block of text loses: a sentence, or all of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from analysis.book.gaps.sentences import Sentence, sentences

# What a reader of a table meets where a source gives no number: the cover says so.
ABSENT = "…"
_INLINE_NOTE = re.compile(r"\^\[(?:[^\[\]]|\[[^\[\]]*\])*\]")
_WORD = re.compile(r"\w")


class Spot(NamedTuple):
    """A place in a text that cannot be printed."""

    start: int
    end: int


class Left(NamedTuple):
    """What is left of a text, None where all of it goes, and how many sentences went."""

    text: str | None
    sentences: int


def without(text: str, spots: Collection[Spot], *, begins: int = 0, whole: bool = False) -> Left:
    """Return a text without what rests on its spots.

    Parameters
    ----------
    text
        A paragraph or an item of a list.
    spots
        What cannot be printed in it.
    begins
        Where its words begin: behind the sign of an item.
    whole
        Whether only sentences that stand by themselves can go alone: an item goes whole otherwise.

    Returns
    -------
    Left
        What is left, and how much went.
    """
    for note in reversed(list(_INLINE_NOTE.finditer(text))):
        if any(note.start() <= spot.start < note.end() for spot in spots):
            outside = [spot for spot in spots if not note.start() <= spot.start < note.end()]
            if not outside:
                return Left(text[: note.start()] + text[note.end() :], 1)
    units = [
        Sentence(unit.start + begins, unit.end + begins, unit.alone, unit.lead) for unit in sentences(text[begins:])
    ]
    hit = [any(unit.start <= spot.start < unit.end for spot in spots) for unit in units]
    if not goes(units, hit, whole):
        return Left(None, 0)
    kept = text
    for unit, gone, before in reversed(list(zip(units, hit, [None, *units], strict=False))):
        if gone:
            kept = _cut(kept, unit, before.end if before else None)
    return Left(kept.rstrip(), sum(hit))


def goes(units: list[Sentence], hit: list[bool], whole: bool) -> bool:
    """Tell whether the sentences that cannot be printed can go alone: marked so, or the last ones of the paragraph.

    Parameters
    ----------
    units
        The sentences of the paragraph.
    hit
        Which of them cannot be printed.
    whole
        Whether only those that are marked can go alone.

    Returns
    -------
    bool
        No where nothing but a lead would be left.
    """
    bound = [number for number, (unit, gone) in enumerate(zip(units, hit, strict=True)) if gone and not unit.alone]
    if bound and (whole or not all(hit[bound[0] :])):
        return False
    return any(not gone and not unit.lead for unit, gone in zip(units, hit, strict=True))


def last_words(text: str, begins: int = 0) -> Spot | None:
    """Return the last sentence of a text that ends in a colon: it introduces what stands below."""
    if not introduces(text):
        return None
    unit = sentences(text[begins:])[-1]
    return Spot(unit.start + begins, unit.end + begins)


def introduces(text: str) -> bool:
    """Tell whether a text ends in a colon."""
    return text.rstrip(" \n*_")[-1:] == ":"


def says(text: str, begins: int = 0) -> bool:
    """Tell whether there are words in a text."""
    return bool(_WORD.search(text[begins:]))


def rows_without(text: str, spots: Collection[Spot], asked: Iterable[tuple[int, int]]) -> str | None:
    """Return a typed table in which what is missing is marked as tables do; None where it would say nothing.

    Parameters
    ----------
    text
        The table in Markdown or HTML.
    spots
        What is missing in it.
    asked
        Where all of its expressions stand.

    Returns
    -------
    str or None
        The table.
    """
    missing = {(spot.start, spot.end) for spot in spots}
    if set(asked) <= missing:
        return None
    for start, end in sorted(missing, reverse=True):
        text = text[:start] + ABSENT + text[end:]
    return text


def _cut(text: str, unit: Sentence, before: int | None) -> str:
    """Cut a sentence out with the blanks before it; the first one with those behind it."""
    if before is None:
        return text[: unit.start] + text[unit.end :].lstrip()
    return text[:before] + text[unit.end :]
