"""What `report check` shows and writes: one row a finding, errors first."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from analysis import catalogue
from analysis.base.errors import DataError
from analysis.base.files.output import Kind, write_output
from analysis.base.files.tables import for_excel
from analysis.catalogue import tables
from analysis.catalogue.findings import COLUMNS, SEVERITIES, Finding, as_frame, errors
from analysis.catalogue.opened import read_table
from analysis.cli.screen import PIPED_WIDTH, console, spaced, table
from analysis.editions.check import check_edition
from analysis.editions.edition import read_edition

# Rows on the screen; a file gets all of them.
SHOWN = 60
WRITTEN = Kind(heads=(COLUMNS,))


@dataclass(frozen=True)
class Scope:
    """How much was looked through."""

    tables: int
    observations: int


def gather(editions: Iterable[str]) -> tuple[list[Finding], Scope]:
    """Check the common package, these editions and the chapters; what they have in common is told once.

    Raises
    ------
    UsageError, DataError
        As `read_edition`; a descriptor is not there or is not JSON.
    """
    found: dict[Finding, None] = {}
    described: dict[Path, catalogue.Table] = {}
    editions = list(editions)
    packages: list[str | None] = [*editions] or [None]
    for edition in packages:
        if edition is not None:
            read_edition(edition)
        found |= dict.fromkeys(check_edition(edition))
        described |= {part.file: part for table in tables(edition).values() for part in table.parts}
    sound = not any(finding.rule == "schema" for finding in found)
    observed = [table for table in described.values() if table.holds_observations]
    observations = sum(len(read_table(table)) for table in observed) if sound else 0
    if sound:  # the lists of what may stand typed have to be readable
        from analysis.cli.lint import lint_chapters  # noqa: PLC0415 - pandoc and notebooks, which broken tables need not

        found |= dict.fromkeys(lint_chapters(editions))
    return sorted(found, key=lambda finding: finding.severity), Scope(len(described), observations)


def require_none(edition: str) -> None:
    """Refuse to build an edition in whose data or chapters anything is wrong; several errors are shown as a table.

    Raises
    ------
    UsageError
        No such edition.
    DataError
        The one error in words, or how many there are. Warnings do not stop a build.
    """
    found = errors(gather([edition])[0])
    if len(found) > 1:
        screen = console(sys.stderr)
        screen.print(listed(found, screen))
        raise DataError(f"Ошибок: {len(found)}, доклад не собран. Исправьте названное и соберите снова.")
    if found:
        raise DataError(str(found[0]))


def listed(found: Iterable[Finding], screen: Console) -> Table:
    """Return findings as a table for a screen."""
    rows = [
        (SEVERITIES[finding.severity], finding.place, finding.value or "", finding.said, finding.remedy)
        for finding in found
    ]
    shown = table(["важность", "где", "значение", "что не так", "что сделать"], rows, "Замечания", right=["значение"])
    shown.columns[1].no_wrap = (
        screen.width >= PIPED_WIDTH
    )  # where there is room a place is one piece, to be searched for
    return shown


def show(found: list[Finding], scope: Scope, file: Path | None) -> None:
    """Print the findings as a table and how many there are.

    Parameters
    ----------
    found
        The findings, errors first; `SHOWN` of them are printed.
    scope
        How much was looked through.
    file
        Where all of them were written, if they were.
    """
    screen = console()
    if found:
        screen.print(listed(found[:SHOWN], screen))
    if len(found) > SHOWN:
        screen.print(f"Показано {SHOWN} из {len(found)}; все – с ключом --csv ФАЙЛ.csv")
    wrong = len(errors(found))
    looked = f"Таблиц: {scope.tables}" + (f", наблюдений: {spaced(scope.observations)}" if scope.observations else "")
    screen.print(f"{looked}. Ошибок: {wrong}, предупреждений: {len(found) - wrong}.", soft_wrap=True)
    if file is not None:
        screen.print(f"Все замечания: {file}", markup=False, soft_wrap=True)


def write(found: list[Finding], file: Path) -> None:
    """Write all findings as a CSV that Excel opens and does not run.

    Raises
    ------
    UsageError
        The file may not be written, see `analysis.base.files.output`.
    """
    write_output(for_excel(COLUMNS, as_frame(found).itertuples(index=False)), file, WRITTEN)
