"""The door of the command: whatever happens inside, the person at the keyboard reads a sentence."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import typer

from analysis.base import paths
from analysis.base.errors import STEERING, ReportError, UsageError, did_you_mean, reason, system_refusal
from analysis.cli.app import app

# As a shell counts a program that a signal ended.
INTERRUPTED, UNHEARD = 130, 141
LITTLE = 1 << 20  # bytes on a disk that counts as full
# Usage errors of the library behind typer; typer itself names only some of them.
WrongCall: type[Exception] = typer.BadParameter.__mro__[1]
# How the library says it in English, and the same in Russian: before and after the words that were typed.
_WRONG = (
    (r"Got unexpected extra arguments?(?:\(s\))? \((.+)\)", "Лишние слова: «", "»"),
    (r"Option '?(-[^\s']+)'? requires an argument", "После ключа «", "» нужно значение"),
    (r"Option '?(-[^\s']+)'? does not take a value", "После ключа «", "» значения не нужно"),
)


def main() -> None:
    """Run the command; whatever happens, the person at the keyboard reads a sentence, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(_flushed(_run()))


def _run() -> int:
    """Run the command and return its exit status."""
    with _stops() as stopped:
        return _ended(stopped)


@contextmanager
def _stops() -> Iterator[list[int]]:
    """Give a list that is told the signals that ask to stop; what was begun is tidied as after Ctrl+C."""
    heard: list[int] = []

    def stop(number: int, _: object) -> None:
        heard.append(number)
        raise KeyboardInterrupt

    # A command that was started with `nohup` is to live on; Windows has only one of the two.
    asked = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    asked = [number for number in asked if signal.getsignal(number) is signal.SIG_DFL]
    for number in asked:
        signal.signal(number, stop)
    try:
        yield heard
    finally:
        for number in asked:
            signal.signal(number, signal.SIG_DFL)


def _ended(stopped: list[int]) -> int:
    """Return the exit status of the command, with one sentence said where it did not end well."""
    try:
        status = app(standalone_mode=False)
    except ReportError as error:
        status = _fail(str(error), error.exit_status)
    except WrongCall as error:
        status = _fail(_wrong_call(error), UsageError.exit_status)
    except (KeyboardInterrupt, typer.Abort):
        status = INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # Whoever read the output (`report check | head`) has read enough; the libraries behind typer end so too.
        status = UNHEARD
    except OSError as error:
        refusal = system_refusal(error, _place())
        status = _fail(refusal, UsageError.exit_status) if refusal else _internal()
    except MemoryError:
        status = _fail(
            "Не хватает памяти. Закройте лишние программы и повторите команду; прежние доклад и данные остались на"
            " месте.",
            1,
        )
    except Exception:  # noqa: BLE001 - the last door: the traceback goes to a file
        status = _internal()
    # Ctrl+C: typer turns it into this status, some of its versions into an exception.
    if status == INTERRUPTED:
        how, status = ("Остановлено", 128 + stopped[0]) if stopped else ("Прервано", INTERRUPTED)
        _fail(f"{how}. Прежние доклад и данные остались на месте.", status)
    return status if isinstance(status, int) else 0


def _flushed(status: int) -> int:
    """Return the exit status after what was printed has gone out; a reader who went away is no error worth a word."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError as error:
            # What is left would be tried again, and told in English, when Python ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
            if status == 0 and isinstance(error, BrokenPipeError):
                status = UNHEARD
            elif status == 0:
                status = _fail(
                    f"Ответ не записать ({reason(error)}). Направьте его в другое место.", UsageError.exit_status
                )
    return status


def _internal() -> int:
    return _fail(f"Ошибка в самой программе. Подробности: {_log(traceback.format_exc())}", 1)


def _place() -> Path:
    """Return the folder on whose disk there is no room, that of the project where all have some."""
    project = paths.project_root()
    with suppress(OSError):
        for folder in (project, Path(tempfile.gettempdir())):
            if shutil.disk_usage(folder).free < LITTLE:
                return folder
    return project


def _wrong_call(error: Exception) -> str:
    """Return a usage error in Russian."""
    message = str(getattr(error, "message", error))
    context = getattr(error, "ctx", None)
    help_of = f"Справка: {' '.join(['report', *_called(context)])} --help"
    if command := re.match(r"No such command '(.+?)'", message):
        known = getattr(context and context.command, "commands", typer.main.get_group(app).commands)
        return f"Нет команды «{command[1]}».{did_you_mean(command[1], known)} {help_of}"
    if option := re.match(r"No such option:? '?(-[^\s']+)", message):
        near = did_you_mean(option[1], getattr(error, "possibilities", None) or [])
        return f"Нет ключа «{option[1]}».{near} {help_of}"
    return f"{_wrong_words(message, getattr(error, 'param', None))}. {help_of}"


def _called(context: Any) -> list[str]:
    """Return the words by which a command is called, without the first."""
    return [*_called(context.parent), context.info_name] if context is not None and context.parent else []


def _wrong_words(message: str, parameter: Any) -> str:
    """Return what is wrong with the words of a call, without the full stop.

    Parameters
    ----------
    message
        What the library says, in English; empty for a parameter that is missing.
    parameter
        The parameter that it speaks of, if it names one.

    Returns
    -------
    str
        The same in Russian.
    """
    named = parameter.opts[0] if parameter is not None else ""
    is_option = named.startswith("-")
    called = named if is_option or parameter is None else parameter.metavar or named
    if not message and parameter is not None:
        return f"Не хватает «{called}»"
    for pattern, before, after in _WRONG:
        if found := re.match(pattern, message):
            return f"{before}{found[1]}{after}"
    if parameter is not None:
        wanted = "нужно целое число" if re.search(r"integer|number", message) else "такое значение не подходит"
        return f"Ключ «{called}»: {wanted}" if is_option else f"«{called}»: {wanted}"
    # What else the library says, it says in English.
    return "Команда записана не так"


def _fail(sentence: str, status: int) -> int:
    # A sentence names cells and files, and these may hold what steers a terminal.
    sentence = STEERING.sub(lambda sign: "\n" if sign[0] == "\n" else " ", sentence)
    with suppress(OSError):  # nobody may be there to read it
        print(sentence, file=sys.stderr)
    return status


def _log(text: str) -> Path:
    """Save a traceback in the project or, where that cannot be, in the temporary folder."""
    for folder in (lambda: paths.project_root() / "build", lambda: Path(tempfile.gettempdir())):
        # Even to ask for a folder of temporary files is refused where none can be written to.
        with suppress(OSError):
            folder().mkdir(exist_ok=True)
            (folder() / "report-error.log").write_text(text, encoding="utf-8")
            return folder() / "report-error.log"
    return Path("–")
