"""What `report plan` prints and writes: the plan on a day, on the screen and as files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import typer

from analysis.base.errors import UsageError, did_you_mean
from analysis.base.files.output import Kind, check_output, write_output
from analysis.cli.screen import console, table
from analysis.planning.account import BODY_HEADS, HEADS, Account

# On a narrow screen the day says more than the words of the deadline, and marks stand in the files.
_SHOWN = (0, 1, 2, 3, 4, 5)
KINDS = ("ics", "xlsx", "md")


def target(to: str, edition: str) -> Path:
    """Return the file that an export goes to: the one named, or one beside of the kind named.

    Raises
    ------
    UsageError
        It is no kind that the plan is written as, or may not be written.
    """
    file = Path(f"план-{edition}.{to}") if to in KINDS else Path(to)
    kind = file.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        known = ", ".join(f".{one}" for one in KINDS)
        raise UsageError(f"План пишется как {known}, а не «{to}».{did_you_mean(to, KINDS)}")
    check_output(file, written(kind))
    return file


def written(kind: str) -> Kind:
    """Return how the command knows its earlier output; a workbook, which people write into, is never replaced."""
    signs = {"ics": (b"PRODID:-//spo-report//plan//",), "md": ("# План мероприятий издания ".encode(),), "xlsx": ()}
    return Kind((f".{kind}",), signs=signs[kind])


def write(account: Account, file: Path) -> None:
    """Write an account to a file; the end of its name says as what."""
    kind = file.suffix.lower().removeprefix(".")
    write_output(_maker(kind)(account), file, written(kind))


def show(account: Account) -> None:
    """Print an account: the counts, the measures, the bodies."""
    typer.echo(account.title)
    for sign, words, many in account.counts():
        typer.echo(f"  {sign} {words}: {many}")
    screen = console()
    screen.print(
        table([HEADS[place] for place in _SHOWN], [[row[place] for place in _SHOWN] for row in account.rows()])
    )
    bodies = list(account.bodies())
    held = [0, 1, *(place for place in range(2, len(BODY_HEADS)) if any(row[place] for row in bodies))]
    heads = [BODY_HEADS[place] for place in held]
    screen.print(table(heads, [[row[place] for place in held] for row in bodies], right=heads[1:]))


def _maker(kind: str) -> Callable[[Account], str | bytes]:
    if kind == "ics":
        from analysis.planning.calendar import calendar  # noqa: PLC0415 - its library is for this file alone

        return calendar
    if kind == "xlsx":
        from analysis.planning.workbook import workbook  # noqa: PLC0415 - its library is for this file alone

        return workbook
    from analysis.planning.markdown import markdown  # noqa: PLC0415 - as the others

    return markdown
