"""The command `report` itself; each of its commands is a module of `commands`, found there."""

from __future__ import annotations

import importlib
import pkgutil

import typer

from analysis.base import paths, scratch
from analysis.cli import commands
from analysis.cli.russian import Group, command, help_of

app = typer.Typer(cls=Group, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


def report() -> None:
    r"""Доклад о занятости выпускников СПО: из таблиц данных и глав-тетрадей – сайт, PDF и документ Word.

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
        from analysis.base import journal  # noqa: PLC0415 - most commands find nothing to recover

        journal.recover()
    # Left by a build that was killed.
    if editions := paths.cut_off():
        from analysis.book.repair import repair  # noqa: PLC0415 - most commands find nothing to repair

        for sentence in repair(editions):
            typer.echo(sentence, err=True)
    scratch.sweep()


app.callback(help=help_of(report))(report)
# The function is named as the module, and so is the command; a module of several commands has a group of that name.
for _found in pkgutil.iter_modules(commands.__path__):
    _command = getattr(importlib.import_module(f"{commands.__name__}.{_found.name}"), _found.name)
    if isinstance(_command, typer.Typer):
        app.add_typer(_command, name=_found.name, rich_help_panel="Команды")
    else:
        command(app, _found.name)(_command)
