"""Findings about levels: where the region stands, how far from whom, how it changed, how much more of one there is."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.base.gaps import GapError
from analysis.base.russian import NBSP
from analysis.quantities import PERCENT, Quantity, Text
from analysis.quantities.absent import require_known
from analysis.quantities.indicators import gap, growth, highest
from analysis.quantities.text import chosen
from analysis.show.directions import apart, changed, choose, direction
from analysis.show.face import Report
from analysis.show.wording import capital, joined, num, size, times, with_unit

MANY_TIMES = 1.5  # from which ratio on a difference is told as «в … раза», below it in per cent


def standing(report: Report, subject: str, values: Mapping[str, Quantity], year: int) -> Text:
    """Return where the region stands among its neighbours: «Безработица в 2021 году ниже только в Томской области: …».

    Parameters
    ----------
    report : Report
    subject : str
        What is compared, in the nominative.
    values : mapping of str to Quantity
        By territory, the region's among them.
    year : int
        Of all of them.

    Returns
    -------
    Text

    Raises
    ------
    GapError
        A value is not known, there is no neighbour, or all are alike: no place could be told.
    """
    own, near = _sides(report, values)
    apart_by = {key: round(float(value - own), own.decimals) for key, value in near.items()}
    above = [key for key, difference in apart_by.items() if difference > 0]
    below = [key for key, difference in apart_by.items() if difference < 0]
    whole, here = len(near), report.region.short_inside
    when = f"в{NBSP}{year!s} году"
    if whole in (len(above), len(below)):
        word = f"{'ниже' if above else 'выше'}, чем {_everybody(report, list(near))}"
        return Text(f"{subject} {here} {when} {_chosen(word, own, near)}: {with_unit(own)}")
    if not above and not below:
        raise GapError(())
    if len(above) == 1 and whole > 1:
        word = f"выше только {report.territory(above[0]).inside}"
    elif len(below) == 1 and whole > 1:
        word = f"ниже только {report.territory(below[0]).inside}"
    else:
        sides = ((side, keys) for side, keys in (("выше", above), ("ниже", below)) if keys)
        word = ", ".join(f"{side} {joined(report.territory(key).inside for key in keys)}" for side, keys in sides)
    return Text(f"{subject} {when} {_chosen(word, own, near)}: {here} – {with_unit(own)}")


def widest(report: Report, subject: str, values: Mapping[str, Quantity], year: int) -> Text:
    """Return the neighbour that the region is farthest from, and by how much.

    Parameters
    ----------
    report : Report
    subject, values, year
        As for `standing`. Per cents are told apart in percentage points, all else in per cent.

    Returns
    -------
    Text

    Raises
    ------
    GapError
        As `standing`.
    """
    own, near = _sides(report, values)
    differences = {key: gap(own, value) if own.unit == PERCENT else growth(own, value) for key, value in near.items()}
    farthest = highest({key: abs(difference) for key, difference in differences.items()})
    other, difference = report.territory(farthest).inside, differences[str(farthest)]
    if not round(float(difference), difference.decimals):
        raise GapError(())
    if own.unit == PERCENT:
        how = apart(own, near[str(farthest)], other)
    else:
        word = choose(own, near[str(farthest)], "выше", "ниже")
        how = f"на{NBSP}" + size(difference) + " " + word + f", чем {other}"
    tail = chosen(": это самый большой разрыв с соседями", "наибольшее значение", own, *near.values())
    here = f"{subject} {report.region.short_inside} в{NBSP}{year!s} году {how}"
    return Text(f"{here}{tail}") if len(near) > 1 else Text(here)


def change_beside(
    report: Report, subject: str, gender: str, values: Mapping[str, Mapping[int, Quantity]], years: tuple[int, int]
) -> Text:
    """Return how something changed in the region, and beside it in the country.

    Parameters
    ----------
    report : Report
    subject : str
        What changed, in the nominative.
    gender : {'m', 'f', 'n', 'pl'}
        Of the subject.
    values : mapping of str to mapping of int to Quantity
        By territory and year: the region's and the country's.
    years : tuple of (int, int)
        Before and now.

    Returns
    -------
    Text
    """
    first, last = years
    country = report.edition.wider[0]
    own, theirs = ((values[key][last], values[key][first]) for key in (report.edition.region, country))
    when = f"в{NBSP}{last!s} году" if last - first == 1 else f"с{NBSP}{first!s} по{NBSP}{last!s} год"
    said = Text(f"{subject} {report.region.short_inside} {when} {changed(*own, gender, report.steady)}")
    if theirs[0].missing or theirs[1].missing:
        return said
    same_way = direction(*own, report.steady) == direction(*theirs, report.steady) != 0
    beside = f"на{NBSP}{size(growth(*theirs))}" if same_way else changed(*theirs, gender, report.steady)
    return Text(f"{said}, {report.territory(country).short_inside} – {beside}")


def against(this: tuple[str, Quantity], that: tuple[str, Quantity]) -> Text:
    """Return how much more there is of one than of another: «в 1,8 раза больше, чем въезжают: … против …».

    Parameters
    ----------
    this, that : tuple of (str, Quantity)
        The words «выезжают на работу», «въезжают», and how many.

    Returns
    -------
    Text
        The larger one first.

    Raises
    ------
    GapError
        One of the two is not known.
    """
    require_known(this[1], that[1])
    (more, most), (less, least) = (this, that) if this[1] >= that[1] else (that, this)
    numbers = f"{num(most)} против {with_unit(least)}"
    if num(most) == num(least):
        return Text(f"{capital(more)} {chosen('столько же, сколько', 'сравнение', most, least)} {less}: {numbers}")
    if not least.value or float(most) / float(least) < MANY_TIMES:
        how = chosen("больше", "сравнение", most, least)
    else:
        ratio = most / least
        digits = 0 if round(float(ratio), 1).is_integer() else 1
        how = times(ratio, digits) + " " + chosen("больше", "сравнение", most, least)
    return Text(f"{capital(more)} {how}, чем {less}: {numbers}")


def since(report: Report, subject: str, superlatives: tuple[str, str], series: Mapping[int, Quantity]) -> Text:
    """Return since when the last value of a series is the highest or the lowest.

    Parameters
    ----------
    report : Report
    subject : str
        In the nominative.
    superlatives : tuple of (str, str)
        «самая высокая», «самая низкая».
    series : mapping of int to Quantity
        By year, measured alike.

    Returns
    -------
    Text

    Raises
    ------
    GapError
        It is neither over as many as three years.
    """
    known = {int(year): value for year, value in sorted(series.items()) if not value.missing}
    *before, last = known
    own = known[last]
    for words, farther in zip(superlatives, (lambda value: value >= own, lambda value: value <= own), strict=True):
        beaten = [year for year in before if farther(known[year])]
        first = max(beaten) + 1 if beaten else min(known)
        if last - first >= 3:
            held = chosen(words, "наибольшее или наименьшее значение", *(known[y] for y in known if y >= first))
            begun = f"с{NBSP}{first}{NBSP}года"
            return Text(f"{subject} {report.region.short_inside} в{NBSP}{last} году {held} {begun}: {with_unit(own)}")
    raise GapError(())


def _sides(report: Report, values: Mapping[str, Quantity]) -> tuple[Quantity, dict[str, Quantity]]:
    """Return the region's value and its neighbours', all of which are known."""
    near = {key: values[key] for key in report.edition.comparison}
    own = values[report.edition.region]
    require_known(own, *near.values())
    if not near:
        raise GapError(())
    return own, near


def _everybody(report: Report, near: list[str]) -> str:
    if len(near) == 1:
        return str(report.territory(near[0]).inside)
    return f"у{NBSP}обоих соседей" if len(near) == 2 else f"у{NBSP}всех соседей"


def _chosen(words: str, own: Quantity, near: Mapping[str, Quantity]) -> Text:
    return chosen(words, "сравнение", own, *near.values())
