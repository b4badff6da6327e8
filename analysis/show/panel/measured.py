"""An outcome indicator as an edition knows it: its value, the year before, the neighbours, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from functools import partial

import pandas as pd

from analysis.base.errors import DataError
from analysis.base.gaps import Gap, GapError
from analysis.base.russian import decimals_needed
from analysis.outlook.forecasts import SHOWN
from analysis.outlook.panels import SUMS
from analysis.quantities import Quantity, Year, quoted, total
from analysis.quantities.absent import gaps_of, require_known
from analysis.quantities.formula import Seen
from analysis.quantities.rows import row_seen
from analysis.show.face import Report
from analysis.show.panel.items import Measured, Target
from analysis.show.panel.panel import Panel
from analysis.show.panel.rows import GROUPS, TABLE, Asked, Indicator, asked, value
from analysis.show.phrases import series_starts
from analysis.show.training import groups as known_groups

TARGETS = "targets"
_BY_GROUP = "groups"  # the dimension of which each region has codes of its own


def panel(report: Report) -> Panel:
    """Return every outcome indicator of an edition as it knows it."""
    items = tuple(measured(report, row) for row in indicators(report))
    return Panel(items, report.load(TABLE), report.edition.id)


def indicators(report: Report) -> list[Indicator]:
    """Return the outcome indicators of an edition, group by group, in the order of the table."""
    columns = [field.name for field in fields(Indicator)]
    rows = [Indicator(**row) for row in report.load(TABLE)[columns].to_dict("records")]
    return sorted(rows, key=lambda row: list(GROUPS).index(row.group))


def measured(report: Report, row: Indicator) -> Measured:
    """Return what an edition knows of an indicator.

    Raises
    ------
    DataError
        Its formula is wrong, or its row states another unit than the formula comes to.
    """
    where = f"Таблица {TABLE}, показатель «{row.id}», столбец «formula»"
    needed = asked(row.formula, where)
    wanted = _target(report, row)
    count = partial(_counted, report, row.formula, where)
    try:
        years = _years(report, needed)
        last = max((year for year in years if year is not None), default=None)
        now = count(report.edition.region, last)
        require_known(now)
    except GapError as error:
        gaps = tuple(error.gaps) or (Gap(row.name, "нет года, за который известны все составляющие"),)
        return Measured(row, None, None, None, {}, {}, gaps, "", wanted, _unknown(report, needed))
    if now.unit != row.unit:
        raise DataError(f"{where}: выходит {now.unit}, а в столбце «unit» – {row.unit}. Исправьте один из столбцов.")
    alike = _alike(report, needed, years, last)
    own = {year: count(report.edition.region, year) for year in alike}
    near = _known(count, report.edition.comparison, last) if last else {}
    lines = {report.edition.region: own} | {place: _line(count, place, alike) for place in near}
    return Measured(row, now, last, own.get(last - 1) if last else None, near, lines, (), _forecast(needed), wanted)


def _counted(report: Report, formula: str, where: str, place: str, year: int | None) -> Quantity:
    def of(indicator: str, category: str | None = None) -> Quantity:
        return _one(report, Asked(indicator, category), place, year)

    def groups(indicator: str) -> Mapping[str, Quantity]:
        return report.values(indicator, territory=place, year=year, keys=_codes(report, indicator))

    return value(formula, where, of, groups)


def _one(report: Report, it: Asked, place: str, year: int | None) -> Quantity:
    """Return the value of a year; of what has no year the one there is."""
    if it.indicator in SUMS:
        return total([_one(report, Asked(part), place, year) for part in SUMS[it.indicator]])
    dated = None not in _of_years(report, it)
    return report.value(it.indicator, place, year if dated else None, it.category)


def _codes(report: Report, indicator: str) -> list[str]:
    dimension = report.load("indicators").set_index("id").at[indicator, "dimension"]
    return known_groups(report) if dimension == _BY_GROUP else list(report.load(dimension)["id"])


def _years(report: Report, needed: Iterable[Asked]) -> set[int | None]:
    """Return the years that all parts of an indicator have in the region; what has no year has them all.

    Raises
    ------
    GapError
        One of them has no value at all, or they have no year in common.
    """
    common: set[int | None] | None = None
    missing: list[Gap] = []
    for it in needed:
        for part in _parts(report, it):
            years = _of_years(report, part)
            if not years:
                missing += gaps_of(report.value(part.indicator, category=part.category, year=report.edition.year))
            elif None not in years:
                common = set(years) if common is None else common & years
    if missing:
        raise GapError(missing)
    if common is None:
        return {None}
    if not common:
        raise GapError(())
    return common


def _unknown(report: Report, needed: Iterable[Asked]) -> tuple[str, ...]:
    """Return the indicators of the data of which no value, or not one of each category, is known."""
    found: dict[str, None] = {}
    for it in needed:
        try:
            known = all(_of_years(report, part) for part in _parts(report, it))
        except GapError:
            known = False
        if not known:
            found[it.indicator] = None
    return tuple(found)


def _parts(report: Report, it: Asked) -> Iterator[Asked]:
    if it.each:
        yield from (Asked(it.indicator, code) for code in _codes(report, it.indicator))
    else:
        yield from (Asked(part, it.category) for part in SUMS.get(it.indicator, (it.indicator,)))


def _of_years(report: Report, it: Asked) -> set[int | None]:
    """Return the years of which the region's value is known, not after what its publisher had reached."""
    if it.indicator in SUMS:
        return set.intersection(*(_of_years(report, Asked(part)) for part in SUMS[it.indicator]))
    try:
        found = report.values(it.indicator, "year", category=it.category)
    except GapError:
        return set()
    known = {None if pd.isna(year) else int(year) for year, number in found.items() if not number.missing}
    if not known or None in known:
        return known
    # The chapter on the forecast stands on what is known up to the vintage: so does the panel.
    last = max(report.latest(it.indicator, category=it.category), report.vintage)
    return {year for year in known if year is not None and year <= last}


