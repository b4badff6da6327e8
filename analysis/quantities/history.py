"""The years around the numbers that were shown: what a card compares a number with and draws beside it."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.catalogue import current, same
from analysis.quantities.observation import Observation
from analysis.quantities.reading import naming, stored

BREAK = "*"  # stands before the first value that is not to be compared with the one before


def series(observations: Iterable[Observation]) -> dict[str, dict[str, str]]:
    """Return the series that observations belong to, each with those of the other territories shown beside it.

    Parameters
    ----------
    observations : iterable of Observation
        What was shown.

    Returns
    -------
    dict
        By table, then by «name|category|place» as `reading.described` names them: «2018:57,5;58;;*59», the first
        year and the values from there on, empty where there is none. Series of one year are left out.
    """
    shown = [seen for seen in observations if seen.indicator and seen.year and seen.table]
    places: dict[tuple[str, str], dict[str, None]] = {}
    for seen in shown:
        places.setdefault((seen.table, seen.indicator), {})[seen.territory] = None
    found: dict[str, dict[str, str]] = {}
    done: set[tuple[str, str, str]] = set()
    for seen in shown:
        key = (seen.table, seen.indicator, seen.category)
        if key in done:
            continue
        done.add(key)
        names = naming(seen.edition)
        name = names.indicators.get(seen.indicator) or names.indicator(seen)
        rows = current().observations(_stored(seen), seen.edition or None)
        rows = rows[rows["category"].fillna("") == seen.category]
        for territory in places[key[:2]]:
            told = _told(rows[rows["territory"] == territory], _breaks(seen, territory))
            if told:
                place = names.territories.get(territory, territory)
                found.setdefault(seen.table, {})[f"{name}|{names.category(seen)}|{place}"] = told
    return found


def _stored(seen: Observation) -> str:
    """Return the indicator whose rows were shown: the official one where an edition has none of its own."""
    project = current()
    if seen.indicator in project.tables_of(seen.edition or None):
        return seen.indicator
    indicators = project.load("indicators")
    return indicators.loc[indicators["id"] == seen.indicator, same.COLUMN].item()


def _told(rows: pd.DataFrame, breaks: set[int]) -> str:
    """Return one series in short; nothing where fewer than two years are known."""
    rows = rows.dropna(subset=["year", "value"])
    values = {int(year): float(value) for year, value in zip(rows["year"], rows["value"], strict=True)}
    if len(values) < 2:
        return ""
    first, last = min(values), max(values)
    marked = {year: f"{BREAK if year in breaks else ''}{stored(value)}" for year, value in values.items()}
    return f"{first}:{';'.join(marked.get(year, '') for year in range(first, last + 1))}"


def _breaks(seen: Observation, territory: str) -> set[int]:
    """Return the years in which a series began anew."""
    project = current()
    if "breaks" not in project.tables(seen.edition or None):
        return set()
    rows = project.load("breaks", seen.edition or None)
    rows = rows[(rows["indicator"] == seen.indicator) & rows["territory"].fillna("").isin(["", territory])]
    return set(rows["year"].dropna().astype(int))
