"""What the report proposes where an edition wants nothing of an indicator: a range, and from what.

Three answers are put together: the best of the compared regions now, the change of the last years once more, and the
better end of the forecast. Each counts where it is better for graduates than today; the range spans them. It is a
proposal: whoever answers for the indicator sets the target.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.base.errors import DataError
from analysis.outlook.forecasts import INNER
from analysis.quantities import PERCENT, Quantity, Year
from analysis.quantities.indicators import gap, highest, lowest, plus
from analysis.show.face import Report
from analysis.show.findings.facts import LEVELS
from analysis.show.panel.items import Measured

AHEAD = 3  # years after the report's: as far as the last change that is continued reaches back
BEST, TREND, FORECAST = "лучший из сравниваемых", "прежнее изменение", "прогноз"


@dataclass(frozen=True)
class Proposal:
    """A range that the report proposes.

    Attributes
    ----------
    low, high : Quantity
        Alike where there is one answer alone.
    reasons : tuple of str
        Which of `BEST`, `TREND`, `FORECAST` it is made of.
    """

    low: Quantity
    high: Quantity
    reasons: tuple[str, ...]


def goal_year(report: Report) -> Year:
    """Return the year of which a proposal speaks."""
    return report.vintage + AHEAD


def count_proposed(report: Report) -> Quantity:
    """Return for how many of the indicators of an edition a range is proposed."""
    found = [it for it in report.panel.known if proposal(report, it)]
    return report.panel.counted(found, "показатели, для которых предложены границы")


def proposal(report: Report, it: Measured) -> Proposal | None:
    """Return what is proposed of an indicator; None where it has a target, no direction, or nothing better is seen.

    Parameters
    ----------
    report : Report
    it : Measured

    Returns
    -------
    Proposal or None
    """
    if it.target or it.value is None or it.row.better == "none":
        return None
    sign = 1 if it.row.better == "up" else -1
    now = it.value
    found = [
        (why, number)
        for why, number in _answers(report, it)
        if sign * round(float(gap(number, now)), now.decimals) > 0 and _can_be(number, now)
    ]
    if not found:
        return None
    numbers = sorted((number for _, number in found), key=float)
    return Proposal(numbers[0], numbers[-1], tuple(why for why, _ in found))


def _answers(report: Report, it: Measured) -> Iterator[tuple[str, Quantity]]:
    now, up = it.known, it.row.better == "up"
    if it.near and now.unit not in LEVELS:  # a larger region has more of all
        yield BEST, it.near[str((highest if up else lowest)(it.near))]
    earlier = it.lines.get(report.edition.region, {}).get((it.year or 0) - AHEAD)
    if earlier is not None:
        yield TREND, plus(now, gap(now, earlier))
    if it.forecast and report.past(it.forecast).sufficient:
        ahead = report.forecast(it.forecast)
        try:
            bound = (ahead.high if up else ahead.low)(goal_year(report), INNER)
        except DataError:  # the chapter asks for a nearer horizon
            return
        if bound.unit == now.unit:  # a coarser one would say less than the value
            yield FORECAST, bound


def _can_be(number: Quantity, now: Quantity) -> bool:
    """Tell whether there can be such a value: no share is below nothing or above the whole."""
    if float(number) < 0 <= float(now):
        return False
    return now.unit != PERCENT or float(number) <= 100 or float(now) > 100
