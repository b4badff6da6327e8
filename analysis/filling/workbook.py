"""The fill list of an edition as a workbook: what is to be asked of whom, and sheets to write it into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd

from analysis.base.ranges import as_ranges
from analysis.catalogue import Project
from analysis.catalogue.descriptor import Table, title_of_any_year
from analysis.catalogue.suppliers import Suppliers
from analysis.editions.edition import Edition
from analysis.editions.needs import Place
from analysis.filling.fill_list import FILLED, MISSING, STATES, fill_list
from analysis.filling.needed import TERRITORIES, place
from analysis.filling.status import section_titles
from analysis.ingest.targets import Target, own_tables
from analysis.ingest.templates.choices import Choices, choices
from analysis.ingest.templates.fill_book import Checklist, Sheet, write_book
from analysis.ingest.templates.template import Template
from analysis.show.lists import AIMS

# Rows for an indicator whose categories the region's data decide.
FREE_ROWS = 10
# A column that only an edition which retells a print fills.
_OF_PRINT = "printed"
HEADS = ("Таблица", "Что нужно", "Годы", "Территории", "Кто даёт", "Состояние", "Что сделать")
_HOW = (
    ("Что это", "Всё, чего не хватает изданию: лист – таблица, строка – одно число или одна запись."),
    (
        "Что делать",
        (
            "Заполните незакрашенные ячейки: значение, источник, место в источнике (страница, таблица), примечание."
            " Закрашенное не меняйте. В столбцах со списком выбирайте строку из него."
        ),
    ),
    (
        "Источник",
        (
            "Ключ записи из data/sources.bib; новый источник (письмо министерства, сборник) сначала впишите туда."
            " Строка с числом, но без источника не принимается."
        ),
    ),
    (
        "Если данных нет",
        (
            "Поставьте статус «значения нет», источник и место, где искали, причину – в примечание: доклад"
            " обойдётся без этого числа и скажет почему. На глаз не заполняйте."
        ),
    ),
    (
        "Частями",
        (
            "Книгу можно принимать заполненной не до конца: строки без числа и статуса пропускаются, их число команда"
            " называет."
        ),
    ),
    (
        "Как принять",
        "В папке проекта: report ingest ИМЯ_ФАЙЛА – покажет, что изменится; с ключом --accept – запишет.",
    ),
    (
        "Росстат",
        "Официальных рядов здесь нет: их report ingest читает из файлов издателя. Какие нужны – лист «Что нужно».",
    ),
)


def write_workbook(project: Project, edition: Edition, file: Path) -> pd.DataFrame:
    """Write what an edition lacks as a workbook, and return its fill list.

    Parameters
    ----------
    project : Project
    edition : Edition
    file : Path
        Ends in `.xlsx`.

    Returns
    -------
    pandas.DataFrame
        As `analysis.filling.fill_list.fill_list`.

    Raises
    ------
    UsageError
        The file is there already (it may have been filled in) or may not be written.
    """
    listed = fill_list(project, edition)
    lacking = listed[listed["state"] != FILLED]
    sheets = list(_sheets(project, edition, lacking))
    write_book(edition.id, _HOW, checklist(project, edition, listed), sheets, file)
    return listed


def checklist(project: Project, edition: Edition, listed: pd.DataFrame) -> Checklist:
    """Return the fill list in short: one row for all years and territories of an indicator in one state.

    Parameters
    ----------
    project : Project
    edition : Edition
    listed : pandas.DataFrame
        Its fill list.

    Returns
    -------
    Checklist
        What lacks something first.
    """
    names = _names(project)
    titles = {table.name: title_of_any_year(table.title) for table in project.tables(edition.id).values()}
    sections = section_titles()
    called = dict(zip(*(project.load(TERRITORIES, edition.id)[name] for name in ("id", "short")), strict=True))
    suppliers = Suppliers(project, edition.id)
    rows = []
    for (table, what, state), group in listed.groupby(["table", "what", "state"], sort=False):
        territories = [called.get(name, name) for name in dict.fromkeys(group["territory"]) if name]
        parts = _parts(group, sections) if what == table else []
        title = titles.get(table, table) if table else "Официальная статистика"
        does = "" if state == FILLED else suppliers.of(what).does
        rows.append(
            (
                title,
                "; ".join([names.get(what, titles.get(what, what)), *parts]),
                as_ranges(sorted({int(year) for year in group["year"].dropna()})) or "",
                ", ".join(territories),
                group["who"].iloc[0],
                STATES[state] + _why(group),
                does,
            )
        )
    # What is to be done first; the order within stays that of the report.
    return Checklist(HEADS, sorted(rows, key=lambda row: row[5] == STATES[FILLED]))


def _parts(group: pd.DataFrame, sections: dict[str, str]) -> list[str]:
    """Return in words which parts of a table of words are wanted; a list, which has no name, by who wants it."""
    wanted = group[group["category"].ne("")]
    return list(
        dict.fromkeys(
            AIMS.get(part) or ", ".join(f"для раздела «{sections.get(label, label)}»" for label in used_by)
            for part, used_by in zip(wanted["category"], wanted["used_by"], strict=True)
        )
    )


def _why(group: pd.DataFrame) -> str:
    reasons = [reason for reason in dict.fromkeys(group["reason"]) if reason]
    return f": {reasons[0]}" if reasons else ""


def _names(project: Project) -> dict[str, str]:
    frame = project.load("indicators")
    return dict(zip(frame["id"], frame["name"], strict=True))


def _sheets(project: Project, edition: Edition, lacking: pd.DataFrame) -> Iterator[Sheet]:
    own, where = own_tables(edition.id), place(project, edition)
    for name, group in lacking.groupby("table", sort=False):
        table = own.get(name)
        if table is None or name == TERRITORIES:
            continue
        title = table.title.partition(": ")[2] or table.title
        target = Target(_without_print(table), edition.id)
        if table.holds_observations:
            rows = [row for line in group.to_dict("records") for row in _rows(where, line)]
            template = Template(target, [row for row, _ in rows], _choices(target, group["what"]), [])
            yield Sheet(title, template, [aside for _, aside in rows])
        else:
            yield Sheet(title, Template(target, [], choices(table, edition.id, ()), []))


def _without_print(table: Table) -> Table:
    fields = [spec for spec in table.schema["fields"] if spec["name"] != _OF_PRINT]
    return replace(table, schema=table.schema | {"fields": fields})


def _choices(target: Target, indicators: Iterable[str]) -> dict[str, Choices]:
    wanted = tuple(dict.fromkeys(indicators))
    found = choices(target.table, target.edition, wanted)
    labels = found["indicator"]
    return found | {"indicator": replace(labels, labels={code: labels.label(code) for code in wanted})}


def _rows(where: Place, line: dict) -> Iterator[tuple[dict[str, str], tuple[str, str]]]:
    """Yield the rows to fill for one line of the fill list, with what stands beside each."""
    territories = [line["territory"]] if line["territory"] else list(where.parts)
    divided = line["what"] in where.categories
    free = FREE_ROWS if divided and not line["category"] else 1
    missing = line["state"] == MISSING
    blank = dict.fromkeys(("value", "source", "locator"), "")
    for territory in territories:
        for _ in range(free):
            yield (
                blank
                | {
                    "indicator": line["what"],
                    "territory": territory,
                    "category": line["category"],
                    "year": "" if pd.isna(line["year"]) else str(line["year"]),
                    "status": "M" if missing else "",
                    "note": line["reason"] if missing else "",
                },
                (line["who"], _used(line["used_by"])),
            )


def _used(labels: list[str]) -> str:
    """Return in words how many tables, figures and sections want something."""
    kinds = {"tbl-": "таблицы", "fig-": "рисунки", "sec-": "разделы"}
    counts = {word: sum(label.startswith(start) for label in labels) for start, word in kinds.items()}
    return ", ".join(f"{word}: {count}" for word, count in counts.items() if count)
