"""The names of one edition, with the case forms prose needs: territories, bodies, codes, documents."""

from __future__ import annotations

from functools import cached_property, partial

import pandas as pd

from analysis.base import reads
from analysis.base.errors import DataError, did_you_mean
from analysis.base.gaps import Gap, GapError
from analysis.catalogue import Project, opened
from analysis.catalogue.places import files
from analysis.editions.edition import Edition, available
from analysis.editions.named import Named
from analysis.quantities import Text, quoted
from analysis.quantities.rows import row_seen
from analysis.quantities.text import named_by


class Names:
    """Everything an edition calls by name."""

    def __init__(self, edition: Edition, project: Project | None = None) -> None:
        self.edition = edition
        self.project = project or opened()

    @cached_property
    def region(self) -> Named:
        """The region of the edition."""
        return self.territory(self.edition.region)

    def territory(self, territory_id: str) -> Named:
        """Return a territory with its case forms.

        Examples
        --------
        >>> print(report.territory("kemerovo").loc)
        Кемеровской области – Кузбассе
        """
        return self._named("territories", territory_id)

    def parts(self) -> list[str]:
        """Return the ids of the municipal territories of the region, in the order of the list.

        Raises
        ------
        GapError
            The list has none.
        """
        known = self.project.load("territories", self.edition.id)
        parts = known.loc[known["parent"] == self.edition.region, "id"].tolist()
        if not parts:
            who = "составитель издания"
            raise GapError([Gap("муниципальные территории региона", "список не заполнен", who)])
        return parts

    def name(self, name_id: str) -> Named:
        """Return a body, organisation, programme or project with its case forms.

        Examples
        --------
        >>> print(report.name("government-russia").gen)
        Правительства Российской Федерации
        """
        return self._named("names", name_id)

    def label(self, dimension: str, code: str) -> Text:
        """Return the name of a code in a code list (`sections`, `groups`, `specialties`, …)."""
        return self._quoted(dimension, code, "name")

    def code(self, dimension: str, code: str) -> Text:
        """Return a code of a list as prose names it («15.00.00»)."""
        return self._quoted(dimension, code, "id")

    def document(self, document_id: str) -> Text:
        """Return how prose cites an order, a strategy or a programme."""
        return self._quoted("documents", document_id, "text")

    def filled(self, name: str) -> pd.DataFrame:
        """Return a table of words of the edition; one without rows is a gap.

        Parameters
        ----------
        name : str
            The table.

        Returns
        -------
        pandas.DataFrame

        Raises
        ------
        GapError
            It has no rows.
        """
        rows = self.project.load(name, self.edition.id)
        if rows.empty:
            raise GapError([self.unfilled(name)])
        return rows

    def unfilled(self, name: str, part: str = "") -> Gap:
        """Return the gap of a table of words without rows, or without those of one part.

        Parameters
        ----------
        name : str
            The table.
        part : str
            What of it, in words.

        Returns
        -------
        Gap
        """
        title = self.project.table(name, self.edition.id).title.rstrip(".")
        return Gap(f"{title}: {part}" if part else title, "таблица издания не заполнена", "составитель издания")

    def row(self, table: str, wanted: str) -> pd.Series:
        """Return one row of a table that has ids; an unknown id is answered with the nearest."""
        rows = self._table(table)
        return rows.loc[self._index(rows, table, wanted)]

    def _named(self, table: str, wanted: str) -> Named:
        row = self.row(table, wanted)
        said = partial(named_by, wanted)
        given = {str(column): text for column, text in row.items() if isinstance(text, str)}
        return Named(row["id"], said(row["name"]), said(row["short"]), table, given, said)

    def _quoted(self, table: str, wanted: str, field: str) -> Text:
        rows = self._table(table)
        index = self._index(rows, table, wanted)
        return Text(named_by(wanted, quoted(rows.at[index, field], row_seen(rows, index, self.edition.id))))

    def _table(self, name: str) -> pd.DataFrame:
        """Return a table, read once, noted as read each time."""
        if name not in self._tables:
            self._tables[name] = self.project.load(name, self.edition.id)
        for file in files(self._tables[name]):
            reads.note_name(file)
        return self._tables[name]

    @cached_property
    def _tables(self) -> dict[str, pd.DataFrame]:
        return {}

    def _index(self, rows: pd.DataFrame, table: str, wanted: str) -> int:
        """Return the place of the first row with an id."""
        places = self._places.setdefault(table, {})
        if not places:
            places.update(zip(reversed(rows["id"].tolist()), reversed(rows.index.tolist()), strict=True))
        if wanted not in places:
            if self._known_elsewhere(table, wanted):
                title = self.project.table(table, self.edition.id).title.rstrip(".")
                raise GapError([Gap(f"{title}: {wanted}", "строка не заполнена", "составитель издания")])
            raise DataError(f"В таблице «{table}» нет строки «{wanted}».{did_you_mean(wanted, rows['id'])}")
        return places[wanted]

    def _known_elsewhere(self, table: str, wanted: str) -> bool:
        """Tell whether another edition has such a row: then this one has yet to be given it, and it is no slip."""
        others = [other for other in available() if other != self.edition.id]
        return any(
            table in self.project.tables(other) and wanted in set(self.project.load(table, other)["id"])
            for other in others
        )

    @cached_property
    def _places(self) -> dict[str, dict[str, int]]:
        return {}
