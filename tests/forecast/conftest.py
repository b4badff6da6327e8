"""Panels of random series, long tables."""

import numpy as np
import pandas as pd
import pytest


def long_table(series, last=2020):
    """Return series by name as a long table whose series all end in one year."""
    rows = [
        (name, last - len(values) + 1 + place, value)
        for name, values in series.items()
        for place, value in enumerate(values)
    ]
    return pd.DataFrame(rows, columns=["series_id", "period", "value"])


@pytest.fixture(scope="session")
def table():
    """Return the maker of long tables."""
    return long_table


@pytest.fixture(scope="session")
def walks():
    """Return a maker of growing series: so many, so long."""

    def make(count, length, seed=0, growth=0.03):
        random = np.random.default_rng(seed)
        paths = np.exp(np.cumsum(random.normal(growth, 0.08, (count, length)), axis=1))
        return long_table({f"ряд {number}": 100 * path for number, path in enumerate(paths)})

    return make
