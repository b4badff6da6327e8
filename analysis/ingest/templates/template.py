"""A table to be filled in outside the project: what it asks for, in the words of a person who fills it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from analysis.catalogue.opened import load, tables
from analysis.editions.edition import available, read_edition
from analysis.ingest.templates.choices import Choices, choices
from analysis.ingest.templates.targets import Target

VERSION = "1"
DATA, HELP, LISTS = "Данные", "Пояснения", "Списки"
# What names the table on the sheet of explanations, for the reader of the filled template.
TABLE, EDITION, MADE_BY = "Таблица каталога", "Издание", "Шаблон"


@dataclass(frozen=True)
class Template:
    """A table to be filled.

    Attributes
    ----------
    target : Target
    rows : list of dict
        Rows there are already or are to be filled, text by column, codes as codes.
    choices : dict
        The lists to pick from, by column.
    help : list of tuple
        What stands on the sheet of explanations, two cells a row.
    """

    target: Target
    rows: list[dict[str, str]]
    choices: dict[str, Choices]
    help: list[tuple[str, str]]

    @property
    def fields(self) -> list[dict]:
        return self.target.table.fields


def make_template(target: Target, years: Sequence[int] = (), values: bool = False) -> Template:
    """Return the template of a table.

    Parameters
    ----------
    target
        The table and the indicators asked for.
    years
        Years to fill; without them the one after the last year of the table. Only for observations.
    values
        Whether the rows that are there already are filled in.
    """
    table = target.table
    present = target.rows
    if not table.holds_observations:
        rows = present if values else []
        return Template(target, rows, choices(table, target.edition or None, ()), _help(target, ()))
    if target.indicators:
        present = [row for row in present if row["indicator"] in target.indicators]
    key = ("indicator", "territory", "category")
    series = list(dict.fromkeys(tuple(row[name] for name in key) for row in present)) or list(_new_series(target))
    indicators = tuple(dict.fromkeys(indicator for indicator, *_ in series))
    rows = list(_observations(target, present, series, years, values))
    lists = choices(table, target.edition or None, indicators)
    lists["indicator"] = Choices(
        {code: lists["indicator"].label(code) for code in indicators}, lists["indicator"].meant
    )
    return Template(
        target,
        rows,
        {name: _used_first(found, [row[name] for row in rows]) for name, found in lists.items()},
        _help(target, indicators),
    )


def _observations(
    target: Target, present: list[dict], series: Iterable[tuple], years: Sequence[int], values: bool
) -> Iterator[dict]:
    key = ("indicator", "territory", "category")
    there: dict[tuple, dict[str, dict]] = defaultdict(dict)
    for row in present if values else ():
        there[tuple(row[name] for name in key)][row["year"]] = row
    wanted = [str(year) for year in years] or [str(_next_year(target, present))]
    blank = dict.fromkeys(target.table.columns, "")
    for one in series:
        known = there[one]
        for year in wanted if years else dict.fromkeys([*known, *wanted]):
            yield known.get(year) or blank | dict(zip(key, one, strict=True)) | {"year": year}


def _new_series(target: Target) -> Iterator[tuple[str, str, str]]:
    """Yield what a table without rows asks for: its indicators in every category and every territory of the editions.

    What indicators an edition's table is to hold, and whether by towns or for the region, the same table of another edition tells.
    """
    if not target.indicators:
        yield from _as_elsewhere(target)
        return
    dimension = load("indicators").set_index("id")["dimension"]
    editions = [read_edition(one) for one in ([target.edition] if target.edition else available())]
    territories = dict.fromkeys(name for one in editions for name in (*one.wider, one.region, *one.comparison))
    for indicator in target.indicators:
        categories = load(dimension[indicator], target.edition or None)["id"] if dimension[indicator] else [""]
        yield from ((indicator, territory, category) for territory, category in product(territories, categories))


def _as_elsewhere(target: Target) -> Iterator[tuple[str, str, str]]:
    known = load("territories").set_index("id")
    rows = next(
        (
            load(target.table.name, one)
            for one in available()
            if one != target.edition and target.table.name in tables(one) and len(load(target.table.name, one))
        ),
        None,
    )
    if rows is None or not target.edition:
        return
    region = read_edition(target.edition).region
    towns = list(known.index[known["parent"].eq(region) & known["kind"].eq("municipality")]) or [region]
    by_towns = rows["territory"].map(known["kind"]).eq("municipality")
    asked = dict.fromkeys(zip(by_towns, rows["indicator"], rows["category"], strict=True))
    for town in towns:
        yield from ((indicator, town, category) for by_town, indicator, category in asked if by_town)
    yield from ((indicator, region, category) for by_town, indicator, category in asked if not by_town)


def _next_year(target: Target, present: list[dict]) -> int:
    known = [int(row["year"]) for row in present if row["year"]]
    return (
        max(known) + 1
        if known
        else max(read_edition(one).year for one in ([target.edition] if target.edition else available()))
    )


def _used_first(found: Choices, used: Iterable[str]) -> Choices:
    """Return the same choices with those that stand in the rows before the others."""
    order = dict.fromkeys(code for code in used if code in found.labels) | dict.fromkeys(found.labels)
    return Choices({code: found.labels[code] for code in order}, found.meant, found.several, found.territories)


def _help(target: Target, indicators: Sequence[str]) -> list[tuple[str, str]]:
    table = target.table
    said = [(MADE_BY, VERSION), (TABLE, table.name), (EDITION, target.edition), ("", ""), ("Что это", table.title)]
    said += [
        (
            "Что делать",
            (
                "Заполните лист «Данные», сохраните и наберите в папке проекта: report ingest ИМЯ_ФАЙЛА. Команда"
                " покажет, что изменится; с ключом --accept – запишет. Листы «Пояснения» и «Списки» и вторую строку"
                " листа «Данные» не меняйте."
            ),
        ),
        (
            "Списки",
            (
                "В столбцах со списком выберите строку из него: название не из списка не будет угадано, команда назовет"
                " ячейку."
            ),
        ),
    ]
    if table.holds_observations:
        said += [
            ("Число", "Одним числом, без единицы; дробная часть – через запятую или точку."),
            (
                "Строка без числа",
                (
                    "Пустые «Значение» и «Статус» значат: об этом ничего не сказано. Если данных нет, поставьте статус"
                    f" «{load('status').set_index('id').at['M', 'name']}», а причину – в примечание. На глаз не"
                    " заполняйте."
                ),
            ),
            ("Статус", "Пустой статус при числе значит «обычное значение»."),
            ("Источник", "Ключ записи из data/sources.bib; новый источник сначала впишите туда."),
        ]
    said += [("", ""), ("Столбец", "Что в нём")] + [
        (heading(spec), spec.get("description", "")) for spec in table.fields
    ]
    if indicators:
        known, units = load("indicators").set_index("id"), load("units").set_index("id")["name"]
        said += [("", ""), ("Показатель", "Единица и определение")]
        said += [
            (
                known.at[one, "name"],
                f"Единица: {units.get(known.at[one, 'unit'], known.at[one, 'unit'])}. {known.at[one, 'definition']}",
            )
            for one in indicators
        ]
    return said


def heading(spec: dict) -> str:
    """Return the words above a column."""
    return spec.get("title", spec["name"])


def unit_of(template: Template) -> str:
    """Return the unit of all values of the template, empty where they have several."""
    asked = {row.get("indicator", "") for row in template.rows}
    known = load("indicators").set_index("id")["unit"]
    units = {known.get(one, "") for one in asked}
    return load("units").set_index("id")["symbol"].get(units.pop(), "") if len(units) == 1 else ""
