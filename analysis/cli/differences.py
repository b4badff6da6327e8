"""What `report ingest` shows: sheet by sheet what was read, then what would change, the remarkable first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd
from rich.console import Console

from analysis.base.files.output import Kind, write_output
from analysis.base.files.tables import for_excel
from analysis.base.russian import comma, signed
from analysis.catalogue import Table, everywhere, tables
from analysis.catalogue.descriptor import title_of_any_year
from analysis.catalogue.findings import SEVERITIES
from analysis.cli.screen import spaced, table
from analysis.ingest.comparing import Comparison, ReadFile
from analysis.ingest.difference import CHANGED, CONFLICT, NEW, ROW_COLUMNS, UNCHANGED, VANISHED
from analysis.ingest.judging import with_remarks

# Rows on the screen; a file gets all of them.
SHOWN = 40
WORDS = {NEW: "новое", CHANGED: "изменилось", VANISHED: "исчезло", CONFLICT: "противоречие", UNCHANGED: "без изменений"}
_HEADS = {
    "change": "Что",
    "table": "Таблица",
    "indicator": "Показатель",
    "territory": "Территория",
    "category": "Категория",
    "year": "Год",
    "key": "Строка",
    "column": "Столбец",
    "old": "Было",
    "new": "Стало",
    "relative": "Изменение, %",
    "remark": "Замечание",
    "old_source": "Прежний источник",
    "source": "Источник",
    "locator": "Место",
}
_COLUMNS = {"status": "статус", "note": "примечание"}
WRITTEN = Kind(heads=(tuple(_HEADS.values()),))


def show(console: Console, compared: Comparison) -> None:
    """Print what was read, what was not and what would change."""
    for file in compared.files:
        _show_file(console, file)
    if compared.elsewhere:
        count = sum(compared.elsewhere.values())
        console.print(
            f"Ещё {spaced(count)} набл. по территориям, которых нет ни в изданиях, ни в этих таблицах"
            f" ({len(compared.elsewhere)}), не взяты. Взять: --territory КОД (можно повторять) или --territory all.\n",
            soft_wrap=True,
        )
    if not compared.differences:
        return
    counts = [
        (_titled(difference.table), *(spaced(difference.counts[kind]) for kind in WORDS))
        for difference in compared.differences
    ]
    console.print(table(["таблица", *WORDS.values()], counts, "Что изменится", right=WORDS.values()))
    rows = difference_rows(compared)
    if len(rows):
        _show_rows(console, rows)
    elsewhere = with_remarks(rows, compared.findings)[1]
    if elsewhere:
        said = [
            (SEVERITIES[finding.severity], finding.place, finding.problem, finding.remedy)
            for finding in elsewhere[:SHOWN]
        ]
        console.print(
            table(["важность", "где", "что не так", "что сделать"], said, "Что это меняет в остальных данных")
        )


def difference_rows(compared: Comparison) -> pd.DataFrame:
    """Return every changed cell of every table, the remarkable first.

    That is contradictions, what is suspicious, revisions by size, what vanished, what is new.
    """
    rows = (
        pd.concat([difference.rows for difference in compared.differences], ignore_index=True)
        if compared.differences
        else pd.DataFrame(columns=list(ROW_COLUMNS))
    )
    rows, _ = with_remarks(rows, compared.findings)
    order = {CONFLICT: 0, CHANGED: 2, VANISHED: 3, NEW: 4}
    rank = rows["change"].map(order).where(rows["remark"].eq("") | rows["change"].eq(CONFLICT), 1)
    size = -rows["relative"].astype(float).abs().where(rows["change"].eq(CHANGED), 0).fillna(0)
    return (
        rows.assign(rank=rank, size=size)
        .sort_values(["rank", "size"], kind="stable")
        .drop(columns=["rank", "size"])
        .reset_index(drop=True)
    )


def write_rows(compared: Comparison, file: Path) -> int:
    """Write every changed cell as a CSV for Excel; return how many there are.

    Raises
    ------
    UsageError
        The file may not be written, see `analysis.base.files.output`; or is one of those that were read.
    """
    rows = difference_rows(compared)
    rows["change"] = rows["change"].map(WORDS)
    rows["relative"] = [_percent(value) for value in rows["relative"]]
    for column in ("old", "new"):
        rows[column] = [_comma(text, name) for text, name in zip(rows[column], rows["column"], strict=True)]
    content = for_excel(list(_HEADS.values()), rows[list(_HEADS)].astype(str).itertuples(index=False))
    write_output(content, file, WRITTEN, [read.path for read in compared.files])
    return len(rows)


def _show_file(console: Console, file: ReadFile) -> None:
    console.print(
        f"{file.path.name}: {file.title}; читал {file.origin.reader} {file.origin.version}; SHA-256"
        f" {file.origin.sha256[:12]}…",
        markup=False,
        soft_wrap=True,
    )
    for remark in file.remarks:
        console.print(f"  {remark}", markup=False, soft_wrap=True)
    placed = list(_placed(file))
    if placed:
        console.print(
            table(
                ["лист", "таблица", "код", "строк", "территорий", "годы"],
                placed,
                "Прочитано",
                right=["строк", "территорий"],
            )
        )
    if file.unplaced:
        rows = [(block.sheet, block.what, block.why, block.remedy) for block in file.unplaced]
        console.print(table(["лист", "что", "почему", "что сделать"], rows, "Не размещено"))


def _placed(file: ReadFile) -> Iterator[tuple]:
    for filling in file.fillings:
        rows = filling.rows
        territories = rows["territory"].nunique() if "territory" in rows else ""
        blank = f" (и {len(filling.silent)} незаполненных)" if filling.silent else ""
        yield (
            filling.sheet,
            _titled(filling.target.table),
            filling.target.table.name,
            f"{spaced(len(rows))}{blank}",
            territories,
            _years(rows["year"]) if "year" in rows else "",
        )
    if len(file.observations):
        rows = file.observations.assign(
            sheet=file.observations["locator"].str.extract(r"лист «([^»]*)»", expand=False).fillna("")
        )
        for (sheet, indicator), group in rows.groupby(["sheet", "indicator"], sort=False):
            yield (
                sheet,
                _worded("indicators", indicator),
                indicator,
                spaced(len(group)),
                group["territory"].nunique(),
                _years(group["year"]),
            )


def _show_rows(console: Console, rows: pd.DataFrame) -> None:
    observed = bool(rows["key"].eq("").all())
    heads, shown = _observed(rows.head(SHOWN)) if observed else _keyed(rows.head(SHOWN))
    console.print(table(heads, shown, "Строки", right=["год", "было", "стало", "%"] if observed else []))
    if len(rows) > SHOWN:
        console.print(f"Показано {SHOWN} из {spaced(len(rows))}; все – с ключом --csv ФАЙЛ.csv\n")


def _observed(rows: pd.DataFrame) -> tuple[list[str], list[tuple[object, ...]]]:
    """Return heads and cells for changes of observations."""
    heads = ["что", "показатель", "территория", "категория", "год", "столбец", "было", "стало", "%", "замечание"]
    return heads, [
        (
            WORDS[row.change],
            _worded("indicators", row.indicator),
            _worded("territories", row.territory),
            _category(row.indicator, row.category),
            row.year,
            _name(row.column),
            _shown(row.old, row.column),
            _shown(row.new, row.column),
            _percent(row.relative),
            row.remark,
        )
        for row in rows.itertuples()
    ]


def _keyed(rows: pd.DataFrame) -> tuple[list[str], list[tuple[object, ...]]]:
    """Return heads and cells for changes of tables that are not all observations."""
    return ["что", "таблица", "строка", "столбец", "было", "стало"], [
        (
            WORDS[row.change],
            row.table,
            row.key or " / ".join(filter(None, (row.indicator, row.territory, row.category, row.year))),
            _name(row.column) or "значение",
            _shown(row.old, row.column),
            _shown(row.new, row.column),
        )
        for row in rows.itertuples()
    ]


def _name(column: str) -> str:
    return "" if column == "value" else _COLUMNS.get(column, _HEADS.get(column, column)).lower()


def _titled(table: Table) -> str:
    """Return how a table is called: that of an indicator as the indicator, as everywhere on the screen."""
    named = _worded("indicators", table.name)
    return title_of_any_year(table.title) if named == table.name else named


def _worded(listed: str, code: str) -> str:
    """Return how a list calls a code, shortly where it does; a code it does not know stands for itself."""
    row = {} if listed not in tables() else _rows_of(listed).get(code, {})
    return str(row.get("short") or row.get("name") or code)


def _rows_of(listed: str) -> dict[str, dict]:
    return {row["id"]: row for row in everywhere(listed).to_dict("records")}


def _category(indicator: str, category: str) -> str:
    return _worded(str(_rows_of("indicators").get(indicator, {}).get("dimension", "")), category) if category else ""


def _shown(text: str, column: str) -> str:
    """Return what a cell says, in words where it is a code."""
    return _worded("status", text) if column == "status" and text else _comma(text, column)


def _years(years: Iterable) -> str:
    known = sorted({int(year) for year in years if str(year).isdigit()})
    return "" if not known else str(known[0]) if len(known) == 1 else f"{known[0]}–{known[-1]}"


def _comma(text: str, column: str) -> str:
    return comma(text) if column == "value" else text


def _percent(value: float) -> str:
    return "" if pd.isna(value) else signed(value, 1)
