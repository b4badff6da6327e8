"""From answers to verdicts: the logic of the ledger, with no verdict written down anywhere.

A statement has readings; a reading holds when all its parts hold. The readings are checked on two grounds: the
edition's own figures and official statistics. The edition's own figures come first: a statement they contradict stays
contradicted even where official statistics agree with it. Only then official statistics speak; where the statement
names a difference of definitions, a difference from them is laid to that. A printed sentence that leaves its year or
measure open stands as several statements, its readings: one of them that is contradicted on a ground is wrong in one
reading where another of the same sentence holds there.
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.ledger.answers import CONFIRMED, CONTRADICTED, RESULTS, ROUNDING

OWN, OFFICIAL = GROUNDS = "edition", "official"
MIXED, UNKNOWN = "mixed", ""
UNVERIFIABLE = "unverifiable"
REFUTED = ("contradicted-edition", "contradicted-reading", "contradicted-official")
HOLDS = (CONFIRMED, ROUNDING)


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
    return own or official or UNVERIFIABLE
