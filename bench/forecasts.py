"""Our forecasts of the official series beside well-known models of single series, from past origins.

Errors are given as ratios to the last value's.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.base.russian import comma
from analysis.forecast.engine import COMBINED, LAST, forecast_wide
from analysis.forecast.official import official_panel
from analysis.forecast.panel import read_breaks, read_series
from analysis.forecast.scores import geometric, score, summary
from analysis.forecast.series import Series
from bench.learn import TERRITORIES
from bench.reference import Model, answer, models

LEVELS = (80, 95)
HORIZON, FEWEST = 3, 4
OURS = "Наш (панель)"


def compare(panel: pd.DataFrame, breaks: pd.DataFrame, rivals: Mapping[str, Model]) -> pd.DataFrame:
    """Score every model at every past origin.

    Parameters
    ----------
    panel, breaks : pandas.DataFrame
        As `official_panel` gives them.
    rivals : mapping
        Models by the name shown.

    Returns
    -------
    pandas.DataFrame
        Rows of `scores.score` with `name` of the model and `panel`; each name has the last value beside it.
    """
    parts = [
        _panel(rows, breaks[breaks["series_id"].isin(rows["series_id"])], rivals) for _, rows in panel.groupby("panel")
    ]
    return pd.concat(parts, ignore_index=True)


def _panel(rows: pd.DataFrame, breaks: pd.DataFrame, rivals: Mapping[str, Model]) -> pd.DataFrame:
    series = read_series(rows)
    past = read_breaks(breaks, list(series))
    done = []
    for origin in sorted(set(rows["period"]))[FEWEST - 1 : -1]:
        known = {name: own.usable(origin, past.get(name, ())) for name, own in series.items()}
        known = {name: own for name, own in known.items() if len(own.values) >= FEWEST and own.periods[-1] == origin}
        if not known:
            continue
        seen = pd.concat(
            [
                pd.DataFrame({"series_id": name, "period": own.periods, "value": own.values, "kind": own.kind})
                for name, own in known.items()
            ]
        )
        ours = forecast_wide(seen, HORIZON, LEVELS)
        after = {name: min((at for at in past.get(name, ()) if at > origin), default=np.inf) for name in known}
        ours = ours[ours["target_period"] < ours["series"].map(after)]
        scale = pd.Series({name: np.abs(np.diff(own.values)).mean() for name, own in known.items()})
        tables = {OURS: ours} | {name: _as_table(ours, known, model) for name, model in rivals.items()}
        done += [
            score(table, rows, scale).assign(name=name, panel=rows["panel"].iloc[0]) for name, table in tables.items()
        ]
    return pd.concat(done, ignore_index=True)


def _as_table(ours: pd.DataFrame, known: Mapping[str, Series], model: Model) -> pd.DataFrame:
    """Return our table with the combined forecasts replaced by the model's."""
    table = ours.copy()
    for name, rows in ours[ours["model"] == COMBINED].groupby("series"):
        mean, bounds = answer(model, known[name].values.astype(float), HORIZON, LEVELS)
        steps = rows["horizon"].to_numpy() - 1
        table.loc[rows.index, "mean"] = mean[steps]
        for at, level in enumerate(LEVELS):
            table.loc[rows.index, [f"lo{level}", f"hi{level}"]] = bounds[steps, at]
    return table


def report(scores: pd.DataFrame) -> list[str]:
    """Return the lines of the table, one a model."""
    width = max(map(len, scores["name"].unique())) + 2
    lines = [
        f"{'':<{width}}{'к последнему':>14}{'хуже всего':>12}{'охват 80':>10}{'охват 95':>10}{'MSIS 95 к посл.':>17}"
    ]
    for name, rows in scores.groupby("name", sort=False):
        panels, whole = summary(rows, ["panel"]), summary(rows).iloc[0]
        width95 = whole["msis95"] / rows.loc[rows["model"] == LAST, "interval95"].mean()
        cells = (
            geometric(panels["relative"]),
            panels["relative"].max(),
            whole["coverage80"],
            whole["coverage95"],
            width95,
        )
        places, widths = (3, 2, 1, 1, 2), (14, 12, 10, 10, 17)
        lines.append(
            f"{name:<{width}}"
            + "".join(
                comma(f"{cell:.{place}f}").rjust(size) for cell, place, size in zip(cells, places, widths, strict=True)
            )
        )
    return lines


def main() -> None:
    """Print the comparison."""
    panel, breaks = official_panel(TERRITORIES)
    print("Прогнозы официальных рядов рядом с моделями отдельных рядов: это несколько минут…", flush=True)
    scores = compare(panel, breaks, models())
    ours = scores[(scores["name"] == OURS) & (scores["model"] == COMBINED)]
    print(
        f"Показателей {panel['panel'].nunique()}, рядов {panel['series_id'].nunique()}, сверено прогнозов {len(ours)}: "
        f"на конец каждого прошлого года, до {HORIZON} лет вперед, от {FEWEST} точек."
    )
    print(
        "«К последнему» – среднее геометрическое по показателям отношения MASE к MASE последнего значения; меньше 1 –"
        " лучше."
    )
    print("\n".join(report(scores)))


if __name__ == "__main__":
    main()
