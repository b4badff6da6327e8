"""Tables on the screen: with colour and width of the terminal, with neither where the output is piped."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

# What a file or a pipe gets: wide enough for a row of a difference.
PIPED_WIDTH = 160
# And where a row is to be one line, however long.
UNBROKEN = 100_000


def console(stream: TextIO | None = None, piped: int = PIPED_WIDTH) -> Console:
    """Return the console of a stream, of standard output unless given; `piped` wide where no terminal limits it."""
    stream = stream or sys.stdout
    terminal = stream.isatty()
    return Console(
        file=stream, highlight=False, width=None if terminal else piped, no_color=not terminal, soft_wrap=False
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[object]], title: str = "", right: Iterable[str] = ()) -> Table:
    """Return a table; whatever its cells hold is shown as text.

    Parameters
    ----------
    heads
        Heads of the columns.
    rows
        Cells, as many a row as there are heads.
    title
        What stands above.
    right
        Heads of the columns of numbers, set to the right.

    Returns
    -------
    rich.table.Table
        The table.
    """
    shown = Table(box=SIMPLE_HEAD, title=plain(title) if title else None, title_justify="left", pad_edge=False)
    numbers = set(right)
    for head in heads:
        shown.add_column(head, justify="right" if head in numbers else "left", overflow="fold")
    for row in rows:
        shown.add_row(*(plain(cell) for cell in row))
    return shown


def spaced(number: int) -> str:
    """Return a count with its thousands apart."""
    return f"{number:,}".replace(",", "\u00a0")


def plain(cell: object) -> Text:
    """Return a text that neither marks up nor steers the terminal."""
    return Text("".join(letter if letter.isprintable() else " " for letter in str(cell)))
