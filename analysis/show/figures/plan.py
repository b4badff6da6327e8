"""The plan in time: a row a measure, what is due when, and how it stands on the day of the edition."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterator, Sequence
from itertools import takewhile

import matplotlib as mpl
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.lines import Line2D

from analysis.base.deadlines import month_end
from analysis.base.recurrence import Due, begins_then_runs, due_days
from analysis.base.russian import NBSP
from analysis.editions.needs import Words
from analysis.editions.plan_status import AHEAD, DONE, NEAR, OVERDUE, STATES, Standing, by_state
from analysis.show import theme
from analysis.show.dates import date
from analysis.show.face import Report
from analysis.show.figures.registry import Drawing, figure
from analysis.show.needs import needs
from analysis.show.wording import count_of, joined

ROW_MM, LINE_MM, LETTER_MM = 1.4, 3.45, 1.56  # the air of a row, a line of its label, a letter
LABELS = 0.5  # of the width
HEAD_MM, SCALE_MM = 12, 12
MONTHS_OF_QUARTER = 3
# Months that are told quarter by quarter; a longer plan is told year by year.
LONGEST = 36
# Of a due day: how it is drawn, whatever its colour.
LOOKS: dict[str, theme.Style] = {
    OVERDUE: {"marker": "X", "color": theme.REGION, "markersize": 6.5},
    NEAR: {"marker": "^", "color": theme.BLUE, "markersize": 6.5},
    AHEAD: {"marker": "D", "color": theme.INK, "markerfacecolor": theme.PAPER, "markersize": 5},
    DONE: {"marker": "o", "color": theme.GREEN, "markersize": 6},
}


@figure("plan-deadlines")
@needs(Words("plan"), Words("names"))
def plan_deadlines(report: Report) -> Drawing:
    """Draw every measure on its row: the period it is given, its due days, or a line where it has none."""
    as_of = report.edition.as_of
    found = sorted(report.standings, key=_order)
    first, last = _span(found, as_of)
    labels = [_label(report, one) for one in found]
    letters = int(mpl.rcParams["figure.figsize"][0] / theme.MM * LABELS / LETTER_MM)
    lines = [textwrap.wrap(label, letters, subsequent_indent="   ") for label in labels]
    heights = [ROW_MM + LINE_MM * len(parts) for parts in lines]
    fig = theme.canvas(HEAD_MM + SCALE_MM + sum(heights))
    ax = fig.subplots()
    middles = [sum(heights[:row]) + heights[row] / 2 for row in range(len(found))]
    for one, middle in zip(found, middles, strict=True):
        _draw(ax, one, middle, as_of, (first, last))
    _scale(ax, first, last, sum(heights))
    ax.set_yticks(middles, ["\n".join(parts) for parts in lines], fontsize=theme.TINY, ha="left")
    ax.tick_params(axis="y", pad=LABELS * mpl.rcParams["figure.figsize"][0] * 72 * 0.97)
    ax.axvline(float(date2num(as_of)), color=theme.INK, linewidth=1, linestyle=(0, (4, 2)), zorder=1.5)
    shown = {state for one in found for _, state in _dues(one, as_of, last)}
    fig.legend(handles=list(_legend(shown, as_of)), loc="outside upper left", ncols=2, fontsize=theme.TINY)
    data = pd.DataFrame(_rows(found, as_of, last))
    return Drawing(fig, data, _alt(found, first, last, as_of), {"as_of": date(as_of)})


def _order(one: Standing) -> tuple[int, str, int]:
    """Set dated measures in the order of their days, then what comes again, then what has no day."""
    if one.deadline.kind.every:
        return 1, "", one.number
    due = next(due_days(one.deadline, dt.date.min), None)
    return (0, due.day.isoformat(), one.number) if due else (2, "", one.number)


def _label(report: Report, one: Standing) -> str:
    bodies = ", ".join(report.name(body).short for body in one.bodies)
    return f"{one.number}.{NBSP}{bodies}: {one.deadline.words}"


def _span(found: Sequence[Standing], as_of: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and the last day drawn: whole quarters, from the first that matters to the end of a year."""
    dated = [due for one in found if not one.deadline.kind.every for due in due_days(one.deadline, one.begins)]
    first = min([as_of, *(due.begins for due in dated)])
    last = max([as_of, *(one.begins for one in found if one.deadline.kind.every), *(due.day for due in dated)])
    return dt.date(first.year, (first.month - 1) // 3 * 3 + 1, 1), dt.date(last.year, 12, 31)


def _dues(one: Standing, as_of: dt.date, last: dt.date) -> Iterator[tuple[Due, str]]:
    """Yield what falls due up to a day, with its state."""
    passed = {due.day for due in one.passed}
    for due in takewhile(lambda due: due.day <= last, due_days(one.deadline, one.begins)):
        if due.day in passed:
            yield due, OVERDUE
        elif one.next is None or due.day < one.next.day:
            yield due, DONE
        else:
            yield due, NEAR if due == one.next and one.state == NEAR and due.day >= as_of else AHEAD


def _draw(ax: Axes, one: Standing, y: float, as_of: dt.date, span: tuple[dt.date, dt.date]) -> None:
    """Draw one measure: light lines for what goes on, bars for periods, marks for due days."""
    first, last = span
    dues = list(_dues(one, as_of, last))
    if one.deadline.kind.every or one.deadline.kind.day == "none":
        since = one.begins if one.deadline.kind.every else first
        ends = float(date2num(last))
        ax.plot([float(date2num(max(since, first))), ends], [y, y], color="#9a9a9a", linewidth=1, zorder=2)
        ax.plot(ends, y, marker=">", color="#9a9a9a", markersize=4, clip_on=False, zorder=2)
    for due, state in dues:
        day = float(date2num(due.day))
        if not one.deadline.kind.every and due.begins < due.day:
            ax.plot([float(date2num(due.begins)), day], [y, y], color=theme.SKY, linewidth=4, alpha=0.6, zorder=2)
        if begins_then_runs(one.deadline):
            ax.plot([day, float(date2num(last))], [y, y], color="#9a9a9a", linewidth=1, zorder=2)
            ax.plot(float(date2num(last)), y, marker=">", color="#9a9a9a", markersize=4, clip_on=False, zorder=2)
        ax.plot(day, y, linestyle="none", zorder=3, clip_on=False, **LOOKS[state])


def _scale(ax: Axes, first: dt.date, last: dt.date, height: float) -> None:
    """Set the scale of time: a line a quarter, the quarters by their numbers, the years below them."""
    starts = list(_starts(first, last))
    edges = [float(date2num(day)) for day in starts]
    ends = float(date2num(last)) + 1
    ax.set(xlim=(edges[0], ends), ylim=(height, 0))
    ax.set_xticks([*edges, ends], [""] * (len(edges) + 1))
    ax.grid(True, axis="x")
    ax.grid(False, axis="y")
    quarterly = len(starts) * MONTHS_OF_QUARTER <= LONGEST
    years = sorted({day.year for day in starts})
    place = ax.get_xaxis_transform()
    for day, left, right in zip(starts, edges, [*edges[1:], ends], strict=True) if quarterly else ():
        name = ("I", "II", "III", "IV")[(day.month - 1) // MONTHS_OF_QUARTER]
        ax.annotate(
            name, ((left + right) / 2, 0), (0, -3), place, "offset points", fontsize=theme.TINY, ha="center", va="top"
        )
    for year in years:
        left = max(edges[0], float(date2num(dt.date(year, 1, 1))))
        right = min(ends, float(date2num(dt.date(year, 12, 31))) + 1)
        ax.annotate(
            str(year),
            ((left + right) / 2, 0),
            (0, -15 if quarterly else -3),
            place,
            "offset points",
            fontsize=theme.TINY,
            ha="center",
            va="top",
            color=theme.MUTED,
        )


def _starts(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    day = first
    while day <= last:
        yield day
        day = month_end(day.year, day.month + 2) + dt.timedelta(days=1)


def _legend(shown: set[str], as_of: dt.date) -> Iterator[Artist]:
    for state, look in LOOKS.items():
        if state in shown:
            yield Line2D([], [], linestyle="none", label=STATES[state], **look)
    yield Line2D([], [], color="#9a9a9a", marker=">", markersize=4, linewidth=1, label="идет или повторяется")
    yield Line2D([], [], color=theme.INK, linewidth=1, linestyle=(0, (4, 2)), label=date(as_of))


def _rows(found: Sequence[Standing], as_of: dt.date, last: dt.date) -> Iterator[dict[str, object]]:
    """Yield a row a due day, and one for a measure without any."""
    for one in found:
        common = {"n": one.number, "title": one.title, "responsible": ";".join(one.bodies)}
        common |= {"deadline": one.deadline.words}
        dues = list(_dues(one, as_of, last))
        for due, state in dues:
            yield common | {"begins": due.begins.isoformat(), "due": due.day.isoformat(), "state": STATES[state]}
        if not dues:
            yield common | {"begins": "", "due": "", "state": STATES[one.state]}


def _alt(found: Sequence[Standing], first: dt.date, last: dt.date, as_of: dt.date) -> str:
    stands = joined([f"{STATES[state]} – {many}" for state, many in by_state(found).items()])
    return (
        f"Календарная лента: {count_of(len(found), 'мероприятие')} плана с {date(first)} по {date(last)}, строка –"
        f" мероприятие, знак – срок. На {date(as_of)}: {stands}."
    )
