"""`report ingest`: show what a publisher's file would change, then take it."""

from __future__ import annotations

import shlex
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.base.errors import DataError, UsageError
from analysis.base.russian import and_more
from analysis.cli.russian import Quiet, argument, option

if TYPE_CHECKING:
    from analysis.ingest.comparing import Comparison, Options


def ingest(  # noqa: PLR0913, PLR0917 - every option of the command is a parameter
    files: Annotated[
        list[Path], argument("ФАЙЛ", help="Книга Excel, CSV или XML издателя либо заполненный шаблон; можно несколько.")
    ],
    name: Annotated[
        str | None,
        option(
            "--as",
            metavar="ПОКАЗАТЕЛЬ",
            help="Код показателя (или таблица шаблона), если по файлу этого не видно.",
        ),
    ] = None,
    year: Annotated[
        int | None, option("--year", metavar="ГОД", help="Год чисел, если таблица его не называет.")
    ] = None,
    source: Annotated[
        str | None,
        option(
            "--source",
            metavar="КЛЮЧ",
            help="Ключ записи в data/sources.bib, если по файлу не видно, какое это издание.",
        ),
    ] = None,
    edition: Annotated[
        str | None,
        option(
            "--edition",
            metavar="ИЗДАНИЕ",
            help="Искать таблицу сначала в этом издании, а не среди общих рядов.",
        ),
    ] = None,
    territory: Annotated[
        list[str] | None,
        option(
            "--territory",
            metavar="КОД",
            help="Взять только эту территорию (можно повторять); all – все, какие есть в файле. "
            "Без ключа – те, о которых издания, и те, что в таблице уже есть.",
        ),
    ] = None,
    accept: Annotated[
        bool, option("--accept", help="Записать новое и изменившееся; прежние таблицы остаются в data/vintages.")
    ] = False,
    remove: Annotated[
        bool,
        option(
            "--remove", help="Вместе с --accept: убрать строки, которых в файле больше нет. Без ключа они остаются."
        ),
    ] = False,
    keep: Annotated[bool, option("--keep", help="Вместе с --accept: положить копию файла в data/raw.")] = False,
    csv: Annotated[
        Path | None, option("--csv", metavar="ФАЙЛ", help="Записать все изменения в таблицу CSV для Excel.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    r"""Принять новые данные из файла издателя: сначала показать, что изменится, затем записать.

    Без --accept ничего не записывается. Файл издателя не меняется.
    В журнале приёма (data/vintages) остаются его имя, размер и SHA-256.
    Прерванный приём оставляет данные прежними.

    \b
    Примеры:
      report ingest razdel_02_trud.xlsx --source regions2022
      report ingest razdel_02_trud.xlsx --source regions2022 --csv изменения.csv
      report ingest razdel_02_trud.xlsx --source regions2022 --accept
      report ingest сеть-2021.xlsx --accept            (заполненный шаблон)
      report ingest выгрузка.xlsx --as unemployment_rate --source regions2022
    """
    from analysis.base.files.output import check_output
    from analysis.cli import differences
    from analysis.cli.screen import console
    from analysis.ingest.comparing import Options, compare_files

    if (remove or keep) and not accept:
        raise UsageError(f"Ключ {'--remove' if remove else '--keep'} действует только вместе с --accept.")
    if csv is not None:
        check_output(csv, differences.WRITTEN, files)
    options = Options(name, year, source, edition, tuple(territory or ()))
    compared = compare_files(files, options)
    _refuse_unnamed(compared)
    screen = console()
    if not quiet:
        differences.show(screen, compared)
    if csv is not None:
        count = differences.write_rows(compared, csv)
        if not quiet:
            screen.print(f"Изменений в {csv}: {count}.", markup=False, soft_wrap=True)
    if not compared.differences:
        raise DataError(f"Размещать нечего: {_why(compared)}")
    if accept and any(
        found.put or (remove and found.gone) or found.counts["conflict"] for found in compared.differences
    ):
        _accept(compared, remove, keep, _typed(options), quiet)
    elif not quiet:
        _next(compared, files, options)


def _refuse_unnamed(compared: Comparison) -> None:
    """Refuse a file that brings something and does not say which publication it is, before it is shown at length."""
    if any(not found.empty for found in compared.differences):
        for file in compared.files:
            if file.needs_source:
                raise UsageError(f"{file.path.name}: {file.needs_source}")


def _accept(compared: Comparison, remove: bool, keep: bool, options: str, quiet: bool) -> None:
    from analysis.catalogue.findings import errors
    from analysis.ingest.accept import accept
    from analysis.ingest.judging import raised

    accepted = accept(
        compared.differences,
        compared.origins,
        datetime.now().astimezone().date(),
        editions=compared.editions,
        options=options,
        remove=remove,
        keep=[file.path for file in compared.files] if keep else (),
        # Without rows taken out these are the tables that were judged when compared.
        check=lambda staged: errors(raised(staged, compared.editions) if remove else compared.findings),
    )
    if not quiet:
        typer.echo(
            f"Принято: {accepted.vintage}. Прежние таблицы – в data/vintages/{accepted.vintage}, запись – в"
            " data/vintages/log.csv."
        )
        typer.echo("Дальше: git diff --stat data; report build")


def _next(compared: Comparison, files: list[Path], options: Options) -> None:
    from analysis.catalogue.findings import errors, summed_up

    if all(found.empty for found in compared.differences):
        typer.echo("Нового нет: всё, что в файле, в данных уже есть.")
    elif conflicts := [found for found in compared.differences if not found.conflicts.empty]:
        typer.echo(
            f"В файлах есть противоречия (таблица {conflicts[0].table.name}): исправьте копию файла и повторите."
        )
    elif wrong := errors(compared.findings):
        typer.echo(f"Принять это нельзя, пока правила находят ошибку: {summed_up(wrong)}")
    else:
        typer.echo(
            f"Ничего не записано. Чтобы принять: report ingest {shlex.join(map(str, files))} {_typed(options)}".rstrip()
            + " --accept"
        )


def _typed(options: Options) -> str:
    """Return the options as they were typed."""
    named = [
        ("--as", options.name),
        ("--year", options.year),
        ("--source", options.source),
        ("--edition", options.edition),
    ]
    pairs = [(key, str(value)) for key, value in named if value is not None] + [
        ("--territory", territory) for territory in options.territories
    ]
    return shlex.join(part for pair in pairs for part in pair)


def _why(compared: Comparison) -> str:
    unplaced = [block for file in compared.files for block in file.unplaced]
    if compared.elsewhere:
        return "в файле нет территорий, о которых эти таблицы; назовите нужные ключом --territory."
    if not unplaced:
        return "в файле нет ни одной заполненной строки."
    first = unplaced[0]
    more = and_more(len(unplaced) - 1)
    return f"лист «{first.sheet}»: {first.what + ' – ' if first.what else ''}{first.why}. {first.remedy}{more}"
