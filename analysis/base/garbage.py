"""How often a process looks for objects that hold each other and that nobody else holds."""

from __future__ import annotations

import gc

# Objects made since the last look, and looks until those that have lived longer are looked at too.
_MADE, _YOUNG, _OLD = 100_000, 20, 50


def seldom() -> None:
    """Look seldom: a command makes cells and nodes by the million, hardly any of them in a circle, and ends soon."""
    gc.set_threshold(_MADE, _YOUNG, _OLD)
