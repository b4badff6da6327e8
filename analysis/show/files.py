"""What an exhibit shows, laid beside the page by a build: the numbers as CSV, and where they come from as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis.base.files.tables import write_csv
from analysis.catalogue import publications
from analysis.quantities.text import plain
from analysis.show.captions import Caption


def write(
    folder: Path, label: str, caption: Caption, frame: pd.DataFrame, read: Iterable[str], grid: list | None = None
) -> None:
    """Write LABEL.csv and LABEL.json.

    Parameters
    ----------
    folder : pathlib.Path
        Made where it is not there.
    label : str
        `tbl-…` or `fig-…`.
    caption : Caption
    frame : pandas.DataFrame
        What is shown, row by row; the columns `source` and `table`, where it has them, tell its origin.
    read : iterable of str
        Files of the project that were read to make the exhibit.
    grid : list, optional
        The cells of a table, see `analysis.show.tables.data.cells`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_csv(frame, folder / f"{label}.csv")
    known = publications()
    keys = list(dict.fromkeys([*caption.sources, *_values(frame, "source")]))
    # Where tables themselves are what is shown, the column names them and no file.
    tables = [
        file
        for file in dict.fromkeys(name.partition("#")[0] for name in _values(frame, "table"))
        if file.endswith(".csv")
    ]
    read = sorted({*read, *tables})
    record = {
        "label": label,
        "caption": plain(caption.text),
        "note": plain(caption.note),
        "sources": {
            key: {"title": known[key].title, "described": known[key].described} for key in keys if key in known
        },
        "tables": _shown(tables, read),
        "read": read,
        "grid": grid,
    }
    (folder / f"{label}.json").write_text(
        json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n"
    )


def _shown(tables: list[str], read: list[str]) -> list[str]:
    """Return the files that hold what is shown: those the rows name and the outlines of a map, else all read for it."""
    if tables:
        return tables + [name for name in read if name.endswith(".geojson")]
    return [name for name in read if not _everywhere(name)] or [name for name in read if name.endswith("/exhibits.csv")]


def _everywhere(name: str) -> bool:
    """Tell the files that are read for every exhibit, code lists and captions, from those that hold what it shows."""
    return name.startswith("data/codes/") or name.endswith(("/exhibits.csv", "/edition.yml", ".bib"))


def _values(frame: pd.DataFrame, column: str) -> list[str]:
    if column not in frame:
        return []
    return [part for cell in frame[column].dropna().astype(str) for part in cell.split("; ") if part]
