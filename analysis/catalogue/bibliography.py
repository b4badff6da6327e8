"""The sources of `data/sources.bib` in words, for whoever names a publication outside a citation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from analysis import paths, reads
from analysis.catalogue.bibtex import entries


@dataclass(frozen=True)
class Publication:
    """One entry: the fields a reader is told, empty where the entry does not give them."""

    key: str
    title: str
    type: str = ""
    number: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""
    note: str = ""

    @property
    def described(self) -> str:
        """The publication in one sentence: what it is, who published it, when, and which copy was read."""
        kind = " ".join(part for part in (self.type, self.number) if part)
        parts = (f"{kind} «{self.title}»" if kind else self.title, self.publisher, self.date, self.note[:1].upper() + self.note[1:])
        return f"{'. '.join(dict.fromkeys(part.rstrip('.') for part in parts if part))}."


def publications() -> dict[str, Publication]:
    """Return the entries of `data/sources.bib` by key, in the order of the file.

    Raises
    ------
    DataError
        The file cannot be read, or an entry is damaged.
    """
    file = reads.note(paths.bibliography())
    return dict(_read(file, reads.stamp(file)))


@lru_cache(maxsize=4)
def _read(file: Path, stamp: int) -> dict[str, Publication]:
    known = set(Publication.__dataclass_fields__) - {"key"}
    found = {}
    for key, fields in entries(reads.text(file), reads.label(file)).items():
        told = {name: value for name, value in fields.items() if name in known}
        found[key] = Publication(key, told.pop("title", key), **told)
    return found
