"""The tables of the report: one small function each, found by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from analysis.base import build_env, reads
from analysis.base.errors import DataError, did_you_mean
from analysis.show import files
from analysis.show.exhibits import Exhibit, caption_of, title_of
from analysis.show.face import Report
from analysis.show.tables import appendix, forecast, numbers, panel, plan, texts
from analysis.show.tables.data import cells, data
from analysis.show.tables.known import without_unknown
from analysis.show.tables.layout import Grid, cells_of, require_some

TABLES: dict[str, Callable[..., Grid]] = {
    **numbers.TABLES,
    **texts.TABLES,
    **plan.TABLES,
    **panel.TABLES,
    **forecast.TABLES,
    **appendix.TABLES,
}


def build(report: Report, table_id: str) -> Exhibit:
    """Return a table of the report with its caption, note and sources.

    Raises
    ------
    DataError
        No such table, or its data do not hold what it shows.
    """
    if table_id not in TABLES:
        raise DataError(f"Нет таблицы «{table_id}».{did_you_mean(table_id, TABLES)}")
    return exhibit(report, f"tbl-{table_id}", lambda: TABLES[table_id](report))


def exhibit(report: Report, label: str, make: Callable[[], Grid]) -> Exhibit:
    """Return what a function makes as a captioned table, its data laid down where a build asks for them.

    Parameters
    ----------
    report : Report
    label : str
        `tbl-…`, the id of its row in `exhibits.csv`.
    make : callable
        Returns the table; the files it reads are noted as those the table was made from.

    Returns
    -------
    Exhibit

    Raises
    ------
    GapError
        None of its numbers is known.
    """
    with reads.noted() as read:
        grid = make()
        require_some(grid)
        grid = without_unknown(grid)
        caption = caption_of(report, label, grid.placeholders, grid.note)
        # A print is named by its edition; what else a table of numbers rests on its rows say.
        if not caption.sources and label.removeprefix("tbl-") in numbers.TABLES:
            caption = replace(caption, sources=_sources(report, grid))
        shown = title_of(report, label)
    if folder := build_env.exhibits():
        files.write(folder, label, caption, data(grid), read, cells(grid))
    markup = grid.html()
    return Exhibit(label, caption, f"```{{=html}}\n{markup}\n```", markup, title=shown)


def _sources(report: Report, grid: Grid) -> tuple[str, ...]:
    """Return the publications that the numbers of a table were taken from, in the order of its cells."""
    quantities = (cell.quantity for row in grid.body for cell in cells_of(row) if cell.quantity is not None)
    named = dict.fromkeys(seen.source for quantity in quantities for seen in quantity.sources)
    return tuple(key for key in named if key in report.project.publications())
