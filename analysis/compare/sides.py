"""One side of a comparison: its tables, its observations, its prose, a report on its data."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis.base import paths, reads, strict_yaml
from analysis.base.errors import DataError, ReportError
from analysis.catalogue.descriptor import Table
from analysis.compare import numbers, prose
from analysis.compare.states import State
from analysis.compare.tables import Held, held, listed
from analysis.compare.tables import words as tables_of_words
from analysis.editions.edition import Edition, available, read_edition
from analysis.report import Report, open_report
from analysis.show.wording import capital

# The parameters of an edition, as a table of words beside its others.
SETTINGS = Table(
    "edition.yml",
    Path("edition.yml"),
    "Параметры издания",
    {"fields": [{"name": name, "type": "string"} for name in ("field", "value")], "primaryKey": ["field"]},
)


class Side:
    """One state with what is asked of it, each read once.

    Parameters
    ----------
    state : State
    """

    def __init__(self, state: State) -> None:
        self.state = state

    @cached_property
    def tables(self) -> list[Held]:
        """Every table, as text."""
        with paths.elsewhere(self.state.root):
            return held(self.state.root)

    @cached_property
    def editions(self) -> list[str]:
        """The ids of its editions."""
        with paths.elsewhere(self.state.root):
            return available()

    @cached_property
    def edition(self) -> Edition | None:
        """The edition it is; None for a state of all data."""
        return read_edition(self.state.edition) if self.state.edition else None

    @cached_property
    def observations(self) -> pd.DataFrame:
        """The observations it speaks of, see `analysis.compare.numbers`."""
        units = {name: row.get("unit", "") for name, row in listed(self.tables, "indicators").items()}
        if self.edition is None:
            return numbers.observations(self.tables, units)
        shared, own = (
            numbers.observations([one for one in self.tables if one.scope == scope], units).assign(scope="")
            for scope in ("", self.state.edition)
        )
        # Of the country's series an edition knows those of the territories it speaks of, up to its year.
        years = pd.to_numeric(shared["year"], errors="coerce")
        known = shared["territory"].isin(self.edition.territories) & ~years.gt(self.edition.year)
        return pd.concat([shared[known], own], ignore_index=True)

    @cached_property
    def words(self) -> list[Held]:
        """The tables of words it speaks of; those of an edition with no scope, so that they meet the other's."""
        with paths.elsewhere(self.state.root):
            if self.edition is None:
                return [*tables_of_words(self.tables), *(_settings(self.state.root, name) for name in self.editions)]
            own = {self.state.edition, self.edition.region}
            mine = [one for one in tables_of_words(self.tables) if one.scope in own]
            return [Held("", one.table, one.rows) for one in (*mine, _settings(self.state.root, self.state.edition))]

    @cached_property
    def prose(self) -> dict[str, str]:
        """Its prose by place, see `analysis.compare.prose`."""
        with paths.elsewhere(self.state.root):
            return prose.texts(self.state.root, self.state.edition)

    @contextmanager
    def opened(self, edition: str, vintage: int | None = None) -> Iterator[Report]:
        """Give a report on the data of this state; what this program cannot take of former data is told."""
        with paths.elsewhere(self.state.root):
            try:
                yield open_report(edition, vintage=vintage)
            except ReportError as error:
                raise DataError(f"{capital(self.state.label)}: {error}") from error
            except Exception as error:
                if self.state.present:
                    raise
                raise DataError(
                    f"{capital(self.state.label)}: данные тогда были другого вида, нынешней программе их не прочитать"
                    f" ({type(error).__name__})."
                ) from error


def _settings(root: Path, edition: str) -> Held:
    file = root / "data" / "editions" / edition / "edition.yml"
    fields = strict_yaml.load(reads.text(file), f"Файл {reads.label(file)}", error=DataError)
    rows = [(name, _said(value)) for name, value in (fields if isinstance(fields, dict) else {}).items()]
    return Held(edition, SETTINGS, pd.DataFrame(rows, columns=["field", "value"], dtype=str))


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
