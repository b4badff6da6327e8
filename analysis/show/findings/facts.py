"""What happened, by the kind of a candidate: the words of its sentence, and how remarkable it is.

How remarkable a fact is, is told by the cases that it can be compared with, and how many of these are less remarkable:
past changes that were smaller, neighbours on one side, earlier years on one side, earlier distances that were smaller.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from analysis.base.gaps import GapError
from analysis.quantities import PERCENT, Quantity, Text, Year, total
from analysis.quantities.formula import Gathered, Seen
from analysis.quantities.indicators import each, gap, index, share
from analysis.quantities.text import chosen
from analysis.show.dates import date, span
from analysis.show.directions import apart, change, changed, direction, rose
from analysis.show.face import Report
from analysis.show.findings.candidates import Candidate
from analysis.show.phrases import series_starts
from analysis.show.wording import count, joined, num, pct, with_unit

Series = dict[int, Quantity]
LEVELS = ("people", "thousand_people")  # units of what a large region has more of
ENOUGH = 3  # neighbours, and earlier years, without which there is no place among them
_EXTREMES = {
    "m": ("самым высоким", "самым низким"),
    "f": ("самой высокой", "самой низкой"),
    "n": ("самым высоким", "самым низким"),
    "pl": ("самыми высокими", "самыми низкими"),
}


@dataclass(frozen=True)
class Fact:
    """What happened.

    Attributes
    ----------
    words : mapping of str to callable
        What makes the words of each placeholder.
    up : bool
        Whether the number is up: it rose, or is the higher one.
    behind, cases : int
        How many of the cases it is compared with are less remarkable.
    notable : bool
        Whether the words are true of it: nothing moved within the tolerance, and a place in the middle is none.
    lines : mapping of str to mapping of int to Quantity
        What a spark line draws, by territory and year.
    parts : tuple of Quantity
        What a strip draws in place of lines: the shares of a whole, in per cent.
    """

    words: Mapping[str, Callable[[], str]]
    up: bool
    behind: int = 0
    cases: int = 0
    notable: bool = True
    lines: Mapping[str, Mapping[int, Quantity]] = field(default_factory=dict)
    parts: tuple[Quantity, ...] = ()

    @property
    def rarity(self) -> float:
        """How likely another such case is less remarkable, by the rule of succession: few cases prove little."""
        return (self.behind + 1) / (self.cases + 2)


def comparable(lines: Mapping[str, Mapping[int, Quantity]]) -> Mapping[str, Mapping[int, Quantity]]:
    """Return lines that can be drawn together: levels of places of unlike size as they changed since the first year."""
    units = {value.unit for line in lines.values() for value in line.values()}
    if not units & set(LEVELS) or any(float(value) <= 0 for line in lines.values() for value in line.values()):
        return lines
    return {
        place: {year: index(value, next(iter(line.values()))) for year, value in line.items()}
        for place, line in lines.items()
    }


def fact(report: Report, candidate: Candidate) -> Fact | None:
    """Return what happened; nothing where it is not known."""
    try:
        return _MADE[candidate.kind](report, candidate)
    except GapError:
        return None


def _change(report: Report, candidate: Candidate) -> Fact:
    last, series = _series(report, candidate)
    new, old = series[last], series[last - 1]
    stretches = _stretches(report, candidate, series, last)
    moved = direction(new, old, report.steady)
    if last - 1 not in stretches[-1]:
        raise GapError(())
    past = [
        _size(series[year], series[before])
        for years in stretches
        for before, year in pairwise(years)
        if year - before == 1 and year != last
    ]
    now = _size(new, old)
    words = _common(last, new) | {
        "before": lambda: num(old),
        "moved": lambda: changed(new, old, candidate.gender, report.steady),
        "rose": lambda: rose(new, old, candidate.gender, report.steady),
    }
    behind = sum(size < now for size in past)
    lines = _lines(report, candidate, stretches[-1])
    return Fact(words, moved > 0, behind, len(past), moved != 0, comparable(lines))


def _neighbours(report: Report, candidate: Candidate) -> Fact:
    last, series = _series(report, candidate)
    own = series[last]
    near = _around(report, candidate, report.edition.comparison, last)
    if len(near) < ENOUGH or own.missing or any(value.missing for value in near.values()):
        raise GapError(())
    apart_by = each(gap, near, dict.fromkeys(near, own))
    above = {place for place, by in apart_by.items() if round(float(by), by.decimals) > 0}
    below = {place for place, by in apart_by.items() if round(float(by), by.decimals) < 0}
    up = len(below) > len(above)
    words = _common(last, own) | {
        "ranked": lambda: _ranked(report, own, near, above if up else below, up=up),
        "neighbours": lambda: chosen(
            "большинства соседей" if above and below else "соседей", "сравнение", own, *near.values()
        ),
    }
    behind, cases = max(len(above), len(below)), len(near)
    # Levels that are printed alike have no order, and half of the neighbours are no majority.
    notable = len(above) + len(below) == cases and 2 * behind > cases
    stretch = _stretches(report, candidate, series, last)[-1]
    return Fact(words, up, behind, cases, notable, _lines(report, candidate, stretch))


def _ranked(report: Report, own: Quantity, near: Mapping[str, Quantity], beyond: set[str], *, up: bool) -> Text:
    """Return «выше, чем у всех соседей», «ниже только в Томске»: those beyond the region are named."""
    word = "выше" if up else "ниже"
    if not beyond:
        return chosen(f"{word}, чем у всех соседей", "сравнение", own, *near.values())
    places = joined(report.territory(place).short_inside for place in near if place in beyond)
    return chosen(f"{word} только {places}", "сравнение", own, *near.values())


def _country(report: Report, candidate: Candidate) -> Fact:
    last, series = _series(report, candidate)
    country = report.edition.wider[0]
    stretch = _stretches(report, candidate, series, last)[-1]
    there = report.values(candidate.indicator, "year", territory=country, category=candidate.category, keys=stretch)
    known = [year for year in stretch if not there[year].missing]
    if last not in known:
        raise GapError(())
    far = {year: _size(series[year], there[year]) for year in known}
    own, other = series[last], there[last]
    words = _common(last, own) | {
        "ratio": lambda: pct(index(own, other)),
        "apart": lambda: apart(own, other, report.territory(country).short_inside),
    }
    behind = sum(size < far[last] for year, size in far.items() if year != last)
    lines = _lines(report, candidate, known)
    if own.unit != PERCENT:  # levels in roubles all rise: what is told is the part of the country's
        lines = {
            place: {year: index(value, there[year]) for year, value in of_place.items()}
            for place, of_place in lines.items()
        }
    notable = direction(own, other, report.steady) != 0
    return Fact(words, float(own) > float(other), behind, len(known) - 1, notable, lines)


def _history(report: Report, candidate: Candidate) -> Fact:
    last, series = _series(report, candidate)
    stretch = _stretches(report, candidate, series, last)[-1]
    own, earlier = series[last], [series[year] for year in stretch[:-1]]
    if len(earlier) < ENOUGH:
        raise GapError(())
    above, below = (
        sum(float(value) > float(own) for value in earlier),
        sum(float(value) < float(own) for value in earlier),
    )
    up = below > above
    behind = max(above, below)
    words = _common(last, own) | {
        "extreme": lambda: (
            chosen(f"{_EXTREMES[candidate.gender][not up]} за", "сравнение", own, *earlier)
            + " "
            + span(_year(series[stretch[0]], stretch[0]), last)
            + " годы"
        )
    }
    return Fact(words, up, behind, len(earlier), behind == len(earlier), _lines(report, candidate, stretch))


def _index(report: Report, candidate: Candidate) -> Fact:
    last, series = _series(report, candidate)
    stretch = _stretches(report, candidate, series, last)[-1]
    far = {year: abs(float(series[year]) - 100) for year in stretch}
    behind = sum(size < far[last] for year, size in far.items() if year != last)
    words, up = _common(last, series[last]), float(series[last]) > 100
    lines = _lines(report, candidate, stretch)
    return Fact(words, up, behind, len(far) - 1, far[last] >= report.steady, lines)


def _share(report: Report, candidate: Candidate) -> Fact:
    last = report.latest(candidate.indicator, category=candidate.category)
    whole = report.value(candidate.whole, year=last)

    def of(categories: tuple[str, ...]) -> Quantity:
        return total([report.value(candidate.indicator, year=last, category=one) for one in categories or (None,)])

    part = of(candidate.categories)
    taken, rest = share(part, whole), of(candidate.against) if candidate.against else None
    if taken.missing or (rest is not None and rest.missing):
        raise GapError(())
    words = {
        "year": lambda: str(last),
        "date": lambda: date(report.edition.as_of),
        "share": lambda: pct(taken),
        "part": lambda: num(part),
    }
    if rest is None:
        return Fact(words, up=True, parts=(taken,))
    other = share(rest, whole)
    words |= {"rest": lambda: pct(other), "people": lambda: count(rest, "человек")}
    return Fact(words, up=True, parts=(taken, other))


def _common(last: Year, own: Quantity) -> dict[str, Callable[[], str]]:
    return {"year": lambda: str(last), "value": lambda: with_unit(own), "number": lambda: num(own)}


def _series(report: Report, candidate: Candidate) -> tuple[Year, Series]:
    """Return the last year and the known values of the region's series up to it.

    Raises
    ------
    GapError
        The last one is not known.
    """
    last = report.latest(candidate.indicator, category=candidate.category)
    found = report.values(candidate.indicator, "year", category=candidate.category)
    known = {year: value for year, value in sorted(found.items()) if year <= last and not value.missing}
    if last not in known:
        raise GapError(())
    return last, known


def _stretches(report: Report, candidate: Candidate, series: Series, last: int) -> list[list[int]]:
    """Return the years of the stretches inside which the values can be compared, the last one with the last year."""
    try:
        starts = series_starts(report, candidate.indicator)
    except GapError:
        starts = []
    grouped: dict[int, list[int]] = {}
    for year in series:
        if report.since <= year <= last:
            grouped.setdefault(sum(start <= year for start in starts), []).append(year)
    return list(grouped.values())


def _size(one: Quantity, other: Quantity) -> float:
    """Return how far two values are from each other: rates in their own units, levels in per cent."""
    return abs(float(change(one, other)))


def _around(report: Report, candidate: Candidate, places: tuple[str, ...], year: int) -> dict[str, Quantity]:
    return report.values(candidate.indicator, "territory", keys=places, year=year, category=candidate.category)


def _lines(report: Report, candidate: Candidate, years: list[int]) -> dict[str, Series]:
    """Return the series of the region and of its neighbours over some years, the region first."""
    places = (report.edition.region, *report.edition.comparison)
    of_all = {
        place: report.values(candidate.indicator, "year", territory=place, category=candidate.category, keys=years)
        for place in places
    }
    return {
        place: {year: value for year, value in series.items() if not value.missing} for place, series in of_all.items()
    }


def _year(value: Quantity, year: int) -> Year:
    """Return the year of a value so that it can be asked."""
    seen = value.sources[0]
    return Year(year, Gathered("year", (Seen(seen),)), (seen,))


_MADE: Mapping[str, Callable[[Report, Candidate], Fact]] = {
    "change": _change,
    "neighbours": _neighbours,
    "country": _country,
    "history": _history,
    "index": _index,
    "share": _share,
}
