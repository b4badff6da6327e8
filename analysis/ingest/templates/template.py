"""A table to be filled in outside the project: what it asks for, in the words of a person who fills it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from analysis.catalogue.opened import everywhere, load, tables
from analysis.editions.edition import Edition, available, read_edition
from analysis.ingest.targets import FORMS, Target
from analysis.ingest.templates.choices import Choices, choices

VERSION = "1"
DATA, HELP, LISTS = "Данные", "Пояснения", "Списки"
# What names the table on the sheet of explanations, for the reader of the filled template.
TABLE, EDITION, MADE_BY = "Таблица каталога", "Издание", "Шаблон"
# The same of a workbook with a sheet a table (`fill_book`): its first sheet says which table each sheet is.
HOW, CHECKLIST, SHEET = "Как заполнить", "Что нужно", "Лист"
# Columns beside those of the table, for whoever fills them; they are not read.
ASIDE = ("who", "what_for")
_WHAT_TO_DO = (
    (
        "Что делать",
        (
            "Заполните лист «Данные», сохраните и наберите в папке проекта: report ingest ИМЯ_ФАЙЛА. Команда покажет,"
            " что изменится; с ключом --accept – запишет. Листы «Пояснения» и «Списки» и вторую строку листа «Данные»"
            " не меняйте."
        ),
    ),
    (
        "Списки",
        (
            "В столбцах со списком выберите строку из него: название не из списка не будет угадано, команда назовет"
            " ячейку."
        ),
    ),
)
_FORM_TO_DO = (
    (
        "Что делать",
        (
            "Заполните лист «Данные»: строка – одна укрупненная группа одного года выпуска. Сохраните книгу и отправьте"
            " её тому, кто собирает отчеты. Листы «Пояснения» и «Списки» и вторую строку листа «Данные» не меняйте."
        ),
    ),
    (
        "Числа",
        "Человек, целым числом. Каждый выпускник – ровно в одном исходе, поэтому исходы в сумме дают выпускников.",
    ),
    (
        "Категории",
        (
            "Выпускники отдельной категории входят и в общие числа строки. Если таких нет, оставьте столбцы категории"
            " пустыми."
        ),
    ),
)
# What names a series of observations.
SERIES_KEY = ("indicator", "territory", "category")


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
        """The columns of the table as its schema describes them."""
        return self.target.table.fields


def make_template(target: Target, years: Sequence[int] = (), values: bool = False) -> Template:
    """Return the template of a table.

    Parameters
    ----------
    target : Target
        The table and the indicators asked for.
    years : sequence of int
        Years to fill; without them the one after the last year of the table. Only for observations.
    values : bool
        Whether the rows that are there already are filled in.

    Returns
    -------
    Template
        Of a table without rows: every series its indicators and the editions' territories make.
    """
    table = target.table
    present = target.rows
    if not table.holds_observations:
        rows = present if values else []
        return Template(target, rows, choices(table, target.edition or None, ()), _help(target, ()))
    if target.indicators:
        present = [row for row in present if row["indicator"] in target.indicators]
    series = list(dict.fromkeys(tuple(row[name] for name in SERIES_KEY) for row in present)) or list(
        _new_series(target)
    )
    indicators = tuple(dict.fromkeys(indicator for indicator, *_ in series))
    rows = list(_observations(target, present, series, years, values))
    lists = choices(table, target.edition or None, indicators)
    lists["indicator"] = Choices(
        {code: lists["indicator"].label(code) for code in indicators}, lists["indicator"].meant
    )
    return Template(
        target,
        rows,
        {name: _used_first(listed, [row[name] for row in rows]) for name, listed in lists.items()},
        _help(target, indicators),
    )


def _observations(
    target: Target, present: list[dict], series: Iterable[tuple], years: Sequence[int], values: bool
) -> Iterator[dict]:
    there: dict[tuple, dict[str, dict]] = defaultdict(dict)
    for row in present if values else ():
        there[tuple(row[name] for name in SERIES_KEY)][row["year"]] = row
    wanted = [str(year) for year in years] or [str(_next_year(target, present))]
    blank = dict.fromkeys(target.table.columns, "")
    for key in series:
        known = there[key]
        for year in wanted if years else dict.fromkeys([*known, *wanted]):
            yield known.get(year) or blank | dict(zip(SERIES_KEY, key, strict=True)) | {"year": year}


def _new_series(target: Target) -> Iterator[tuple[str, str, str]]:
    """Yield what a table without rows asks for: its indicators in every category and every territory of the editions.

    What indicators an edition's table is to hold, and whether by towns or for the region, the same table of another
    edition tells.
    """
    if not target.indicators:
        yield from _as_elsewhere(target)
        return
    dimension = load("indicators").set_index("id")["dimension"]
    territories = dict.fromkeys(
        name for edition in _editions(target) for name in (*edition.wider, edition.region, *edition.comparison)
    )
    for indicator in target.indicators:
        categories = load(dimension[indicator], target.edition or None)["id"] if dimension[indicator] else [""]
        yield from ((indicator, territory, category) for territory, category in product(territories, categories))


def _editions(target: Target) -> list[Edition]:
    """Return the edition a table belongs to; all of them for the common package."""
    return [read_edition(name) for name in ([target.edition] if target.edition else available())]


def _as_elsewhere(target: Target) -> Iterator[tuple[str, str, str]]:
    """Yield the series of the same table of another edition, its towns and its region replaced by this edition's."""
    name = target.table.name
    others = (edition for edition in available() if edition != target.edition and name in tables(edition))
    rows = next((rows for edition in others if len(rows := load(name, edition))), None)
    if rows is None or not target.edition:
        return
    known = everywhere("territories").set_index("id")
    region = read_edition(target.edition).region
    towns = list(known.index[known["parent"].eq(region) & known["kind"].eq("municipality")]) or [region]
    by_towns = rows["territory"].map(known["kind"]).eq("municipality")
    series = dict.fromkeys(zip(by_towns, rows["indicator"], rows["category"], strict=True))
    for town in towns:
        yield from ((indicator, town, category) for by_town, indicator, category in series if by_town)
    yield from ((indicator, region, category) for by_town, indicator, category in series if not by_town)


