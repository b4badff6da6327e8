"""What tables and figures need of the data: told beside the function that makes each.

A test builds every table and figure of an edition and holds what it read against what is told here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from analysis.editions.needs import SERIES, Need, Words
from analysis.outlook.panels import SUMS

F = TypeVar("F", bound=Callable[..., Any])
Needs = tuple[Need | Words, ...]
_TOLD: dict[Callable[..., Any], Needs] = {}


def needs(*what: Need | Words) -> Callable[[F], F]:
    """Tell what a function that makes a table or a figure needs; nothing where it tells of whatever there is."""

    def told(function: F) -> F:
        _TOLD[function] = what
        return function

    return told


def long_series(*indicators: str) -> Needs:
    """Return the need of long series of the region; a whole that no table gives is needed as its parts."""
    return tuple(Need(part, SERIES) for name in indicators for part in SUMS.get(name, (name,)))


def told_by(function: Callable[..., Any]) -> Needs:
    """Return what a function that makes a table or a figure needs.

    Raises
    ------
    KeyError
        It tells nothing.
    """
    return _TOLD[function]
