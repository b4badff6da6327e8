"""From files to differences: open, recognise, read, place, compare. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

import pandas as pd

from analysis.base.errors import DataError, UsageError
from analysis.base.russian import and_more
from analysis.catalogue.findings import Finding
from analysis.catalogue.opened import everywhere
from analysis.catalogue.territories import match_territory, territory_hint
from analysis.editions.edition import available, read_edition
from analysis.ingest.csvtext import number_text
from analysis.ingest.difference import PUBLISHED, Difference, compare, publication_scope, template_scope
from analysis.ingest.judging import judge
from analysis.ingest.opening import OpenedFile, open_file
from analysis.ingest.placing.placing import Unplaced, place
from analysis.ingest.readers import Reader, readers
from analysis.ingest.record import Origin
from analysis.ingest.targets import Target, check_edition_id, find_target
from analysis.ingest.templates.filling import Filling, fill

ALL = "all"


@dataclass(frozen=True)
class Options:
    """What the user says of the files, beyond what they say themselves."""

    name: str | None = None
    year: int | None = None
    source: str | None = None
    edition: str | None = None
    territories: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadFile:
    """One file after reading.

    Attributes
    ----------
    path : Path
    title : str
        What it was recognised as.
    origin : Origin
    remarks : tuple of str
        What the user should know of the file.
    observations : pandas.DataFrame
        What was placed, of every territory; empty for a template.
    fillings : list of Filling
        What a template gave.
    unplaced : list of Unplaced
        What could not be read or placed, sheet by sheet.
    needs_source : str
        As in `Placed`.
    """

    path: Path
    title: str
    origin: Origin
    remarks: tuple[str, ...]
    observations: pd.DataFrame
    fillings: list[Filling]
    unplaced: list[Unplaced]
    needs_source: str = ""


@dataclass(frozen=True)
class Comparison:
    """What files would change.

    Attributes
    ----------
    files : list of ReadFile
    differences : list of Difference
        One a table, also where nothing changes.
    origins : dict
        The files each table's rows came from.
    editions : dict
        The edition of each table; empty for the common package.
    findings : list of Finding
        What the rules would say of the data and do not say now.
    elsewhere : dict
        Observations of territories that no edition is about and the table does not have, by territory: they are not
        taken.
    """

    files: list[ReadFile]
    differences: list[Difference] = field(default_factory=list)
    origins: dict[str, list[Origin]] = field(default_factory=dict)
    editions: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    elsewhere: dict[str, int] = field(default_factory=dict)


def compare_files(paths: Iterable[Path], options: Options) -> Comparison:
    """Read files and compare what they say with the package.

    Raises
    ------
    UsageError, DataError
        A file cannot be opened or is none we know; a template has a cell that is not right; an option names what is
        not there.
    """
    check_edition_id(options.edition)
    files = [read_file(Path(path), options) for path in paths]
    result = Comparison(files)
    parts: dict[str, list[_Part]] = {}
    wanted = None if ALL in options.territories else _territories(options.territories)
    for file in files:
        for filling in (filling for filling in file.fillings if len(filling.rows)):
            sourced = _sourced(filling.rows, options)
            _refuse_unsourced(filling, sourced)
            _refuse_blank(filling, sourced)
            parts.setdefault(filling.target.table.name, []).append(
                _Part(filling.target, sourced, file.origin, filling.silent)
            )
        for indicator, rows in file.observations.groupby("indicator", sort=False):
            target = find_target(str(indicator), options.edition)
            taken = rows if wanted is None else rows[rows["territory"].isin(wanted or _usual(target))]
            for territory, count in rows.loc[rows.index.difference(taken.index), "territory"].value_counts().items():
                result.elsewhere[territory] = result.elsewhere.get(territory, 0) + int(count)
            if len(taken):
                parts.setdefault(target.table.name, []).append(_Part(target, _as_text(taken), file.origin))
    for name, of_table in parts.items():
        result.differences.append(_difference(of_table))
        result.origins[name] = list(dict.fromkeys(part.origin for part in of_table))
        result.editions[name] = of_table[0].target.edition
    return replace(result, findings=judge(result.differences, result.editions))


@dataclass(frozen=True)
class _Part:
    """What one file says of one table; `silent` is None for a publisher's file."""

    target: Target
    rows: pd.DataFrame
    origin: Origin
    silent: tuple[tuple[str, ...], ...] | None = None