def _alike(report: Report, needed: Iterable[Asked], years: set[int | None], last: int | None) -> list[int]:
    """Return the years up to the last whose values were measured as its own was, from the first of the report on."""
    if last is None:
        return []
    starts: list[Year] = []
    for it in needed:
        for part in SUMS.get(it.indicator, (it.indicator,)):
            try:
                starts += series_starts(report, part)
            except GapError:
                continue
    first = max([int(start) for start in starts if start <= last], default=int(report.since))
    return sorted(year for year in years if year is not None and max(first, report.since) <= year <= last)


def _known(count: partial, places: Iterable[str], year: int) -> dict[str, Quantity]:
    """Return the values of other territories; nothing where one of them is not known, for it would not be missed."""
    found: dict[str, Quantity] = {}
    for place in places:
        try:
            found[place] = count(place, year)
        except GapError:
            return {}
        if found[place].missing:
            return {}
    return found


def _line(count: partial, place: str, years: Iterable[int]) -> dict[int, Quantity]:
    line: dict[int, Quantity] = {}
    for year in years:
        try:
            made = count(place, year)
        except GapError:
            continue
        if not made.missing:
            line[year] = made
    return line


def _forecast(needed: list[Asked]) -> str:
    """Return the series that an indicator is as it stands; only those whose forecasts were held against the past."""
    plain = len(needed) == 1 and needed[0].category is None and needed[0].indicator in set(SHOWN) - set(SUMS)
    return needed[0].indicator if plain else ""


def _target(report: Report, row: Indicator) -> Target | None:
    table = report.load(TARGETS)
    for index in table.index[table["indicator"] == row.id]:
        seen = row_seen(table, index, report.edition.id)
        year, wanted = table.at[index, "year"], float(table.at[index, "value"])
        return Target(
            Quantity(wanted, row.unit, decimals_needed(wanted), (seen,), Seen(seen)),
            None if pd.isna(year) else int(year),
            quoted(table.at[index, "author"], seen),
            quoted(table.at[index, "reason"], seen),
        )
    return None
