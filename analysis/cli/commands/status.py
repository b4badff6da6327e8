"""`report status`: what the next build would do, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from analysis.cli.russian import Quiet, argument, option

if TYPE_CHECKING:
    from analysis.book.standing import Standing

_MOST = 6  # reasons of one chapter that are named; the rest is counted


def status(
    edition: Annotated[
        str | None,
        argument("ИЗДАНИЕ", help="Папка в data/editions. Не названо – издание, которое названо в самих главах."),
    ] = None,
    why: Annotated[
        bool, option("--why", help="Назвать причины: что изменилось с прошлой сборки у каждой главы и у книги.")
    ] = False,
    to: Annotated[
        str | None,
        option("--to", metavar="ФОРМАТЫ", help="Для каких форматов; без ключа – для тех же, что в прошлый раз."),
    ] = None,
    param: Annotated[
        list[str] | None, option("--param", metavar="ИМЯ=ЗНАЧЕНИЕ", help="Параметр глав, как у report build.")
    ] = None,
    renderer: Annotated[str, option("--renderer", metavar="ИМЯ", help="Чем оформлять, как у report build.")] = "auto",
    quiet: Quiet = False,
) -> None:
    r"""Показать, что сделает следующая сборка: какие главы выполнятся снова, какие взяты готовыми, и почему.

    Глава выполняется снова, только если изменилось то, на чём она держится: её код и выражения в тексте, фрагменты
    издания, параметры, таблицы, которые она прочла, программа, версии библиотек. Правка слов главу не выполняет.
    Код выхода 0 – доклад готов и ничего не изменилось; 1 – сборка что-то сделает; 2 – ошибка.

    \b
    Примеры:
      report status
      report status kemerovo-2022 --why
      report status --to html --why
    """
    from analysis.book.made import Asked
    from analysis.book.standing import formats_of, standing
    from analysis.editions.edition import read_edition

    if edition:
        read_edition(edition)
    formats = tuple(name.strip().lower() for name in to.split(",")) if to else formats_of(edition, _ALL)
    found = standing(Asked(edition, formats, tuple(param or ()), renderer))
    if not quiet:
        _show(found, why)
    raise typer.Exit(0 if found.current else 1)


_ALL = ("html", "pdf", "docx", "brief")


def _show(found: Standing, why: bool) -> None:
    from analysis.base.russian import shortened
    from analysis.cli.screen import console, table

    rows = []
    for title, reasons in found.chapters.items():
        told = [shortened(reasons, _MOST, "; ")] if why else []
        rows.append((title, "выполнится" if reasons else "готова", *told))
    console().print(table(["глава", "что будет", *(["почему"] if why else [])], rows, f"Издание {found.edition}"))
    if found.changed is None:
        typer.echo("Целой сборки с такими ключами ещё не было, или записи о ней нельзя верить.")
    elif not found.changed:
        typer.echo("Доклад готов: с прошлой сборки ничего не изменилось.")
    else:
        listed = f": {shortened(found.changed, _MOST * 2)}" if why else ""
        typer.echo(f"Доклад будет оформлен заново; изменено с прошлой сборки: {len(found.changed)}{listed}.")
