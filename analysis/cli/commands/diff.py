"""`report diff`: what has become of the report from one edition, day or commit to another."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.base.errors import UsageError, did_you_mean
from analysis.cli.russian import Quiet, argument, option


def diff(
    before: Annotated[
        str,
        argument(
            "А", help="Издание (папка в data/editions), день (2022-03-01), приём данных (2022-03-01-1) или коммит."
        ),
    ],
    after: Annotated[
        str,
        argument("Б", help="С чем сравнить: то же. now или ничего – то, что лежит в папке сейчас."),
    ] = "now",
    only: Annotated[
        str,
        option(
            "--only",
            metavar="ЧАСТИ",
            help="Только эти части, через запятую: numbers, words, verdicts, forecasts, prose. Без ключа – все.",
        ),
    ] = "numbers,words,verdicts,forecasts,prose",
    edition: Annotated[
        str | None,
        option("--edition", metavar="ИЗДАНИЕ", help="Из состояний всех данных – только общее и это издание."),
    ] = None,
    html: Annotated[
        Path | None,
        option(
            "--html",
            metavar="ФАЙЛ",
            help="Записать всё одной страницей для рецензента: открывается без сети, читается с телефона и в печати.",
        ),
    ] = None,
    whole: Annotated[bool, option("--all", help="Напечатать все строки, сколько бы их ни было.")] = False,
    quiet: Quiet = False,
) -> None:
    r"""Сравнить два издания или два состояния данных и глав: что изменилось в числах, словах, выводах и тексте.

    Числа – наблюдения по показателям: было, стало, единица, источник. Слова – строки текстовых таблиц.
    Утверждения издания – держится, больше не держится, нечем проверить. Прогнозы из архива А – с тем, что известно в Б.
    Текст глав и фрагментов издания – по предложениям: [-убрано-] {+добавлено+}.
    Издания о разных регионах сравниваются по показателям, каждое – по своему региону.
    Код выхода 0 и тогда, когда различия есть.

    \b
    Примеры:
      report diff kemerovo-2021 kemerovo-2022
      report diff kemerovo-2021 kemerovo-2022 --html различия.html
      report diff 2022-03-01                        с этого дня до сегодня
      report diff HEAD~5 --only prose               что переписано за пять коммитов
      report diff v1 v2 --edition kemerovo-2021 --only numbers,verdicts
    """
    from analysis.base.files.output import Kind, check_output, write_output
    from analysis.cli import compared as shown
    from analysis.compare.comparison import PARTS, compare
    from analysis.compare.page import FIRST, page
    from analysis.compare.states import laid_out

    parts = [part.strip() for part in only.split(",")]
    if strange := next((part for part in parts if part not in PARTS), None):
        raise UsageError(f"Нет части «{strange}».{did_you_mean(strange, PARTS)}")
    kind = Kind(suffixes=(".html", ".htm"), heads=((FIRST,),))
    if html is not None:
        check_output(html, kind)
    with laid_out(before, after) as (old, new):
        found = compare(old, new, parts, edition)
    if html is not None:
        write_output(page(found), html, kind)
    if not quiet:
        shown.show(found, whole=whole)
        if html is not None:
            typer.echo(f"\nСтраница для рецензента: {html}")
