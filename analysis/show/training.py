"""Training beside demand, by groups of programmes: what is known of each group, and what is not collected."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.base.gaps import Gap, GapError
from analysis.quantities import Quantity, Text
from analysis.show.face import Report
from analysis.show.wording import lowered

WHO = "орган исполнительной власти региона в сфере образования"
TRAINING = (
    "training_quota",
    "training_intake",
    "training_graduates",
    "training_employed",
    "training_vacancies",
    "training_top_region",
)


def by_group(report: Report, indicator: str) -> dict[str, Quantity]:
    """Return an indicator of training in the year of the edition, by each group of which any of them is known.

    Raises
    ------
    GapError
        None of them is known of any group.
    """
    return report.values(indicator, year=report.edition.year, keys=groups(report))


def groups(report: Report) -> list[str]:
    """Return the groups of which anything is known, in the order of their codes; see `by_group`."""
    if found := sorted({code for indicator in TRAINING for code in _told(report, indicator)}):
        return found
    raise GapError([Gap("Подготовка и спрос по укрупненным группам", "сведения не собраны", WHO)])


def lacking(report: Report, indicators: Iterable[str] = TRAINING) -> list[Text]:
    """Return the short names of the indicators of which the region has no group told in the year of the edition.

    Examples
    --------
    >>> print(joined(lacking(report)[:2]))
    места (КЦП) и прием
    """
    short = report.load("indicators").set_index("id")["short"]
    return [lowered(short[name]) for name in indicators if not _told(report, name)]


def _told(report: Report, indicator: str) -> list[str]:
    try:
        of_year = report.values(indicator, year=report.edition.year)
    except GapError:
        return []
    return [code for code, number in of_year.items() if not number.missing]
