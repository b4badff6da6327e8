"""Learn what is stored with the package: `python -m bench.learn` writes `stored.json` anew.

The sources are in the project: the official series of `data/statistics` of six territories (whole panels at past
origins, breaks respected, and random pieces of them mixed) and the simulated series of `bench.simulate`. First the
shares of the trend models are learned on random pieces of the official series. Then of each source the factor is taken
by which Student's half-widths, without any calibration, are to be multiplied to hold the stated share of outcomes;
stored are geometric means, for series that have nothing in common and for panels that share their shocks, and by how
much the factor of each step ahead differs. Nothing else has been used.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from scipy.stats import t as student

from analysis.forecast.group import earned, expected
from analysis.forecast.intervals import pool
from analysis.forecast.learned import FILE, instead, stored
from analysis.forecast.methods import candidates
from analysis.forecast.official import official_panel
from analysis.forecast.origins import look_back
from analysis.forecast.panel import read_breaks, read_series
from analysis.forecast.reach import Reach
from analysis.forecast.series import Series, gather
from analysis.forecast.trends import bank, likelihoods, share
from analysis.forecast.windows import volatility
from bench.simulate import mixed, siblings

# What is stored was learned when the data held these; the other subjects, which came later, are new to it.
TERRITORIES = ("russia", "siberia", "kemerovo", "novosibirsk", "tomsk", "krasnoyarsk")
LEVELS = (80.0, 95.0)
# How long the pieces are that tell the shares of the trend models, and how many of each length.
PIECES, DRAWN = (8, 10, 12, 15, 20), 400
# The even prior of the models is worth half a series each.
EVEN = 0.5
LENGTHS = (3, 4, 5, 6, 8, 10, 15)
HORIZON = 6
KINDS = {"apart": ("pieces", "mixed"), "together": ("panels", "siblings")}
# Official series and their breaks, as `official_panel` gives them.
Official = tuple[pd.DataFrame, pd.DataFrame]
# A group: series as they were known, and what came after.
Known = tuple[list[Series], list[np.ndarray]]
ORIGIN = (
    "Получено командой python -m bench.learn: официальные ряды шести территорий из data/statistics (панели показателей"
    " и случайные отрезки рядов) и имитированные ряды bench.simulate; других данных нет."
)


def official() -> Official:
    """Return the official series that are learned from, with their breaks."""
    return official_panel(TERRITORIES)


def sources(every: Official, sets: int = 2, count: int = 200) -> Iterator[tuple[str, Known]]:
    """Yield groups with known outcomes, each with the name of its source.

    Parameters
    ----------
    every : tuple of pandas.DataFrame
        Official series and their breaks.
    sets : int
        How many groups of each length and source; of siblings, which are few in a group, forty times as many.
    count : int
        Series of a group.
    """
    for group in _panels(every):
        yield "panels", group
    for length in LENGTHS:
        for seed in range(sets):
            if (pieces := _pieces(every, count, length, seed))[0]:
                yield "pieces", pieces
            yield "mixed", _split(mixed(count, length + HORIZON, 1000 * length + seed))
        for seed in range(40 * sets):
            yield "siblings", _split(siblings(12, length + HORIZON, 1000 * length + seed))


def shares(every: Official) -> list[float]:
    """Return how often each trend model is met in the official series."""
    parts = []
    for length in PIECES:
        if not (pieces := _pieces(every, DRAWN, length, seed=0)[0]):
            continue
        windows = gather(pieces).windows
        size = volatility(windows)
        changes = windows.changes()[size > 0] / size[size > 0, None]
        family = bank(changes.shape[1], HORIZON)
        parts.append(likelihoods(changes, family.whiten, family.logdet)[0])
    count = parts[0].shape[1]
    weights = share(np.concatenate(parts), np.full(count, 1 / count), EVEN * count)
    return [round(float(part), 4) for part in weights.mean(axis=0)]


def learn(groups: Iterator[tuple[str, Known]]) -> dict:
    """Return the widths that are to be stored."""
    ratios: dict[str, list[np.ndarray]] = {}
    steps: dict[str, list[np.ndarray]] = {}
    variances, counts = [], []
    for source, (series, outcomes) in groups:
        group = gather(series)
        ratios.setdefault(source, []).append(_ratios(series, outcomes))
        steps.setdefault(source, []).append(np.concatenate([np.arange(len(came)) for came in outcomes]))
        if source in ("pieces", "mixed"):
            for row, scale in enumerate(group.scales):
                if scale.name == "log":
                    changes = np.diff(group.windows.values[row])
                    changes = changes[np.isfinite(changes)]
                    variances.append((changes**2).mean())
                    counts.append(len(changes))
    factors = {
        source: [float(np.quantile(np.concatenate(parts)[:, at], level / 100)) for at, level in enumerate(LEVELS)]
        for source, parts in ratios.items()
    }
    prior = pool(np.array(variances), np.array(counts))
    return {
        "widening": {
            kind: _by_level(np.exp(np.mean([np.log(factors[name]) for name in names], axis=0)))
            for kind, names in KINDS.items()
        },
        "ahead": {
            kind: np.mean(
                [_by_step(np.concatenate(ratios[name]), np.concatenate(steps[name])) for name in names], axis=0
            )
            .round(3)
            .tolist()
            for kind, names in KINDS.items()
        },
        "by source": {source: _by_level(values) for source, values in factors.items()},
        "volatility": {"freedom": round(prior.freedom, 3), "variance": float(f"{prior.variance:.3g}")},
    }


def _by_step(ratios: np.ndarray, steps: np.ndarray) -> list[float]:
    """Return the log of how much larger errors of each step ahead are than those of all, at the first level."""
    level = LEVELS[0] / 100
    every = np.quantile(ratios[:, 0], level)
    return [float(np.log(np.quantile(ratios[steps == step, 0], level) / every)) for step in range(HORIZON)]


def _by_level(factors: Sequence[float]) -> dict[str, float]:
    return {f"{level:g}": round(float(factor), 3) for level, factor in zip(LEVELS, factors, strict=True)}


def _ratios(series: Sequence[Series], outcomes: Sequence[np.ndarray]) -> np.ndarray:
    """Return outcomes × levels: errors in units of Student's half-width, as past origins count them."""
    group = gather(series)
    horizon = max(map(len, outcomes))
    offers, spread = candidates(group.windows, horizon, group.logs)
    cells = look_back(group.windows, horizon, group.known, group.logs)
    centre, size, freedom = expected(group, offers, spread, earned(cells, group.windows.lengths))
    reach = Reach.of(group.windows, group.scales)
    plain = np.maximum.accumulate(reach.size(0, np.arange(len(series)))[:, None] * spread, axis=1)
    result = []
    for row, (scale, came) in enumerate(zip(group.scales, outcomes, strict=True)):
        until = len(came)
        with np.errstate(invalid="ignore", divide="ignore"):
            outcome = scale.forward(came)
        errors = np.abs(outcome - centre[row, :until])
        errors = np.where(np.isnan(errors), np.inf, errors) / size[row, :until]
        rows = np.full(until, row)
        straight = np.abs(reach.distance(rows, centre[row, :until], np.nan_to_num(outcome), plain[row, :until]))
        errors = np.where(np.isfinite(errors), np.maximum(errors, straight), errors)
        result.append(errors[:, None] / student.ppf(0.5 + np.array(LEVELS) / 200, freedom[row]))
    return np.concatenate(result)


