"""Names that a report asks by: what no list of codes knows is misspelt, and not something the data lack."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from analysis.base.errors import DataError, did_you_mean
from analysis.base.russian import agreed

_WORDS = {"territory": "территории", "category": "категории"}


class UnknownNameError(DataError):
    """An indicator, a territory or a category that no list of codes knows: misspelt, whatever the data hold."""


def require_listed(
    indicator: str, column: str, keys: Sequence[object], there: Collection[object], codes: Collection[str]
) -> None:
    """Refuse a territory or a category that neither an indicator nor a list of codes has.

    Parameters
    ----------
    indicator : str
        Its id.
    column : {'territory', 'category'}
        What the keys are.
    keys : sequence
        What was asked for.
    there : collection
        What the observations of the indicator have in this column.
    codes : collection of str
        What the list of codes has; empty where the indicator is not divided.

    Raises
    ------
    UnknownNameError
        The nearest that is there is offered.
    """
    listed = set(codes)
    strange = [key for key in keys if key not in there and key not in listed]
    if not strange:
        return
    known = [str(key) for key in (there or listed) if isinstance(key, str) and key]
    hint = did_you_mean(str(strange[0]), known) if known else " Показатель так не делится, аргумент не нужен."
    raise UnknownNameError(f"Показатель «{indicator}»: нет {_WORDS[column]} «{strange[0]}».{hint}")


def several(indicator: str, categories: pd.Series) -> DataError:
    """Return what is wrong where several observations fit and one is asked for: their categories are named."""
    count = len(categories)
    fit = agreed(count, "подходит", "подходят", "подходят")
    observations = agreed(count, "наблюдение", "наблюдения", "наблюдений")
    listed = ", ".join(str(value) for value in dict.fromkeys(categories.dropna())) or "пусто"
    return DataError(
        f"Показатель «{indicator}»: {fit} {count} {observations}, нужно одно. Уточните категорию ({listed})."
    )
