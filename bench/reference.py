"""Well-known models of single series to compare with.

ETS and Theta of statsmodels; those of statsforecast where it is installed.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from importlib.util import find_spec

import numpy as np
import pandas as pd
from scipy.stats import norm
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.forecasting.theta import ThetaModel

# Values, horizon and levels in; mean (horizons) and bounds (horizons × levels × 2) out.
Model = Callable[[np.ndarray, int, Sequence[float]], tuple[np.ndarray, np.ndarray]]
AUTO = ("AutoETS", "AutoTheta", "DynamicOptimizedTheta")
# How models say that they cannot: too few points, a matrix that cannot be inverted, a likelihood that is none.
REFUSALS = (ArithmeticError, ValueError, LookupError, NotImplementedError, np.linalg.LinAlgError)


def ets(values: np.ndarray, horizon: int, levels: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """Forecast one series by exponential smoothing with an additive damped trend; without trend below six points.

    Parameters
    ----------
    values : numpy.ndarray
        The history, without gaps.
    horizon : int
        Steps ahead.
    levels : sequence of float
        Of the intervals, in per cent.

    Returns
    -------
    mean : numpy.ndarray
        Horizons.
    bounds : numpy.ndarray
        Horizons × levels × 2: lower and upper.
    """
    trend = {"trend": "add", "damped_trend": True} if len(values) >= 6 else {}
    fitted = ETSModel(pd.Series(values), **trend).fit(disp=False)
    predicted = fitted.get_prediction(start=len(values), end=len(values) + horizon - 1)
    frames = [predicted.summary_frame(alpha=1 - level / 100) for level in levels]
    bounds = [np.c_[frame["pi_lower"], frame["pi_upper"]] for frame in frames]
    return frames[0]["mean"].to_numpy(), np.stack(bounds, axis=1)


def theta(values: np.ndarray, horizon: int, levels: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """Forecast one series by the Theta model.

    Parameters
    ----------
    values, horizon, levels
        As in `ets`.

    Returns
    -------
    tuple of numpy.ndarray
        As `ets`.
    """
    index = pd.period_range("2000", periods=len(values), freq="Y")
    fitted = ThetaModel(pd.Series(values, index), period=1, deseasonalize=False).fit(disp=False)
    mean = fitted.forecast(horizon).to_numpy()
    # Every call estimates the variance anew; its intervals are normal, so that one gives them all.
    deviation = (fitted.prediction_intervals(horizon, alpha=0.2)["upper"].to_numpy() - mean) / norm.ppf(0.9)
    reach = deviation[:, None] * norm.ppf(0.5 + np.array(levels) / 200)
    return mean, np.stack([mean[:, None] - reach, mean[:, None] + reach], axis=-1)


def _auto(name: str) -> Model:
    def forecast(values: np.ndarray, horizon: int, levels: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
        # It may not be installed.
        model = getattr(import_module("statsforecast.models"), name)
        columns = model(season_length=1).forecast(y=values, h=horizon, level=list(levels))
        bounds = [np.c_[columns[f"lo-{level:g}"], columns[f"hi-{level:g}"]] for level in levels]
        return columns["mean"], np.stack(bounds, axis=1)

    return forecast


def models() -> dict[str, Model]:
    """Return the models that can be had on this machine, by the name shown."""
    known: dict[str, Model] = {"ETS (statsmodels)": ets, "Theta (statsmodels)": theta}
    return known | ({f"{name} (statsforecast)": _auto(name) for name in AUTO} if find_spec("statsforecast") else {})


def absent(known: Iterable[str]) -> str:
    """Return the sentence about models that are not among these; empty where all are."""
    if any("statsforecast" in name for name in known):
        return ""
    return f"Пакет statsforecast не установлен: без {', '.join(AUTO[:-1])} и {AUTO[-1]}, остальное сравнивается."


def answer(
    model: Model, values: np.ndarray, horizon: int, levels: Sequence[float]
) -> tuple[np.ndarray, np.ndarray] | None:
    """Return the model's forecast; nothing where the model refuses or a number of it is none.

    Parameters
    ----------
    model : Model
    values, horizon, levels
        As in `ets`.

    Returns
    -------
    tuple of numpy.ndarray, or None
        As `ets`; finite.
    """
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            mean, bounds = model(values, horizon, levels)
        except REFUSALS:
            return None
    return (mean, bounds) if np.isfinite(mean).all() and np.isfinite(bounds).all() else None
