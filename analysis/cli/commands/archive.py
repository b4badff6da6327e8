"""`report archive`: lay down the forecasts of an edition as they are now, for the next edition to be judged by."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.base.errors import UsageError, did_you_mean
from analysis.cli.russian import Quiet, argument, option


def archive(
    edition: Annotated[str, argument("ИЗДАНИЕ", help="Папка издания в data/editions.")],
    horizon: Annotated[
        int | None,
        option("--horizon", metavar="ГОД", help="Последний год прогноза. По умолчанию – как в главах доклада."),
    ] = None,
    quiet: Quiet = False,
) -> None:
    r"""Сохранить прогнозы издания, чтобы следующее издание сравнило их с тем, что наступило.

    Записывает data/editions/<издание>/forecasts.csv: середину и границы интервалов каждого ряда на каждый год.
    Запускают один раз, когда издание готово; при повторном запуске таблица заменяется.

    \b
    Примеры:
      report archive kemerovo-2021
      report archive kemerovo-2021 --horizon 2026
    """
    from analysis.editions.edition import available
    from analysis.outlook.archive import write
    from analysis.report import open_report

    known = available()
    if edition not in known:
        raise UsageError(f"Нет издания «{edition}» в папке data/editions.{did_you_mean(edition, known)}")
    file, rows = write(open_report(edition, horizon=horizon).prospects)
    if not quiet:
        typer.echo(f"Прогнозы: {file} – строк {rows}.")
