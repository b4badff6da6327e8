"""Workers against specialists: what each kind of programme takes in and lets out, year by year."""

from __future__ import annotations

import pandas as pd

from analysis.base.russian import NBSP, decimal
from analysis.show import theme
from analysis.show.figures import lines
from analysis.show.figures.labels import End, label_ends
from analysis.show.figures.registry import Drawing, figure
from analysis.show.figures.words import broken_off
from analysis.show.theme import Look
from analysis.show.wording import joined

LOOKS = {"workers": Look(theme.ORANGE, "o", width=1.8), "specialists": Look(theme.BLUE, "s", width=1.8)}
NAMES = {"workers": "рабочие", "specialists": "специалисты"}
PANELS = {"spo_admission": "Прием", "spo_graduates": "Выпуск"}


@figure("training-kinds")
def training_kinds(report) -> Drawing:
    """Draw admission and graduates of the two kinds of programmes, one panel each, broken where the series break."""
    region = report.edition.region
    years = range(report.since, report.edition.published + 1)
    frames, said, breaks = [], [], []
    fig = theme.canvas(76)
    panels = fig.subplots(1, len(PANELS), sharey=True)
    for ax, (stem, title) in zip(panels, PANELS.items(), strict=True):
        series = {kind: report.frame(f"{stem}_{kind}", territories=[region], years=years) for kind in LOOKS}
        values = pd.concat({kind: lines.wide(frame, [region], years)[region] for kind, frame in series.items()}, axis=1)
        # The helpers tell lines apart by territory; here every line is a kind of programme of one territory.
        broken = pd.concat(
            [lines.breaks(report, f"{stem}_{kind}", [region], years).assign(territory=kind) for kind in LOOKS]
        )
        lines.draw_lines(ax, values, LOOKS, broken)
        lines.mark_missing(ax, values, LOOKS)
        _mark(ax, _years(broken))
        ax.set_title(f"{title}, тыс. человек")
        last = values.dropna(how="all").index[-1]
        label_ends(
            ax,
            last,
            [
                End(value, f"{NAMES[kind]} {decimal(value, 1)}", LOOKS[kind].colour)
                for kind, value in values.loc[last].dropna().items()
            ],
        )
        frames += series.values()
        breaks.append(broken)
        said.append(f"{title} в {last} году: {_listed(values.loc[last].dropna())}.")
    panels[0].set_ylim(bottom=0)
    theme.decimal_ticks(panels[0].yaxis)
    starts = _years(pd.concat(breaks))
    alt = " ".join(
        [
            f"Линейные графики приема и выпуска по двум видам программ, {years[0]}–{years[-1]} годы.",
            *said,
            *broken_off(starts),
        ]
    )
    return Drawing(
        fig, pd.concat(frames, ignore_index=True), alt, {"first": years[0], "last": years[-1]}, _note(starts)
    )


def _listed(values: pd.Series) -> str:
    return joined(f"{NAMES[kind]} – {decimal(value, 1)}{NBSP}тыс.{NBSP}человек" for kind, value in values.items())


def _mark(ax, years: list[int]) -> None:
    """Rule off the first year of each new series; the rules stand too near one another for words, the note has them."""
    for year in years:
        ax.axvline(year - 0.5, color=theme.MUTED, linewidth=0.8, linestyle=(0, (1, 2)), zorder=1)


def _years(broken: pd.DataFrame) -> list[int]:
    return sorted({int(year) for year in broken["year"]})


def _note(starts: list[int]) -> str | None:
    return (
        f"Пунктирные вертикали – разрывы рядов: {joined(map(str, starts))} годы начинают новый ряд." if starts else None
    )
