"""To how many decimals a source gives each of its values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.base.russian import decimals_in

MOST = 6


class Given:
    """The decimals of the values of one indicator.

    A file keeps 3.8 where the yearbook printed 3,800 as well as where it printed 3,8: what a year was given to is told
    by the column of all territories, half of which at least have so many digits. A value that has more was given to
    more; one of which the printed string is kept, to those.

    Parameters
    ----------
    rows : pandas.DataFrame
        All observations of the indicator.
    """

    def __init__(self, rows: pd.DataFrame) -> None:
        known = rows[rows["value"].notna()]
        digits = _digits(known["value"].to_numpy(dtype=float))
        years = known["year"].fillna(0).astype(int).to_numpy()
        order = np.argsort(-digits, kind="stable")
        self._years: dict[int, int] = {}
        # The value in the middle, from the most digits down: half have at least as many.
        for year in np.unique(years):
            of_year = digits[order][years[order] == year]
            self._years[int(year)] = int(of_year[(len(of_year) - 1) // 2])

    def of(self, row: Mapping[str, Any]) -> int | None:
        """Return the decimals of one of the observations, None where it has no value."""
        if pd.isna(row["value"]):
            return None
        if printed := row.get("printed"):
            return decimals_in(printed)
        own = int(_digits(np.array([float(row["value"])]))[0])
        return max(own, self._years.get(0 if pd.isna(row["year"]) else int(row["year"]), 0))


def _digits(values: np.ndarray) -> np.ndarray:
    """Return how many decimals each number has."""
    found = np.full(len(values), MOST)
    for digits in range(MOST - 1, -1, -1):
        found[np.isclose(np.round(values, digits), values, rtol=0, atol=10.0 ** -(MOST + 3))] = digits
    return found
