"""Which observations are meant: selections of rows that say in words what is not there."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from analysis.base.errors import DataError, did_you_mean


def selected(rows: pd.DataFrame, column: str, wanted: Sequence, needed: Sequence | None = None) -> pd.DataFrame:
    """Return the observations whose column is one of those wanted.

    Parameters
    ----------
    rows : pandas.DataFrame
        Observations of one indicator.
    column : str
        `territory`, `year` or `category`.
    wanted : sequence
        Ids, years or codes.
    needed : sequence, optional
        Of which at least one must be there.

    Returns
    -------
    pandas.DataFrame
        The rows that have one of those wanted, in their order.

    Raises
    ------
    DataError
        None of those needed (unless given, of those wanted) is there; the nearest that is there is offered.
    """
    needed = wanted if needed is None else needed
    if not rows[column].isin(needed).any():
        there = [str(key) for key in dict.fromkeys(rows[column].dropna()) if key != ""]
        asked = ", ".join(map(str, needed))
        hint = did_you_mean(asked, there) if there else " Там пусто: показатель так не делится, аргумент не нужен."
        raise DataError(f"Показатель «{rows['indicator'].iloc[0]}»: нет значения «{asked}» в столбце «{column}».{hint}")
    return rows[rows[column].isin(wanted)]


def require_known(rows: pd.DataFrame, column: str, wanted: Sequence, listed: Collection[str]) -> None:
    """Refuse a territory that no list knows and a category that the indicator does not have: they are misspelt.

    Parameters
    ----------
    rows : pandas.DataFrame
        Observations of one indicator.
    column : str
        `territory`, `year` (any is taken) or `category`.
    wanted : sequence
        Ids, years or codes.
    listed : collection of str
        Ids of the code list of territories.

    Raises
    ------
    DataError
        One of them is not known; the nearest right one is offered.
    """
    if column == "year":
        return
    there = set(rows[column])
    allowed = there | set(listed) if column == "territory" else there
    for key in wanted:
        if key not in allowed:
            what = "территории" if column == "territory" else "категории"
            raise DataError(
                f"Показатель «{rows['indicator'].iloc[0]}»: нет {what} «{key}».{did_you_mean(str(key), there)}"
            )
