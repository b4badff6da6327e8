"""Numbers and forecasts of a comparison in words."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.base.russian import comma, decimal, signed
from analysis.compare.account import CHANGES, TITLES, Cell, Grid, Section
from analysis.compare.comparison import Comparison
from analysis.compare.forecasts import OUTSIDE
from analysis.compare.numbers import DESCRIBED, by_indicator
from analysis.ingest.difference import CHANGED, CONFLICT, NEW, VANISHED
from analysis.outlook.forecasts import LEVELS
from analysis.quantities import PERCENT
from analysis.show.forecasts import NAMES as NAMES_OF_SERIES

# What has a value needs no word about it.
STATUS = {"A": ""}


def tell_numbers(compared: Comparison) -> Section:
    """Return the numbers of a comparison in words."""
    grids: list[Grid] = []
    short = []
    if "regions" in compared.frames:
        rows = compared.frames["regions"]
        grids.append(_regions(compared, rows))
        both = rows["value_old"].ne("") & rows["value_new"].ne("")
        short.append(
            f"показателей и разрезов известно в обоих изданиях {both.sum()}, только в первом"
            f" {(rows['value_new'].eq('')).sum()}, только во втором {(rows['value_old'].eq('')).sum()}"
        )
    if "numbers" in compared.frames:
        rows = compared.frames["numbers"]
        summary = by_indicator(rows)
        totals = [
            f"{CHANGES[kind]} {summary[kind].sum()}"
            for kind in (CHANGED, VANISHED, NEW, DESCRIBED)
            if len(summary) and summary[kind].sum()
        ]
        short.append("наблюдений " + (", ".join(totals) + f" (показателей {len(summary)})" if totals else "столько же"))
        if len(rows):
            grids += [_indicators(compared, summary), *_observations(compared, rows)]
    return Section("numbers", TITLES["numbers"], "; ".join(short), compared.untold.get("numbers", ""), grids)


def _regions(compared: Comparison, rows: pd.DataFrame) -> Grid:
    old, new = (f"{_territory(compared, edition.region)}, {edition.year}" for edition in compared.editions)
    differ = rows[rows["value_old"].ne(rows["value_new"])]
    cells: list[tuple[Cell, ...]] = [
        (
            _indicator(compared, row.indicator),
            _category(compared, row.indicator, str(row.category)),
            _unit(compared, str(row.unit)),
            _of_year(row.value_old, row.year_old, compared.editions[0].year),
            _of_year(row.value_new, row.year_new, compared.editions[1].year),
            _change(row.difference, row.relative, str(row.unit)),
            _was(str(row.source_old), str(row.source_new)),
        )
        for row in differ.itertuples()
    ]
    sides = (old, new) if old != new else ("было", "стало")
    heads = ("показатель", "категория", "единица", *sides, "изменение", "источник")
    return Grid(f"Регион каждого издания в его отчётном году: {old} → {new}", heads, cells, heads[3:6])


def _change(difference: float, relative: float, unit: str) -> str:
    """Return by how much a number differs: shares in points, what is above zero in per cent."""
    if unit == PERCENT and not pd.isna(difference):
        return f"{signed(difference, 1)} п. п."
    return "" if pd.isna(relative) else f"{signed(relative, 1)} %"


def _of_year(value: str, year: str, own: int) -> str:
    """Return a value, with its year where that is not the edition's own."""
    return comma(value).replace("-", "−") + (f" ({year})" if year and year != str(own) else "")


def _indicators(compared: Comparison, summary: pd.DataFrame) -> Grid:
    kinds = (CHANGED, VANISHED, NEW, DESCRIBED)
    rows: list[tuple[Cell, ...]] = [
        (
            _indicator(compared, row["indicator"]),
            _unit(compared, row["unit"]),
            *(str(row[kind]) if row[kind] else "" for kind in kinds),
            row["first"] if row["first"] == row["last"] else f"{row['first']}–{row['last']}",
        )
        for row in summary.to_dict("records")
    ]
    heads = ("показатель", "единица", *(CHANGES[kind] for kind in kinds), "годы")
    return Grid("Наблюдения по показателям", heads, rows, heads[2:])


