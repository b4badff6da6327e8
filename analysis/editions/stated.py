"""Quantities of single observations: of a row that a table has, and of one that no table has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.editions.edition import Edition
from analysis.quantities import Observation, Quantity
from analysis.quantities.formula import Seen


def stated(edition: Edition, row: Mapping[str, Any], printed: tuple[str, int], given: int | None = None) -> Quantity:
    """Return the quantity of a row; missing, with the reason its note gives, where the row has no value.

    Parameters
    ----------
    edition : Edition
    row : mapping
        Columns of an observation table, `table` and `row`.
    printed : tuple of str and int
        Unit and decimals of the indicator.
    given : int, optional
        Decimals to which the source gives the value.

    Returns
    -------
    Quantity
    """
    unit, decimals = printed
    value = None if pd.isna(row["value"]) else float(row["value"])
    seen = Observation(
        row["indicator"],
        row["territory"],
        row["category"],
        None if pd.isna(row["year"]) else int(row["year"]),
        row["status"],
        row["source"],
        row["locator"],
        row["table"],
        int(row["row"]),
        edition.id,
        value,
        unit,
        decimals,
        row["note"] if value is None else "",
        given,
    )
    return Quantity(value, unit, decimals, (seen,), Seen(seen))


def absent(edition: Edition, indicator: str, key: Mapping[str, Any], printed: tuple[str, int]) -> Quantity:
    """Return the missing quantity of an observation that no table has.

    Parameters
    ----------
    edition : Edition
    indicator : str
        Its id.
    key : mapping
        Its territory (the edition's region unless given), year and category.
    printed : tuple of str and int
        Unit and decimals of the indicator.

    Returns
    -------
    Quantity
    """
    unit, decimals = printed
    place, category = key.get("territory", edition.region), key.get("category", "")
    seen = Observation(
        indicator, place, category, key.get("year"), "M", "", "", "", edition=edition.id, unit=unit, decimals=decimals
    )
    return Quantity(None, unit, decimals, (seen,), Seen(seen))
