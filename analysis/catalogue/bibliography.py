"""The sources of `data/sources.bib` in words, for whoever names a publication outside a citation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from analysis import paths, reads

_ENTRY = re.compile(r"^@\w+\{([^,\s]+),(.*?)(?=^@|\Z)", re.MULTILINE | re.DOTALL)
_FIELD = re.compile(r"(\w+)\s*=\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_ESCAPE = re.compile(r"\\([_&%#$])")


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
    """Return the entries of `data/sources.bib` by key, in the order of the file."""
    file = reads.note(paths.bibliography())
    return dict(_read(file, file.stat().st_mtime_ns))


@lru_cache(maxsize=4)
def _read(file: Path, stamp: int) -> dict[str, Publication]:
    known = set(Publication.__dataclass_fields__) - {"key"}
    found = {}
    for key, body in _ENTRY.findall(file.read_text(encoding="utf-8")):
        fields = {name: _ESCAPE.sub(r"\1", value) for name, value in _FIELD.findall(body) if name in known}
        found[key] = Publication(key, fields.pop("title", key), **fields)
    return found
