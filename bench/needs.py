"""Record what an edition's tables, figures and sections read, and keep data/codes/needs.csv true to the chapters.

    python -m bench.needs [EDITION]

What the prose of a section needs is not declared by hand: the chapters are run once, and what stands behind the numbers
and names they show is written as years, territories and categories relative to the edition. A test runs them again.
"""

from __future__ import annotations

import ast
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout, suppress
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any
from unittest import mock

import pandas as pd
from nbformat import NotebookNode

from analysis import chapter
from analysis.base import guard, inline, ipynb, paths, reads
from analysis.base.files.tables import write_csv
from analysis.base.gaps import GapError
from analysis.base.markdown import headings
from analysis.catalogue import opened
from analysis.catalogue.descriptor import Table
from analysis.editions.edition import Edition, read_edition
from analysis.editions.needs import (
    ALL,
    COMPARISON,
    COUNTRY,
    DISTRICT,
    PARTS,
    REGION,
    SOME,
    SOME_PARTS,
    SUBJECTS,
    years_of,
)
from analysis.quantities import Observation, registry
from analysis.quantities.text import Text
from analysis.report import Report
from analysis.show import figures, tables
from analysis.show.tables.layout import cells_of

EDITION = "kemerovo-2021"
COLUMNS = ["section", "what", "years", "territories", "categories"]
# Tables of words that every exhibit and name needs, whatever it is about, and marks that nothing has to wait for.
_EVERYWHERE = ("exhibits", "territories", "plan_status")
_FEW = 12  # codes of a list that is told code by code
# Lists that hold more than any region has: which codes matter, its own data say.
_OPEN = ("specialties", "groups", "sections")
Key = tuple[str, str, int | None]


@dataclass
class Record:
    """What was read.

    Attributes
    ----------
    indicators : set
        Everything asked for, shown or not.
    shown : dict
        Territory, category and year of every observation shown, by indicator.
    words : dict
        Ids and lists asked for by name, by table of words.
    """

    indicators: set[str] = field(default_factory=set)
    shown: dict[str, set[Key]] = field(default_factory=dict)
    words: dict[str, set[str]] = field(default_factory=dict)

    def see(self, rows: Iterable[Observation], names: Mapping[str, str]) -> None:
        """Note observations; a row of a table of words notes its table."""
        for row in rows:
            if row.indicator:
                self.shown.setdefault(row.indicator, set()).add((row.territory, row.category, row.year))
            elif row.table in names:
                self.words.setdefault(names[row.table], set())


class Recorded(Report):
    """A report that notes what it is asked for.

    It forecasts from the year of its edition: later years are used where they are known, and nobody needs them.
    """

    noted = Record()

    def __init__(self, edition: Edition, **settings: Any) -> None:
        super().__init__(edition, **(settings | {"vintage": settings.get("vintage") or edition.year}))

    def _held(self, indicator: str, asked: Iterable[str] = ()) -> Any:
        self.noted.indicators.add(indicator)
        return super()._held(indicator, asked)

    def _index(self, rows: pd.DataFrame, table: str, wanted: str) -> int:
        if table in word_tables(self.edition.id).values():
            self.noted.words.setdefault(table, set()).add(wanted)
        return super()._index(rows, table, wanted)

    def bullets(self, list_id: str) -> Any:
        """Note the list, and return it."""
        self.noted.words.setdefault("lists", set()).add(list_id)
        return super().bullets(list_id)

    def aims(self, kind: str) -> Any:
        """Note the kind, and return the aims."""
        self.noted.words.setdefault("plan_aims", set()).add(kind)
        return super().aims(kind)


def exhibits(edition_id: str) -> dict[str, Record]:
    """Return what each table and figure reads, by label, each made by a report that has read nothing yet."""
    made: dict[str, Callable[[Report], Iterator[Observation]]] = {}
    for name in tables.TABLES:
        made[f"tbl-{name}"] = partial(_in_grid, name=name)
    for name in figures.ids():
        made[f"fig-{name}"] = partial(_in_figure, name=name)
    return {label: _exhibit(edition_id, make) for label, make in made.items()}


