"""The command `report`: arguments in, one plain sentence out."""

from __future__ import annotations

import re
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from analysis import paths
from analysis.errors import ReportError, UsageError, did_you_mean

INTERRUPTED = 130
# Usage errors of the library behind typer; typer itself names only some of them.
WrongCall: type[Exception] = typer.BadParameter.__mro__[1]


class _Russian:
    """Help whose fixed words are Russian too."""

    def get_usage(self, ctx: Any) -> str:
        words = {"Usage:": "Вызов:", "[OPTIONS]": "[КЛЮЧИ]", "COMMAND [ARGS]...": "КОМАНДА …"}
        usage = super().get_usage(ctx)  # type: ignore[misc]
        for english, russian in words.items():
            usage = usage.replace(english, russian)
        return usage

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        option.help, option.rich_help_panel = "Показать эту справку.", "Ключи"
        return option


class Command(_Russian, TyperCommand):
    """A command of `report`."""


class Group(_Russian, TyperGroup):
    """The command `report` itself."""


app = typer.Typer(cls=Group, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def report() -> None:
    """Доклад о занятости выпускников СПО: из таблиц данных и глав-тетрадей – сайт, PDF и документ Word.

    Главы лежат в папке chapters, данные – в data, готовое появляется в _book/<издание>.

    \b
    С чего начать:
      report build                     собрать всё
      report build --to pdf            только PDF
      report build --help              остальные возможности
    """


@app.command(cls=Command, rich_help_panel="Команды")
def build(
    edition: Annotated[str | None, typer.Argument(
        metavar="ИЗДАНИЕ", show_default=False, rich_help_panel="Аргументы",
        help="Папка издания в data/editions. Не названо – то, которое названо в самих главах.",
    )] = None,
    to: Annotated[str, typer.Option(
        "--to", metavar="ФОРМАТЫ", rich_help_panel="Ключи", show_default=False,
        help="Что сделать, через запятую: html, pdf, docx. Без ключа – всё. В готовой папке будет только названное.",
    )] = "html,pdf,docx",
    param: Annotated[list[str] | None, typer.Option(
        "--param", metavar="ИМЯ=ЗНАЧЕНИЕ", rich_help_panel="Ключи", show_default=False,
        help="Параметр глав вместо значения по умолчанию; можно повторять.",
    )] = None,
    renderer: Annotated[str, typer.Option(
        "--renderer", metavar="ИМЯ", rich_help_panel="Ключи", show_default=False,
        help="Чем оформлять: quarto, builtin (встроенным) или auto: Quarto 1.9 и новее, если он установлен, иначе встроенным.",
    )] = "auto",
    quiet: Annotated[bool, typer.Option(
        "--quiet", "-q", rich_help_panel="Ключи", help="Ничего не печатать, кроме ошибок.", show_default=False,
    )] = False,
) -> None:
    """Собрать доклад: проверить данные, выполнить главы, оформить, положить в _book/<издание>.

    Новый доклад заменяет прежний целиком и только тогда, когда готов: при любой ошибке прежний остаётся на месте.

    \b
    Примеры:
      report build
      report build kemerovo-2021
      report build --to html,pdf
      report build --param since=2010 --param steady=0.5
      report build --renderer builtin
    """
    from analysis.book import build as book
    from analysis.book.progress import Reporter

    began = time.perf_counter()
    formats = [name.strip().lower() for name in to.split(",")]
    if unknown := [name for name in formats if name not in book.FORMATS]:
        raise UsageError(f"Нет формата «{unknown[0]}».{did_you_mean(unknown[0], book.FORMATS)}")
    render = book.renderer(renderer)
    with Reporter(quiet) as reporter:
        made = book.build(edition, _source(), render=render, formats=formats, parameters=param or [], reporter=reporter)
    if not quiet:
        _announce(made, time.perf_counter() - began)


def main() -> None:
    """Run the command; whatever happens, the person at the keyboard reads a sentence, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status = app(standalone_mode=False)
        # typer turns Ctrl+C into this status; some of its versions into an exception.
        if status == INTERRUPTED:
            raise KeyboardInterrupt
    except ReportError as error:
        status = _fail(str(error), error.exit_status)
    except WrongCall as error:
        status = _fail(_wrong_call(error), UsageError.exit_status)
    except (KeyboardInterrupt, typer.Abort):
        status = _fail("Прервано. Прежний доклад остался на месте.", INTERRUPTED)
    except Exception:  # noqa: BLE001 - the last door: the traceback goes to a file
        status = _fail(f"Ошибка в самой программе. Подробности: {_log(traceback.format_exc())}", 1)
    sys.exit(status if isinstance(status, int) else 0)


def _source() -> Any:
    from analysis.book.build import Source
    from analysis.catalogue import check_edition

    return Source(check=check_edition, words=_words)


def _words(edition_id: str) -> Mapping[str, str]:
    """Return what `{title}`, `{region_loc}` and the like stand for; empty where the edition does not say."""
    from analysis.report import open_report

    report = open_report(edition_id)
    fields = {name: value for name, value in report.edition.model_dump().items() if not isinstance(value, tuple)}
    region = {"region": report.region.name} | {f"region_{case}": getattr(report.region, case) for case in ("gen", "dat", "loc")}
    return {name: "" if value is None else str(value) for name, value in (fields | region).items()}


def _announce(made: Mapping[str, Path], duration: float) -> None:
    from analysis.book.progress import seconds

    typer.echo(f"Доклад готов за {seconds(duration)}:")
    for name, path in made.items():
        # The pages are a folder; the other formats lie beside them.
        parts = [path] if name != "html" else [file for file in path.parent.rglob("*") if file == path or file not in made.values()]
        size = f"{sum(part.stat().st_size for part in parts if part.is_file()) / 1e6:.1f} МБ".replace(".", ",")
        typer.echo(f"  {name.upper():<5} {size:>8}  {path.relative_to(paths.project_root())}")


def _wrong_call(error: Exception) -> str:
    """Return a usage error in Russian."""
    message = str(getattr(error, "message", error))
    if command := re.match(r"No such command '(.+?)'", message):
        return f"Нет команды «{command[1]}».{did_you_mean(command[1], typer.main.get_command(app).commands)} Справка: report --help"
    if option := re.match(r"No such option:? '?(-[^\s']+)", message):
        return f"Нет ключа «{option[1]}».{did_you_mean(option[1], getattr(error, 'possibilities', None) or [])} Справка: report build --help"
    return f"Команда записана не так: {message} Справка: report --help"


def _fail(sentence: str, status: int) -> int:
    print(sentence, file=sys.stderr)
    return status


def _log(text: str) -> Path:
    """Save a traceback in the project or, where that cannot be, in the temporary folder."""
    for folder in (paths.project_root() / "build", Path(tempfile.gettempdir())):
        try:
            folder.mkdir(exist_ok=True)
            (folder / "report-error.log").write_text(text, encoding="utf-8")
        except OSError:
            continue
        return folder / "report-error.log"
    return Path("–")
