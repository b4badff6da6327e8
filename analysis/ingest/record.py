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
        """Return the manifest as JSON."""
        described = [
            {
                "table": found.table.name,
                "edition": self.editions.get(found.table.name, ""),
                **self._counts(found),
                "sources": _sources(found),
                "files": [asdict(origin) for origin in origins[found.table.name]],
            }
            for found in changing
        ]
        said = {
            "vintage": self.name,
            "date": self.day.isoformat(),
            "options": self.options,
            "replaced": replaced,
            "created": created,
            "tables": described,
        }
        return json.dumps(said, ensure_ascii=False, indent=2) + "\n"

    def log(self, changing: Sequence[Difference], origins: Mapping[str, Sequence[Origin]]) -> str:
        """Return the rows of the log, one a table."""
        return "".join(line(self._row(found, origins[found.table.name])) for found in changing)

    def _row(self, found: Difference, origins: Sequence[Origin]) -> list[str]:
        files = [";".join(str(getattr(origin, column)) for origin in origins) for column in ("file", "sha256", "size")]
        readers = ";".join(f"{origin.reader} {origin.version}" for origin in origins)
        counts = map(str, self._counts(found).values())
        return [
            self.name,
            self.day.isoformat(),
            found.table.name,
            self.editions.get(found.table.name, ""),
            *counts,
            ";".join(_sources(found)),
            *files,
            readers,
            self.options,
        ]

    def _counts(self, found: Difference) -> dict[str, int]:
        return {
            "new": found.counts[NEW],
            "changed": found.counts[CHANGED],
            "removed": len(found.gone) if self.remove else 0,
        }


def _sources(found: Difference) -> list[str]:
    return sorted({row["source"] for row in found.put if row.get("source")})
