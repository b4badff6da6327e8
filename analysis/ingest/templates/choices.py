"""What may stand in a column of a table, in words: the lists a person picks from, and the way back to the codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from analysis.base.errors import did_you_mean
from analysis.catalogue.descriptor import Table
from analysis.catalogue.opened import load, publications, tables
from analysis.catalogue.territories import match_territory, territory_hint

# Columns whose codes stand in a list of that name wherever they occur: an edition's schema cannot point out of its
# package. Other columns name their list in the property `codes` of the schema, and with `separator` that a cell may
# hold several.
_LISTS = {"territory": "territories", "indicator": "indicators", "status": "status"}
_CLASSIFIED = re.compile(r"[A-Z]|\d[\d.]*")


@dataclass(frozen=True)
class Choices:
    """The codes of one column and the words for them.

    Attributes
    ----------
    labels : dict
        Words a person picks, by code; where the column has codes only, they stand for themselves.
    meant : dict
        Codes by every way to write them, folded.
    several : bool
        Whether a cell may hold several, parted by semicolons.
    territories : bool
        Whether these are territories, which publishers' spellings name as well.
    """

    labels: Mapping[str, str]
    meant: Mapping[str, str] = field(default_factory=dict)
    several: bool = False
    territories: bool = False

    def label(self, code: str) -> str:
        """Return the words for the codes of a cell; a code that is not known stands for itself."""
        if not self.several:
            return self.labels.get(code, code)
        return "; ".join(self.labels.get(part, part) for part in code.split(";"))

    def code(self, typed: str) -> str | None:
        """Return the code or codes that a cell means; None where one of them is not known."""
        parts = [part.strip() for part in typed.split(";")] if self.several else [typed]
        codes = [
            self.meant.get(_folded(part)) or (match_territory(part) if self.territories else None) for part in parts
        ]
        known = [code for code in codes if code is not None and code in self.labels]
        return ";".join(known) if len(known) == len(codes) else None

    def hint(self, typed: str) -> str:
        """Return a sentence that offers the nearest right words."""
        nearest = territory_hint(typed) if self.territories else ""
        return nearest or did_you_mean(typed, {*self.labels, *self.labels.values()})


def choices(table: Table, edition: str | None, indicators: Iterable[str]) -> dict[str, Choices]:
    """Return the columns of a table that hold codes.

    Parameters
    ----------
    table : Table
    edition : str or None
        The edition whose code lists count besides the common ones.
    indicators : iterable of str
        The indicators the rows may be about: they say of what the categories are.

    Returns
    -------
    dict of str to Choices
        By column.
    """
    known = tables(edition)
    by_column: dict[str, Choices] = {}
    listed = {
        key["fields"] if isinstance(key["fields"], str) else key["fields"][0]: key["reference"]["resource"]
        for key in table.schema.get("foreignKeys", [])
    }
    for spec in table.fields:
        name = spec["name"]
        resource = listed.get(name) or spec.get("codes") or _LISTS.get(name)
        if name == "category" and table.holds_observations:
            by_column[name] = _categories(indicators, edition)
        elif name == "source":
            by_column[name] = _choices({key: key for key in publications()}, {})
        elif resource and resource in known and resource != table.name:
            by_column[name] = _listed(resource, edition, several="separator" in spec)
        elif allowed := spec.get("constraints", {}).get("enum"):
            by_column[name] = _choices({code: code for code in allowed}, {})
    return by_column


def _categories(indicators: Iterable[str], edition: str | None) -> Choices:
    dimension = load("indicators", edition).set_index("id")["dimension"]
    lists = dict.fromkeys(filter(None, (dimension.get(indicator, "") for indicator in indicators)))
    labels: dict[str, str] = {}
    meant: dict[str, str] = {}
    for name in lists:
        categories = _listed(name, edition)
        labels |= categories.labels
        meant |= categories.meant
    labels = _distinct(labels)
    return Choices(labels, meant | {_folded(label): code for code, label in labels.items()})


def _listed(resource: str, edition: str | None, several: bool = False) -> Choices:
    frame = load(resource, edition)
    labels = {
        row["id"]: (
            f"{row['id']} {row['name']}" if _CLASSIFIED.fullmatch(row["id"]) and resource != "status" else row["name"]
        )
        for row in frame.to_dict("records")
    }
    more = {
        column: dict(zip(frame["id"], frame[column], strict=True)) for column in ("short", "name") if column in frame
    }
    return _choices(labels, more, several, resource == "territories")


def _choices(
    labels: Mapping[str, str], more: Mapping[str, Mapping[str, str]], several: bool = False, territories: bool = False
) -> Choices:
    labels = _distinct(labels)
    meant: dict[str, str] = {}
    # What is written later wins: the code itself, then the words picked from the list, then the full name.
    for written in (*more.values(), labels, {code: code for code in labels}):
        by_words: dict[str, set[str]] = {}
        for code, words in written.items():
            by_words.setdefault(_folded(words), set()).add(code)
        meant |= {words: codes.pop() for words, codes in by_words.items() if len(codes) == 1 and words}
    return Choices(labels, meant, several, territories)


def _distinct(labels: Mapping[str, str]) -> dict[str, str]:
    """Return labels no two of which read alike."""
    counts: dict[str, int] = {}
    for label in labels.values():
        counts[_folded(label)] = counts.get(_folded(label), 0) + 1
    return {code: label if counts[_folded(label)] == 1 else f"{label} ({code})" for code, label in labels.items()}


def _folded(words: str) -> str:
    return " ".join(str(words).split()).casefold().replace("ё", "е")
