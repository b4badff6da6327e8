"""Titles of the panel of outcome indicators and of the chain from problems to targets."""

from __future__ import annotations

from analysis.base.gaps import GapError
from analysis.quantities import Text
from analysis.show.face import Report
from analysis.show.panel.standing import BETTER, WORSE
from analysis.show.spelled import spelled
from analysis.show.titles.asked import Title
from analysis.show.wording import count, num


def panel(report: Report) -> Text:
    """Return how many indicators have become better within a year, and how many worse."""
    better, worse = (report.panel.in_state(sign, report.steady) for sign in (BETTER, WORSE))
    if not better.value and not worse.value:
        raise GapError(())
    return Text(f"За год лучше стали {count(better, 'показатель')}, хуже – {num(worse)}")


def lacking(report: Report) -> Text:
    """Return how many indicators cannot be computed."""
    known = report.panel
    if not known.lacking:
        raise GapError(())
    return Text(f"Данных нет для {num(known.count_lacking)} из {count(known.count, 'показатель', 'gent')}")


def definitions(report: Report) -> Text:
    """Return how many indicators are defined."""
    return Text(f"Определение и формула есть у {count(report.panel.count, 'показатель', 'gent')}")


def argument(report: Report) -> Text:
    """Return for how many problems a solution could be measured."""
    chain = report.argument
    whole, measurable = chain.count, chain.measurable({it.row.id for it in report.panel.known})
    if measurable.value == whole.value:
        return Text(f"Показатель решения известен у каждой из {spelled(whole, 'проблема', 'gent')}")
    return Text(f"Показатель решения известен у {spelled(measurable, 'проблема', 'gent')} из {num(whole)}")


TITLES: dict[str, Title] = {
    "tbl-panel": panel,
    "tbl-panel-lacking": lacking,
    "tbl-panel-definitions": definitions,
    "tbl-argument": argument,
}