def _next_year(target: Target, present: list[dict]) -> int:
    known = [int(row["year"]) for row in present if row["year"]]
    return max(known) + 1 if known else max(edition.year for edition in _editions(target))


def _used_first(listed: Choices, used: Iterable[str]) -> Choices:
    """Return the same choices with those that stand in the rows before the others."""
    order = dict.fromkeys(code for code in used if code in listed.labels) | dict.fromkeys(listed.labels)
    return replace(listed, labels={code: listed.labels[code] for code in order})


def _help(target: Target, indicators: Sequence[str]) -> list[tuple[str, str]]:
    table = target.table
    return [
        (MADE_BY, VERSION),
        (TABLE, table.name),
        (EDITION, target.edition),
        ("", ""),
        ("Что это", table.title),
        *(_FORM_TO_DO if table.name in FORMS else _WHAT_TO_DO),
        *(_help_on_observations() if table.holds_observations else ()),
        ("", ""),
        ("Столбец", "Что в нём"),
        *((heading(spec), spec.get("description", "")) for spec in table.fields),
        *(_help_on_indicators(indicators) if indicators else ()),
    ]


def _help_on_observations() -> list[tuple[str, str]]:
    missing = load("status").set_index("id").at["M", "name"]
    return [
        ("Число", "Одним числом, без единицы; дробная часть – через запятую или точку."),
        (
            "Строка без числа",
            (
                "Пустые «Значение» и «Статус» значат: об этом ничего не сказано. Если данных нет, поставьте статус"
                f" «{missing}», а причину – в примечание. На глаз не заполняйте."
            ),
        ),
        ("Статус", "Пустой статус при числе значит «обычное значение»."),
        ("Источник", "Ключ записи из data/sources.bib; новый источник сначала впишите туда."),
    ]


def _help_on_indicators(indicators: Sequence[str]) -> list[tuple[str, str]]:
    known, units = load("indicators").set_index("id"), load("units").set_index("id")["name"]
    rows = [known.loc[indicator] for indicator in indicators]
    lines = [(row["name"], f"Единица: {units.get(row['unit'], row['unit'])}. {row['definition']}") for row in rows]
    return [("", ""), ("Показатель", "Единица и определение"), *lines]


def heading(spec: dict) -> str:
    """Return the words above a column."""
    return spec.get("title", spec["name"])


def unit_of(template: Template) -> str:
    """Return the unit of all values of the template, empty where they have several."""
    known = load("indicators").set_index("id")["unit"]
    units = {known.get(row.get("indicator", ""), "") for row in template.rows}
    return load("units").set_index("id")["symbol"].get(units.pop(), "") if len(units) == 1 else ""
