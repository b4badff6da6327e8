"""The command `report` itself; each of its commands is a module of `commands`, found there."""

from __future__ import annotations

import importlib
import pkgutil

import typer

from analysis.base import paths, scratch
from analysis.cli import commands
from analysis.cli.russian import Command, Group

app = typer.Typer(cls=Group, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def report() -> None:
    """Доклад о занятости выпускников СПО: из таблиц данных и глав-тетрадей – сайт, PDF и документ Word.

    Главы лежат в папке chapters, данные – в data, готовое появляется в _book/<издание>.

    \b
    С чего начать:
      report build                     собрать всё
      report build --to pdf            только PDF
      report check                     проверить данные
      report build --help              остальные возможности
      report ingest ФАЙЛ               показать, что нового в файле издателя
    """
    # Left by an acceptance of data that was cut off.
    if paths.acceptance().exists():
        from analysis.base import journal

        journal.recover()
    # Left by a build that was killed.
    if editions := paths.cut_off():
        from analysis.book.repair import repair

        for sentence in repair(editions):
            typer.echo(sentence, err=True)
    scratch.sweep()


# The function is named as the module, and so is the command.
for _found in pkgutil.iter_modules(commands.__path__):
    _module = importlib.import_module(f"{commands.__name__}.{_found.name}")
    app.command(_found.name, cls=Command, rich_help_panel="Команды")(getattr(_module, _found.name))
