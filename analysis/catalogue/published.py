"""The observations laid beside the book: every table as CSV, and as a page any row of which can be linked to.

Rows are counted as a spreadsheet counts them: the first observation of a table stands in row 2.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from html import escape
from pathlib import Path, PurePosixPath

import pandas as pd

from analysis.catalogue.bibliography import publications
from analysis.catalogue.descriptor import Table, tables
from analysis.catalogue.read import load
from analysis.errors import DataError

FOLDER = "data"
STYLE = """:root { color-scheme: light dark; --line: #d8dee3; --soft: #56616b; --wash: #f4f6f8; --mark: #fff0b3; --ink: #1d2329; --paper: #fff; --link: #0b5a8f; }
@media (prefers-color-scheme: dark) { :root { --line: #333c44; --soft: #9aa6b1; --wash: #1d2329; --mark: #5c4a00; --ink: #dfe4e8; --paper: #14181c; --link: #7cc0ee; } }
body { margin: 1.5rem; font: 1rem/1.45 "PT Sans", "Segoe UI", Roboto, Arial, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 1.4rem; margin: .5rem 0; }
a { color: var(--link); }
p, ol { max-width: 60rem; }
table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { position: sticky; top: 0; background: var(--wash); }
tbody th { font-weight: 400; color: var(--soft); }
tr { scroll-margin-top: 40vh; }
tr:target { background: var(--mark); outline: 2px solid var(--link); }
.n { text-align: right; white-space: nowrap; }
@media print { thead th { position: static; } }
"""
_HEADS = {"indicator": "Показатель", "territory": "Территория", "category": "Категория", "year": "Год", "value": "Значение",
          "printed": "Напечатано", "status": "Статус", "source": "Источник", "locator": "Место в источнике", "note": "Примечание"}
_NUMERIC = ("year", "value", "printed")


def row_link(table: str, row: int) -> str:
    """Return the address of one observation, relative to the folder of the book.

    Parameters
    ----------
    table : str
        Its file as an observation names it (`data/statistics/grp.csv`).
    row : int
        Its row as a spreadsheet counts it, 2 being the first below the head.

    Returns
    -------
    str
        `data/grp.html#r12`; opened from disk, the page shows that row highlighted.
    """
    return f"{FOLDER}/{PurePosixPath(table).stem}.html#r{row}"


def publish(edition_id: str, folder: Path) -> list[Path]:
    """Write every table of observations of an edition into `folder`, as CSV and as a page.

    Returns
    -------
    list of Path
        The CSV files.

    Raises
    ------
    DataError
        Two tables have files of the same name, so that a link could not tell them apart.
    """
    shown = [table for table in tables(edition_id).values() if table.holds_observations]
    by_stem: dict[str, Table] = {}
    for table in shown:
        if (other := by_stem.setdefault(table.file.stem, table)) is not table:
            raise DataError(f"Таблицы {other.label} и {table.label} нельзя опубликовать рядом: у файлов одно имя. Переименуйте один из них.")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "table.css").write_text(STYLE, encoding="utf-8", newline="\n")
    for table in shown:
        (folder / table.file.name).write_text(safe_csv(table.file.read_text(encoding="utf-8-sig")), encoding="utf-8", newline="\n")
        (folder / f"{table.file.stem}.html").write_text(page(table, edition_id), encoding="utf-8", newline="\n")
    return [folder / table.file.name for table in shown]


def safe_csv(text: str) -> str:
    """Return a CSV text none of whose cells a spreadsheet takes for a formula; a safe one comes back as it is."""
    rows = list(csv.reader(io.StringIO(text)))
    if not any(is_formula(cell) for row in rows for cell in row):
        return text
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([f"'{cell}" if is_formula(cell) else cell for cell in row] for row in rows)
    return out.getvalue()


def is_formula(cell: str) -> bool:
    """Tell whether a spreadsheet would compute a cell: it begins like a formula and is no number."""
    if not cell or cell[0] not in "=+-@\t\r":
        return False
    try:
        float(cell.replace(",", "."))
    except ValueError:
        return True
    return False


def page(table: Table, edition_id: str) -> str:
    """Return a table of observations as a page without scripts, each row with an address of its own (`#r2`)."""
    rows = load(table.name, edition_id)
    known = publications()
    keys = [key for key in dict.fromkeys(rows["source"]) if key]
    number = {key: place for place, key in enumerate(keys, start=1)}
    columns = _columns(rows)
    sources = "".join(f'<li id="s{number[key]}">{escape(known[key].described)}' for key in keys)
    head = "".join(f'<th scope="col"{_kind(name)}>{_HEADS[name]}' for name in columns)
    body = "".join(
        f'<tr id="r{row}"><th scope="row" class="n">{row}' + "".join(f"<td{_kind(name)}>{cell}" for name, cell in zip(columns, cells, strict=True)) + "\n"
        for row, cells in enumerate(_cells(rows, columns, number, edition_id), start=2)
    )
    statuses = "; ".join(f"{one['id']} – {one['name']}" for _, one in load("status").iterrows() if one["id"] in set(rows["status"]))
    only = load("indicators", edition_id).set_index("id")["name"].get(rows["indicator"].iloc[0], "") if len(rows) and rows["indicator"].nunique() == 1 else ""
    return (
        '<!DOCTYPE html>\n<html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(table.title)} – данные доклада</title><link rel="stylesheet" href="table.css"></head>\n<body>'
        f'<p><a href="../index.html">К докладу</a> · <a href="{escape(table.file.name)}" download>Скачать CSV</a></p>'
        f"<h1>{escape(table.title)}</h1>" + (f"<p>{escape(only)}.</p>" if only and only != table.title else "")
        + f"<p>Строка – одно наблюдение; ее номер тот же, что в файле {escape(table.label)}. Статусы: {escape(statuses)}.</p>"
        f'<ol aria-label="Источники">{sources}</ol>'
        f'<table><thead><tr><th scope="col" class="n">Строка{head}</thead><tbody>\n{body}</tbody></table></body></html>\n'
    )


def _columns(rows: pd.DataFrame) -> list[str]:
    """Return the columns that tell rows apart or say something: a series of one indicator does not repeat its name."""
    needed = [name for name in _HEADS if name in rows]
    return [name for name in needed if (rows[name].nunique() > 1 if name == "indicator" else rows[name].astype(str).ne("").any())]


def _cells(rows: pd.DataFrame, columns: Iterable[str], number: dict[str, int], edition_id: str) -> Iterable[list[str]]:
    indicators = load("indicators", edition_id).set_index("id")
    territories = load("territories", edition_id).set_index("id")["name"]
    dimensions = {name: load(name, edition_id).set_index("id")["name"] for name in set(indicators.loc[list(set(rows["indicator"])), "dimension"]) - {""}}
    for _, row in rows.iterrows():
        dimension = dimensions.get(indicators.at[row["indicator"], "dimension"])
        words = {
            "indicator": indicators.at[row["indicator"], "name"],
            "territory": territories.get(row["territory"], row["territory"]),
            "category": f"{row['category']} – {dimension[row['category']]}" if dimension is not None and row["category"] in dimension else row["category"],
            "value": "" if pd.isna(row["value"]) else f"{row['value']:.15g}".replace(".", ","),
            "year": "" if pd.isna(row["year"]) else str(row["year"]),
        }
        yield [f'<a href="#s{number[row[name]]}">[{number[row[name]]}]</a>' if name == "source" and row[name] else escape(words.get(name, row[name]))
               for name in columns]


def _kind(name: str) -> str:
    return ' class="n"' if name in _NUMERIC else ""
