"""Our forecasts of the official series beside well-known models of single series, from past origins.

Errors are given as ratios to the last value's, processor time as a ratio to a peer's in the same run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.base.russian import comma
from analysis.forecast.backtest import backtest
from analysis.forecast.engine import COMBINED, LAST
from analysis.forecast.official import official_panel
from analysis.forecast.panel import read_breaks, read_series
from analysis.forecast.scores import score
from bench.reference import Model, absent, answer, models
from bench.standings import BANDS, LEGEND, OURS, lines, rivals_near

LEVELS = (80, 95)
HORIZON = 3
# So many histories of each panel and length: some of the peers need tens of milliseconds for one.
EACH, SEED = 30, 2021
Clock = Callable[[], float]


class Outcome(NamedTuple):
    """What a comparison gives."""

    scores: pd.DataFrame
    seconds: dict[str, float]


def compare(
    panel: pd.DataFrame,
    breaks: pd.DataFrame,
    rivals: Mapping[str, Model],
    each: int = EACH,
    clock: Clock = time.process_time,
) -> Outcome:
    """Score every model on the same histories.

    Parameters
    ----------
    panel, breaks : pandas.DataFrame
        As `official_panel` gives them.
    rivals : mapping
        Models by the name shown.
    each : int
        How many histories of a panel and a length are drawn.
    clock : callable
        Seconds of the processor.

    Returns
    -------
    Outcome
        Rows of `scores.score` with `name` of the model, `panel`, `points` and `refused`, where each name has the last
        value beside it; and the seconds for one history by name. Ours sees the whole panel, as in the report.
    """
    parts, spent, told = [], {OURS: 0.0} | dict.fromkeys(rivals, 0.0), dict.fromkeys([OURS, *rivals], 0)
    for label, rows in panel.groupby("panel"):
        past = breaks[breaks["series_id"].isin(rows["series_id"])]
        began = clock()
        every = backtest(rows, HORIZON, LEVELS, breaks=past)
        spent[OURS] += clock() - began
        told[OURS] += len(every[["series", "origin"]].drop_duplicates())
        drawn = draw(every, each)
        known = _histories(rows, past, drawn)
        parts.append(drawn.assign(name=OURS, refused=False, panel=label))
        for name, model in rivals.items():
            began = clock()
            answers = {key: answer(model, values, HORIZON, LEVELS) for key, values in known.items()}
            spent[name] += clock() - began
            told[name] += len(known)
            parts.append(_scored(drawn, known, answers).assign(name=name, panel=label))
    return Outcome(pd.concat(parts, ignore_index=True), {name: spent[name] / told[name] for name in spent})


def draw(scores: pd.DataFrame, each: int, seed: int = SEED) -> pd.DataFrame:
    """Return the rows of some histories of each length, whole.

    Parameters
    ----------
    scores : pandas.DataFrame
        Rows of `backtest` of one panel.
    each : int
        How many of each length.
    seed : int

    Returns
    -------
    pandas.DataFrame
        With `key`, which names the history.
    """
    scores = scores.assign(key=scores["series"] + " " + scores["origin"].astype(str))
    histories = scores.drop_duplicates("key")[["key", "points"]].sort_values("key")
    kept: list[str] = []
    for shortest, longest in BANDS.values():
        keys = histories.loc[histories["points"].between(shortest, longest), "key"]
        kept += keys.sample(min(each, len(keys)), random_state=seed).tolist()
    return scores[scores["key"].isin(kept)]


def _histories(rows: pd.DataFrame, breaks: pd.DataFrame, drawn: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return what each drawn forecast could know of its own series: since the last break by then."""
    every = read_series(rows)
    past = read_breaks(breaks, list(every))
    keys = drawn.drop_duplicates("key")
    return {
        key: every[name].usable(origin, past.get(name, ())).values.astype(float)
        for key, name, origin in zip(keys["key"], keys["series"], keys["origin"], strict=True)
    }


def _scored(
    drawn: pd.DataFrame,
    known: Mapping[str, np.ndarray],
    answers: Mapping[str, tuple[np.ndarray, np.ndarray] | None],
) -> pd.DataFrame:
    """Return the rows of the last value, and those of the model; of a history that it refused, the last value's."""
    given = {key: each for key, each in answers.items() if each is not None}
    last = drawn[drawn["model"] == LAST].assign(refused=False)
    rows = last[last["key"].isin(given)]
    instead = last[~last["key"].isin(given)].assign(model=COMBINED, refused=True)
    # A history is a series here, and a step its period.
    table = rows[["key", "origin", "horizon"]].rename(columns={"key": "series"})
    table = table.assign(model=COMBINED, target_period=table["horizon"])
    columns = ["mean", *(f"{side}{level}" for level in LEVELS for side in ("lo", "hi"))]
    steps = zip(rows["key"], rows["horizon"] - 1, strict=True)
    told = [[given[key][0][step], *given[key][1][step].ravel()] for key, step in steps]
    table[columns] = np.array(told).reshape(-1, len(columns))
    truth = rows[["key", "horizon", "actual"]].set_axis(["series_id", "period", "value"], axis=1)
    scale = pd.Series({key: np.abs(np.diff(values)).mean() for key, values in known.items()})
    own = score(table, truth, scale).rename(columns={"series": "key"}).assign(refused=False)
    own["points"] = own["key"].map(last.drop_duplicates("key").set_index("key")["points"])
    return pd.concat([own, instead, last], ignore_index=True)


def main() -> None:
    """Print the comparison."""
    panel, breaks = official_panel()
    rivals = models()
    print("Прогнозы официальных рядов рядом с моделями отдельных рядов: это несколько минут…", flush=True)
    if sentence := absent(rivals):
        print(sentence, flush=True)
    for model in rivals.values():  # what is loaded and compiled on the first call is not counted
        answer(model, np.arange(12.0) ** 1.5, HORIZON, LEVELS)
    done = compare(panel, breaks, rivals)
    print(
        f"Показателей {panel['panel'].nunique()}, рядов {panel['series_id'].nunique()} по всей стране; на конец каждого"
        f" прошлого года, до {HORIZON} лет вперед.\nИз каждого показателя и каждой длины взято до {EACH} историй,"
        " для всех одних и тех же; наш прогноз видит всю панель, остальные – только свой ряд."
    )
    print(LEGEND)
    print("\n".join([*lines(done.scores, done.seconds), *rivals_near(done.scores)]))
    print(f"\nВремя нашего на один ряд: {comma(f'{1000 * done.seconds[OURS]:.1f}')} мс процессора.")


if __name__ == "__main__":
    main()