def _exhibit(edition_id: str, make: Callable[[Report], Iterator[Observation]]) -> Record:
    report = Recorded(read_edition(edition_id), project=opened().afresh())
    report.noted, names = Record(), word_tables(edition_id)
    # What rests on a gap has read all the same what it needs.
    known = False
    with reads.noted() as read, suppress(GapError):
        report.noted.see(list(make(report)), names)
        known = True
    for file in read:
        # Who could give what is missing is called as the region calls it: the gap asks for names, not the exhibit.
        if file in names and (known or names[file] != "names"):
            report.noted.words.setdefault(names[file], set())
    return report.noted


def _in_grid(report: Report, name: str) -> Iterator[Observation]:
    grid = tables.TABLES[name](report)
    for cell in (cell for row in (*grid.head, *grid.body) for cell in cells_of(row)):
        for quantity in (*((cell.quantity,) if cell.quantity is not None else ()), *Text(cell.words).quantities):
            yield from quantity.sources


def _in_figure(report: Report, name: str) -> Iterator[Observation]:
    drawing = figures.draw(report, name)
    if "indicator" not in drawing.data:
        return
    forecast = drawing.data.get("status", pd.Series("", drawing.data.index)).eq("F")
    for row in drawing.data[~forecast].to_dict("records"):
        # A row that stands in no table marks what is not known: nobody needs its year.
        year = row.get("year") if row.get("table", True) else None
        yield Observation(
            row["indicator"],
            row["territory"],
            row.get("category") or "",
            None if year is None or pd.isna(year) else int(year),
            "",
            "",
            "",
            "",
        )


@cache
def word_tables(edition_id: str) -> dict[str, str]:
    """Return the tables of words of an edition that say something of its own, by their file."""
    return {reads.label(table.file): name for name, table in opened().tables(edition_id).items() if _of_words(table)}


def _of_words(table: Table) -> bool:
    common = table.file.parent in {paths.data() / "codes", paths.data() / "statistics"}
    list_of_codes = table.name in set(opened().load("indicators")["dimension"])
    apart = table.name in _EVERYWHERE or table.name.startswith("acknowledged")
    return not (table.holds_observations or common or list_of_codes or apart)


def sections(edition_id: str) -> dict[str, Record]:
    """Return what the prose of each section shows, by its id, in the order of the book.

    A chapter is run statement by statement in this process; its tables and figures tell for themselves and are left
    out, and what stands before the first heading counts to it.
    """
    told: dict[str, Record] = {}
    with _running(edition_id):
        for file in sorted(paths.chapters().glob("*.ipynb")):
            _chapter(ipynb.read(file), edition_id, told)
    return {section: record for section, record in told.items() if record.shown or record.words}


@contextmanager
def _running(edition_id: str) -> Iterator[None]:
    """Have chapters open the edition so that what they ask for is noted, and show numbers as a build does."""

    def open_report(_: str, **settings: Any) -> Recorded:
        return Recorded(read_edition(edition_id), **settings)

    with (
        mock.patch.object(chapter, "open_report", open_report),
        mock.patch.dict(os.environ, REPORT_CARDS="1"),
        redirect_stdout(io.StringIO()),
    ):
        yield


def _chapter(notebook: NotebookNode, edition_id: str, told: dict[str, Record]) -> None:
    names, spoken = word_tables(edition_id), "\n".join(cell.source for cell in notebook.cells)
    space: dict[str, Any] = {}
    section = next(
        (heading.id for cell in notebook.cells if cell.cell_type == "markdown" for heading in headings(cell.source)), ""
    )
    for cell in notebook.cells:
        for heading, code in _pieces(cell):
            section = heading or section
            record = Recorded.noted = Record()
            registry.forget()
            with reads.noted() as read:
                _run(code, space)
            for origin in registry.shown():
                record.see(origin.sources, names)
            # Who could give what is missing is called as the region calls it: the section asks for no name itself.
            tables = {names[file] for file in read if file in names} - ({"names"} - set(record.words))
            _merge(told.setdefault(section, Record()), record, spoken, tables)


def _pieces(cell: NotebookNode) -> Iterator[tuple[str, ast.stmt | None]]:
    """Yield the sections that begin in a cell and its statements, in their order; an inline expression is one."""
    if cell.cell_type == "code":
        yield from (("", statement) for statement in ast.parse(cell.source).body)
        return
    starts = [(heading.start, heading.id) for heading in headings(cell.source) if heading.id]
    for place, found in sorted(
        [*starts, *((start, asked) for start, _, asked in inline.spans(cell.source))], key=lambda piece: piece[0]
    ):
        is_heading = (place, found) in starts
        yield (found, None) if is_heading else ("", ast.parse(found).body[0])


