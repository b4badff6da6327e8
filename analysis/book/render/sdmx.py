"""All facts of the book as one file for machines: `facts.csv` beside the pages, in SDMX-CSV 2.0.

The standard (SDMX 3.0, part 5, SDMX-CSV 2.0) asks for the columns STRUCTURE, STRUCTURE_ID and ACTION, then dimensions,
measures and attributes. A fact is known by its dimension FACT, the id that `quantities.json` gives it; numbers have a
point, missing values are empty. What is foretold by a model has the value that is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from analysis.base.files.tables import line, safe_csv
from analysis.base.russian import pointed
from analysis.book.config import NBSP

FILE = "facts.csv"
STRUCTURE, ID, ACTION = "dataflow", "SPO_REPORT:FACTS(1.0)", "I"
COLUMNS = (
    *("STRUCTURE", "STRUCTURE_ID", "ACTION", "FACT", "OBS_VALUE", "UNIT_MEASURE", "KIND"),
    *("INDICATOR", "CATEGORY", "REF_AREA", "TIME_PERIOD", "OBS_STATUS", "FORMULA"),
    *("SOURCE", "LOCATOR", "DATA_ROWS", "PLACES", "PRINTED"),
)
_NUMBER = re.compile("[\u2212+-]?\\d[\\d\u202f]*(?:,\\d+)?")


def facts(told: Mapping[str, Any]) -> str:
    """Return the facts of a book as SDMX-CSV 2.0, in the order in which they are first read.

    Parameters
    ----------
    told
        What `quantities.json` holds.

    Returns
    -------
    str
        The text of the file.
    """
    return safe_csv("".join(map(line, [COLUMNS, *_rows(told)])))


def _rows(told: Mapping[str, Any]) -> Iterator[list[str]]:
    places: dict[str, list[Mapping[str, str]]] = {}
    for place in told["places"]:
        places.setdefault(place["number"], []).append(place)
    for name, stood in places.items():
        yield [STRUCTURE, ID, ACTION, name, *_told(told["numbers"][name], stood, told["observations"])]


def _told(number: Mapping, stood: list[Mapping[str, str]], observations: Mapping[str, Mapping]) -> list[str]:
    """Return measure and attributes of a fact."""
    rows = [observations[address] for address in number.get("from", ())]
    printed = list(dict.fromkeys(place["text"].replace(NBSP, " ") for place in stood))
    value = rows[0].get("value", "") if number["kind"] == "datum" else number.get("value", "")
    found = _NUMBER.search(value or (printed[0] if number["kind"] in ("value", "year") else ""))
    at = dict.fromkeys(f"{Path(place['chapter']).stem}#{place['exhibit'] or place['section']}" for place in stood)
    return [
        pointed(found.group()).lstrip("+") if found else "",
        number.get("unit", "") or (rows[0].get("unit", "") if number["kind"] == "datum" else ""),
        number["kind"],
        *(_shared(rows, field) for field in ("name", "category", "place", "year", "status")),
        number.get("words", "") if number["kind"] != "datum" else "",
        *(_listed(rows, field) for field in ("source", "locator")),
        "; ".join(number.get("from", ())),
        "; ".join(at),
        "; ".join(printed),
    ]


def _shared(rows: list[Mapping], field: str) -> str:
    """Return what all rows of a fact have in common in one field."""
    values = {str(row.get(field, "")) for row in rows}
    return values.pop() if len(values) == 1 else ""


def _listed(rows: list[Mapping], field: str) -> str:
    return "; ".join(dict.fromkeys(str(row[field]) for row in rows if row.get(field)))