def _observations(compared: Comparison, rows: pd.DataFrame) -> Iterable[Grid]:
    """Yield the changed cells of observations, what has another value first."""
    for kind in (CONFLICT, CHANGED, VANISHED, NEW, DESCRIBED):
        found = rows[rows["change"].eq(kind)]
        if len(found):
            cells: list[tuple[Cell, ...]] = [
                (
                    _indicator(compared, row["indicator"]),
                    _territory(compared, row["territory"]),
                    _category(compared, row["indicator"], row["category"]),
                    row["year"],
                    _unit(compared, row["unit"]),
                    _COLUMNS.get(row["column"], row["column"]),
                    _value(row["column"], row["old"]),
                    _value(row["column"], row["new"]),
                    "" if pd.isna(row["relative"]) or kind in (NEW, VANISHED) else signed(row["relative"], 1),
                    _was(row["old_source"], row["source"]),
                    row["scope"],
                )
                for row in found.to_dict("records")
            ]
            yield _without_empty(Grid(f"Наблюдения: {CHANGES[kind]}", _HEADS, cells, ("год", "было", "стало", "%")))


_HEADS = (
    "показатель",
    "территория",
    "категория",
    "год",
    "единица",
    "столбец",
    "было",
    "стало",
    "%",
    "источник",
    "издание",
)
_COLUMNS = {
    "value": "",
    "status": "статус",
    "unit": "единица",
    "source": "источник",
    "locator": "место",
    "note": "примечание",
    "printed": "в печати",
}


def _value(column: str, text: str) -> str:
    if column == "status":
        return STATUS.get(text, text) or text
    return comma(text) if column == "value" else text


def _was(old: str, new: str) -> str:
    return f"{old} → {new}" if old and new and old != new else new or old


def _without_empty(grid: Grid) -> Grid:
    """Return a table without the columns in which nothing stands."""
    kept = [place for place in range(len(grid.heads)) if any(row[place] for row in grid.rows)]
    return Grid(
        grid.title,
        tuple(grid.heads[place] for place in kept),
        [tuple(row[place] for place in kept) for row in grid.rows],
        grid.right,
    )


def tell_forecasts(compared: Comparison) -> Section:
    """Return the forecasts of a comparison in words."""
    rows = compared.frames["forecasts"]
    counts = rows["inside"].value_counts()
    inside = {**{str(level): f"внутри {level} %" for level in LEVELS}, OUTSIDE: "вне интервалов"}
    short = (
        f"известно исходов {len(rows)}: " + ", ".join(f"{name} {counts.get(key, 0)}" for key, name in inside.items())
        if len(rows)
        else "ни один исход ещё не известен"
    )
    cells: list[tuple[Cell, ...]] = [
        (
            _indicator(compared, row["indicator"]),
            _unit(compared, row["unit"]),
            str(row["year"]),
            decimal(row["mean"], 1),
            *(f"{decimal(row[f'lo{level}'], 1)}…{decimal(row[f'hi{level}'], 1)}" for level in LEVELS),
            decimal(row["fact"], 1),
            signed(row["error"], 1),
            "" if pd.isna(row["relative"]) else signed(row["relative"], 1),
            inside[row["inside"]],
        )
        for row in rows.to_dict("records")
    ]
    heads = (
        "показатель", "единица", "год", "прогноз", *(f"{level} %" for level in LEVELS), "наступило", "ошибка",
        "ошибка, %", "исход",
    )  # fmt: skip
    grids = [Grid("Прогнозы, исход которых известен", heads, cells, heads[2:-1])] if len(rows) else []
    return Section("forecasts", TITLES["forecasts"], short, compared.untold.get("forecasts", ""), grids)


def _indicator(compared: Comparison, name: object) -> str:
    row = compared.row("indicators", name)
    # A sum of two series is no indicator.
    return row.get("short") or row.get("name") or NAMES_OF_SERIES.get(str(name), str(name))


def _category(compared: Comparison, indicator: object, code: str) -> str:
    """Return a code with its name."""
    row = compared.row(compared.row("indicators", indicator).get("dimension", ""), code)
    named = row.get("short") or row.get("name")
    return f"{code} {named}" if named else code


def _territory(compared: Comparison, name: object) -> str:
    return compared.row("territories", name).get("short") or str(name)


def _unit(compared: Comparison, name: str) -> str:
    return compared.row("units", name).get("symbol") or name
