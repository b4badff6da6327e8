"""`report returns`: what to send back of the quarterly returns of colleges, to whom, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.cli.russian import Quiet, argument, option

if TYPE_CHECKING:
    from analysis.returns.checks import Checked

TO_SEND_BACK = 1


def returns(
    files: Annotated[
        list[Path],
        argument("ФАЙЛ", help="Отчёты колледжей по форме: книги Excel, CSV или папка с ними, сколько угодно."),
    ],
    edition: Annotated[
        str | None,
        option("--edition", metavar="ИЗДАНИЕ", help="Чья таблица graduates_by_college говорит, кто отчитывается."),
    ] = None,
    previous: Annotated[
        list[Path] | None,
        option(
            "--previous",
            metavar="ФАЙЛ|ПАПКА",
            help="Отчёты прошлых кварталов, с ними сравнивают: файл (можно повторять) или папка.",
        ),
    ] = None,
    quarter: Annotated[
        str | None,
        option("--quarter", metavar="КВАРТАЛ", help="За какой квартал отчёт: 2021-4. Без ключа – как в большинстве."),
    ] = None,
    to: Annotated[
        list[str] | None,
        option(
            "--to",
            metavar="ВИД",
            help="Куда записать (можно повторять): xlsx – книга с отмеченными ячейками, csv – список, md – список"
            " письмом, папка/ – письмо каждому; или имя файла с таким окончанием.",
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    r"""Проверить квартальные отчёты колледжей: что вернуть, кому и почему.

    Форму отчёта делает report template college_return.
    Сравнивает части с целым, категории со всеми, отчёт с прошлым кварталом и с похожими колледжами.
    Код возврата: 0 – возвращать нечего, 1 – есть что вернуть, 2 – файл не прочитать.

    \b
    Примеры:
      report template college_return -o форма.xlsx
      report returns отчеты/ --previous прошлый/
      report returns отчеты/*.xlsx --previous прошлый.csv --to xlsx --to письма/
      report returns отчеты.csv --edition kemerovo-2021 --quarter 2021-4 --to вернуть.csv
    """
    from analysis.cli import sent_back
    from analysis.ingest.targets import check_edition_id
    from analysis.returns.checks import check_returns
    from analysis.returns.reading import in_folders

    check_edition_id(edition)
    files, former = in_folders(files), in_folders(previous or ())
    inputs = [*files, *former]
    places = [sent_back.place_of(said, inputs) for said in dict.fromkeys(to or ())]
    checked = check_returns(files, former, edition, quarter)
    for place in places:
        sent_back.write(checked, place, inputs)
    if not quiet:
        _tell(checked, places)
    if checked.faults:
        raise typer.Exit(TO_SEND_BACK)


def _tell(checked: Checked, places: list[Path]) -> None:
    from analysis.cli import sent_back

    sent_back.show(checked)
    for place in places:
        typer.echo(f"Записано: {place}")
