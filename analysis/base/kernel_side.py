"""What a kernel can be asked once its chapter has run.

The book executes chapters in kernels and knows nothing of quantities. Whoever has something to tell of what ran in
this process registers it here under one of the names below; the engine asks for it by that name. A module that the
chapter never imported has registered nothing, and asking costs nothing more than importing this module.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

# What may be asked: the files that were read, the numbers that were shown, the names there are beside one that is not,
# the names of today by those of earlier days, the mistakes that were passed over, the seconds of the processor, the
# files of code that were imported.
READS, NUMBERS, THERE, RENAMED, MISTAKES, USED = "reads", "numbers", "there", "renamed", "mistakes", "used"
CODE = "code"
JSON = "application/json"
_answers: dict[str, Callable[[], Any]] = {}


class Answer:
    """An answer as a value that a kernel displays: one bundle of JSON, which no formatter abbreviates."""

    def __init__(self, content: Any) -> None:
        self.content = content

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:  # noqa: ARG002 - IPython gives them
        return {JSON: self.content, "text/plain": type(self).__name__}


def register(name: str, tell: Callable[[], Any]) -> None:
    """Have `tell` answer for a name; what it returns must be made of what JSON holds."""
    _answers[name] = tell


def answer(name: str) -> Answer:
    """Return what is told under a name, None where nothing that tells of it was imported."""
    tell = _answers.get(name)
    return Answer(tell() if tell else None)


def asking(name: str) -> str:
    """Return the expression by which another process asks a kernel for an answer, whatever names its chapter uses."""
    return calling(__name__, answer.__name__, name)


def calling(module: str, function: str, *arguments: object, **named: object) -> str:
    """Return the expression by which another process calls a function in a kernel, whatever names its chapter uses.

    Parameters
    ----------
    module, function : str
        Where it is, and its name.
    *arguments, **named : object
        What it is given; each is written as `repr` writes it.

    Returns
    -------
    str
    """
    given = ", ".join([*map(repr, arguments), *(f"{name}={value!r}" for name, value in named.items())])
    return f"__import__({module!r}, fromlist=[{function!r}]).{function}({given})"


def _names_there() -> list[str]:
    """Return what could have been meant by the name that the last error did not find.

    That is the names of the object, of the module, or those that the chapter itself has given.
    """
    return names_there(getattr(sys, "last_value", None))


def names_there(error: object) -> list[str]:
    """Return the names that could have been meant by the one that an error did not find; none for another error."""
    names: list[str] = []
    if isinstance(error, AttributeError) and error.obj is not None:
        names = dir(error.obj)
    elif isinstance(error, ImportError) and error.name in sys.modules:
        names = dir(sys.modules[error.name])
    elif isinstance(error, NameError) and "IPython" in sys.modules:
        shell = sys.modules["IPython"].get_ipython()
        names = [*set(shell.user_ns) - set(shell.user_ns_hidden)] if shell else []
    return sorted(name for name in names if not name.startswith("_"))


register(THERE, _names_there)
register(USED, time.process_time)
