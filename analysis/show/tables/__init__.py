"""The tables of the report: one small function each, found by name."""

from __future__ import annotations

from collections.abc import Callable

from analysis.errors import DataError, did_you_mean
from analysis.show.exhibits import Exhibit, caption_of
from analysis.show.tables import appendix, numbers, texts
from analysis.show.tables.layout import Grid

TABLES: dict[str, Callable[..., Grid]] = {**numbers.TABLES, **texts.TABLES, **appendix.TABLES}


def build(report, table_id: str) -> Exhibit:
    """Return a table of the report with its caption, note and sources.

    Raises
    ------
    DataError
        No such table, or its data do not hold what it shows.
    """
    if table_id not in TABLES:
        raise DataError(f"Нет таблицы «{table_id}».{did_you_mean(table_id, TABLES)}")
    grid = TABLES[table_id](report)
    caption = caption_of(report, f"tbl-{table_id}", grid.placeholders, grid.note)
    markup = grid.html()
    return Exhibit(f"tbl-{table_id}", caption, f"```{{=html}}\n{markup}\n```", markup)
