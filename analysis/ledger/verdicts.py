"""From answers to verdicts: the logic of the ledger, with no verdict written down anywhere.

A statement has readings; a reading holds when all its parts hold. The readings are checked on two grounds: the
edition's own figures and official statistics. The edition's own figures come first: a statement they contradict stays
contradicted even where official statistics agree with it. Only then official statistics speak; where the statement
names a difference of definitions, a difference from them is laid to that. A printed sentence that leaves its year or
measure open stands as several statements, its readings: one of them that is contradicted on a ground is wrong in one
reading where another of the same sentence holds there.

Two differences are told from falsehoods by rule, wherever they occur. A number is cut off where it is the computed one
without its further digits. It is of a former issue where a former issue that is kept gives it, or where it differs from
the series of today by no more than that is known to have been revised (`data/codes/revisions.csv`), however many digits
are printed. And nothing confirms itself: one equation that is solved for each of its parts in turn confirms none of
them (`analysis.ledger.circles`).
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.ledger.answers import CONFIRMED, CONTRADICTED, RESULTS, REVISED, ROUNDING, TRUNCATED

OWN, OFFICIAL = GROUNDS = "edition", "official"
MIXED, UNKNOWN = "mixed", ""
UNVERIFIABLE = "unverifiable"
CIRCULAR = "circular"  # why, in `data/codes/unverifiable.csv`, where no table gives a reason
REFUTED = ("contradicted-edition", "contradicted-reading", "contradicted-official")
SLIPS = (TRUNCATED, REVISED)
# What differs from the data in any way, and is set beside what is right.
DIFFERING = (*REFUTED, *SLIPS, "definitions")
HOLDS = (CONFIRMED, ROUNDING, *SLIPS)


def of_ground(readings: Iterable[str]) -> str:
    """Return the result on one ground: of the best reading; `mixed` where only some hold, empty without any."""
    results = set(readings)
    if not results:
        return UNKNOWN
    if CONTRADICTED in results and len(results) > 1:
        return MIXED
    return min(results, key=RESULTS.index)


def of_sentence(result: str, holding: Iterable[str]) -> str:
    """Return the result on one ground beside the sentence's other readings: `mixed` for a wrong one if any holds."""
    return MIXED if result == CONTRADICTED and any(holding) else result


def overall(own: str, official: str, definition: bool) -> str:
    """Return the verdict of a statement from its results on both grounds.

    Parameters
    ----------
    own, official : str
        The results against the edition's own figures and against official statistics, empty where there is none.
    definition : bool
        The statement is known to rest on another definition than the official series.

    Returns
    -------
    str
        Id of `data/codes/verdicts.csv`.
    """
    if own == CONTRADICTED:
        return "contradicted-edition"
    if own == MIXED:
        return "contradicted-reading"
    if official in (CONTRADICTED, MIXED) and definition:
        return "definitions"
    if official == CONTRADICTED:
        return "contradicted-official"
    if official == MIXED:
        return "contradicted-reading"
    return next((slip for slip in SLIPS if slip in (own, official)), own or official or UNVERIFIABLE)
