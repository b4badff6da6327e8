"""All that the tables and figures of the report need, by label."""

from __future__ import annotations

from analysis.show.needs import Needs, told_by
from analysis.show.tables import TABLES


def declared() -> dict[str, Needs]:
    """Return what each table and figure needs, by label (`tbl-employed`), in the order in which they are registered.

    Raises
    ------
    KeyError
        A function tells nothing.
    """
    from analysis.show.figures import drawn_by  # noqa: PLC0415 - matplotlib takes half a second, as in `exhibits`

    made = {f"tbl-{name}": make for name, make in TABLES.items()} | {
        f"fig-{name}": draw for name, draw in drawn_by().items()
    }
    return {label: told_by(function) for label, function in made.items()}
