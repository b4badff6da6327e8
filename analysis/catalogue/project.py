"""The data of a project folder, opened once and handed down: tables, observations, code lists, publications.

A `Project` reads each file once and never looks at the disk for what it has read: a report that was opened shows one
state of the data whatever is edited meanwhile. `opened()` gives the project of this process as its files are now; it is
what `load` and its like ask, so that a researcher who saved a table in Excel and runs a cell again sees the new one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from analysis.base import paths, reads
from analysis.base.errors import DataError, did_you_mean
from analysis.catalogue import layers, places
from analysis.catalogue.bibliography import Publication, read_publications
from analysis.catalogue.descriptor import OBSERVATION_KEY, Table, read_json, read_package
from analysis.catalogue.files import Content, read_contents
from analysis.catalogue.findings import Finding, summed_up
from analysis.catalogue.read import require_known, selected
from analysis.catalogue.schema import repeated
from analysis.catalogue.vintages import file_as_of

T = TypeVar("T")


class Project:
    """The data of one project folder as they were when each file was first asked for.

    Parameters
    ----------
    root : Path
        The project folder.
    checked : bool
        Whether tables are held against their schemas as they are read; a build checks all of them once and spares its
        kernels that.
    """

    def __init__(self, root: Path, *, checked: bool = True) -> None:
        self.root = root
        self.checked = checked
        self._data = root / "data"
        self._packages: dict[str, dict[str, Table]] = {}
        self._chains: dict[str | None, dict[str, Table]] = {}
        self._contents: dict[tuple[Path, bool], Content] = {}
        self._kept: dict[object, tuple[Any, list[str]]] = {}
        self._stamps: dict[Path, int] = {}

    def tables(self, edition_id: str | None = None) -> dict[str, Table]:
        """Return the tables that all editions rest on and, where named, those of one edition and of its region.

        A table of one name in several layers (`analysis.catalogue.layers`) is the rows of all of them.

        Raises
        ------
        DataError
            A descriptor or a schema is missing or is not JSON, or two layers describe one table differently.
        """
        if not self._package(""):
            raise DataError(
                "Файл data/datapackage.json: не описано ни одной таблицы (resources). Верните файл из копии."
            )
        if edition_id not in self._chains:
            chain = layers.chain(edition_id, self._data, self._noted)
            self._chains[edition_id] = layers.joined(map(self._package, chain))
        return dict(self._chains[edition_id])

    def regions(self) -> list[str]:
        """Return the territories whose own data the project has."""
        self._noted(self._data / layers.REGIONS)
        return layers.regions(self._data)

    def everywhere(self, name: str) -> pd.DataFrame:
        """Return a table of the common layers with the rows of every region: to tell whose a word or a code is.

        Two regions may have towns of one name.
        """
        found = layers.joined(map(self._package, [*layers.common(), *map(layers.of_region, self.regions())]))
        return self._joined(found[name]).copy() if name in found else pd.DataFrame()

    def table(self, name: str, edition_id: str | None = None) -> Table:
        """Return one table by name; an unknown name is answered with the nearest right one."""
        known = self.tables(edition_id)
        if name not in known:
            raise DataError(f"В каталоге данных нет таблицы «{name}».{did_you_mean(name, known)}")
        return known[name]

    def read_table(self, wanted: Table) -> pd.DataFrame:
        """Return a table typed as its schema says; a copy that may be changed.

        Raises
        ------
        DataError
            The table breaks its schema: the first defect in words, and how many more there are.
        """
        return self.looked_at(wanted).copy()

    def looked_at(self, wanted: Table) -> pd.DataFrame:
        """Return a table as `read_table` does, for who only looks: what is done to it is done to all that read it."""
        return self.keep(("rows of", *(part.file for part in wanted.parts)), lambda: self._sound(wanted))

    def _sound(self, wanted: Table) -> pd.DataFrame:
        frame = self._joined(wanted)
        if self.checked and wanted.above and (twice := repeated(wanted, frame)):
            raise DataError(summed_up(twice))
        return frame

    def find_defects(self, *wanted: Table) -> list[Finding]:
        """Return what in these tables breaks their schemas; empty when they are sound."""
        contents = self._read([part for table in wanted for part in table.parts], checked=True)
        if broken := [defect for content in contents for defect in content.defects]:
            return broken
        found: list[Finding] = []
        for table in wanted:
            if table.above:
                frames = [content.frame for content in self._read(table.parts, checked=True)]
                found += repeated(table, places.join(frames))
        return found

    def load(
        self,
        name: str,
        edition_id: str | None = None,
        *,
        territory: str | Iterable[str] | None = None,
        years: int | Iterable[int] | None = None,
        category: str | Iterable[str] | None = None,
        vintage: str | None = None,
    ) -> pd.DataFrame:
        """Return a table of the catalogue, or the observations of an indicator; see `analysis.catalogue.load`.

        Parameters
        ----------
        name, edition_id, territory, years, category, vintage
            As `analysis.catalogue.load`.

        Returns
        -------
        pandas.DataFrame
            As `analysis.catalogue.load`.
        """
        wanted_by = {"territory": territory, "year": years, "category": category}
        if name in self.tables(edition_id) and all(wanted is None for wanted in wanted_by.values()):
            frame = self._as_of(name, edition_id, vintage)
            return self._described(frame, name, edition_id) if set(OBSERVATION_KEY) <= set(frame.columns) else frame
        rows = self.observations(name, edition_id, vintage)
        for column, given in wanted_by.items():
            if given is not None:
                wanted = [given] if isinstance(given, (str, int)) else list(given)
                listed = self._contents_of("territories", edition_id)["id"] if column == "territory" else ()
                require_known(rows, column, wanted, listed)
                rows = selected(rows, column, wanted)
        return self._described(rows.reset_index(drop=True), name, edition_id)

    def observations(self, indicator: str, edition_id: str | None = None, vintage: str | None = None) -> pd.DataFrame:
        """Return all observations of an indicator in the order of their tables.

        Parameters
        ----------
        indicator : str
            Its id.
        edition_id : str, optional
            The edition whose tables are looked into besides the common ones.
        vintage : str, optional
            Data as they were known; see `analysis.catalogue.load`.

        Returns
        -------
        pandas.DataFrame
            As `load`, with `table` and `row`: the first observation of a file stands in row 2, as a spreadsheet counts.

        Raises
        ------
        DataError
            No table holds the indicator, or two tables state one observation.
        """
        key = "observations", indicator, edition_id, vintage
        return self.keep(key, lambda: self._observations(indicator, edition_id, vintage)).copy()

    def _observations(self, indicator: str, edition_id: str | None, vintage: str | None) -> pd.DataFrame:
        held = self.tables_of(edition_id)
        if indicator not in held:
            raise DataError(
                "В каталоге данных нет ни таблицы, ни показателя"
                f" «{indicator}».{did_you_mean(indicator, {*held, *self.tables(edition_id)})}"
            )
        parts = [self._as_of(name, edition_id, vintage) for name in held[indicator]]
        rows = pd.concat([places.with_places(part[part["indicator"] == indicator]) for part in parts])
        if (twice := rows.duplicated(list(OBSERVATION_KEY))).any():
            first, place = rows[twice].iloc[0], ", ".join(dict.fromkeys(rows["table"]))
            raise DataError(
                f"Показатель «{indicator}»: наблюдение ({first['territory']}, {first['year']}) есть в двух таблицах"
                f" ({place}). Оставьте одно."
            )
        return rows

    def tables_of(self, edition_id: str | None = None) -> dict[str, list[str]]:
        """Return which tables hold which indicator.

        A series has the name of its file, edition tables are looked into.
        """
        return self.keep(("tables of", edition_id), lambda: self._tables_of(edition_id))

    def publications(self) -> dict[str, Publication]:
        """Return the entries of `data/sources.bib` by key, in the order of the file.

        Raises
        ------
        DataError
            The file cannot be read, or an entry is damaged.
        """
        file = self._noted(reads.note(self._bibliography))
        return dict(self.keep("publications", lambda: read_publications(file)))

    def observation_schema(self) -> dict:
        """Return the schema of a table of official series."""
        return read_json(self._noted(self._data / "schemas" / "observations.json"))

    def keep(self, key: object, make: Callable[[], T]) -> T:
        """Return what follows from the data alone: made once, kept as long as this state of them is.

        Whoever is handed what was made before has read the same files as its maker, and that is noted.

        Parameters
        ----------
        key : hashable
            Names the result; begins with the module that asks where another might use the same word.
        make : callable
            Makes the result the first time.
        """
        if key not in self._kept:
            with reads.noted() as read:
                self._kept[key] = make(), list(read)
        else:
            for name in self._kept[key][1]:
                reads.note_name(name)
        return self._kept[key][0]

    def codes(self, name: str, edition_id: str | None = None) -> frozenset[str]:
        """Return the codes of a list of codes; none where the list has no name."""
        if not name:
            return frozenset()
        return self.keep(("codes", name, edition_id), lambda: frozenset(self.load(name, edition_id)["id"]))

    def renewed(self) -> Project:
        """Return this project where none of its files has changed since it was read.

        Otherwise one that reads those anew.
        """
        changed = {file for file, stamp in self._stamps.items() if reads.stamp(file) != stamp}
        if not changed:
            return self
        project = Project(self.root, checked=self.checked)
        tabular = {file for file, _ in self._contents}
        if changed <= tabular | {self._bibliography}:
            project._packages, project._chains = dict(self._packages), dict(self._chains)
            project._contents = {key: kept for key, kept in self._contents.items() if key[0] not in changed}
            project._stamps = {file: stamp for file, stamp in self._stamps.items() if file not in changed}
        return project

    def afresh(self) -> Project:
        """Return the same data with nothing made of them yet: for who watches what is read on the way."""
        project = Project(self.root, checked=self.checked)
        for shared in ("_packages", "_chains", "_contents", "_stamps"):
            setattr(project, shared, dict(getattr(self, shared)))
        return project

    @property
    def _bibliography(self) -> Path:
        return self._data / paths.bibliography().name

    def _package(self, layer: str) -> dict[str, Table]:
        """Return the tables of one layer: none where the federal one or that of a region is not there."""
        if layer not in self._packages:
            descriptor = self._data / layer / layers.DESCRIPTOR
            empty = layer and not layers.edition_of(layer) and not self._noted(descriptor).exists()
            self._packages[layer] = {} if empty else read_package(descriptor, self._noted, layer)
        return self._packages[layer]

    def _read(self, wanted: Iterable[Table], *, checked: bool) -> list[Content]:
        wanted = list(wanted)
        unread = [table for table in wanted if (table.file, checked) not in self._contents]
        for table in unread:
            self._noted(table.file)
        if unread:
            for table, content in zip(unread, read_contents(unread, checked=checked), strict=True):
                self._contents[table.file, checked] = content
        return [self._contents[table.file, checked] for table in wanted]

    def _joined(self, wanted: Table) -> pd.DataFrame:
        """Return the rows of all files of a table."""
        contents = self._read(wanted.parts, checked=self.checked)
        if broken := [defect for content in contents for defect in content.defects]:
            raise DataError(summed_up(broken))
        frames = [content.frame for content in contents]
        return frames[0] if len(frames) == 1 else places.join(frames)

    def _contents_of(self, name: str, edition_id: str | None = None) -> pd.DataFrame:
        return self.read_table(self.table(name, edition_id))

    def _as_of(self, name: str, edition_id: str | None, vintage: str | None) -> pd.DataFrame:
        wanted = self.table(name, edition_id)
        if vintage is not None:
            *above, last = (replace(part, file=file_as_of(part, vintage, self._data)) for part in wanted.parts)
            wanted = replace(last, above=tuple(above))
        for part in wanted.parts:
            reads.note(part.file)
        return self.read_table(wanted)

    def _tables_of(self, edition_id: str | None) -> dict[str, list[str]]:
        held: dict[str, list[str]] = {}
        indicators = set(self._contents_of("indicators", edition_id)["id"])
        for name, described in self.tables(edition_id).items():
            if described.holds_observations:
                inside = [name] if name in indicators else self.read_table(described)["indicator"].unique()
                for indicator in inside:
                    held.setdefault(indicator, []).append(name)
        return held

    def _described(self, frame: pd.DataFrame, indicator: str, edition_id: str | None) -> pd.DataFrame:
        rows = self.keep(
            ("indicators", edition_id),
            lambda: self._contents_of("indicators", edition_id).set_index("id").to_dict("index"),
        )
        if indicator in rows:
            frame.attrs["indicator"] = {"id": indicator} | rows[indicator]
        return frame

    def _noted(self, file: Path) -> Path:
        """Note the state of a file as it is read, and return it."""
        self._stamps.setdefault(file, reads.stamp(file))
        return file
