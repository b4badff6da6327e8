"""What a build has to know of the data: given to it, for the book knows none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.base.gaps import Unsaid
from analysis.book.diagnostics import Diagnostic
from analysis.book.lint.beside import Names
from analysis.book.warm import Call


@dataclass(frozen=True)
class Source:
    """What the build has to know of the data.

    Attributes
    ----------
    check : callable
        Raises where the data of an edition are wrong (of any where it is not known which); else returns what is wrong
        with the chapters.
    words : callable
        Edition to the words that its texts use, name to text.
    publish : callable
        Lays the data of an edition into a folder beside the pages.
    unsaid : callable
        Edition to the words of its chapters that nothing known can be held against.
    listed : callable
        Edition to the texts in which its data let digits stand.
    names : callable
        Edition to the names that its words may put beside a number.
    ahead : callable
        Edition to what every chapter of it would do first: done once, before their kernels are forked.
    """

    check: Callable[[str | None], Iterable[Diagnostic]]
    words: Callable[[str], Mapping[str, str]]
    publish: Callable[[str, Path], object]
    unsaid: Callable[[str], Iterable[Unsaid]] = lambda _: ()
    listed: Callable[[str], Iterable[str]] = lambda _: ()
    names: Callable[[str], Names] = lambda _: Names({})
    ahead: Callable[[str], Iterable[Call]] = lambda _: ()
