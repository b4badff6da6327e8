"""`report forecast`: a panel of short yearly series in, forecasts with intervals out."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.base.errors import DataError, did_you_mean
from analysis.cli.russian import Quiet, option
from analysis.cli.threads import one_thread

if TYPE_CHECKING:
    import pandas as pd


def print_methods() -> None:
    """Print what each method does."""
    one_thread()
    from analysis.forecast.cards import CARDS, model_card

    typer.echo("\n\n".join(fill(model_card(name), 100) for name in CARDS))


def forecast(
    series: Annotated[
        Path,
        option(
            "--input",
            metavar="ФАЙЛ",
            help=(
                "Ряды: CSV со столбцами series_id, period (год), value и, если нужно, kind: share – доля от 0 до 100,"
                " level – уровень, rate – темп или сальдо."
            ),
        ),
    ],
    horizons: Annotated[
        Path,
        option(
            "--horizons",
            metavar="ФАЙЛ",
            help="Горизонты: CSV со столбцами series_id, h и, если нужно, panel (ряды, которые оцениваются "
            "вместе) и parent (ряд, в который этот входит слагаемым).",
        ),
    ],
    output: Annotated[Path, option("--output", "-o", metavar="ФАЙЛ", help="Куда записать прогнозы: CSV.")],
    breaks: Annotated[
        Path | None,
        option(
            "--breaks",
            metavar="ФАЙЛ",
            help="Разрывы: CSV со столбцами series_id, period – с какого года ряд считается по-новому.",
        ),
    ] = None,
    methods: Annotated[  # noqa: ARG001 - the option ends the command before it begins
        bool,
        option("--methods", help="Рассказать, что делает каждый метод, и ничего не считать.", instead=print_methods),
    ] = False,
    quiet: Quiet = False,
) -> None:
    r"""Прогноз коротких годовых рядов с интервалами, которые выдерживают проверку прошлым.

    Записывает таблицу series_id, h, mean, lo80, hi80, lo95, hi95: по строке на ряд и год горизонта (от 1 до 30).
    Ряды панели оцениваются вместе: доверие к методам и ширина интервалов проверены на их же прошлых годах.
    Где части в прошлом складывались в целое (parent), складываются и прогнозы.
    Год, не похожий на остальные (опечатка, новый счет), прогноза не меняет и назван; доли не выходят за 0 и 100.
    Порядок строк, пропуски лет и длина рядов – любые; файл может быть с разделителем «;» и десятичной запятой.

    \b
    Примеры:
      report forecast --input panel.csv --horizons horizons.csv --output forecasts.csv
      report forecast --input panel.csv --horizons horizons.csv --output forecasts.csv --breaks breaks.csv
      report forecast --methods
    """
    one_thread()
    from analysis.base.files.output import check_output
    from analysis.forecast import files
    from analysis.forecast.engine import forecast_wide

    inputs = [file for file in (series, horizons, breaks) if file is not None]
    check_output(output, files.WRITTEN, inputs)
    panel, wanted = files.read_panel(series), files.read_horizons(horizons)
    names = set(panel["series_id"])
    if absent := [(line, name) for line, name in wanted["series_id"].items() if name not in names]:
        line, name = absent[0]
        raise DataError(f"{horizons}, строка {line}: ряда «{name}» нет в {series}.{did_you_mean(name, names)}")
    broken = files.read_breaks_file(breaks) if breaks is not None else None
    # A series without values that nobody asks for is nobody's mistake.
    panel = panel[panel["series_id"].isin({*panel.loc[panel["value"].notna(), "series_id"], *wanted["series_id"]})]
    for column in ("panel", "parent"):
        if column in wanted:
            panel[column] = panel["series_id"].map(dict(zip(wanted["series_id"], wanted[column], strict=True)))
    lonely = _check_parents(wanted, horizons, names)
    with _waiting(quiet):
        table = forecast_wide(panel, dict(zip(wanted["series_id"], wanted["h"], strict=True)), breaks=broken)
    files.write_forecasts(table, output, inputs)
    if not quiet:
        for note in table.attrs["notes"]:
            typer.echo(note, err=True)
        for parent in lonely:
            typer.echo(f"«{parent}»: целое без горизонта, прогнозы его частей с ним не согласованы.", err=True)
        if beside := len(names) - len(wanted):
            typer.echo(
                f"Рядов без горизонта: {beside}. Они помогли оценить остальные, сами не прогнозируются.", err=True
            )
        typer.echo(f"Прогнозы: {output} – рядов {len(wanted)}, строк {int(wanted['h'].sum())}.")


def _check_parents(wanted: pd.DataFrame, file: Path, known: set[str]) -> list[str]:
    """Return the parents that are in the panel but not asked for."""
    if "parent" not in wanted:
        return []
    for line, parent in wanted["parent"].items():
        if parent and parent not in known:
            raise DataError(f"{file}, строка {line}: целого «{parent}» нет среди рядов.{did_you_mean(parent, known)}")
    return sorted(set(wanted["parent"]) - set(wanted["series_id"]) - {""})


def _waiting(quiet: bool) -> AbstractContextManager[object]:
    """Return a sign of life while the forecasts are made, on a terminal only."""
    from rich.console import Console

    if quiet or not sys.stderr.isatty():
        return nullcontext()
    return Console(stderr=True).status("Считаю прогнозы…")
