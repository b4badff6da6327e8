"""Words that need the edition's tables: ages of a survey, lengths of lists, what stands out of a structure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby

import pandas as pd

from analysis.base.errors import DataError
from analysis.base.gaps import Gap, GapError
from analysis.base.russian import NBSP
from analysis.catalogue.places import FIRST_ROW
from analysis.editions import review
from analysis.quantities import Quantity, Text, Year, quoted
from analysis.quantities.formula import Gathered, Seen
from analysis.quantities.rows import row_seen, rows_counted
from analysis.quantities.text import named_by
from analysis.show.dates import period
from analysis.show.face import Report
from analysis.show.lists import list_rows
from analysis.show.wording import count, joined, lowered, num, with_unit

_ABBREVIATION = re.compile(r"[А-ЯЁA-Z]{2,}\d*")


def ages(report: Report, indicator: str) -> Text:
    """Return the ages an indicator covers: «15–72 лет», «15 лет и старше».

    Raises
    ------
    DataError
        The base of the indicator is not one span of ages.

    Examples
    --------
    >>> print(ages(report, "employed_15_72"))
    15–72 лет
    """
    known = report.load("indicators")
    index = known.index[known["id"] == indicator][0]
    base, seen = known.at[index, "age_base"], row_seen(known, index, report.edition.id)
    match base.replace("+", "-").split("-"):
        case [first, ""] if first.isdigit():
            return quoted(f"{first}{NBSP}лет и старше", seen)
        case [first, last] if first.isdigit() and last.isdigit():
            return quoted(f"{first}–{last}{NBSP}лет", seen)
    raise DataError(
        f"Показатель «{indicator}»: возраст «{base}» не назвать одним промежутком; возьмите показатель с одним"
        " возрастом."
    )


def contrasted(
    report: Report, dimension: str, keys: Iterable[str], ours: Mapping[str, Quantity], theirs: Mapping[str, Quantity]
) -> Text:
    """Return «добыча полезных ископаемых (26,3 против 13,5 %); …» for some codes of a list.

    Parameters
    ----------
    report : Report
    dimension : str
        The list: `sections`.
    keys : iterable of str
        Its codes, in the order in which they are named.
    ours, theirs : mapping of str to Quantity
        By code, the region's and what it is compared to.

    Returns
    -------
    Text
        It remembers every number.

    Examples
    --------
    >>> ours, theirs = {"B": Quantity(9.8, "percent", 1)}, {"B": Quantity(1.6, "percent", 1)}
    >>> print(contrasted(report, "sections", ["B"], ours, theirs))
    добыча полезных ископаемых (9,8 против 1,6 %)
    """
    short = report.load(dimension).set_index("id")["short"]
    return Text("; ").join(
        lowered(named_by(key, short[key])) + " (" + num(ours[key]) + " против " + with_unit(theirs[key]) + ")"
        for key in keys
    )


def list_length(report: Report, list_id: str) -> Quantity:
    """Return how many items a list of the edition has; an unknown one is answered with the nearest.

    Examples
    --------
    >>> print(count(list_length(report, "top_region_new_groups"), "группа"))
    4 группы
    """
    return rows_counted(list_rows(report, list_id), report.edition.id, "пункты перечня")


def abbreviations(report: Report, names: Iterable[str]) -> list[Text]:
    """Return «ЦОПП – Центр опережающей профессиональной подготовки» for those that have an abbreviation.

    Examples
    --------
    >>> print(joined(abbreviations(report, ["ministry-labour", "copp"])))
    ЦОПП – Центр опережающей профессиональной подготовки
    """
    known = [report.name(name) for name in names]
    return [Text(" – ").join((named.short, named.name)) for named in known if _ABBREVIATION.fullmatch(named.short)]


def new_series(report: Report, indicator: str) -> Year:
    """Return the first year of the series in force: before it the region's values were measured otherwise.

    Examples
    --------
    >>> print(new_series(report, "employment_rate"))
    2017
    """
    return series_starts(report, indicator)[-1]


def series_starts(report: Report, indicator: str) -> list[Year]:
    """Return the years in which the region's values began to be measured otherwise, from the earliest on.

    Raises
    ------
    GapError
        The series has no break.

    Examples
    --------
    >>> print(joined(map(str, series_starts(report, "spo_admission_workers"))))
    2010, 2016 и 2018
    """
    mine = _breaks(report, indicator)
    if mine.empty:
        names = report.load("indicators").set_index("id")["name"]
        raise GapError([Gap(f"Разрыв ряда: {names[indicator]}", "ряд не прерывался")])
    first = mine.drop_duplicates("year").sort_values("year")
    seen = {int(year): row_seen(first, index, report.edition.id) for index, year in first["year"].items()}
    return [
        Year(year, Gathered("начало нового ряда", (Seen(row),), "таблица разрывов"), (row,))
        for year, row in seen.items()
    ]


def remeasured(report: Report, indicator: str) -> Text:
    """Return what changed in how the region's values are measured, in the words of the table of breaks.

    Raises
    ------
    GapError
        Nothing did since the first of its values.

    Examples
    --------
    >>> print(remeasured(report, "employment_rate"))
    обследование рабочей силы с 2017 года охватывает население 15 лет и старше, прежде – 15–72 лет
    """
    mine = _breaks(report, indicator)
    known = [year for year, value in report.values(indicator, "year").items() if not value.missing]
    # What ended before the first value is known is no break of this region's series.
    mine = (
        mine[mine["year"] > min(known, default=report.edition.published)]
        .drop_duplicates(["year", "reason"])
        .sort_values("year", kind="stable")
    )
    if mine.empty:
        raise GapError(())
    return Text("; ").join(
        lowered(quoted(reason.rstrip("."), row_seen(mine, index, report.edition.id)))
        for index, reason in mine["reason"].items()
    )


def stretches(report: Report, *indicators: str) -> list[tuple[int, int]]:
    """Return the first and the last years of the stretches inside which the region's series can be compared.

    Parameters
    ----------
    report : Report
    *indicators : str
        Series of which all must be known in both years, and none begin anew between them.

    Returns
    -------
    list of tuple of int
        From the earliest on; one year alone is no stretch.

    Raises
    ------
    GapError
        There is none.

    Examples
    --------
    >>> print(joined(span(*one) for one in stretches(report, "unemployment_rate")))
    2000–2016 и 2017–2020
    """
    series = [report.values(indicator, "year") for indicator in indicators]
    last = min(report.latest(indicator) for indicator in indicators)
    anew = {int(year) for indicator in indicators for year in _breaks(report, indicator)["year"]}
    years = [
        year
        for year in sorted(series[0])
        if report.since <= year <= last and all(year in one and not one[year].missing for one in series)
    ]
    grouped = (list(group) for _, group in groupby(years, key=lambda year: sum(start <= year for start in anew)))
    found = [(group[0], group[-1]) for group in grouped if len(group) > 1]
    if not found:
        names = report.load("indicators").set_index("id")["name"]
        raise GapError([Gap(f"{names[name]}: два сравнимых года", "ряд короче или прерван") for name in indicators])
    return found


def _breaks(report: Report, indicator: str) -> pd.DataFrame:
    """Return the breaks of the region's series; one that the table states without a territory is a break of all."""
    known = report.load("breaks")
    everywhere = known["territory"].isna() | known["territory"].isin([report.edition.region, ""])
    return known[(known["indicator"] == indicator) & everywhere]


