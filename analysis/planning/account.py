"""One account of a plan on a day, which the screen, the calendar, the workbook and the Markdown file all tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.base.days import in_words
from analysis.base.errors import DataError, UsageError, did_you_mean
from analysis.base.gaps import GapError
from analysis.catalogue import Project, opened
from analysis.editions.edition import Edition
from analysis.editions.plan_status import OVERDUE, SIGNS, STATES, Standing, by_body, by_state, misplaced, standings

HEADS = ("№", "Мероприятие", "Исполнители", "Срок", "Состояние", "Ближайший срок", "Прошло без отметки", "Исполнено")
BODY_HEADS = ("Исполнитель", "Мероприятий", *STATES.values())


@dataclass(frozen=True)
class Account:
    """A plan on a day.

    Attributes
    ----------
    edition : Edition
    as_of : datetime.date
    standings : list of Standing
        Of all measures, or of those of one body.
    names : dict of str to str
        Short names of the bodies by their ids.
    body : str
        The id of the body the account is limited to; empty for all.
    """

    edition: Edition
    as_of: dt.date
    standings: list[Standing]
    names: dict[str, str]
    body: str = ""

    @property
    def title(self) -> str:
        """What the account is of, in words."""
        of = f", исполнитель – {self.names[self.body]}" if self.body else ""
        return f"План мероприятий издания {self.edition.id} на {in_words(self.as_of.isoformat())}{of}"

    @property
    def overdue(self) -> bool:
        """Whether the day of some measure passed without a mark."""
        return any(one.state == OVERDUE for one in self.standings)

    def counts(self) -> list[tuple[str, str, int]]:
        """Return the states that measures are in: sign, words, how many."""
        return [(SIGNS[state], STATES[state], many) for state, many in by_state(self.standings).items()]

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Yield the cells of each measure, under `HEADS`."""
        for one in self.standings:
            yield (
                str(one.number),
                one.title,
                ", ".join(self.names.get(body, body) for body in one.bodies),
                one.deadline.words,
                f"{SIGNS[one.state]} {STATES[one.state]}",
                one.next.day.isoformat() if one.next else "",
                ", ".join(due.day.isoformat() for due in one.passed),
                "; ".join(f"{mark.done.isoformat()} – {mark.evidence}" for mark in one.marks),
            )

    def bodies(self) -> Iterator[tuple[str, ...]]:
        """Yield the cells of each body, under `BODY_HEADS`; a shared measure counts for each."""
        for body, measures in by_body(self.standings).items():
            if self.body in ("", body):
                held = by_state(measures)
                yield self.names.get(body, body), str(len(measures)), *(str(held.get(state, "")) for state in STATES)


def account(edition: Edition, as_of: dt.date, body: str = "", project: Project | None = None) -> Account:
    """Return how the plan of an edition stands on a day.

    Parameters
    ----------
    edition : Edition
    as_of : datetime.date
    body : str, optional
        Only the measures of this body, by its id or short name; all unless given.
    project : Project, optional
        The data; those of the project folder as they are now unless given.

    Returns
    -------
    Account

    Raises
    ------
    DataError
        The edition has no plan, or a deadline or a mark of it cannot be.
    UsageError
        The plan names no such body.
    """
    project = project or opened()
    frames = {name: project.load(name, edition.id) for name in project.tables(edition.id) if name in _READ}
    for found in misplaced(edition, frames):
        raise DataError(f"{found.file}, строка {found.row}: {found.problem}. {found.remedy}")
    try:
        held = standings(edition, as_of, project)
    except GapError as gap:
        raise DataError(
            f"В издании {edition.id} нет плана мероприятий. Заполните data/editions/{edition.id}/plan.csv:"
            f" report template plan --edition {edition.id}."
        ) from gap
    rows = project.load("names", edition.id)
    names = {row["id"]: row["short"] or row["name"] for row in rows.to_dict("records")}
    if not body:
        return Account(edition, as_of, held, names)
    chosen = _body(body, list(by_body(held)), names)
    return Account(edition, as_of, [one for one in held if chosen in one.bodies], names, chosen)


_READ = ("plan", "plan_status", "deadline_kinds")


def _body(typed: str, bodies: Sequence[str], names: dict[str, str]) -> str:
    """Return the id of a body of the plan from what was typed."""
    for body in bodies:
        if typed.casefold() in (body.casefold(), names.get(body, body).casefold()):
            return body
    known = [*bodies, *(names[body] for body in bodies if body in names)]
    raise UsageError(f"В плане нет исполнителя «{typed}».{did_you_mean(typed, known)} Есть: {', '.join(bodies)}.")
