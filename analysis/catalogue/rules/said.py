"""A text and what stands beside it of the same text: a day, a number, a deadline, the words that must not change.

Which column repeats what of which other one is said by the schema of a table, so a new table needs no code:

    "said_in": ["text"]     the day, year or number of this cell stands in that text («от 29.05.2019 г. № 349»)
    "numbers_of": "text"    the numbers of this text are those of that one, as of a text as it was printed
    "quoted_in": "quoted"   the numbers, ranks and comparisons of this text are listed in that column, and no others
    "deadline": ["deadline_kind", "deadline_iso"]   this cell is printed what those two say

In place of a column `bib` names the entry of `data/sources.bib` that the cell `bib` of the row points at.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from analysis.base.days import as_iso
from analysis.base.deadlines import Kind
from analysis.base.exact_words import exact_words
from analysis.base.russian import shortened
from analysis.catalogue.bibliography import Publication
from analysis.catalogue.descriptor import Table
from analysis.catalogue.findings import Finding
from analysis.catalogue.places import place
from analysis.catalogue.rules.deadlines import contradiction

NO_KINDS: Mapping[str, Kind] = MappingProxyType({})
SAID, QUOTED = "said", "quoted"
BIBLIOGRAPHY, SEPARATOR = "bib", ";"
MOST = 4
_NUMBER = re.compile(r"\d{4}-\d{2}-\d{2}|\d+(?:[./]\d+)*")


def said(
    table: Table, frame: pd.DataFrame, publications: Mapping[str, Publication], kinds: Mapping[str, Kind] = NO_KINDS
) -> Iterator[Finding]:
    """Find the cells of a table that are not what the text beside them says, and texts whose numbers nobody listed.

    Parameters
    ----------
    table : Table
    frame : pandas.DataFrame
        Its rows, typed.
    publications : mapping
        The entries of the bibliography by key.
    kinds : mapping
        The kinds of deadlines by id.

    Yields
    ------
    Finding
        One a cell.
    """
    quoted: dict[str, list[str]] = {}
    for field in table.fields:
        if column := field.get("quoted_in"):
            quoted.setdefault(column, []).append(field["name"])
    marked = [field for field in table.fields if {"said_in", "numbers_of", "deadline"} & set(field)]
    for index, row in zip(frame.index, frame.to_dict("records"), strict=True) if marked else ():
        for field in marked:
            problem = _deadline(field, row, kinds) if "deadline" in field else _problem(field, row, publications)
            if problem:
                yield Finding(*place(frame, index), field["name"], _text(row[field["name"]]), *problem, rule=SAID)
    for column, texts in quoted.items():
        yield from _unquoted(frame, texts, column)


def _problem(
    field: Mapping[str, Any], row: Mapping[str, Any], publications: Mapping[str, Publication]
) -> tuple[str, str] | None:
    """Return what is wrong with a cell that repeats something, and what to do."""
    cell = _text(row[field["name"]])
    if not cell:
        return None
    for of in field.get("said_in", ()):
        text = _of(of, row, publications)
        if text and not _stands(cell, text):
            where = "data/sources.bib" if of == BIBLIOGRAPHY else f"столбце «{of}»"
            return f"в {where} этого нет: «{_short(text)}»", "Сверьте с источником и исправьте то из двух, где описка."
    if of := field.get("numbers_of"):
        text = _text(row[of])
        if Counter(_numbers(cell)) != Counter(_numbers(text)):
            return f"числа не те, что в столбце «{of}»", "Сверьте с источником и исправьте то из двух, где описка."
    return None


def _deadline(field: Mapping[str, Any], row: Mapping[str, Any], kinds: Mapping[str, Kind]) -> tuple[str, str] | None:
    """Return in what a printed deadline is not the kind and day beside it, and what to do."""
    kind, day = field["deadline"]
    found = contradiction(_text(row[kind]), _text(row[day]), _text(row[field["name"]]), kinds)
    if found is None:
        return None
    return found[0], found[1] or f"Сверьте с планом и исправьте {day}, {kind} или {field['name']}."


def _unquoted(frame: pd.DataFrame, texts: list[str], column: str) -> Iterator[Finding]:
    """Find the rows whose texts hold other numbers, ranks and comparisons than are listed beside them."""
    listed = frame[column].tolist() if column in frame else [""] * len(frame)
    parts = [frame[text].tolist() for text in texts]
    for index, cell, *said_by in zip(frame.index, listed, *parts, strict=True):
        held = Counter(word for text in said_by for word in exact_words(text or ""))
        told = Counter(word for one in cell.split(SEPARATOR) for word in exact_words(one))
        if held == told:
            continue
        more, less = list((held - told).elements()), list((told - held).elements())
        named = next(
            (text for text, said in zip(texts, said_by, strict=True) if set(exact_words(said)) & set(more)), texts[0]
        )
        problem = "; ".join(
            [f"в тексте – {_listed(more)}, а среди сверенных с источником этого нет"] * bool(more)
            + [f"сверено с источником – {_listed(less)}, а в тексте этого нет"] * bool(less)
        )
        remedy = f"Верните в текст слова источника; если они и есть такие, впишите их в столбец «{column}»."
        yield Finding(*place(frame, index), named, frame.at[index, named], problem, remedy, rule=QUOTED)


def _of(column: str, row: Mapping[str, Any], publications: Mapping[str, Publication]) -> str:
    if column != BIBLIOGRAPHY:
        return _text(row[column])
    entry = publications.get(row[BIBLIOGRAPHY])
    return f"{entry.described} {entry.url}" if entry else ""


def _stands(cell: str, text: str) -> bool:
    """Tell whether a text says what a cell does: a day however it is written, a number as a whole."""
    return bool(re.search(rf"(?<![\w]){re.escape(cell)}(?![\w/])", as_iso(text)))


def _numbers(text: str) -> list[str]:
    return _NUMBER.findall(as_iso(text))


def _text(cell: Any) -> str:
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and pd.isna(cell)) or cell is pd.NA:
        return ""
    return cell.isoformat()[:10] if isinstance(cell, dt.date) else str(cell)


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"


def _listed(words: list[str]) -> str:
    return shortened([f"«{word}»" for word in words], MOST)
