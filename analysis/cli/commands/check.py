"""`report check`: what is wrong with the data, for the person who can mend them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.base.errors import UsageError, did_you_mean
from analysis.cli.russian import Quiet, argument, option

FOUND = 1


def check(
    edition: Annotated[
        str | None, argument("ИЗДАНИЕ", help="Папка издания в data/editions. Не названо – проверяются все.")
    ] = None,
    text: Annotated[
        bool,
        option(
            "--text",
            help="Проверить и язык: слова, которых нет в словаре, знаки, предложения длиннее 35 слов и одного образца.",
        ),
    ] = False,
    csv: Annotated[
        Path | None,
        option("--csv", metavar="ФАЙЛ", help="Записать замечания таблицей CSV для Excel – тому, кто дал данные."),
    ] = None,
    quiet: Quiet = False,
) -> None:
    r"""Проверить данные и главы: ошибки в таблицах, числа, набранные руками, опечатки в разметке.

    В таблицах – ссылки между ними, суммы, доли, равенства, скачки, разрывы рядов.
    Ошибки останавливают сборку доклада (код возврата 1); предупреждения сборке не мешают и стоят в приложении о данных.
    Об издании показаны предупреждения о его территориях, остальные сосчитаны; в таблицу --csv идут все.
    Замечания о языке (--text) – всегда предупреждения: что с ними делать, решает автор (docs/ru/style.md).
    Замечание, которое разобрано и остается, записывают с причиной в data/codes/acknowledged.csv.

    \b
    Примеры:
      report check
      report check kemerovo-2021
      report check --text                  ещё и язык глав
      report check --csv замечания.csv
    """
    from analysis.base.files.output import check_output
    from analysis.base.garbage import seldom
    from analysis.catalogue.findings import errors
    from analysis.cli import findings as shown
    from analysis.editions.edition import available

    seldom()
    known = available()
    if edition is not None and edition not in known:
        raise UsageError(f"Нет издания «{edition}» в папке data/editions.{did_you_mean(edition, known)}")
    if csv is not None:
        check_output(csv, shown.WRITTEN)
    chosen = [edition] if edition else known
    found, looked_at = shown.gather(chosen, text=text)
    if csv is not None:
        shown.write(found, csv)
    if not quiet:
        own = shown.near(found, edition) if edition and not errors(found) else found
        shown.show(own, looked_at, csv, len(found) - len(own))
    if errors(found):
        raise typer.Exit(FOUND)
