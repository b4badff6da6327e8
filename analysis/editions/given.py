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
        self._values = rows["value"].to_numpy(dtype=float, na_value=np.nan)
        self._of_year = rows["year"].to_numpy(dtype=float, na_value=0.0)
        self._years: dict[int, int] = {}

    def of(self, row: Mapping[str, Any]) -> int | None:
        """Return the decimals of one of the observations, None where it has no value."""
        if pd.isna(row["value"]):
            return None
        if printed := row.get("printed"):
            return decimals_in(printed)
        year = 0 if pd.isna(row["year"]) else int(row["year"])
        if year not in self._years:
            column = self._values[(self._of_year == year) & ~np.isnan(self._values)]
            # The value in the middle, from the most digits down: half have at least as many.
            self._years[year] = sorted(map(_digits, column.tolist()), reverse=True)[(len(column) - 1) // 2]
        return max(_digits(float(row["value"])), self._years[year])


def _digits(value: float) -> int:
    """Return how many decimals a number has."""
    return min(MOST, len(f"{value:.9f}".rstrip("0").partition(".")[2]))
