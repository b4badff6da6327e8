"""What is wrong, as people see it: one table for `report check` and `report build`, one row a mistake, errors first."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, cast

from rich.console import Console
from rich.table import Table
from rich.text import Text

from analysis import catalogue
from analysis.base.errors import DataError, ReportError, UsageError
from analysis.base.files.output import Kind, write_output
from analysis.base.files.tables import for_excel
from analysis.book.diagnostics import Diagnostic, MistakesError
from analysis.catalogue import tables
from analysis.catalogue.findings import COLUMNS, SEVERITIES, Finding, as_frame, errors
from analysis.catalogue.opened import held, opened
from analysis.cli import sound
from analysis.cli.screen import UNBROKEN, console, plain, spaced, table
from analysis.editions.check import check_edition
from analysis.editions.edition import available, read_edition
from analysis.editions.scope import scope_of

if TYPE_CHECKING:
    from analysis.show.face import Report

# The rules by which texts are read; all others are of data.
OF_TEXTS = frozenset(("typed", "claimed", "agreeing", "mistyped", "authored", "style"))
UNTRUE = "untrue"
# Rows of a table of data on the screen: a broken column holds as many. Mistakes of chapters are shown all.
SHOWN = 60
WRITTEN = Kind(heads=(COLUMNS,))


@dataclass(frozen=True)
class Scope:
    """How much was looked through."""

    tables: int
    observations: int


def gather(
    editions: Iterable[str], *, words: bool = True, text: bool = False, data: bool = True
) -> tuple[list[Finding], Scope]:
    """Check the common package, these editions and the chapters; what they have in common is told once.

    Parameters
    ----------
    editions : iterable of str
    words : bool
        Whether typed words are held against the data too: a build does that itself, for a draft may print them.
    text : bool
        Whether spelling and style are looked at as well.
    data : bool
        Whether the data are checked; chapters alone are where it is known that nothing is wrong with them.

    Returns
    -------
    list of Finding, Scope

    Raises
    ------
    UsageError, DataError
        As `read_edition`; a descriptor is not there or is not JSON.
    """
    with held():
        return _gathered(list(editions), words=words, text=text, data=data)


def _gathered(editions: list[str], *, words: bool, text: bool, data: bool) -> tuple[list[Finding], Scope]:
    found: dict[Finding, None] = {}
    described: dict[Path, catalogue.Table] = {}
    packages: list[str | None] = [*editions] or [None]
    for edition in packages:
        if edition is not None:
            read_edition(edition)
        if not data:
            continue
        found |= dict.fromkeys(check_edition(edition))
        described |= {part.file: part for table in tables(edition).values() for part in table.parts}
    is_sound = not any(finding.rule == "schema" for finding in found)
    observed = [table for table in described.values() if table.holds_observations]
    observations = sum(len(opened().looked_at(table)) for table in observed) if is_sound else 0
    from analysis.cli.lint import lint_chapters, style_of  # noqa: PLC0415 - pandoc and notebooks, which no other reader needs

    try:
        found |= dict.fromkeys(lint_chapters(editions))
    except DataError:  # the lists of what may stand typed are among what is broken, and told
        if is_sound:
            raise
    if text and is_sound:
        found |= dict.fromkeys(style_of(editions))
    if words and is_sound:
        found |= dict.fromkeys(_untrue(editions, told=any(one.severity == "error" for one in found)))
    return _grouped(found), Scope(len(described), observations)


def _untrue(editions: list[str], *, told: bool) -> Iterator[Finding]:
    """Yield the typed words of the chapters that the data of these editions contradict.

    Parameters
    ----------
    editions : list of str
    told : bool
        Whether something else is wrong: what keeps words from being checked may follow from it, and stays untold.
    """
    from analysis.cli.lint import of_chapter  # noqa: PLC0415 - as above
    from analysis.cli.words import untrue  # noqa: PLC0415 - the ledger, which no other reader needs
    from analysis.editions.published import Published  # noqa: PLC0415

    for edition in editions:
        try:
            # Formulas ask for values and names alone; what forecasts need takes longer to import than all of them.
            asked = cast("Report", Published(read_edition(edition)))
            yield from (of_chapter(one, UNTRUE) for one in untrue(asked))
        except ReportError:
            if not told:
                raise


def _grouped(found: Iterable[Finding]) -> list[Finding]:
    """Return findings errors first, those of a file one after another, files and findings otherwise as they came."""
    found = list(found)
    files = {file: number for number, file in enumerate(dict.fromkeys(finding.file for finding in found))}
    return sorted(found, key=lambda finding: (finding.severity, files[finding.file]))


class FoundError(ReportError):
    """What was found stops the work.

    Parameters
    ----------
    findings : iterable of Finding
        The errors, at least one.
    note : str
        What is to be said below them.
    exit_status : int
        As that of `ReportError`.
    """

    def __init__(self, findings: Iterable[Finding], note: str = "", exit_status: int = UsageError.exit_status) -> None:
        self.findings, self.note, self.exit_status = tuple(findings), note, exit_status
        super().__init__("\n".join([*map(str, self.findings), *([note] if note else [])]))

    @classmethod
    def of(cls, error: MistakesError) -> FoundError:
        """Return what a build found in the chapters."""
        from analysis.cli.lint import of_chapter  # noqa: PLC0415 - as in `gather`

        return cls(map(of_chapter, error.diagnostics), error.note, error.exit_status)


def near(found: Iterable[Finding], edition_id: str) -> list[Finding]:
    """Return the errors, and the warnings about what an edition speaks of: those of other regions are not its own."""
    within = scope_of(opened(), read_edition(edition_id))
    return [finding for finding in found if finding.severity == "error" or not finding.key or finding.key[1] in within]


def in_chapters(edition: str | None) -> list[Diagnostic]:
    """Return what is wrong with the chapters and the words of an edition; refuse it where its data are wrong.

    Where it is not known which, all are looked through. Warnings do not stop a build.

    Raises
    ------
    UsageError
        No such edition.
    FoundError
        The data are wrong: with them everything that is wrong with the chapters.
    """
    before = sound.state()
    known = bool(edition) and sound.known(edition or "", before)
    found = errors(gather([edition] if edition else available(), words=False, data=not known)[0])
    if any(finding.rule not in OF_TEXTS for finding in found):
        raise FoundError(found)
    if edition and not known:
        sound.keep(edition, before)
    return [
        Diagnostic(found.file, found.cell, found.row or 0, found.value or "", found.said, found.remedy)
        for found in found
    ]


def refused(error: FoundError) -> ReportError:
    """Show what stops a build as a table and return the last sentence; a single error is that sentence."""
    if len(error.findings) == 1:
        return error
    screen = console(sys.stderr, UNBROKEN)
    screen.print(listed(error.findings, screen))
    said = f"Ошибок: {len(error.findings)}, доклад не собран. Исправьте названное и соберите снова."
    last = ReportError(f"{said}\n{error.note}" if error.note else said)
    last.exit_status = error.exit_status
    return last


def listed(found: Iterable[Finding], screen: Console) -> Table:
    """Return findings as a table for a screen, one file after another.

    On a terminal a file is named once, above its places, and the words are wrapped; elsewhere each finding is one line
    that names its whole place, to be searched for.
    """
    found = list(found)
    live = screen.is_terminal
    ranked = len({finding.severity for finding in found}) > 1
    heads = [*(["важность"] if ranked else []), "где", "что написано", "что не так", "что сделать"]
    shown = table(heads, (), _title({finding.severity for finding in found}))
    for column in shown.columns:
        column.no_wrap = not live
    for (_, file), group in groupby(found, key=lambda finding: (finding.severity, finding.file)):
        for number, finding in enumerate(group):
            within = finding.place.removeprefix(file).removeprefix(", ")
            above = [file] if live and not number else []
            where = Text("\n").join(map(plain, [*above, within] if live else [finding.place]))
            rank = [SEVERITIES[finding.severity]] if ranked else []
            shown.add_row(*rank, where, *map(plain, (finding.value or "", finding.said, finding.remedy)))
        shown.add_section()
    return shown


def _title(ranks: set[str]) -> str:
    """Return what a table of findings of these severities is called."""
    if len(ranks) > 1:
        return "Ошибки и предупреждения"
    return "Предупреждения" if "warning" in ranks else "Ошибки"


def _without_floods(found: Iterable[Finding]) -> list[Finding]:
    """Return findings without those of a file of data that are more than anybody reads."""
    seen: Counter[str] = Counter()
    kept = []
    for finding in found:
        seen[finding.file] += finding.rule not in OF_TEXTS
        if seen[finding.file] <= SHOWN:
            kept.append(finding)
    return kept


def show(found: list[Finding], looked_at: Scope, file: Path | None, elsewhere: int = 0) -> None:
    """Print the findings as a table and how many there are.

    Parameters
    ----------
    found
        The findings, errors first.
    looked_at
        How much was looked through.
    file
        Where all of them were written, if they were.
    elsewhere
        How many warnings about other territories are not among them.
    """
    screen = console(None, UNBROKEN)
    shown = _without_floods(found)
    if shown:
        screen.print(listed(shown, screen))
    if len(shown) < len(found):
        screen.print(f"Показано {spaced(len(shown))} из {spaced(len(found))}; все – с ключом --csv ФАЙЛ.csv")
    wrong = len(errors(found))
    looked = f"Таблиц: {looked_at.tables}" + (
        f", наблюдений: {spaced(looked_at.observations)}" if looked_at.observations else ""
    )
    screen.print(f"{looked}. Ошибок: {wrong}, предупреждений: {len(found) - wrong}.", soft_wrap=True)
    if elsewhere:
        screen.print(f"О других территориях предупреждений: {elsewhere}; их печатает report check.")
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
