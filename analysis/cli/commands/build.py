"""`report build`: check, execute, render, put in place."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analysis.base import paths
from analysis.base.errors import ReportError, UsageError, did_you_mean
from analysis.base.garbage import seldom
from analysis.base.russian import CASES, NBSP, decimal
from analysis.cli.russian import Quiet, argument, option
from analysis.cli.threads import one_thread

if TYPE_CHECKING:
    from analysis.base.gaps import Unsaid
    from analysis.book.diagnostics import Diagnostic
    from analysis.book.made import Made
    from analysis.book.spent import Spent
    from analysis.book.warm import Call


def build(
    edition: Annotated[
        str | None,
        argument(
            "ИЗДАНИЕ",
            help="Папка издания в data/editions. Не названо – то, которое названо в самих главах.",
        ),
    ] = None,
    to: Annotated[
        str,
        option(
            "--to",
            metavar="ФОРМАТЫ",
            help=(
                "Что сделать, через запятую: html, pdf, docx, brief («Главное» на двух страницах). Без ключа – всё. В"
                " готовой папке будет только названное."
            ),
        ),
    ] = "html,pdf,docx,brief",
    param: Annotated[
        list[str] | None,
        option(
            "--param",
            metavar="ИМЯ=ЗНАЧЕНИЕ",
            help="Параметр глав вместо значения по умолчанию; можно повторять.",
        ),
    ] = None,
    renderer: Annotated[
        str,
        option(
            "--renderer",
            metavar="ИМЯ",
            help=(
                "Чем оформлять: quarto, builtin (встроенным) или auto: Quarto 1.9 и новее, если он установлен, иначе"
                " встроенным."
            ),
        ),
    ] = "auto",
    draft: Annotated[
        bool,
        option(
            "--draft",
            help=(
                "Собрать черновик: места, для которых нет данных, пометить, а не выпустить; слова глав, которым данные"
                " противоречат, назвать, но сборку не останавливать."
            ),
        ),
    ] = False,
    profile: Annotated[
        bool,
        option("--profile", help="Показать в конце, на что ушло время: таблица по главам и шагам."),
    ] = False,
    quiet: Quiet = False,
) -> None:
    r"""Собрать доклад: проверить данные, выполнить главы, оформить, положить в _book/<издание>.

    Новый доклад заменяет прежний целиком и только тогда, когда готов: при любой ошибке прежний остаётся на месте.
    Все ошибки всех глав сборка называет сразу, одной таблицей: глава, ячейка, строка, что не так, что сделать.
    В ней все, что назвал бы report check (число, набранное руками, опечатка в выражении, незакрытый блок, ссылка в
    никуда), и все, что не выполнилось. Ошибки в данных останавливают сборку до выполнения глав.
    Чего в данных нет, то ошибкой не считается: предложение, абзац, таблица или рисунок, которые на этом держатся, в
    доклад не входят и перечислены в приложении «Что не вошло в доклад»; с --draft они остаются на месте с пометкой.
    Ошибка – и слова, вписанные в главы рукой, если данные издания им противоречат; только их пропускает --draft.

    \b
    Примеры:
      report build
      report build kemerovo-2021
      report build --to html,pdf
      report build --to brief
      report build --param since=2010 --param steady=0.5
      report build --renderer builtin
      report build --to html --profile
      report build kemerovo-2022 --draft
    """
    from analysis.book import made as last

    began = time.perf_counter()
    formats = tuple(name.strip().lower() for name in to.split(","))
    asked = last.Asked(edition, formats, tuple(param or ()), renderer)
    # A draft says what is wrong with it each time.
    if not draft and not profile and (done := last.unchanged(asked)):
        _repeat(done, quiet, time.perf_counter() - began)
        return
    # The kernels of the chapters inherit it; they run side by side.
    one_thread()
    seldom()
    from analysis.book import renderers
    from analysis.book.build import build as build_book
    from analysis.book.chapters import BRIEF, FORMATS
    from analysis.book.diagnostics import MistakesError
    from analysis.book.progress import Reporter
    from analysis.cli import findings

    known = (*FORMATS, BRIEF)
    if unknown := [name for name in formats if name not in known]:
        raise UsageError(f"Нет формата «{unknown[0]}».{did_you_mean(unknown[0], known)}")
    render = renderers.renderer(renderer)
    before = last.snapshot()
    try:
        with Reporter(quiet) as reporter:
            made = build_book(
                edition,
                _source(draft),
                render=render,
                formats=formats,
                parameters=param or [],
                reporter=reporter,
                passed_over=renderers.passed_over(renderer),
                draft=draft,
            )
        if made and not draft:
            whole = last.Made(made, tuple(reporter.notes))
            before.record(asked, next(iter(made.values())).relative_to(paths.book("").absolute()).parts[0], whole)
        if profile:
            _show_spent(reporter.meter.spent)
    except MistakesError as error:
        raise findings.refused(findings.FoundError.of(error)) from None
    except findings.FoundError as error:
        raise findings.refused(error) from None
    if not quiet:
        _announce(made, time.perf_counter() - began)


def _repeat(done: Made, quiet: bool, duration: float) -> None:
    """Say that the report is there already."""
    if quiet:
        return
    for note in done.notes:
        typer.echo(note, err=True)
    typer.echo("С прошлой сборки ничего не изменилось.", err=True)
    _announce(done.files, duration)


def _show_spent(spent: Iterable[Spent]) -> None:
    """Print where the time of a build went, the costliest first."""
    from analysis.cli.screen import console, table

    listed = sorted(spent, key=lambda one: -one.cpu)
    whole = sum(one.cpu for one in listed) or 1.0
    numbers = ["по часам, с", "процессор, с", "доля, %"]
    rows = [
        (
            one.work,
            one.step,
            decimal(one.wall, 1) if one.wall else "",
            decimal(one.cpu, 1),
            decimal(100 * one.cpu / whole, 0),
        )
        for one in listed
    ]
    console().print(table(["что", "шаг", *numbers], rows, "На что ушло время", right=numbers))
    typer.echo(f"Всего процессорного времени: {decimal(whole, 1)} с.")


def _source(draft: bool) -> Any:
    from analysis.base import paths
    from analysis.book import quantities
    from analysis.book.source import Source
    from analysis.cli import findings
    from analysis.cli.lint import listed, names_of
    from analysis.show.published import publish

    def check(edition_id: str | None) -> list[Diagnostic]:
        found = findings.in_chapters(edition_id)
        try:
            return [*found, *_untrue(edition_id, draft)] if edition_id else found
        except ReportError:
            if found:  # of chapters that cannot be read, for one
                return found
            raise

    def lay(edition_id: str, folder: Path) -> None:
        cited: dict[str, set[int]] = {}
        for seen in quantities.read(paths.build(edition_id) / "stage")["observations"].values():
            if seen["row"]:
                cited.setdefault(seen["table"], set()).add(seen["row"])
        publish(edition_id, folder, cited)

    return Source(
        check=check,
        words=_words,
        publish=lay,
        unsaid=_unsaid,
        listed=lambda edition: listed([edition]),
        names=names_of,
        ahead=_ahead,
    )


def _ahead(edition_id: str) -> list[Call]:
    """Return what the chapters of an edition do first, whichever they are."""
    return [("analysis.ahead", "of_edition", (edition_id,))]


def _unsaid(edition_id: str) -> list[Unsaid]:
    """Return the words typed into the chapters that nothing known of an edition can be held against."""
    from analysis.ledger.prose import unsaid
    from analysis.report import open_report

    return unsaid(open_report(edition_id), sorted(paths.chapters().glob("*.ipynb")))


def _untrue(edition_id: str, draft: bool) -> list[Diagnostic]:
    """Return the words typed into the chapters that the data contradict; a draft only names them."""
    from analysis.cli.words import REMEDY, untrue
    from analysis.report import open_report

    found = untrue(open_report(edition_id))
    if draft:
        for mistake in found:
            typer.echo(f"Черновик. {mistake}".removesuffix(f" {REMEDY}"), err=True)
    return [] if draft else found


def _words(edition_id: str) -> Mapping[str, str]:
    """Return what `{title}`, `{region_loc}` and the like stand for; empty where the edition does not say."""
    from analysis.report import open_report

    report = open_report(edition_id)
    fields = {name: value for name, value in report.edition.model_dump().items() if not isinstance(value, tuple)}
    region = {"region": report.region.name} | {
        f"region_{case}": getattr(report.region, case) for case in (*CASES, "inside")
    }
    return {name: "" if value is None else f"{value}" for name, value in (fields | region).items()}


def _announce(made: Mapping[str, Path], duration: float) -> None:
    typer.echo(f"Доклад готов за {decimal(duration, 1)}{NBSP}с:")
    for name, path in made.items():
        # The pages are a folder; the other formats lie beside them.
        parts = (
            [path]
            if name != "html"
            else [file for file in path.parent.rglob("*") if file == path or file not in made.values()]
        )
        size = f"{decimal(sum(part.stat().st_size for part in parts if part.is_file()) / 1e6, 1)} МБ"
        typer.echo(f"  {name.upper():<5} {size:>8}  {path.relative_to(paths.project_root())}")
