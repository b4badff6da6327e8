"""Lists of an edition as Markdown: points and numbered points."""

from __future__ import annotations

import html
from dataclasses import dataclass

from analysis.catalogue import load
from analysis.errors import DataError, did_you_mean


@dataclass(frozen=True)
class Listing:
    """Items with their marks («–» for points, numbers for numbered ones)."""

    items: tuple[str, ...]
    ordered: bool

    @property
    def markdown(self) -> str:
        mark = "1." if self.ordered else "-"
        return "\n".join(f"{mark} {_punctuated(item, last)}" for item, last in _with_last(self.items))

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        tag = "ol" if self.ordered else "ul"
        points = "".join(f"<li>{html.escape(_punctuated(item, last))}</li>" for item, last in _with_last(self.items))
        return {"text/markdown": self.markdown, "text/html": f"<{tag}>{points}</{tag}>", "text/plain": self.markdown}


def bullets(report, list_id: str) -> Listing:
    """Return a list of `lists.csv` as points."""
    return Listing(_items(report, list_id), ordered=False)


def numbered(report, list_id: str) -> Listing:
    """Return a list of `lists.csv` as numbered points."""
    return Listing(_items(report, list_id), ordered=True)


def column(report, table: str, field: str) -> Listing:
    """Return a column of a text table as numbered points (the support measures, the tasks of the plan)."""
    return Listing(tuple(load(table, report.edition.id)[field]), ordered=True)


def aims(report, kind: str) -> Listing:
    """Return one kind of the plan's aims as points, the tasks and results numbered."""
    rows = load("plan_aims", report.edition.id)
    if kind not in set(rows["kind"]):
        raise DataError(f"В таблице plan_aims нет вида «{kind}».{did_you_mean(kind, set(rows['kind']))}")
    return Listing(tuple(rows.loc[rows["kind"] == kind].sort_values("n")["text"]), ordered=kind != "goal")


def _items(report, list_id: str) -> tuple[str, ...]:
    rows = load("lists", report.edition.id)
    if list_id not in set(rows["list"]):
        raise DataError(f"В таблице lists нет перечня «{list_id}».{did_you_mean(list_id, set(rows['list']))}")
    return tuple(rows.loc[rows["list"] == list_id].sort_values("n")["item"])


def _with_last(items: tuple[str, ...]) -> list[tuple[str, bool]]:
    return [(item, place == len(items)) for place, item in enumerate(items, start=1)]


def _punctuated(item: str, last: bool) -> str:
    """End a point with a semicolon, the last with a full stop, as Russian lists do."""
    return item.rstrip(" .;") + ("." if last else ";")
