"""What series said before they were revised: by the issues that are kept, and by how far a revision is known to go."""

from __future__ import annotations

import csv
from functools import cached_property, lru_cache
from io import StringIO
from pathlib import Path
from typing import Any

from analysis.base import paths, reads
from analysis.base.errors import DataError
from analysis.catalogue.vintages import vintages
from analysis.quantities import Observation, Quantity
from analysis.show.face import Report

Key = tuple[str, str, str, str]


class Revisions:
    """The revisions of the series that a report reads.

    A statement was right in its day where a former issue of the series gives what it prints. Issues that this project
    replaced are kept beside the data; of revisions before them the table `revisions` gives the size, with a reason.

    Parameters
    ----------
    report : Report
        Whose data are asked.
    """

    def __init__(self, report: Report) -> None:
        self._report = report

    def size(self, value: Any) -> float:
        """Return how far a number read straight from a series is known to have been revised; 0 where nothing is."""
        seen = _read(value)
        return self._sizes.get((seen.indicator, seen.territory, seen.year), 0.0) if seen else 0.0

    def former(self, value: Any) -> tuple[float, ...]:
        """Return what former issues that are kept give for a number read straight from a series, where they differ."""
        seen = _read(value)
        if seen is None or not seen.table:
            return ()
        key = (seen.indicator, seen.territory, seen.category, str(seen.year or ""))
        found = [_rows(file).get(key) for file in _kept(seen.table)]
        return tuple(dict.fromkeys(one for one in found if one is not None and one != seen.value))

    @cached_property
    def _sizes(self) -> dict[tuple[str, str, int | None], float]:
        if "revisions" not in self._report.project.tables(self._report.edition.id):
            return {}
        rows = self._report.load("revisions").to_dict("records")
        return {(row["indicator"], row["territory"], int(row["year"])): float(row["size"]) for row in rows}


def _read(value: Any) -> Observation | None:
    """Return the observation that a quantity is, None where it is computed or none at all."""
    if isinstance(value, Quantity) and len(value.sources) == 1 and value.sources[0].value == value.value:
        return value.sources[0]
    return None


def _kept(table: str) -> list[Path]:
    """Return the files that held a table before each acceptance that replaced it."""
    # Data that are read from elsewhere name their tables in full.
    return [
        vintage.folder / path
        for vintage in vintages()
        for path in vintage.manifest["replaced"]
        if Path(table) == Path(paths.data().name, path)
    ]


@lru_cache(maxsize=64)
def _rows(file: Path) -> dict[Key, float]:
    try:
        found = csv.DictReader(StringIO(reads.text(file, DataError)))
        return {
            (row["indicator"], row["territory"], row["category"], row["year"]): float(row["value"])
            for row in found
            if row["value"]
        }
    except (KeyError, ValueError):  # a table of words has no former values
        return {}
