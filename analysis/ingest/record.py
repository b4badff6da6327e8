"""What is written down of an acceptance: which files, read by what, changed which tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from analysis.ingest.csvtext import line
from analysis.ingest.difference import CHANGED, NEW, Difference


@dataclass(frozen=True)
class Origin:
    """A file that was read, so that it can be known again: the file itself is not touched."""

    file: str
    sha256: str
    size: int
    reader: str
    version: str

    @classmethod
    def of(cls, path: Path, reader: str, version: str) -> Origin:
        """Return the origin of what a reader read in a file.

        Parameters
        ----------
        path : Path
        reader, version : str
            As in `Reading`.

        Returns
        -------
        Origin
            With the SHA-256 of the file as it is now.
        """
        content = path.read_bytes()
        return cls(path.name, hashlib.sha256(content).hexdigest(), len(content), reader, version)


@dataclass(frozen=True)
class Record:
    """One acceptance, for its manifest and for the log of all."""

    name: str
    day: date
    editions: Mapping[str, str]
    options: str
    remove: bool

    def manifest(
        self,
        changing: Sequence[Difference],
        origins: Mapping[str, Sequence[Origin]],
        replaced: list[str],
        created: list[str],
    ) -> str:
        """Return the manifest.

        Parameters
        ----------
        changing : sequence of Difference
            One a table.
        origins : mapping
            The files the rows of each table came from, by table.
        replaced, created : list of str
            Files of the data folder, by their paths in it.

        Returns
        -------
        str
            JSON.
        """
        described = [
            {
                "table": difference.table.name,
                "edition": self.editions.get(difference.table.name, ""),
                **self._counts(difference),
                "sources": _sources(difference),
                "files": [asdict(origin) for origin in origins[difference.table.name]],
            }
            for difference in changing
        ]
        manifest = {
            "vintage": self.name,
            "date": self.day.isoformat(),
            "options": self.options,
            "replaced": replaced,
            "created": created,
            "tables": described,
        }
        return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"

    def log(self, changing: Sequence[Difference], origins: Mapping[str, Sequence[Origin]]) -> str:
        """Return the rows of the log, one a table."""
        return "".join(line(self._row(difference, origins[difference.table.name])) for difference in changing)

    def _row(self, difference: Difference, origins: Sequence[Origin]) -> list[str]:
        files = [";".join(str(getattr(origin, column)) for origin in origins) for column in ("file", "sha256", "size")]
        readers = ";".join(f"{origin.reader} {origin.version}" for origin in origins)
        counts = map(str, self._counts(difference).values())
        return [
            self.name,
            self.day.isoformat(),
            difference.table.name,
            self.editions.get(difference.table.name, ""),
            *counts,
            ";".join(_sources(difference)),
            *files,
            readers,
            self.options,
        ]

    def _counts(self, difference: Difference) -> dict[str, int]:
        return {
            "new": difference.counts[NEW],
            "changed": difference.counts[CHANGED],
            "removed": len(difference.gone) if self.remove else 0,
        }


def _sources(difference: Difference) -> list[str]:
    return sorted({row["source"] for row in difference.put if row.get("source")})
