"""Workers against specialists: what each kind of programme takes in and lets out, year by year."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.base.gaps import Gap, GapError
from analysis.base.russian import NBSP, decimal
from analysis.editions.needs import LONG, Need
from analysis.show import theme
from analysis.show.face import Report
from analysis.show.figures import lines
from analysis.show.figures.labels import End, label_ends
from analysis.show.figures.registry import Drawing, figure
from analysis.show.figures.words import broken_off, ruled_off
from analysis.show.needs import needs
from analysis.show.observed import years_of
from analysis.show.theme import Look
from analysis.show.wording import joined

LOOKS = {"workers": Look(theme.ORANGE, "o", width=1.8), "specialists": Look(theme.BLUE, "s", width=1.8)}
NAMES = {"workers": "рабочие", "specialists": "специалисты"}
PANELS = {"spo_admission": "Прием", "spo_graduates": "Выпуск"}


@dataclass(frozen=True)
class _Flow:
    """Admission or graduates: the rows of both kinds of programmes, values by year and kind, breaks by kind."""

    frames: list[pd.DataFrame]
    values: pd.DataFrame
    broken: pd.DataFrame

    @property
    def latest(self) -> pd.Series:
        """The known values of the last year that has any; its name is the year."""
        return self.values.dropna(how="all").iloc[-1].dropna()


@figure("training-kinds")
@needs(*(Need(f"{stem}_{kind}", LONG) for stem in PANELS for kind in LOOKS))
def training_kinds(report: Report) -> Drawing:
    """Draw admission and graduates of the two kinds of programmes, one panel each, broken where the series break."""
    years = _known_years(report)
    flows = {title: _flow(report, stem, years) for stem, title in PANELS.items()}
    flows = {title: flow for title, flow in flows.items() if flow.frames}
    fig = theme.canvas(58)
    axes = fig.subplots(1, len(flows), sharey=True, squeeze=False)[0]
    for ax, (title, flow) in zip(axes, flows.items(), strict=True):
        _draw(ax, title, flow)
    axes[0].set_ylim(bottom=0)
    theme.decimal_ticks(axes[0].yaxis)
    starts = years_of(pd.concat([flow.broken for flow in flows.values()]))
    alt = " ".join(
        [
            f"Линейные графики приема и выпуска по двум видам программ, {years[0]}–{years[-1]} годы.",
            *(f"{title} в {flow.latest.name} году: {_listed(flow.latest)}." for title, flow in flows.items()),
            *broken_off(starts),
        ]
    )
    return Drawing(
        fig,
        pd.concat([frame for flow in flows.values() for frame in flow.frames], ignore_index=True),
        alt,
        {"first": years[0], "last": years[-1]},
        f"{ruled_off(starts)}." if starts else None,
    )


def _known_years(report: Report) -> range:
    """Return the years to draw: those in which any of the four series is known.

    Raises
    ------
    GapError
        None is.
    """
    known: list[int] = []
    gaps: list[Gap] = []
    for indicator in (f"{stem}_{kind}" for stem in PANELS for kind in LOOKS):
        try:
            last = report.latest(indicator)
        except GapError as gap:
            gaps += gap.gaps
            continue
        values = report.values(indicator, "year")
        known += [int(year) for year in values if report.since <= year <= last and not values[year].missing]
    if not known:
        raise GapError(gaps)
    return range(min(known), max(known) + 1)


def _flow(report: Report, stem: str, years: range) -> _Flow:
    """Return the kinds of programmes of which anything is known in these years."""
    region = report.edition.region
    frames = {kind: rows for kind in LOOKS if len(rows := _rows(report, f"{stem}_{kind}", years))}
    values = {kind: lines.wide(frame, [region], years)[region] for kind, frame in frames.items()}
    # The helpers tell lines apart by territory; here every line is a kind of programme of one territory.
    broken = [lines.breaks(report, f"{stem}_{kind}", [region], years).assign(territory=kind) for kind in frames]
    return _Flow(
        list(frames.values()),
        pd.concat(values, axis=1) if values else pd.DataFrame(),
        pd.concat(broken) if broken else pd.DataFrame(),
    )


def _rows(report: Report, indicator: str, years: range) -> pd.DataFrame:
    """Return the observations of the region in these years; none where nothing is known of them."""
    try:
        rows = report.frame(indicator, territories=[report.edition.region], years=years)
    except GapError:
        return pd.DataFrame()
    return rows if rows["value"].notna().any() else rows.iloc[:0]


def _draw(ax: Axes, title: str, flow: _Flow) -> None:
    lines.draw_lines(ax, flow.values, LOOKS, flow.broken)
    lines.mark_missing(ax, flow.values, LOOKS)
    # The rules stand too near one another for words, the note has them.
    for year in years_of(flow.broken):
        lines.rule_off(ax, year)
    # The labels with their year leave half a page few ticks.
    ax.xaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 5, 10], integer=True))
    ax.set_title(f"{title}, тыс. человек")
    ends = [
        End(value, f"{NAMES[kind]} {decimal(value, 1)} ({flow.latest.name})", LOOKS[kind].colour)
        for kind, value in flow.latest.items()
    ]
    label_ends(ax, flow.latest.name, ends)


def _listed(values: pd.Series) -> str:
    return joined(f"{NAMES[kind]} – {decimal(value, 1)}{NBSP}тыс.{NBSP}человек" for kind, value in values.items())
