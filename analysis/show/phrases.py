"""Words that need the edition's tables: ages of a survey, lengths of lists, what stands out of a structure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from analysis.catalogue import load
from analysis.errors import DataError
from analysis.quantities import Quantity, derived
from analysis.show.wording import Text, joined, num, period, with_unit


def ages(report, indicator: str) -> Text:
    """Return the ages an indicator covers: «15–72 лет», «15 лет и старше».

    Raises
    ------
    DataError
        The base of the indicator is not one span of ages.
    """
    base = load("indicators", report.edition.id).set_index("id").loc[indicator, "age_base"]
    match base.replace("+", "-").split("-"):
        case [first, ""] if first.isdigit():
            return Text(f"{first}\u00a0лет и старше")
        case [first, last] if first.isdigit() and last.isdigit():
            return Text(f"{first}–{last}\u00a0лет")
    raise DataError(f"Показатель «{indicator}»: возраст «{base}» не назвать одним промежутком; возьмите показатель с одним возрастом.")


def contrasted(report, dimension: str, keys: Iterable[str], ours: Mapping[str, Quantity], theirs: Mapping[str, Quantity]) -> Text:
    """Return «добыча полезных ископаемых (26,3 против 13,5 %); …» for some codes of a list."""
    short = load(dimension, report.edition.id).set_index("id")["short"]
    return Text("; ".join(f"{short[key][:1].lower()}{short[key][1:]} ({num(ours[key])} против {with_unit(theirs[key])})" for key in keys))


def length(report, list_id: str) -> Quantity:
    """Return how many items a list of the edition has."""
    items = load("lists", report.edition.id)["list"].eq(list_id).sum()
    if not items:
        raise DataError(f"В таблице lists нет перечня «{list_id}».")
    return derived(float(items), "count", 0, (), f"число пунктов перечня {list_id}")


def new_series(report, indicator: str) -> int:
    """Return the first year of the series in force: before it the region's values were measured otherwise."""
    return series_starts(report, indicator)[-1]


def series_starts(report, indicator: str) -> list[int]:
    """Return the years in which the region's values began to be measured otherwise, from the earliest on."""
    known = load("breaks", report.edition.id)
    # A break without a territory holds for all of them.
    everywhere = known["territory"].isna() | known["territory"].isin([report.edition.region, ""])
    mine = known[(known["indicator"] == indicator) & everywhere]
    if mine.empty:
        raise DataError(f"Показатель «{indicator}»: в таблице breaks нет разрыва ряда для территории «{report.edition.region}».")
    return sorted(int(year) for year in mine["year"].unique())


def rows(report, table: str, **where: object) -> Quantity:
    """Return how many rows of a text table have these values (all of them without conditions).

    Raises
    ------
    DataError
        None has them: more likely a slip of the pen than a fact.
    """
    frame = load(table, report.edition.id)
    for column, wanted in where.items():
        frame = frame[frame[column] == wanted]
    if frame.empty:
        raise DataError(f"В таблице {table} нет строк, где {where}.")
    return derived(float(len(frame)), "count", 0, (), f"число строк таблицы {table}")


def held(report, event_id: str) -> Text:
    """Return when an event took place («2–8 декабря 2019 г.»)."""
    event = report.row("events", event_id)
    return period(event["first"], event["last"])


def places(report, event_id: str) -> Text:
    """Return where an event took place («Кемерово, Новокузнецк и Тайга»)."""
    return joined(report.name(place).name for place in report.row("events", event_id)["place"].split(";"))
