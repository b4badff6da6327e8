"""The tables laid beside the book: each as CSV, and as a page any row of which can be linked to.

Rows are counted as a spreadsheet counts them: the first one below the head is row 2.
"""

from __future__ import annotations

from pathlib import Path

from analysis.base.errors import DataError
from analysis.base.files.tables import safe_csv
from analysis.base.paths import published_name
from analysis.catalogue.descriptor import Table
from analysis.catalogue.opened import tables
from analysis.show.pages import STYLE, page


def publish(edition_id: str, folder: Path) -> list[Path]:
    """Write every table that an edition has into `folder`, as CSV and as a page.

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
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "table.css").write_text(STYLE, encoding="utf-8", newline="\n")
    named = {published_name(table.label): table for table in by_name.values()}
    for name, table in named.items():
        (folder / f"{name}.csv").write_text(
            safe_csv(table.file.read_bytes().decode("utf-8-sig")), encoding="utf-8", newline="\n"
        )
        (folder / f"{name}.html").write_text(page(table, edition_id, f"{name}.csv"), encoding="utf-8", newline="\n")
    return [folder / f"{name}.csv" for name in named]
