"""Keys of values in words, as a sentence about the data names them."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cached_property

from analysis.catalogue import Project

# Codes that stand as categories; codes that are numbers keep them («23.00.00»).
_DIMENSIONS = ("sections", "town_sizes", "outcomes", "education")


class Labels:
    """The words for territories, years and codes of one edition.

    Parameters
    ----------
    project : Project
        The data.
    edition_id : str
        Whose lists are read.
    """

    def __init__(self, project: Project, edition_id: str) -> None:
        self._project = project
        self._edition = edition_id

    def of(self, key: Hashable) -> str:
        """Return a key in words: where a territory is, what a code is called."""
        if isinstance(key, int):
            return f"в {key} году"
        if key in self._territories:
            return self._territories[key]
        return self._codes.get(key, str(key))

    @cached_property
    def _territories(self) -> dict[Hashable, str]:
        rows = self._project.load("territories", self._edition)
        inside = rows["preposition"] + " " + rows["loc"]
        return dict(zip(rows["id"], inside, strict=True))

    @cached_property
    def _codes(self) -> dict[Hashable, str]:
        names: dict[Hashable, str] = {}
        for dimension in _DIMENSIONS:
            if dimension in self._project.tables(self._edition):
                rows = self._project.load(dimension, self._edition)
                names |= {code: f"«{short}»" for code, short in zip(rows["id"], rows["short"], strict=True)}
        return names
