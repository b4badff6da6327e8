"""`report plan`: how the plan of an edition stands on a day, and the plan as a calendar."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from analysis.base.errors import UsageError
from analysis.cli.russian import Quiet, argument, option

_DAY = "%Y-%m-%d"


def plan(
    name: Annotated[
        str | None,
        argument("ИЗДАНИЕ", help="Папка в data/editions. Не названо – издание, которое названо в самих главах."),
    ] = None,
    as_of: Annotated[
        str | None,
        option("--as-of", metavar="ДЕНЬ", help="На какой день: 2022-03-01. Без ключа – дата учёта издания (as_of)."),
    ] = None,
    body: Annotated[
        str, option("--for", metavar="ИСПОЛНИТЕЛЬ", help="Только его мероприятия: код или короткое название.")
    ] = "",
    to: Annotated[
        str | None,
        option(
            "--to",
            metavar="ВИД",
            help="Записать файлом: ics – календарь, xlsx – книга, md – текст; или имя файла с таким концом.",
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    r"""Показать, как стоит план мероприятий на день: что исполнено, что срочно, у чего срок прошёл, что дальше.

    Сроки считаются по видам (data/codes/deadline_kinds.csv), отметки об исполнении берутся из plan_status.csv издания.
    Мероприятие без отметки, день которого прошёл, – «срок прошел, отметки об исполнении нет», и не больше.
    Календарь (ics) открывают Outlook, календари Google, Apple и Яндекса; повторения в нём – правилами.
    Код выхода 1 – есть мероприятие, у которого срок прошёл без отметки; 0 – нет таких или записан файл; 2 – ошибка.

    \b
    Примеры:
      report plan kemerovo-2021
      report plan kemerovo-2021 --as-of 2022-03-01
      report plan kemerovo-2021 --as-of 2022-03-01 --for colleges
      report plan kemerovo-2021 --as-of 2022-03-01 --to ics
      report plan kemerovo-2021 --as-of 2022-03-01 --to план.xlsx
    """
    from analysis.cli import planned
    from analysis.editions.edition import read_edition
    from analysis.planning.account import account

    if name is None:
        from analysis.book.chapters import edition_of_chapters

        name = edition_of_chapters()
    edition = read_edition(name)
    try:
        day = datetime.strptime(as_of, _DAY).date() if as_of else edition.as_of  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise UsageError(f"День «{as_of}» записан не так. Нужно: 2022-03-01.") from error
    file = planned.target(to, edition.id) if to is not None else None
    made = account(edition, day, body)
    if file is not None:
        planned.write(made, file)
        if not quiet:
            typer.echo(f"{made.title}: {file} – мероприятий: {len(made.standings)}.")
        return
    if not quiet:
        planned.show(made)
    if made.overdue:
        raise typer.Exit(1)