def row_count(report: Report, table: str, **where: object) -> Quantity:
    """Return how many rows of a text table have these values (all of them without conditions).

    Parameters
    ----------
    report : Report
    table : str
    **where
        What is wanted of each column.

    Returns
    -------
    Quantity
        It rests on the rows.

    Raises
    ------
    GapError
        None has them: a count of nothing says nothing.

    Examples
    --------
    >>> print(count(row_count(report, "swot", quadrant="S"), "сильная сторона"))
    7 сильных сторон
    """
    frame = report.filled(table)
    for column, wanted in where.items():
        frame = frame[frame[column] == wanted]
    if frame.empty:
        raise GapError([report.unfilled(table, ", ".join(map(str, where.values())))])
    return rows_counted(frame, report.edition.id, "")


def carried_over(report: Report) -> Text:
    """Return the sentence on words of the last edition that nobody has checked yet; empty where there are none."""
    marked = [one.marked - FIRST_ROW for one in review.unchecked(report.edition.id)]
    if not marked:
        return Text("")
    rows = report.load(review.TABLE)
    left = rows_counted(rows.loc[marked], report.edition.id, "слова, которые не менялись с прошлого издания")
    return Text(
        f"Из прошлого издания перешло и составителями еще не проверено: {count(left, 'строка')} таблиц и текстов; их"
        " перечень лежит рядом с данными издания, в файле review.csv."
    )


def event_dates(report: Report, event_id: str) -> Text:
    """Return when an event took place («2–8 декабря 2019 г.»).

    Examples
    --------
    >>> print(event_dates(report, "worldskills-regional"))
    2–8 декабря 2019 г.
    """
    report.row("events", event_id)
    events = report.load("events")
    index = events.index[events["id"] == event_id][0]
    return quoted(
        period(events.at[index, "first"], events.at[index, "last"]), row_seen(events, index, report.edition.id)
    )


def event_places(report: Report, event_id: str) -> Text:
    """Return where an event took place («Кемерово, Новокузнецк и Тайга»).

    Examples
    --------
    >>> print(event_places(report, "worldskills-regional"))
    Кемерово, Новокузнецк, Тайга, Юрга и Киселевск
    """
    return joined(report.name(place).name for place in report.row("events", event_id)["place"].split(";"))
