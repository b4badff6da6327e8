"""A table of the catalogue as a page of its own."""

from __future__ import annotations

import re
from html import escape

import pandas as pd

from analysis.base.russian import typed
from analysis.catalogue.descriptor import Table
from analysis.catalogue.opened import load, publications, read_table
from analysis.catalogue.places import FIRST_ROW

STYLE = """:root { color-scheme: light dark; --line: #d8dee3; --soft: #56616b; --wash: #f4f6f8; --mark: #fff0b3; \
--ink: #1d2329; --paper: #fff; --link: #0b5a8f; }
@media (prefers-color-scheme: dark) { :root { --line: #333c44; --soft: #9aa6b1; --wash: #1d2329; --mark: #5c4a00; \
--ink: #dfe4e8; --paper: #14181c; --link: #7cc0ee; } }
body { margin: 1.5rem; font: 1rem/1.45 "PT Sans", "Segoe UI", Roboto, Arial, sans-serif; color: var(--ink); \
background: var(--paper); }
h1 { font-size: 1.4rem; margin: .5rem 0; }
a { color: var(--link); }
p, ol { max-width: 60rem; }
table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { position: sticky; top: 0; background: var(--wash); }
tbody th { font-weight: 400; color: var(--soft); }
tr { scroll-margin-top: 40vh; }
tr:target { background: var(--mark); outline: 2px solid var(--link); }
@media print { thead th { position: static; } }
"""
_HEADS = {
    "indicator": "Показатель",
    "territory": "Территория",
    "category": "Категория",
    "year": "Год",
    "value": "Значение",
    "printed": "Напечатано",
    "status": "Статус",
    "source": "Источник",
    "locator": "Место в источнике",
    "note": "Примечание",
}
_NUMERIC = ("year", "value", "printed")


def page(table: Table, edition_id: str, file: str, kept: pd.Series) -> str:
    """Return a table as a page without scripts, each row with an address of its own (`#r2`).

    Parameters
    ----------
    table : Table
    edition_id : str
    file : str
        Name of the CSV file beside the page.
    kept : pandas.Series
        Which rows of the table the book shows.

    Returns
    -------
    str
        HTML.
    """
    every = read_table(table)
    rows = every[kept]
    known = publications()
    keys = [key for key in dict.fromkeys(rows["source"]) if key in known] if "source" in rows else []
    number = {key: place for place, key in enumerate(keys, start=1)}
    # One source is named above the table once and for all.
    columns = [name for name in _columns(table, rows) if name != "source" or len(keys) != 1]
    heads = _heads(table)
    head = "".join(f'<th scope="col">{escape(heads[name])}' for name in columns)
    cells = (
        _words(rows, edition_id)
        if table.holds_observations
        else rows.astype(object).where(rows.notna(), "").astype(str)
    )[columns]
    body = "".join(
        f'<tr id="r{row}"><th scope="row">{row}'
        + "".join(
            f"<td>{_linked(text, number) if name == 'source' else escape(text)}"
            for name, text in zip(columns, line, strict=True)
        )
        + "\n"
        for row, line in zip(rows.index + FIRST_ROW, cells.itertuples(index=False), strict=True)
    )
    listed = "".join(f'<li id="s{number[key]}">{escape(known[key].described)}' for key in keys)
    return (
        '<!DOCTYPE html>\n<html lang="ru"><head><meta charset="utf-8"><meta name="viewport"'
        f' content="width=device-width, initial-scale=1"><title>{escape(table.title)} – данные доклада</title><link'
        f' rel="stylesheet" href="table.css"><style>{_right(columns)}</style></head>\n<body><p><a'
        f' href="../index.html">К докладу</a> · <a href="{escape(file)}" download>Скачать'
        f" CSV</a></p><h1>{escape(table.title)}</h1>{_told(table, rows, edition_id, len(every))}"
        + (f'<ol aria-label="Источники">{listed}</ol>' if listed else "")
        + f'<table><thead><tr><th scope="col">Строка{head}</thead><tbody>\n{body}</tbody></table></body></html>\n'
    )


def _told(table: Table, rows: pd.DataFrame, edition_id: str, every: int) -> str:
    """Return what is to be known of the table: its one indicator, where its rows are, what its statuses mean."""
    sentences = [f"Номер строки тот же, что в файле {table.label}."]
    if len(rows) < every:
        sentences.append(f"Здесь строки о территориях доклада: {len(rows)} из {every} строк этого файла.")
    if table.holds_observations and len(rows):
        names = load("indicators", edition_id).set_index("id")["name"]
        only = names[rows["indicator"].iloc[0]] if len(rows["indicator"].unique()) == 1 else table.title
        statuses = "; ".join(
            f"{status['id']} – {status['name']}"
            for _, status in load("status").iterrows()
            if status["id"] in set(rows["status"])
        )
        sentences = [
            *([f"{only}."] if only != table.title else []),
            "Строка – одно наблюдение.",
            *sentences,
            f"Статусы: {statuses}.",
        ]
    return f"<p>{escape(' '.join(sentences))}</p>"


def _heads(table: Table) -> dict[str, str]:
    """Return what heads the columns: the words for observations, else the title or first words of the description."""
    return {
        field["name"]: (
            _HEADS.get(field["name"])
            or field.get("title")
            or re.split(r"[.,:;(]", field.get("description", field["name"]))[0].strip()
        )
        for field in table.fields
    }


def _columns(table: Table, rows: pd.DataFrame) -> list[str]:
    """Return the columns that say something; a series of one indicator does not repeat its name."""
    order = [name for name in _HEADS if name in rows] if table.holds_observations else list(rows.columns)
    if table.holds_observations and len(rows["indicator"].unique()) <= 1:
        order.remove("indicator")
    bare = rows.isna() | rows.astype(str).eq("")
    return [name for name in order if not bare[name].all()]


def _words(rows: pd.DataFrame, edition_id: str) -> pd.DataFrame:
    """Return observations with names in place of codes, numbers as a reader writes them."""
    indicators = load("indicators", edition_id).set_index("id")
    territories = load("territories", edition_id).set_index("id")["name"]
    wanted = rows["indicator"].map(indicators["dimension"])
    names = {
        (name, code): text
        for name in set(wanted) - {""}
        for code, text in load(name, edition_id).set_index("id")["name"].items()
    }
    categories = [
        f"{code} – {names[dimension, code]}" if (dimension, code) in names else code
        for dimension, code in zip(wanted, rows["category"], strict=True)
    ]
    return rows.assign(
        indicator=rows["indicator"].map(indicators["name"]),
        territory=[territories.get(code, code) for code in rows["territory"]],
        category=categories,
        year=rows["year"].astype(object).where(rows["year"].notna(), "").astype(str),
        value=[typed(value) for value in rows["value"]],
    )


def _linked(key: str, number: dict[str, int]) -> str:
    return f'<a href="#s{number[key]}">[{number[key]}]</a>' if key in number else escape(key)


def _right(columns: list[str]) -> str:
    """Return the rule that sets numbers to the right: told once, not in every cell."""
    places = [1, *(place for place, name in enumerate(columns, start=2) if name in _NUMERIC)]
    return f"{','.join(f'tr>:nth-child({place})' for place in places)}{{text-align:right;white-space:nowrap}}"
