"""The table of the comparison: who errs less, whose intervals hold, by how long the history is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.base.russian import comma
from analysis.forecast.engine import COMBINED, LAST
from analysis.forecast.scores import geometric, summary

OURS, BASE = "Наш (панель)", "ETS (statsmodels)"
# How many points a history has since its last break; nothing bounds the last.
BANDS: dict[str, tuple[int, float]] = {"4–8 точек": (4, 8), "9–16 точек": (9, 16), "от 17 точек": (17, np.inf)}
COLUMNS = ("MASE", "охват 80", "охват 95", "Winkler 95", "отказов, %", "время")
LEGEND = f"""\
MASE и Winkler 95 (оценка 95-процентного интервала) – к последнему значению с нашим интервалом, среднее геометрическое
по показателям: меньше 1 – лучше. Охват – сколько процентов исходов попало в интервал. Где модель отказалась, за нее
стоит последнее значение. Время процессора на один ряд – к {BASE}; наше – со сверкой."""


class Row(NamedTuple):
    """What a model came to."""

    error: float
    coverage80: float
    coverage95: float
    interval: float
    refused: float


def banded(scores: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the scores by how long the histories were, all of them first; what nobody has is left out."""
    parts = {"Все": scores} | {
        label: scores[scores["points"].between(shortest, longest)] for label, (shortest, longest) in BANDS.items()
    }
    return {label: rows for label, rows in parts.items() if len(rows)}


def row_of(scores: pd.DataFrame) -> Row:
    """Return the row of one model.

    Parameters
    ----------
    scores : pandas.DataFrame
        Rows of `scores.score` of the model (`combined`) and of the last value (`last`), with `panel` and `refused`.

    Returns
    -------
    Row
    """
    whole = summary(scores).iloc[0]
    error, interval = ratios(scores)
    return Row(
        geometric(error),
        whole["coverage80"],
        whole["coverage95"],
        geometric(interval),
        100 * scores.loc[scores["model"] == COMBINED, "refused"].mean(),
    )


def ratios(scores: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the error and the score of the 95 % interval of one model by panel, relative to the last value's."""
    ours, last = (
        scores[scores["model"] == model].groupby("panel")[["error", "interval95"]].mean() for model in (COMBINED, LAST)
    )
    relative = ours / last
    return relative["error"], relative["interval95"]


def lines(scores: pd.DataFrame, seconds: Mapping[str, float]) -> list[str]:
    """Return the lines of the tables, one table for all and one a length.

    Parameters
    ----------
    scores : pandas.DataFrame
        As `row_of` takes them, of all models, with `name` and `points`.
    seconds : mapping
        Of the processor for one series, by the name of the model; told once, in the table of all.

    Returns
    -------
    list of str
    """
    width = max(map(len, scores["name"].unique())) + 2
    shown = []
    for label, rows in banded(scores).items():
        timed = label == "Все"
        count = len(rows) // 2 // rows["name"].nunique()
        head = "".join(title.rjust(12) for title in COLUMNS[: None if timed else -1])
        shown += ["", f"{label}: прогнозов {count}", " " * width + head]
        for name, own in rows.groupby("name", sort=False):
            row = row_of(own)
            cells = [
                f"{row.error:.3f}",
                f"{row.coverage80:.1f}",
                f"{row.coverage95:.1f}",
                f"{row.interval:.3f}",
                f"{row.refused:.1f}",
            ]
            cells += [f"{seconds[name] / seconds[BASE]:.2f}"] if timed and BASE in seconds else []
            shown.append(f"{name:<{width}}" + "".join(comma(cell).rjust(12) for cell in cells))
    return shown


def rivals_near(scores: pd.DataFrame) -> list[str]:
    """Return where others are better than ours, or cannot be told from it.

    Parameters
    ----------
    scores : pandas.DataFrame
        As `lines` takes them.

    Returns
    -------
    list of str
        A line each; one that says so where there are none.
    """
    found = []
    for label, rows in banded(scores).items():
        ours = ratios(rows[rows["name"] == OURS])
        for name, own in rows[rows["name"] != OURS].groupby("name", sort=False):
            for what, theirs, mine in zip(("MASE", "Winkler 95"), ratios(own), ours, strict=True):
                apart = np.log(theirs / mine)
                # Of one panel there is no error of the mean: what is worse there is worse.
                doubt = 2 * float(np.nan_to_num(apart.std())) / len(apart) ** 0.5
                if (middle := float(apart.mean())) < doubt:
                    word = "лучше нашего" if middle < -doubt else "не отличить от нашего"
                    found.append(f"  {label}, {what}: {name} – {word}, отношение {comma(f'{np.exp(middle):.3f}')}")
    heading = "Кто лучше нашего или неотличим от него (разница меньше двух ее ошибок по показателям):"
    return ["", heading, *found] if found else ["", heading + " никто, ни при какой длине."]
