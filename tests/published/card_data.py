"""Read the data of a page's cards back, as its script does."""

from __future__ import annotations

import re
from typing import Any


def read(data: dict[str, Any]) -> dict[str, list[Any]]:
    """Return texts, series, rows and numbers of a page in plain form."""
    words, runs, phrases = data["words"].split(" "), list(filter(None, data["phrases"].split(","))), []

    def spelled(places: str) -> str:
        found = [int(place, 36) for place in places.split(" ")]
        return " ".join(phrases[at] if at < len(runs) else words[at - len(runs)] for at in found)

    for run in runs:
        phrases.append(spelled(run))  # noqa: PERF401 - a phrase names those before it
    return {
        "texts": [spelled(places) for places in data["texts"].split(",")] if data["texts"] else [],
        "series": table(data["series"], 0),
        "rows": table(data["rows"], 1),
        "numbers": table(data["numbers"], 2),
    }


def table(columns: list[str], plain: int) -> list[tuple[Any, ...]]:
    """Return the rows of a table whose last columns are plain text."""
    made = []
    for at, column in enumerate(columns):
        cells: list[Any] = column.split(";")
        if at < len(columns) - plain:
            total = 0
            cells = [total := total + int(step or 0) for step in cells]
        made.append(cells)
    return list(zip(*made, strict=True)) if any(columns) else []


def rows_of(name: str, numbers: list[tuple[Any, ...]]) -> list[int]:
    """Return the places of the rows under a number as a page names it."""
    span = name[1:] if name.startswith("r") else numbers[int(name)][2]
    span = numbers[int(span[1:])][2] if span.startswith("@") else span
    runs = [list(map(int, run.split("-"))) for run in span.split(",") if run]
    return [at for run in runs for at in range(run[0], run[-1] + 1)]


def first_number(text: str) -> str:
    """Return the first number of a printed text, with its sign; empty where there is none."""
    found = re.search(r"(?<![\w-])[\u2212+]?\d[\d\u202f]*(?:,\d+)?", text)
    return found.group().lstrip("+") if found else ""
