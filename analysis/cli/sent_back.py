"""What `report returns` prints and writes: the list to send back, a marked workbook, letters."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import typer

from analysis.base.errors import UsageError, did_you_mean, reason
from analysis.base.files.output import Kind, check_output, shown, write_output
from analysis.base.files.tables import for_excel
from analysis.cli.screen import console, table
from analysis.returns.checks import Checked
from analysis.returns.faults import COLUMNS, as_rows
from analysis.returns.letters import LETTER_HEAD, LIST_HEAD, as_list, by_college, letters
from analysis.returns.listed import in_words
from analysis.returns.workbook import as_workbook

KINDS = {
    ".xlsx": Kind((".xlsx",)),
    ".csv": Kind((".csv",), heads=(COLUMNS,)),
    ".md": Kind((".md",), heads=((LIST_HEAD,),)),
}
_LETTER = Kind((".md",), heads=((LETTER_HEAD,),))
_NAME = "вернуть"


def place_of(said: str, inputs: Iterable[Path]) -> Path:
    """Return where something is to be written, seen before any work is done.

    Parameters
    ----------
    said : str
        A kind («xlsx»), a file, or a folder (it ends in a slash or is there).
    inputs : iterable of Path
        The files that are read: none of them is written over.

    Returns
    -------
    Path

    Raises
    ------
    UsageError
        It is none of these, or may not be written.
    """
    if f".{said}" in KINDS:
        said = f"{_NAME}.{said}"
    place = Path(said)
    if said.endswith(("/", "\\")) or place.is_dir():
        if place.exists() and not place.is_dir():
            raise UsageError(f"{shown(place)}: это файл, а не папка. Назовите другую папку для писем.")
        return place
    if place.suffix.lower() not in KINDS:
        raise UsageError(
            f"{shown(place)}: не понять, в каком виде записать. Нужно xlsx, csv, md, имя такого файла или папка со"
            f" знаком «/» в конце.{did_you_mean(said, ['xlsx', 'csv', 'md'])}"
        )
    check_output(place, KINDS[place.suffix.lower()], inputs)
    return place


def write(checked: Checked, place: Path, inputs: Iterable[Path]) -> None:
    """Write the list, the workbook or the letters.

    Parameters
    ----------
    checked : Checked
    place : Path
        As `place_of` gives it.
    inputs : iterable of Path
        The files that were read.

    Raises
    ------
    UsageError
        As `analysis.base.files.output.write_output`; the folder cannot be made.
    """
    suffix = place.suffix.lower()
    if suffix not in KINDS or place.is_dir():
        _write_letters(checked, place, inputs)
        return
    made: bytes | str
    if suffix == ".xlsx":
        made = as_workbook(checked)
    elif suffix == ".csv":
        made = for_excel(COLUMNS, as_rows(checked.faults))
    else:
        made = as_list(checked)
    write_output(made, place, KINDS[suffix], inputs)


def show(checked: Checked) -> None:
    """Print the list, college by college, and how many it concerns."""
    if checked.faults:
        screen = console()
        rows = [
            (college if first else "", fault.said)
            for college, own in by_college(checked.faults)
            for first, fault in zip([True] + [False] * len(own), own, strict=False)
        ]
        screen.print(table(["кому", "почему вернуть"], rows))
    came = f"{checked.colleges} из {checked.expected}" if checked.expected else str(checked.colleges)
    typer.echo(f"Отчётов за {in_words(checked.quarter)}: {came}.")
    if not checked.compared:
        typer.echo("С прошлым кварталом не сравнивалось: назовите его отчёты ключом --previous.")
    if not checked.expected:
        typer.echo("Кто не сдал, не видно: назовите прошлые отчёты (--previous) или издание со списком (--edition).")
    back = len(by_college(checked.faults))
    typer.echo(f"Вернуть отчётов: {back}, причин: {len(checked.faults)}." if back else "Возвращать нечего.")


def _write_letters(checked: Checked, folder: Path, inputs: Iterable[Path]) -> None:
    made = letters(checked)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{shown(folder)}: папку не сделать ({reason(error)}). Назовите другую.") from error
    # All are seen before the first is written: either every letter is there or none.
    for name in made:
        check_output(folder / name, _LETTER, inputs)
    for name, text in made.items():
        write_output(text, folder / name, _LETTER, inputs)
