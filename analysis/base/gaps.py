"""Gaps: what a report does not know, as an exception, a stand-in for a name, and a record that a build passes on.

A number that no source gives goes through arithmetic as a missing value. Where nothing can be done with it (nobody is
the highest of nothing known) `GapError` is raised: it stops a statement, not a chapter. What rests on a gap is left out
of the document and listed; `analysis.book.gaps` does that from the records alone.

A record is made of what JSON holds: `what` is missing in words, `why` no source gives it, `who` could supply it. Two
records of one gap are equal.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from analysis.base.errors import DataError
from analysis.base.russian import NO_DATA

# Where a kernel tells of what it left out: the output of a cell that shows nothing, and the metadata of a cell of
# prose, by expression. A mistake is told beside them and is never a gap.
MIME = "application/vnd.report.gap+json"
METADATA = "gaps"
# The label by which a cell tells that its whole section is to be left out.
SECTION = "section"
# The class of a span of prose that can be left out alone: what stands beside it does not need it.
ALONE = "alone"
# That of the place of something missing in a draft.
GAP = "gap"


@dataclass(frozen=True)
class Gap:
    """One thing that is not known.

    Attributes
    ----------
    what : str
        What is missing: a number by its name, territory and year; a table; words of the edition.
    why : str
        Why no source gives it, as a table lists it («нет в источнике»).
    who : str
        Who could supply it; empty where nobody can.
    """

    what: str
    why: str
    who: str = ""

    def record(self) -> dict[str, str]:
        """Return the gap as JSON holds it."""
        return asdict(self)


@dataclass(frozen=True)
class Unsaid:
    """Words typed into a section that no data can be held against: they are not printed.

    Attributes
    ----------
    section : str
        Identifier of the section.
    words : str
        As they stand in it, blanks of any kind as one.
    gaps : tuple of Gap
        What their check would need.
    """

    section: str
    words: str
    gaps: tuple[Gap, ...]


def bundle(label: str, gaps: Iterable[Gap], shown: str) -> dict[str, Any]:
    """Return what a kernel displays in place of something that is not known.

    Parameters
    ----------
    label : str
        `fig-…`, `tbl-…`; empty for a list, a number or words.
    gaps : iterable of Gap
        What is missing; none where a mistake that was told elsewhere stands behind it.
    shown : str
        What a desk shows.

    Returns
    -------
    dict
        By type: the record of the gap, and plain words.
    """
    told = {"label": label, "gaps": [gap.record() for gap in gaps]}
    return {MIME: told, "text/markdown": NO_DATA, "text/plain": shown}


class GapError(DataError):
    """What was asked rests on something that is not known; no mistake, and no fault of a chapter.

    Whoever asks for one thing and can do without it (a verdict, a command) treats it as any lack of data.

    Attributes
    ----------
    gaps : tuple of Gap
        What is missing.
    """

    def __init__(self, gaps: Iterable[Gap]) -> None:
        self.gaps = tuple(dict.fromkeys(gaps))
        super().__init__("; ".join(f"{gap.what} – {gap.why}" for gap in self.gaps) + ".")


class TooFewError(GapError):
    """A picture would show less than the sentence that refers to it says: it is not drawn, and nothing is missing."""

    def __init__(self, words: str) -> None:
        super().__init__(())
        self.args = (words,)
