"""Titles of what shows groups of graduates, cohorts two years later, and training beside demand."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.base.gaps import GapError
from analysis.quantities import Quantity, Text, total
from analysis.quantities.absent import require_known
from analysis.quantities.indicators import each, gap, highest, lowest, share
from analysis.quantities.text import chosen
from analysis.show.face import Report
from analysis.show.titles.asked import Title, first_true
from analysis.show.training import by_group
from analysis.show.wording import lowered, pct

COUNTED = "graduate_outcomes"
REPORTED = "employed_share_colleges_by_group_printed"


def groups(report: Report) -> Text:
    """Return which group is at work least, beside all graduates: counted, else as colleges report."""
    names = dict(report.load("graduate_groups").set_index("id")["short"])
    return first_true(lambda: _least(*_counted(report, names)), lambda: _least(*_reported(report, names)))


def two_years(report: Report) -> Text:
    """Return how many of a cohort are at work two years later, beside the year it graduated."""
    year = report.edition.year - 1
    later, then = (_at_work(report, indicator, year) for indicator in (f"{COUNTED}_two_years", COUNTED))
    return Text(f"Через два года работают {pct(later)} выпуска, в год выпуска работали {pct(then)}")


def demand(report: Report) -> Text:
    """Return the group in which vacancies exceed places most."""
    places, wanted = (_shares(by_group(report, name)) for name in ("training_quota", "training_vacancies"))
    apart = each(gap, wanted, places)
    require_known(*apart.values())
    top = highest(apart)
    said = chosen("Вакансии сильнее всего опережают места в группе", "наибольшее значение", *apart.values())
    name = f"{report.code('groups', top)} «{report.label('groups', top)}»"
    return Text(f"{said} {name}: {pct(wanted[str(top)])} вакансий и {pct(places[str(top)])} мест")


TITLES: dict[str, Title] = {
    "fig-outcome-groups": groups,
    "fig-outcomes-two-years": two_years,
    "tbl-training-demand": demand,
}


def _counted(report: Report, names: Mapping[str, str]) -> tuple[Quantity, dict[str, Quantity]]:
    year = report.latest(COUNTED)
    own = {names[group]: _at_work(report, f"{COUNTED}_{group}", year) for group in names}
    return _at_work(report, COUNTED, year), own


def _reported(report: Report, names: Mapping[str, str]) -> tuple[Quantity, dict[str, Quantity]]:
    year = report.edition.year
    values = report.values(REPORTED, year=year, keys=list(names))
    return report.value("employed_share_colleges_printed", year=year), {names[key]: it for key, it in values.items()}


def _least(everybody: Quantity, own: Mapping[str, Quantity]) -> Text:
    require_known(everybody, *own.values())
    least = str(lowest(own))
    if own[least] >= everybody:
        raise GapError(())
    said = chosen("Реже всех работают", "наименьшее значение", everybody, *own.values())
    return Text(f"{said} {lowered(least)}: {pct(own[least])} против {pct(everybody)} среди всех")


def _at_work(report: Report, indicator: str, year: int) -> Quantity:
    found = report.values(indicator, year=year, keys=_kinds(report))
    return share(found["employed"], total(found.values()))


def _kinds(report: Report) -> list[str]:
    return list(report.load("outcomes")["id"])


def _shares(values: Mapping[str, Quantity]) -> dict[str, Quantity]:
    whole = total(values.values())
    return {group: share(value, whole) for group, value in values.items()}
