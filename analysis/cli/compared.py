"""What `report diff` prints: the sum of it first, then part by part."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from analysis.cli.screen import console, plain, table
from analysis.compare.account import NOTHING, Cell, Grid, Passage, Section, left_out, marked, where
from analysis.compare.comparison import Comparison
from analysis.compare.telling import title, told
from analysis.compare.words import COME, GONE

# Rows of a table, and passages of a part, on the screen; the page for reviewers has all of them.
SHOWN = 40
_STYLES = {GONE: "red strike", COME: "green bold"}


def show(compared: Comparison, *, whole: bool = False) -> None:
    """Print a comparison.

    Parameters
    ----------
    compared : Comparison
    whole : bool
        Print every row, however many there are.
    """
    screen = console()
    sections = told(compared)
    screen.print(plain(title(compared)), soft_wrap=True)
    width = max(len(section.title) for section in sections)
    for section in sections:
        screen.print(plain(f"  {section.title:<{width}}  {section.short}"), soft_wrap=True)
    for section in sections:
        _section(screen, section, None if whole else SHOWN)


def _section(screen: Console, section: Section, most: int | None) -> None:
    screen.print(f"\n{section.title}", markup=False, style="bold")
    if section.remark:
        screen.print(plain(section.remark), soft_wrap=True)
    for grid in section.grids:
        _grid(screen, grid, most)
    for group in section.groups:
        screen.print(plain(group.title), soft_wrap=True)
        for passage in group.passages[:most]:
            _passage(screen, passage)
        _rest(screen, len(group.passages), most)
    if not (section.remark or section.grids or section.groups):
        screen.print(NOTHING)


def _grid(screen: Console, grid: Grid, most: int | None) -> None:
    if not grid.rows:
        screen.print(plain(f"{grid.title}. {NOTHING}"), soft_wrap=True)
        return
    rows = [[marked(cell) for cell in row] for row in grid.rows[:most]]
    screen.print(table(grid.heads, rows, grid.title, right=grid.right))
    _rest(screen, len(grid.rows), most)


def _rest(screen: Console, many: int, most: int | None) -> None:
    if most is not None and many > most:
        screen.print(
            plain(f"{left_out(most, many)} Все – с ключом --all или на странице: --html ФАЙЛ.html"), soft_wrap=True
        )


def _passage(screen: Console, passage: Passage) -> None:
    screen.print(plain(f"  {where(passage)}"), soft_wrap=True)
    if passage.words:
        screen.print(Text("    ") + _styled(passage.words), soft_wrap=True)
    if passage.remark:
        screen.print(plain(f"    {passage.remark}"), soft_wrap=True)


def _styled(words: Cell) -> Text:
    """Return words with signs, and on a terminal with colours, for what is gone and what came."""
    if isinstance(words, str):
        return plain(words)
    pieces = [Text(plain(marked(((sign, text),))).plain, style=_STYLES.get(sign, "")) for sign, text in words]
    return Text.assemble(*pieces)
