"""How far the measured coverage of an indicator tells of its intervals: `python -m bench.coverage`.

Two things are shown beside what `report backtest` counts. What was stored with the package is learned anew without
the indicators that are judged, nor any that add up with them. And intervals that hold exactly what they say are
simulated over the same series, origins and horizons, with errors that go together as far as the measured ones do:
territories share the shocks of a year, and horizons and origins share years.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy.stats import norm

from analysis.base.russian import comma
from analysis.forecast.backtest import backtest
from analysis.forecast.combine import likeness
from analysis.forecast.engine import COMBINED
from analysis.forecast.learned import instead
from analysis.forecast.official import official_panel
from analysis.forecast.scores import geometric, summary
from bench.learn import TERRITORIES, Official, learned

LEVELS, HORIZON = (80, 95), 3
# Bounds within which the coverage of an indicator is looked for.
BOUNDS = {80: (72.0, 88.0), 95: (90.0, 98.5)}
DRAWS = 400
# Indicators that add up to each other, or are ratios of each other, tell of one another: they are left out together.
KIN = {
    "labour": ("labour", "participation", "employed", "employment", "unemployed", "unemployment"),
    "registered": ("registered",),
    "population": ("population", "migration"),
    "wage": ("wage",),
    "school": ("school",),
    "spo": ("spo",),
    "grp": ("grp",),
}


def kin(indicator: str) -> str:
    """Return the name of the group that an indicator is left out with; its own where it has none."""
    first = indicator.split("_", maxsplit=1)[0]
    return next((name for name, starts in KIN.items() if first in starts), indicator)


def without(every: Official, name: str) -> Official:
    """Return the official series outside one group of kin, with their breaks."""
    panel = every[0][[kin(indicator) != name for indicator in every[0]["indicator"]]]
    return panel, every[1][every[1]["series_id"].isin(panel["series_id"])]


def left_out(every: Official) -> Iterator[pd.DataFrame]:
    """Yield the scores of each group of kin, with what is stored learned from the others.

    Parameters
    ----------
    every : tuple of pandas.DataFrame
        Official series of all subjects, which are judged, and their breaks.

    Yields
    ------
    pandas.DataFrame
        Rows of `backtest`.
    """
    six = (every[0][every[0]["territory"].isin(TERRITORIES)], every[1])
    for name in sorted({kin(indicator) for indicator in every[0]["indicator"]}):
        mine = every[0][[kin(indicator) == name for indicator in every[0]["indicator"]]]
        with instead(learned(without(six, name))):
            yield scored((mine, every[1]))


def scored(every: Official) -> pd.DataFrame:
    """Return the rows of `backtest` with `indicator` and `territory`."""
    panel, breaks = every
    breaks = breaks[breaks["series_id"].isin(panel["series_id"])][["series_id", "period"]]
    rows = backtest(panel[["series_id", "period", "value", "panel", "kind"]], HORIZON, LEVELS, breaks=breaks)
    names = rows["series"].str.split(" ")
    return rows.assign(indicator=names.str[0], territory=names.str[1])


def alike(rows: pd.DataFrame) -> float:
    """Return how far the territories of an indicator err together, 0 to 1, from errors with their signs.

    Parameters
    ----------
    rows : pandas.DataFrame
        Of `scored`, one indicator.
    """
    signed = (rows["actual"] - rows["mean"]) / rows.groupby(["series", "horizon"])["error"].transform("mean")
    signed *= rows["error"] / (rows["actual"] - rows["mean"]).abs().replace(0, np.nan)
    cells = [part.dropna().to_numpy() for _, part in signed.groupby([rows["origin"], rows["horizon"]])]
    return likeness(cells) or 0.0


def simulated(rows: pd.DataFrame, together: float, seed: int = 0) -> dict[int, np.ndarray]:
    """Return what intervals that hold what they say would show over the same forecasts.

    Parameters
    ----------
    rows : pandas.DataFrame
        Of `scored`, one indicator: `territory`, `origin`, `horizon`.
    together : float
        The share of a year's shock that all territories have in common.
    seed : int
        The same seed gives the same draws.

    Returns
    -------
    dict of int to numpy.ndarray
        By level: the coverage of each draw, in per cent.

    Notes
    -----
    An error is the sum of the shocks of the years between origin and target, divided by its standard deviation.
    """
    random = np.random.default_rng(seed)
    first, last = rows["origin"].min(), (rows["origin"] + rows["horizon"]).max()
    place = rows["territory"].astype("category").cat.codes.to_numpy()
    begin = (rows["origin"] - first).to_numpy()
    end = begin + rows["horizon"].to_numpy()
    result: dict[int, list[float]] = {level: [] for level in LEVELS}
    for _ in range(DRAWS):
        years = random.normal(size=last - first)
        own = random.normal(size=(place.max() + 1, last - first))
        shocks = np.sqrt(together) * years + np.sqrt(1 - together) * own
        paths = np.concatenate([np.zeros((len(own), 1)), shocks.cumsum(axis=1)], axis=1)
        errors = np.abs(paths[place, end] - paths[place, begin]) / np.sqrt(end - begin)
        for level, found in result.items():
            found.append(100 * float((errors <= norm.ppf(0.5 + level / 200)).mean()))
    return {level: np.array(found) for level, found in result.items()}


def judged(now: pd.DataFrame, anew: pd.DataFrame) -> pd.DataFrame:
    """Return by indicator what was held, what was held with what is stored learned without it, and what could be.

    Parameters
    ----------
    now, anew : pandas.DataFrame
        Rows of `scored`: with what is stored, with what was learned without the indicator.

    Returns
    -------
    pandas.DataFrame
        By indicator: `coverage…`, `left_out…` in per cent, `low…`, `high…` (a tenth of perfect intervals lies
        outside), `within…` (share of perfect intervals that keep to `BOUNDS`).
    """
    rows = {}
    for indicator, mine in now[now["model"] == COMBINED].groupby("indicator"):
        other = anew[(anew["model"] == COMBINED) & (anew["indicator"] == indicator)]
        found = {"count": len(mine), "alike": alike(mine)}
        for level, drawn in simulated(mine, found["alike"]).items():
            low, high = BOUNDS[level]
            found |= {
                f"coverage{level}": 100 * mine[f"inside{level}"].mean(),
                f"left_out{level}": 100 * other[f"inside{level}"].mean(),
                f"low{level}": np.quantile(drawn, 0.05),
                f"high{level}": np.quantile(drawn, 0.95),
                f"within{level}": ((drawn >= low) & (drawn <= high)).mean(),
            }
        rows[indicator] = found
    return pd.DataFrame.from_dict(rows, orient="index")


def _print(title: str, now: pd.DataFrame, anew: pd.DataFrame) -> None:
    table = judged(now, anew)
    heads = "".join(f"{f'охват {level}':>10}{'без своих':>10}{'бывает':>9}" for level in LEVELS)
    print(f"\n{title}\n{'':<36}{'проверок':>9}{heads}")
    for indicator, row in table.iterrows():
        cells = "".join(
            comma(f"{row[f'coverage{level}']:10.1f}{row[f'left_out{level}']:10.1f}")
            + f"{row[f'low{level}']:.0f}–{row[f'high{level}']:.0f}".rjust(9)
            for level in LEVELS
        )
        print(f"{indicator:<36}{row['count']:9.0f}{cells}")
    for name, rows in (("с тем, что хранится", now), ("без своих показателей", anew)):
        ratios = summary(rows, ["indicator"])["relative"]
        print(f"К последнему, {name}: {comma(f'{geometric(ratios):.3f}')}; хуже всего {comma(f'{ratios.max():.3f}')}.")
    for level, (low, high) in BOUNDS.items():
        held = table[f"coverage{level}"]
        perfect = comma(f"{table[f'within{level}'].sum():.1f}")
        usual = held.between(table[f"low{level}"], table[f"high{level}"]).sum()
        print(
            f"Охват {level} от {comma(f'{low:g}')} до {comma(f'{high:g}')}: {held.between(low, high).sum()} показателей"
            f" из {len(table)}; с безошибочными интервалами было бы в среднем {perfect}."
            f" Неотличимы от безошибочных {usual}."
        )


def main() -> None:
    """Print the tables of the six territories and of the country."""
    every = official_panel()
    print("Охват по показателям: это несколько минут…", flush=True)
    now, anew = scored(every), pd.concat(left_out(every), ignore_index=True)
    six = [rows[rows["territory"].isin(TERRITORIES)] for rows in (now, anew)]
    _print("Шесть территорий", *six)
    _print("Вся страна", now, anew)


if __name__ == "__main__":
    main()
