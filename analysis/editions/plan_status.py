"""How the plan stands on a day: what is done, due, overdue and next, by its deadlines and the marks of the researchers.

A measure without a mark is never called undone: nobody told. Once its day has passed it is «срок прошел, отметки об
исполнении нет», and that is all that is known.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

import pandas as pd

from analysis.base.deadlines import REPEATED, UNSET, Deadline, kinds_of, misfit
from analysis.base.recurrence import Due, begins_then_runs, due_days
from analysis.base.russian import shortened
from analysis.catalogue import Project, opened, publications
from analysis.catalogue.findings import Finding
from analysis.catalogue.places import place
from analysis.catalogue.rules.deadlines import TABLE as KINDS
from analysis.editions.edition import Edition
from analysis.editions.plan import Plan, beginning

TABLE = "plan_status"
# A deadline that is no farther than this is near.
SOON = 30
OVERDUE, NEAR, AHEAD, RUNNING, UNDATED, DONE = "overdue", "due", "next", "permanent", "unset", "done"
# In the order in which a reader wants them.
STATES = {
    OVERDUE: "срок прошел, отметки об исполнении нет",
    NEAR: f"срок в ближайшие {SOON} дней",
    AHEAD: "срок впереди",
    RUNNING: "идет постоянно",
    UNDATED: "по мере необходимости",
    DONE: "исполнено",
}
SIGNS = {OVERDUE: "✖", NEAR: "▲", AHEAD: "◇", RUNNING: "●", UNDATED: "○", DONE: "✔"}
_SHOWN = 4  # deadlines that a message names


@dataclass(frozen=True)
class Mark:
    """That a measure was done: for which deadline (None where it has one or none), when, what tells so."""

    due: dt.date | None
    done: dt.date
    evidence: str
    source: str


@dataclass(frozen=True)
class Standing:
    """How one measure stands on a day.

    Attributes
    ----------
    number : int
        Of the measure.
    title : str
    bodies : tuple of str
        Ids of who answers for it.
    deadline : Deadline
    begins : datetime.date
        From when its periods are counted.
    state : str
        One of `STATES`.
    passed : tuple of Due
        Deadlines that passed without a mark.
    next : Due, optional
        The next one that is not marked as done, the day itself included.
    marks : tuple of Mark
        Those known on the day, by the day they tell of.
    """

    number: int
    title: str
    bodies: tuple[str, ...]
    deadline: Deadline
    begins: dt.date
    state: str
    passed: tuple[Due, ...]
    next: Due | None
    marks: tuple[Mark, ...]


def standings(edition: Edition, as_of: dt.date, project: Project | None = None) -> list[Standing]:
    """Return how every measure of a plan stands on a day.

    Parameters
    ----------
    edition : Edition
    as_of : datetime.date
        Marks of later days are not known yet.
    project : Project, optional
        The data; those of the project folder as they are now unless given.

    Returns
    -------
    list of Standing
        In the order of the plan.

    Raises
    ------
    GapError
        The edition has no plan.
    DataError
        A deadline of it cannot be.
    """
    project = project or opened()
    plan = Plan(edition, project)
    marks = marks_of(project.load(TABLE, edition.id) if TABLE in project.tables(edition.id) else None)
    deadlines, begins = plan.deadlines(), plan.beginnings()
    return [
        stands(row, deadlines[int(row["n"])], marks.get(int(row["n"]), ()), begins[int(row["n"])], as_of)
        for row in plan.measures.to_dict("records")
    ]


def stands(row: Mapping, deadline: Deadline, marks: Iterable[Mark], begins: dt.date, as_of: dt.date) -> Standing:
    """Return how one measure stands on a day.

    Parameters
    ----------
    row : mapping
        Of the plan: n, title, responsible.
    deadline : Deadline
    marks : iterable of Mark
        Those of the measure.
    begins : datetime.date
        From when periods are counted.
    as_of : datetime.date

    Returns
    -------
    Standing
    """
    known = tuple(sorted((mark for mark in marks if mark.done <= as_of), key=lambda mark: mark.done))
    marked = {mark.due for mark in known}
    single = not deadline.kind.every
    passed, coming = [], None
    for due in due_days(deadline, begins):
        if due.day in marked or (single and None in marked):
            continue
        if due.day >= as_of:
            coming = due
            break
        passed.append(due)
    bodies = tuple(row["responsible"].split(";"))
    state = _state(deadline, passed, coming, as_of)
    return Standing(int(row["n"]), row["title"], bodies, deadline, begins, state, tuple(passed), coming, known)


def _state(deadline: Deadline, passed: list[Due], coming: Due | None, as_of: dt.date) -> str:
    if passed:
        return OVERDUE
    if coming is not None:
        return NEAR if (coming.day - as_of).days <= SOON else AHEAD
    if deadline.kind.group == UNSET:
        return UNDATED
    # Nothing is left: done, unless it has no end.
    ends_never = deadline.kind.day == "none" or begins_then_runs(deadline)
    return RUNNING if ends_never else DONE


def by_state(found: Iterable[Standing]) -> dict[str, int]:
    """Return how many measures are in each state, in the order of `STATES`, those that none is in left out."""
    counts = Counter(one.state for one in found)
    return {state: counts[state] for state in STATES if counts[state]}


def by_body(found: Iterable[Standing]) -> dict[str, list[Standing]]:
    """Return the measures of each body, the most first; shared ones count for each."""
    bodies: dict[str, list[Standing]] = {}
    for one in found:
        for body in one.bodies:
            bodies.setdefault(body, []).append(one)
    return dict(sorted(bodies.items(), key=lambda item: -len(item[1])))


def marks_of(rows: pd.DataFrame | None) -> dict[int, tuple[Mark, ...]]:
    """Return the marks of the table by the number of the measure."""
    found: dict[int, tuple[Mark, ...]] = {}
    for row in rows.to_dict("records") if rows is not None else ():
        due = dt.date.fromisoformat(row["due"]) if row["due"] else None
        mark = Mark(due, pd.Timestamp(row["done"]).date(), row["evidence"], row["source"])
        found[int(row["measure"])] = (*found.get(int(row["measure"]), ()), mark)
    return found


def misplaced(edition: Edition, frames: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """Find marks that belong to no deadline of their measure.

    Parameters
    ----------
    edition : Edition
    frames : mapping
        All tables of the edition, typed, by name.

    Yields
    ------
    Finding
        One a mark; of a measure that the plan does not have another rule tells.
    """
    if not {TABLE, "plan", KINDS} <= set(frames):
        return
    kinds, marks = kinds_of(frames[KINDS].to_dict("records")), frames[TABLE]
    known = publications()
    rows = {int(row["n"]): row for row in frames["plan"].to_dict("records")}
    for index, mark in zip(marks.index, marks.to_dict("records"), strict=True):
        row = rows.get(int(mark["measure"]))
        kind = kinds.get(row["deadline_kind"]) if row else None
        if row and kind and not misfit(kind, row["deadline_iso"] or ""):
            deadline = Deadline(kind, row["deadline_iso"] or "")
            begins = beginning(edition, known.get(row["source"]))
            if problem := _strange(deadline, mark["due"] or "", begins):
                yield Finding(*place(marks, index), "due", mark["due"] or "", *problem, rule="reference")


def _strange(deadline: Deadline, due: str, begins: dt.date) -> tuple[str, str] | None:
    """Return why a mark cannot be for a day, and what to do."""
    days = due_days(deadline, begins)
    first = [one.day.isoformat() for one in islice(due_days(deadline, begins), _SHOWN)]
    known = f"Сроки мероприятия: {shortened(first, _SHOWN)}{'…' if len(first) == _SHOWN else ''}."
    if not due:
        if deadline.kind.group != REPEATED:
            return None
        return f"мероприятие повторяется ({deadline.words}), а к какому сроку отметка, не сказано", known
    try:
        day = dt.date.fromisoformat(due)
    except ValueError:
        return "такого дня нет", "Нужен вид 2022-03-31."
    if any(one.day == day for one in _until(days, day)):
        return None
    if not first:
        return f"у мероприятия нет срока ({deadline.words})", "Оставьте ячейку пустой."
    return f"такого срока у мероприятия нет ({deadline.words})", known


def _until(days: Iterable[Due], last: dt.date) -> Iterator[Due]:
    for one in days:
        if one.day > last:
            return
        yield one
