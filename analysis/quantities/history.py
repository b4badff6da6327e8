"""The years around the numbers that were shown: what a card compares a number with and draws beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

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
        known, breaks = _known(seen), _breaks(seen.edition or None).get(seen.indicator, {})
        for territory in places[key[:2]]:
            broken = breaks.get("", frozenset()) | breaks.get(territory, frozenset())
            if told := _told(known.get((seen.category, territory), {}), broken):
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


def _known(seen: Observation) -> dict[tuple[str, str], dict[int, float]]:
    """Return the values of an indicator by year, by category and territory."""
    project, indicator, edition = current(), _stored(seen), seen.edition or None

    def read() -> dict[tuple[str, str], dict[int, float]]:
        rows = project.observations(indicator, edition).dropna(subset=["year", "value"])
        columns = (rows["category"].fillna(""), rows["territory"], rows["year"], rows["value"])
        found: dict[tuple[str, str], dict[int, float]] = {}
        for category, territory, year, value in zip(*columns, strict=True):
            found.setdefault((category, territory), {})[int(year)] = float(value)
        return found

    return project.keep((__name__, indicator, edition), read)


def _told(values: Mapping[int, float], breaks: AbstractSet[int]) -> str:
    """Return one series in short; nothing where fewer than two years are known."""
    if len(values) < 2:
        return ""
    first, last = min(values), max(values)
    marked = {year: f"{BREAK if year in breaks else ''}{stored(value)}" for year, value in values.items()}
    return f"{first}:{';'.join(marked.get(year, '') for year in range(first, last + 1))}"


def _breaks(edition: str | None) -> dict[str, dict[str, frozenset[int]]]:
    """Return the years in which series began anew, by indicator and territory, those of all under the empty name."""
    project = current()

    def read() -> dict[str, dict[str, frozenset[int]]]:
        found: dict[str, dict[str, frozenset[int]]] = {}
        if "breaks" in project.tables(edition):
            rows = project.load("breaks", edition).dropna(subset="year")
            for (indicator, territory), years in rows.groupby(["indicator", rows["territory"].fillna("")])["year"]:
                found.setdefault(str(indicator), {})[str(territory)] = frozenset(map(int, years))
        return found

    return project.keep((__name__, "breaks", edition), read)