def read_file(path: Path, options: Options) -> ReadFile:
    """Open, recognise, read and place one file.

    Raises
    ------
    UsageError, DataError
        As `compare_files`.
    """
    opened = open_file(path)
    reader = _reader_of(opened)
    reading = reader.read(opened)
    fillings = [
        fill(
            filled,
            options.name or (None if filled.table else _by_file_name(path, filled.rows.columns, options)),
            options.edition,
        )
        for filled in reading.filled
    ]
    placed = place(
        reading, indicator=options.name if reading.blocks else None, year=options.year, source=options.source
    )
    unread = [Unplaced(part.sheet, "", part.reason, part.remedy) for part in reading.unread]
    return ReadFile(
        path,
        reader.TITLE,
        Origin.of(path, reader.NAME, reader.VERSION),
        opened.remarks,
        placed.observations,
        fillings,
        placed.unplaced + unread,
        placed.needs_source if reading.blocks else "",
    )


def _reader_of(opened: OpenedFile) -> Reader:
    for reader in readers():
        if reader.recognises(opened):
            return reader
    known = "; ".join(reader.TITLE for reader in readers())
    raise DataError(
        f"Файл {opened.path.name} открыт, но не узнан. Читаются: {known}. Свой шаблон дает команда report template"
        " ПОКАЗАТЕЛЬ."
    )


def _by_file_name(path: Path, columns: Iterable[str], options: Options) -> str | None:
    """Return the table a file is called after, for one that does not name its table otherwise («plan.csv»)."""
    if "indicator" in columns:
        return None
    try:
        find_target(path.stem, options.edition)
    except DataError:
        return None
    return path.stem


def _difference(parts: Sequence[_Part]) -> Difference:
    target = parts[0].target
    rows = pd.concat([part.rows for part in parts], ignore_index=True).fillna("")
    if not target.table.holds_observations:
        return compare(target.table, target.text, rows)
    silent = [part.silent for part in parts if part.silent is not None]
    # A template says all of a row, a publisher's file only the number and that it is missing.
    if silent:
        return compare(target.table, target.text, rows, scope=template_scope(rows, chain.from_iterable(silent)))
    return compare(target.table, target.text, rows, PUBLISHED, publication_scope(rows))


def _sourced(rows: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Return the rows of a template with the source named once for all that name none."""
    if options.source is None:
        return rows
    own = _sources(rows)
    return rows.assign(source=own.where(own.ne(""), options.source))


def _sources(rows: pd.DataFrame) -> pd.Series:
    return rows["source"] if "source" in rows else pd.Series("", index=rows.index)


def _refuse_unsourced(filling: Filling, rows: pd.DataFrame) -> None:
    """Refuse a number of which nobody says where it is from."""
    bare = rows.index[_sources(rows).eq("") & filling.target.table.holds_observations]
    if len(bare):
        raise DataError(
            f"Лист «{filling.sheet}», строка {bare[0]}: строка заполнена, а источника нет. Впишите в столбец «Источник»"
            " ключ записи из data/sources.bib или назовите его для всего файла: --source"
            f" КЛЮЧ.{and_more(len(bare) - 1, 'таких строк')}"
        )


def _refuse_blank(filling: Filling, rows: pd.DataFrame) -> None:
    """Refuse a row without what its table cannot do without, where it stands: the table has no such row yet."""
    for spec in filling.target.table.fields:
        name = spec["name"]
        if name not in rows or not spec.get("constraints", {}).get("required"):
            continue
        blank = rows.index[rows[name].eq("")]
        if len(blank):
            where = " Место нужно и там, где значения нет: в чём его искали." if name == "locator" else ""
            raise DataError(
                f"Лист «{filling.sheet}», строка {blank[0]}: не заполнен столбец «{spec.get('title', name)}»."
                f"{where or ' Впишите его.'}{and_more(len(blank) - 1, 'таких строк')}"
            )


def _territories(named: Iterable[str]) -> set[str]:
    """Return the ids of the territories a user named by id or in words."""
    known, meant = set(everywhere("territories")["id"]), set()
    for name in named:
        territory = name if name in known else match_territory(name)
        if territory is None:
            raise UsageError(f"Территории «{name}» в перечне нет.{territory_hint(name)}")
        meant.add(territory)
    return meant


def _usual(target: Target) -> set[str]:
    """Return the territories whose figures are kept: those the table has, and those the editions are about."""
    kept = {row["territory"] for row in target.rows}
    regions = set()
    for edition in map(read_edition, available()):
        regions.add(edition.region)
        kept |= {edition.region, *edition.comparison, *edition.wider}
    parents = everywhere("territories").set_index("id")["parent"]
    return kept | {territory for territory, parent in parents.items() if parent in regions}


def _as_text(rows: pd.DataFrame) -> pd.DataFrame:
    """Return observations as a table holds them."""
    return rows.assign(
        year=rows["year"].map(lambda year: "" if pd.isna(year) else str(int(year))),
        value=rows["value"].map(lambda value: "" if pd.isna(value) else number_text(float(value))),
    ).astype(str)
