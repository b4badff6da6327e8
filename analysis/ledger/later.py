"""Last year's statements on this year's data: which of them still hold, and which sentences are to be rewritten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.ledger import verdicts
from analysis.ledger.entries import Entry
from analysis.ledger.ledger import Ledger
from analysis.quantities import Text

HOLDS, NO_LONGER, NEVER, UNKNOWN = "holds", "no-longer", "never", "unknown"
# Verdicts of a statement that the data do not bear out.
WRONG = (*verdicts.REFUTED, "definitions")
NAMES = {
    HOLDS: "держится",
    NO_LONGER: "больше не держится",
    NEVER: "не держалось и раньше",
    UNKNOWN: "нечем проверить",
}


@dataclass(frozen=True)
class Later:
    """A statement of one edition on the data of another.

    Attributes
    ----------
    id, section, text : str
        As the table of statements gives them.
    outcome : str
        `holds`, `no-longer`, `never` (contradicted already in its own year) or `unknown`.
    before, now : Text
        What the data say in the year of the statement and in the new year.
    right : Text
        What is right now, where the statement does not hold.
    why : str
        Why it cannot be computed.
    """

    id: str
    section: str
    text: str
    outcome: str
    before: Text
    now: Text
    right: Text
    why: str


def compare(old: Ledger, new: Ledger, claims: Iterable[str] | None = None) -> list[Later]:
    """Return statements of `old` by what has become of them.

    Parameters
    ----------
    old : Ledger
        The statements on the data of their own edition.
    new : Ledger
        The same statements on the data of the new edition: `Ledger(report, statements=old.statements)`. Formulas count
        years from the year of the edition, so they ask for the new ones.
    claims : iterable of str, optional
        Which statements; all of them unless given.

    Returns
    -------
    list of Later
        In the order of the claims.
    """
    return [_later(old.entry(claim), new.entry(claim)) for claim in (old.claims if claims is None else claims)]


def became(before: str, now: str) -> str:
    """Return what has become of a statement, by its verdicts in its own state of the data and in the new one."""
    if now == verdicts.UNVERIFIABLE:
        return UNKNOWN
    if now not in WRONG:
        return HOLDS
    return NEVER if before in WRONG else NO_LONGER


def _later(before: Entry, now: Entry) -> Later:
    outcome = became(before.verdict, now.verdict)
    return Later(now.id, now.section, now.text, outcome, before.found, now.found, now.right, now.why)