def _run(code: ast.stmt | None, space: dict[str, Any]) -> None:
    """Run a statement; show what an expression gives, unless it is a table, a figure or prose of the edition."""
    if code is None or _tells_for_itself(code):
        return
    try:
        if isinstance(code, ast.Expr):
            shown = eval(compile(ast.Expression(code.value), "chapter", "eval"), space)  # noqa: S307 - our own chapters
            if hasattr(shown, "_repr_markdown_"):
                shown._repr_markdown_()
            elif hasattr(shown, "_repr_mimebundle_"):
                shown._repr_mimebundle_()
        else:
            exec(compile(ast.Module([code], []), "chapter", "exec"), space)  # noqa: S102 - our own chapters
    except GapError as why:
        # As in a kernel, the names it would have given stand for the gap.
        space.update({name: guard.Unknown(why) for name in guard.given(code)})


def _tells_for_itself(code: ast.stmt) -> bool:
    return (
        isinstance(code, ast.Expr)
        and isinstance(code.value, ast.Call)
        and isinstance(code.value.func, ast.Attribute)
        and code.value.func.attr in {"table", "figure", "prose", "findings"}
    )


def _merge(into: Record, record: Record, spoken: str, read: set[str]) -> None:
    """Add what one piece of a section shows; of words only what the chapter itself calls by name."""
    for indicator, keys in record.shown.items():
        into.shown.setdefault(indicator, set()).update(keys)
    for table, ids in record.words.items():
        if table in read or not ids:
            into.words.setdefault(table, set()).update(name for name in ids if f'"{name}"' in spoken)
    for table in read:
        into.words.setdefault(table, set())


def rows(edition_id: str = EDITION) -> list[dict[str, str]]:
    """Return the rows of data/codes/needs.csv as the chapters want them now."""
    edition = read_edition(edition_id)
    return [
        {"section": section} | row
        for section, record in sections(edition_id).items()
        for row in (*_observed(record, edition), *_worded(record))
    ]


def _observed(record: Record, edition: Edition) -> Iterator[dict[str, str]]:
    for indicator, keys in sorted(record.shown.items()):
        years = {year for *_, year in keys}
        yield {
            "what": indicator,
            "years": years_of(None if year is None else year - edition.year for year in years),
            "territories": territories_of({territory for territory, *_ in keys}, edition),
            "categories": categories_of(indicator, {category for _, category, _ in keys}, edition),
        }


def _worded(record: Record) -> Iterator[dict[str, str]]:
    for table, ids in sorted(record.words.items()):
        yield {"what": table, "years": "", "territories": "", "categories": ";".join(sorted(ids))}


def territories_of(found: set[str], edition: Edition) -> str:
    """Return how territories are written relative to the edition."""
    known = opened().load("territories", edition.id)
    groups = {
        COUNTRY: edition.wider[:1],
        DISTRICT: edition.wider[1:],
        SUBJECTS: (edition.all_subjects,),
        REGION: (edition.region,),
        COMPARISON: edition.comparison,
        PARTS: tuple(known.loc[known["parent"] == edition.region, "id"]),
    }
    parts = groups.pop(PARTS)
    if here := found & set(parts):
        groups[PARTS if here == set(parts) else SOME_PARTS] = parts
    others = sorted(found - {name for names in groups.values() for name in names})
    return ";".join([*(word for word, names in groups.items() if found & set(names)), *others])


def categories_of(indicator: str, found: set[str], edition: Edition) -> str:
    """Return how categories are written: all of a list, its codes where it is short, else those that matter."""
    dimension = opened().load("indicators").set_index("id").at[indicator, "dimension"]
    if not dimension:
        return ""
    codes = opened().load(dimension, edition.id)["id"].tolist()
    if dimension in _OPEN and len(found) > 1:
        return SOME
    if found >= set(codes):
        return ALL
    return ";".join(sorted(found)) if len(codes) <= _FEW or len(found) == 1 else SOME


def file() -> Path:
    """Return the file that the needs of the sections are kept in."""
    return paths.data() / "codes" / "needs.csv"


if __name__ == "__main__":
    write_csv(pd.DataFrame(rows(*sys.argv[1:2]), columns=COLUMNS), file())
    print(f"{reads.label(file())}: записано")
