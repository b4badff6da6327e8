"""The deadline of a measure: its kind and day are what the plan prints."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.base.deadline_words import UnreadDeadlineError, read_deadline
from analysis.base.deadlines import Deadline, Kind, misfit

TABLE = "deadline_kinds"


def contradiction(kind: str, day: str, printed: str, kinds: Mapping[str, Kind]) -> tuple[str, str] | None:
    """Return in what the kind and day of a deadline are not those printed, in a clause, and what to do.

    Parameters
    ----------
    kind : str
        Of the list.
    day : str
        What stands beside it in ISO; empty where the deadline has no day.
    printed : str
        As the plan prints it; empty says nothing.
    kinds : mapping
        The list of kinds by id.

    Returns
    -------
    tuple of str, or None
        None where nothing contradicts; of a kind that the list does not have another rule tells.
    """
    if kind not in kinds:
        return None
    if wrong := misfit(kinds[kind], day):
        return wrong, ""
    if not printed:
        return None
    try:
        said = read_deadline(printed, kinds)
    except UnreadDeadlineError as unread:
        return unread.problem, unread.remedy
    noted = Deadline(kinds[kind], day)
    if said == noted:
        return None
    if said.kind != noted.kind and said.day == noted.day:
        return f"напечатано «{printed}» – вид срока {said.kind.id}, а записан {kind}", ""
    return f"напечатано «{printed}», а записано {noted.words}", ""
