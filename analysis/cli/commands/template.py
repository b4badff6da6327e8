"""`report template`: a table to be filled in Excel."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from analysis.base.errors import UsageError
from analysis.cli.russian import Quiet, argument, option


def template(
    name: Annotated[
        str,
        argument(
            "ИМЯ", help="Код показателя (data/codes/indicators.csv) или таблица: network, admission_top, plan и другие."
        ),
    ],
    edition: Annotated[
        str | None, option("--edition", metavar="ИЗДАНИЕ", help="Издание, чья это таблица, если их несколько.")
    ] = None,
    years: Annotated[
        str | None,
        option(
            "--years",
            metavar="ГОДЫ",
            help="Какие годы заполнять: 2022, 2021-2023 или 2019,2021. Без ключа – следующий за последним в таблице.",
        ),
    ] = None,
    values: Annotated[
        bool, option("--values", help="Вписать то, что в таблице уже есть: чтобы проверить или поправить.")
    ] = False,
    output: Annotated[
        Path | None,
        option("--output", "-o", metavar="ФАЙЛ", help="Куда записать: .xlsx или .csv. Без ключа – ИМЯ.xlsx здесь же."),
    ] = None,
    quiet: Quiet = False,
) -> None:
    r"""Сделать шаблон таблицы для Excel: списки для выбора, строки для заполнения, пояснения.

    Заполненный шаблон принимает report ingest, отчёты колледжей проверяет report returns. Макросов и формул в нём нет.

    \b
    Примеры:
      report template unemployment_rate --years 2022-2023
      report template network -o сеть-2021.xlsx        сеть организаций по территориям
      report template admission_top                    приём по специальностям
      report template graduate_outcomes                занятость выпускников
      report template targeted_contracts               договоры о целевом обучении
      report template plan --values                    план мероприятий, каким он есть
      report template college_return                   форма квартального отчёта колледжа
    """
    from analysis.ingest.targets import FORMS, find_target
    from analysis.ingest.templates.template import make_template
    from analysis.ingest.templates.template_files import check_template, write_template

    target, file = find_target(name, edition), output or Path(f"{name}.xlsx")
    check_template(file)
    made = make_template(target, _years(years), values)
    write_template(made, file)
    if not quiet:
        typer.echo(f"Шаблон: {file} – таблица {made.target.table.name}, строк: {len(made.rows)}.")
        command = "returns" if made.target.table.name in FORMS else "ingest"
        typer.echo(f"Заполните и наберите: report {command} {file}")


def _years(said: str | None) -> list[int]:
    from analysis.editions.edition import FIRST, LAST

    found: list[int] = []
    for part in (said or "").replace(" ", "").split(",") if said else ():
        bounds = re.fullmatch(r"([0-9]{4})(?:[-–]([0-9]{4}))?", part)
        if bounds is None or int(bounds[2] or bounds[1]) < int(bounds[1]):
            raise UsageError(f"Годы «{said}» записаны не так. Нужно: 2022, 2021-2023 или 2019,2021.")
        if not FIRST <= int(bounds[1]) <= int(bounds[2] or bounds[1]) <= LAST:
            raise UsageError(f"Годы «{said}» не между {FIRST} и {LAST}: других в таблицах не бывает.")
        found += range(int(bounds[1]), int(bounds[2] or bounds[1]) + 1)
    return list(dict.fromkeys(found))