def _panels(every: Official) -> Iterator[Known]:
    panel, breaks = every
    for _, rows in panel.groupby("panel"):
        own = read_series(rows)
        past = read_breaks(breaks[breaks["series_id"].isin(own)], list(own))
        for origin in sorted(set(rows["period"]))[:-1]:
            known, outcomes = [], []
            for name, series in own.items():
                until = series.usable(origin, past.get(name, ()))
                after = min((period for period in past.get(name, ()) if period > origin), default=origin + HORIZON + 1)
                came = series.values[(series.periods > origin) & (series.periods < min(after, origin + HORIZON + 1))]
                if len(until.values) >= 3 and until.periods[-1] == origin and len(came):
                    known.append(until)
                    outcomes.append(came)
            if len(known) >= 3:
                yield known, outcomes


def _pieces(every: Official, count: int, length: int, seed: int) -> Known:
    random = np.random.default_rng(seed)
    long = [series for series in read_series(every[0]).values() if len(series.values) >= length + HORIZON]
    if not long:
        return [], []
    drawn = [long[place].values for place in random.integers(len(long), size=count)]
    starts = [random.integers(len(values) - length - HORIZON + 1) for values in drawn]
    return _split([values[start : start + length + HORIZON] for values, start in zip(drawn, starts, strict=True)])


def _split(paths: Sequence[np.ndarray]) -> Known:
    known = [Series(str(number), np.arange(len(path) - HORIZON), path[:-HORIZON]) for number, path in enumerate(paths)]
    return known, [path[-HORIZON:] for path in paths]


def learned(every: Official) -> dict:
    """Return all that is stored, learned in turn from some official series: the next step rests on the one before."""
    content = stored() | {"origin": ORIGIN, "models": shares(every)}
    with instead(content):
        return content | learn(sources(every))


def main() -> None:
    """Write what is learned into the package."""
    FILE.write_text(json.dumps(learned(official()), ensure_ascii=False) + "\n", encoding="utf-8")
    print(FILE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
