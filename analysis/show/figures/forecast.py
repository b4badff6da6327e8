"""Forecasts to the horizon as fan charts, small multiples of one look."""

from __future__ import annotations

import pandas as pd

from analysis.base.gaps import GapError
from analysis.base.russian import NBSP
from analysis.outlook import Forecast, Past
from analysis.outlook.archive import judged
from analysis.outlook.forecasts import DEMAND, LABOUR, LEVELS, TRAINING
from analysis.outlook.panels import SUMS
from analysis.quantities.text import plain
from analysis.show import theme
from analysis.show.face import Report
from analysis.show.figures import fans
from analysis.show.figures.lines import years_text
from analysis.show.figures.registry import Drawing, figure
from analysis.show.figures.words import ruled_off
from analysis.show.forecasts import experience, interval_of, name, named_with_unit, series_value, too_short
from analysis.show.needs import long_series, needs
from analysis.show.wording import joined


@figure("forecast-labour")
@needs(*long_series(*LABOUR))
def forecast_labour(report: Report) -> Drawing:
    """Draw what is expected of employment, unemployment and wages."""
    return _fans(report, LABOUR)


@figure("forecast-training")
@needs(*long_series(*TRAINING))
def forecast_training(report: Report) -> Drawing:
    """Draw what is expected of students, admission and graduates of the two kinds of programmes."""
    return _fans(report, TRAINING)


@figure("forecast-demand")
@needs(*long_series(*DEMAND))
def forecast_demand(report: Report) -> Drawing:
    """Draw vacancies beside graduates, each on its own scale: a stock and a flow are not divided by one another."""
    return _fans(report, DEMAND)


@figure("forecast-previous")
@needs()
def forecast_previous(report: Report) -> Drawing:
    """Draw last edition's forecasts against what came; nothing where no edition left any."""
    rows = judged(report.prospects)
    if rows.empty:
        raise GapError(())
    level = LEVELS[0]
    half = (rows[f"hi{level}"] - rows["mean"]).where(rows["fact"] >= rows["mean"], rows["mean"] - rows[f"lo{level}"])
    place = (rows["fact"] - rows["mean"]) / half
    inside = rows["fact"].between(rows[f"lo{level}"], rows[f"hi{level}"])
    fig = theme.canvas(24 + 6.5 * len(rows))
    ax = fig.subplots()
    ax.axvspan(-1, 1, color=theme.REGION, alpha=fans.SHADES[level], linewidth=0)
    ax.axvline(0, color=theme.INK, linewidth=0.8)
    ax.plot(place, range(len(rows)), linestyle="none", marker="o", color=theme.REGION, clip_on=False)
    ax.set_yticks(range(len(rows)), [f"{name(report, row.indicator)}, {row.year}" for row in rows.itertuples()])
    ax.invert_yaxis()
    ax.set_xticks([-1, 0, 1], ["нижняя граница", "прогноз", "верхняя граница"])
    note = f"Внутри {level}-процентного интервала – {int(inside.sum())} из {len(rows)} исходов."
    alt = (
        "Точечная диаграмма: где внутри интервалов прошлого прогноза легли исходы"
        f" {years_text(sorted(set(rows['year'])))} {note}"
    )
    data = rows.assign(
        territory=report.edition.region,
        category="",
        value=rows["fact"],
        status="A",
        source=[_sources(report.past(indicator)) for indicator in rows["indicator"]],
    )
    return Drawing(fig, data, alt, {}, note)


def _fans(report: Report, indicators: tuple[str, ...]) -> Drawing:
    pasts = {indicator: report.past(indicator) for indicator in indicators}
    forecasts = {key: report.forecast(key) if past.sufficient else None for key, past in pasts.items()}
    last = int(report.horizon)
    first = max(int(report.since), int(report.vintage) - fans.BEFORE)
    rows = -(-len(indicators) // 2)
    fig = theme.canvas(22 + 43 * rows)
    axes = fig.subplots(rows, 2, squeeze=False).ravel()
    for ax, (key, past) in zip(axes, pasts.items(), strict=False):
        fans.draw(ax, past, forecasts[key], first, last)
        ax.set_title(named_with_unit(report, key, past.last), color=theme.INK)
    cuts = sorted({year for past in pasts.values() for year in past.breaks if year > first})
    fans.legend(fig, bool(cuts))
    alt = " ".join(
        [
            (
                f"Веерные диаграммы: {report.region.short}, {first}–{last} годы, известные значения, прогноз, интервалы"
                f" {joined(map(str, LEVELS))}{NBSP}% и последнее значение."
            ),
            *(_series_alt(report, key, past, forecasts[key]) for key, past in pasts.items()),
        ]
    )
    frames = [_rows(report, key, past, forecasts[key], first) for key, past in pasts.items()]
    return Drawing(
        fig,
        pd.concat(frames, ignore_index=True),
        plain(alt),
        {"first": first, "last": last},
        _note(report, pasts, cuts),
    )


def _series_alt(report: Report, indicator: str, known: Past, forecast: Forecast | None) -> str:
    begin = f"{name(report, indicator)}: {series_value(indicator, known.last)} в {known.last_year} году"
    if forecast is None:
        return f"{begin}; {too_short(known)}, {experience(known)}."
    year = forecast.years[-1]
    return (
        f"{begin}, на {int(year)} год ожидается {series_value(indicator, forecast.mean(year))} "
        f"({LEVELS[0]}-процентный интервал – {interval_of(report, indicator, year)})."
    )


def _note(report: Report, pasts: dict[str, Past], cuts: list[int]) -> str | None:
    parts = [f"В прогноз вошли данные по {int(report.vintage)} год."]
    if cuts:
        parts.append(f"{ruled_off(cuts)}, в прогноз входит только последний.")
    short = [name(report, key) for key, past in pasts.items() if not past.sufficient]
    if short:
        parts.append(f"Без прогноза, ряд короток: {joined(short)}; показаны пределы прошлых изменений за год.")
    return plain(" ".join(parts))


def _rows(report: Report, indicator: str, known: Past, forecast: Forecast | None, first: int) -> pd.DataFrame:
    """Return the observations shown from the first year on and, with status F, the forecast in the same unit."""
    parts = SUMS.get(indicator, (indicator,))
    region = report.edition.region
    frames = [report.frame(part, territories=[region]) for part in parts]
    history = pd.concat([frame[frame["year"].between(first, known.last_year)] for frame in frames])
    if forecast is None:
        return history
    unit, blank = report.unit(parts[0]), dict.fromkeys(history.columns, "")
    ahead = [
        blank
        | {
            "indicator": indicator,
            "territory": region,
            "year": int(year),
            "value": forecast.mean(year).to(unit).value,
            "status": "F",
            "source": _sources(known),
            "table": "; ".join(dict.fromkeys(history["table"])),
            "row": None,
            "note": "Прогноз по последнему ряду.",
            "last_value": known.last.to(unit).value,
        }
        | {
            f"{side}{level}": getattr(forecast, way)(year, level).to(unit).value
            for level in LEVELS
            for side, way in (("lo", "low"), ("hi", "high"))
        }
        for year in forecast.years
    ]
    return pd.concat([history, pd.DataFrame(ahead)], ignore_index=True)


def _sources(known: Past) -> str:
    return "; ".join(
        dict.fromkeys(seen.source for value in known.usable.values() for seen in value.sources if seen.source)
    )
