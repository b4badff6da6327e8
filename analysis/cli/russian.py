"""What all commands share: help whose fixed words are Russian too, and the ways arguments are declared."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

_WORDS = {"Usage:": "Вызов:", "[OPTIONS]": "[КЛЮЧИ]", "COMMAND [ARGS]...": "КОМАНДА …"}


class _Russian:
    def get_usage(self, ctx: Any) -> str:
        usage = super().get_usage(ctx)  # type: ignore[misc]  # that of the class it is mixed into
        for english, russian in _WORDS.items():
            usage = usage.replace(english, russian)
        return usage

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]  # that of the class it is mixed into
        option.help, option.rich_help_panel = "Показать эту справку.", "Ключи"
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        from typer import rich_utils  # noqa: PLC0415 - only help needs rich, which takes a tenth of a second

        rich_utils.REQUIRED_LONG_STRING = "[обязательно]"
        super().format_help(ctx, formatter)  # type: ignore[misc]  # that of the class it is mixed into


class Command(_Russian, TyperCommand):
    """A command of `report`."""


class Group(_Russian, TyperGroup):
    """The command `report` itself."""


def help_of(function: Callable[..., None]) -> str:
    r"""Return the docstring of a command as its help; `\b` stands for the character that keeps the lines after it."""
    return inspect.cleandoc(function.__doc__ or "").replace(r"\b", "\b")


def command(group: typer.Typer, name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a function a command of a group under a name, its docstring the help."""

    def added(function: Callable[..., None]) -> Callable[..., None]:
        group.command(name, cls=Command, help=help_of(function), rich_help_panel="Команды")(function)
        return function

    return added


def argument(metavar: str, help: str) -> Any:  # noqa: A002 - as typer names it
    """Declare an argument, for `Annotated`."""
    return typer.Argument(metavar=metavar, help=help, show_default=False, rich_help_panel="Аргументы")


def option(
    *names: str,
    help: str,  # noqa: A002 - as typer names it
    metavar: str | None = None,
    instead: Callable[[], None] | None = None,
) -> Any:
    """Declare an option, for `Annotated`.

    Parameters
    ----------
    names
        As it is typed: `--output`, `-o`.
    help
        What the help says of it.
    metavar
        What stands for its value in the help; None where it has no value.
    instead
        Called when the option is given; the command ends then, whatever else is given.

    Returns
    -------
    typer.models.OptionInfo
        The declaration.

    Raises
    ------
    typer.Exit
        When the option has been given and `instead` called.
    """

    def called(given: bool) -> bool:
        if given and instead:
            instead()
            raise typer.Exit
        return given

    eager: dict[str, Any] = {"is_eager": True, "callback": called} if instead else {}
    return typer.Option(*names, metavar=metavar, help=help, show_default=False, rich_help_panel="Ключи", **eager)


Quiet = Annotated[bool, option("--quiet", "-q", help="Ничего не печатать, кроме ошибок.")]
