"""The tables laid beside the book: each as CSV, and as a page any row of which can be linked to.

Rows are counted as a spreadsheet counts them: the first one below the head is row 2.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from itertools import compress
from pathlib import Path

import pandas as pd

from analysis.base.errors import DataError
from analysis.base.files.tables import line, safe_csv
from analysis.base.paths import published_name
from analysis.catalogue.descriptor import Table
from analysis.catalogue.opened import opened, read_table, tables
from analysis.catalogue.places import FIRST_ROW
from analysis.editions.edition import read_edition
from analysis.editions.scope import belongs, scope_of
from analysis.show.pages import STYLE, page


def publish(edition_id: str, folder: Path, cited: Mapping[str, Collection[int]] | None = None) -> list[Path]:
    """Write every table that an edition has into `folder`, as CSV and as a page.

    Of the official series only the rows of the territories of the edition: a book does not grow with the country.

    Parameters
    ----------
    edition_id : str
    folder : Path
    cited : mapping, optional
        Rows that the book cites all the same, as a spreadsheet counts, by the file of their table.

    Returns
    -------
    list of Path
        The CSV files.

    Raises
    ------
    DataError
        Two tables have files of the same name, capital letters aside, so that a link or a file system could not tell
        them apart.
    """
    by_name: dict[str, Table] = {}
    for table in (part for whole in tables(edition_id).values() for part in whole.parts):
        if (other := by_name.setdefault(published_name(table.label).casefold(), table)) is not table:
            raise DataError(
                f"Таблицы {other.label} и {table.label} нельзя опубликовать рядом: у файлов одно имя. Переименуйте один"
                " из них."
            )
    within = scope_of(opened(), read_edition(edition_id))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "table.css").write_text(STYLE, encoding="utf-8", newline="\n")
    named = {published_name(table.label): table for table in by_name.values()}
    for name, table in named.items():
        rows = read_table(table)
        kept = belongs(rows, within) | (rows.index + FIRST_ROW).isin(list((cited or {}).get(table.label, ())))
        text = table.file.read_bytes().decode("utf-8-sig")
        (folder / f"{name}.csv").write_text(
            safe_csv(text if kept.all() else _only(text, kept)), encoding="utf-8", newline="\n"
        )
        (folder / f"{name}.html").write_text(
            page(table, edition_id, f"{name}.csv", kept), encoding="utf-8", newline="\n"
        )
    return [folder / f"{name}.csv" for name in named]


def _only(text: str, kept: pd.Series) -> str:
    """Return a CSV text with its heading and these of its rows."""
    heading, *rows = csv.reader(io.StringIO(text, newline=""))
    return "".join(line(row) for row in (heading, *compress(rows, kept)))
