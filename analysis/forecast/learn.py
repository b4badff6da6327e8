"""Learn what is stored with the package: `python -m analysis.forecast.learn` writes `stored.json` anew.

The sources are in the project: the official series of `data/statistics` (whole panels at past origins, breaks
respected, and random pieces of them mixed) and the simulated series of `analysis.forecast.simulate`. Of each source
the factor is taken by which Student's half-widths, without any calibration, are to be multiplied to hold the stated
share of outcomes; stored are geometric means, for series that have nothing in common and for panels that share their
shocks. Nothing else has been used.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.stats import t as student

from analysis.forecast.group import earned, expected
from analysis.forecast.intervals import pool
from analysis.forecast.methods import candidates
from analysis.forecast.official import official_panel
from analysis.forecast.origins import look_back
from analysis.forecast.panel import read_breaks, read_series
from analysis.forecast.series import Series, gather
from analysis.forecast.simulate import mixed, siblings

LEVELS = (80.0, 95.0)
LENGTHS = (3, 4, 5, 6, 8, 10, 15)
HORIZON = 4
KINDS = {"apart": ("pieces", "mixed"), "together": ("panels", "siblings")}
# A group: series as they were known, and what came after.
Known = tuple[list[Series], list[np.ndarray]]
ORIGIN = ("Получено командой python -m analysis.forecast.learn: официальные ряды из data/statistics (панели показателей и случайные "
          "отрезки рядов) и имитированные ряды analysis.forecast.simulate; других данных нет.")


def sources(sets: int = 2, count: int = 200) -> Iterator[tuple[str, Known]]:
    """Give named groups with known outcomes."""
    for group in _panels():
        yield "panels", group
    for length in LENGTHS:
        for seed in range(sets):
            yield "pieces", _pieces(count, length, seed)
            yield "mixed", _split(mixed(count, length + HORIZON, 1000 * length + seed))
        for seed in range(40 * sets):
            yield "siblings", _split(siblings(12, length + HORIZON, 1000 * length + seed))


def learn(groups: Iterator[tuple[str, Known]]) -> dict:
    """Return what is to be stored."""
    ratios: dict[str, list[np.ndarray]] = {}
    variances, counts = [], []
    for source, (series, outcomes) in groups:
        group = gather(series)
        ratios.setdefault(source, []).append(_ratios(series, outcomes))
        if source in ("pieces", "mixed"):
            for row, scale in enumerate(group.scales):
                if scale.name == "log":
                    changes = np.diff(group.windows.values[row])
                    changes = changes[np.isfinite(changes)]
                    variances.append((changes**2).mean())
                    counts.append(len(changes))
    factors = {source: [float(np.quantile(np.concatenate(parts)[:, at], level / 100)) for at, level in enumerate(LEVELS)] for source, parts in ratios.items()}
    prior = pool(np.array(variances), np.array(counts))
    return {
        "origin": ORIGIN,
        "widening": {kind: _by_level(np.exp(np.mean([np.log(factors[name]) for name in names], axis=0))) for kind, names in KINDS.items()},
        "by source": {source: _by_level(values) for source, values in factors.items()},
        "volatility": {"freedom": round(prior.freedom, 3), "variance": float(f"{prior.variance:.3g}")},
    }


def _by_level(factors: Sequence[float]) -> dict[str, float]:
    return {f"{level:g}": round(float(factor), 3) for level, factor in zip(LEVELS, factors, strict=True)}


def _ratios(series: Sequence[Series], outcomes: Sequence[np.ndarray]) -> np.ndarray:
    """Return outcomes × levels: errors in units of Student's half-width."""
    group = gather(series)
    horizon = max(map(len, outcomes))
    offers, spread = candidates(group.windows, horizon)
    centre, size, freedom = expected(group, offers, spread, earned(look_back(group.windows, horizon, group.known)))
    result = []
    for row, (scale, came) in enumerate(zip(group.scales, outcomes, strict=True)):
        with np.errstate(invalid="ignore", divide="ignore"):
            errors = np.abs(scale.forward(came) - centre[row, : len(came)])
        errors = np.where(np.isnan(errors), np.inf, errors) / size[row, : len(came)]
        result.append(errors[:, None] / student.ppf(0.5 + np.array(LEVELS) / 200, freedom[row]))
    return np.concatenate(result)


def _panels() -> Iterator[Known]:
    panel, breaks = official_panel()
    for _, rows in panel.groupby("panel"):
        every = read_series(rows)
        past = read_breaks(breaks[breaks["series_id"].isin(every)], list(every))
        for origin in sorted(set(rows["period"]))[:-1]:
            known, outcomes = [], []
            for name, one in every.items():
                until = one.until(origin).since(max((period for period in past.get(name, ()) if period <= origin), default=None))
                after = min((period for period in past.get(name, ()) if period > origin), default=origin + HORIZON + 1)
                came = one.values[(one.periods > origin) & (one.periods < min(after, origin + HORIZON + 1))]
                if len(until.values) >= 3 and until.periods[-1] == origin and len(came):
                    known.append(until)
                    outcomes.append(came)
            if len(known) >= 3:
                yield known, outcomes


def _pieces(count: int, length: int, seed: int) -> Known:
    random = np.random.default_rng(seed)
    every = [one for one in read_series(official_panel()[0]).values() if len(one.values) >= length + HORIZON]
    drawn = [every[place].values for place in random.integers(len(every), size=count)]
    starts = [random.integers(len(values) - length - HORIZON + 1) for values in drawn]
    return _split([values[start : start + length + HORIZON] for values, start in zip(drawn, starts, strict=True)])


def _split(paths: Sequence[np.ndarray]) -> Known:
    known = [Series(str(number), np.arange(len(path) - HORIZON), path[:-HORIZON]) for number, path in enumerate(paths)]
    return known, [path[-HORIZON:] for path in paths]


def write(stored: Mapping) -> Path:
    """Write what was learned into the package."""
    file = Path(__file__).with_name("stored.json")
    file.write_text(json.dumps(stored, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return file


if __name__ == "__main__":
    print(write(learn(sources())).read_text(encoding="utf-8"))
