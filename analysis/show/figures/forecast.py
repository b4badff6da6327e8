"""Forecasts to the horizon as fan charts, small multiples of one look."""

from __future__ import annotations

import matplotlib as mpl
import pandas as pd

from analysis.base.russian import NBSP
from analysis.outlook import Forecast, Past
from analysis.outlook.forecasts import LEVELS, SHOWN
from analysis.outlook.panels import SUMS
from analysis.quantities.text import plain
from analysis.show import theme
from analysis.show.face import Report
from analysis.show.figures import fans
from analysis.show.figures.registry import Drawing, figure
from analysis.show.figures.words import ruled_off
from analysis.show.forecasts import bounds_of, experience, known_pasts, name, named_with_unit, series_value, too_short
from analysis.show.foretold import made_of
from analysis.show.needs import long_series, needs
from analysis.show.wording import joined

# Height of a row on a page and on a phone, where the legend takes more of it; a page is wider than this, in inches.
WIDE_MM, NARROW_MM, NARROW = 27, 29, 6.0


@figure("forecast")
@needs(*long_series(*SHOWN))
def forecast(report: Report) -> Drawing:
    """Draw what is expected of the labour market and of training; a series the region does not have has no panel.

    Vacancies and graduates stand each on a scale of its own: a stock and a flow are not divided by one another.
    """
    return _fans(report, known_pasts(report, SHOWN))


def _fans(report: Report, pasts: dict[str, Past]) -> Drawing:
    forecasts = {key: report.forecast(key) if past.sufficient else None for key, past in pasts.items()}
    last = int(report.horizon)
    first = max(int(report.since), int(report.vintage) - fans.BEFORE)
    height, columns = (WIDE_MM, 3) if mpl.rcParams["figure.figsize"][0] > NARROW else (NARROW_MM, 2)
    rows = -(-len(pasts) // columns)
    fig = theme.canvas(26 + height * rows)
    axes = fig.subplots(rows, columns, squeeze=False).ravel()
    cropped = [
        fans.draw(ax, past, forecasts[key], report.earlier.of(key), (first, last))
        for ax, (key, past) in zip(axes, pasts.items(), strict=False)
    ]
    for ax, (key, past) in zip(axes, pasts.items(), strict=False):
        ax.set_title(named_with_unit(report, key, past.last), color=theme.INK)
    for ax in axes[len(pasts) :]:
        ax.set_axis_off()
    cuts = sorted({year for past in pasts.values() for year in past.breaks if year > first})
    fans.legend(fig, bool(cuts), bool(report.earlier.said))
    alt = " ".join(
        [
            (
                f"Веерные диаграммы: {report.region.short}, {first}–{last} годы, известные значения, прогноз, интервалы"
                f" {joined(map(str, LEVELS))}{NBSP}% и последнее значение."
            ),
            *(_series_alt(report, key, past, forecasts[key]) for key, past in pasts.items()),
        ]
    )
    return Drawing(
        fig,
        _data(report, pasts, forecasts, first),
        plain(alt),
        {"first": first, "last": last},
        _note(report, pasts, cuts, cropped=any(cropped)),
    )


def _data(report: Report, pasts: dict[str, Past], forecasts: dict[str, Forecast | None], first: int) -> pd.DataFrame:
    """Return what is drawn: observations, each once, and with status F what is and was forecast."""
    known = pd.concat([_known(report, key, past, first) for key, past in pasts.items()])
    keys = ["indicator", "territory", "category", "year"]
    frames = [known.drop_duplicates(keys), *(_ahead(report, key, past, forecasts[key]) for key, past in pasts.items())]
    return pd.concat([frame for frame in frames if not frame.empty], ignore_index=True)


def _series_alt(report: Report, indicator: str, known: Past, forecast: Forecast | None) -> str:
    begin = f"{name(report, indicator)}: {series_value(indicator, known.last)} в {known.last_year} году"
    if forecast is None:
        return f"{begin}; {too_short(known)}, {experience(known)}."
    year = forecast.years[-1]
    return (
        f"{begin}, на {int(year)} год ожидается {series_value(indicator, forecast.mean(year))} "
        f"({LEVELS[0]}-процентный интервал – {bounds_of(report, indicator, year)})."
    )


def _note(report: Report, pasts: dict[str, Past], cuts: list[int], *, cropped: bool) -> str | None:
    parts = [f"В прогноз вошли данные по {int(report.vintage)} год."]
    if report.earlier.rows:
        parts.append(f"Полые знаки – {made_of(report)}, и его {LEVELS[0]}-процентный интервал.")
    if cuts:
        parts.append(f"{ruled_off(cuts)}, в прогноз входит только последний.")
    if cropped:
        parts.append(f"Где {LEVELS[-1]}-процентный интервал выходит за поле, он обрезан.")
    short = [name(report, key) for key, past in pasts.items() if not past.sufficient]
    if short:
        parts.append(f"Без прогноза, ряд короток: {joined(short)}; показаны пределы прошлых изменений за год.")
    return plain(" ".join(parts))


def _known(report: Report, indicator: str, known: Past, first: int) -> pd.DataFrame:
    """Return the observations shown from the first year on."""
    frames = [report.frame(part, territories=[report.edition.region]) for part in SUMS.get(indicator, (indicator,))]
    return pd.concat([frame[frame["year"].between(first, known.last_year)] for frame in frames])


def _ahead(report: Report, indicator: str, known: Past, forecast: Forecast | None) -> pd.DataFrame:
    """Return the forecast in the unit of the series, and what was forecast earlier of years that are known now."""
    parts = SUMS.get(indicator, (indicator,))
    unit = report.unit(parts[0])
    tables = pd.concat([report.frame(part, territories=[report.edition.region])["table"] for part in parts])
    common = {
        "indicator": indicator,
        "territory": report.edition.region,
        "category": "",
        "status": "F",
        "source": _sources(known),
        "table": "; ".join(dict.fromkeys(tables)),
        "row": None,
        "locator": "",
    }
    rows: list[dict[str, object]] = [
        {
            "year": int(told.year),
            "value": told.middle.to(unit).value,
            "origin": int(told.origin),
            "note": "Прежний прогноз.",
            f"lo{LEVELS[0]}": told.low.to(unit).value,
            f"hi{LEVELS[0]}": told.high.to(unit).value,
        }
        for told in report.earlier.of(indicator)
    ]
    if forecast is not None:
        rows += [
            {
                "year": int(year),
                "value": forecast.mean(year).to(unit).value,
                "origin": int(known.last_year),
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
    return pd.DataFrame([common | row for row in rows])


def _sources(known: Past) -> str:
    return "; ".join(
        dict.fromkeys(seen.source for value in known.usable.values() for seen in value.sources if seen.source)
    )
