"""Placeholders in texts of the data: a name in braces, from a closed list, and nothing else.

`str.format` would follow attributes and items of what it is given, so that a cell of a table could print anything the
program can reach. Here `{name}` is replaced and every other brace is refused; a text that needs a brace of its own has
no way to write one, and none needs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from analysis.base.errors import TextError, did_you_mean

_NAME = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_PIECE = re.compile(r"\{[^{}]*\}?|\}")


class BadPlaceholderError(TextError):
    """A brace that is no placeholder, or a name that is not in the list."""


def pieces(template: str, names: Iterable[str] | None = None) -> Iterator[tuple[str, str]]:
    """Yield a template piece by piece: text and an empty name, or an empty text and the name of a placeholder.

    Parameters
    ----------
    names
        The closed list; any name will do where it is not known yet.

    Raises
    ------
    BadPlaceholderError
        A brace stands where no placeholder does, or the name is unknown.
    """
    end = 0
    for found in _PIECE.finditer(template):
        name = _NAME.fullmatch(found[0])
        if not name:
            raise BadPlaceholderError(
                f"«{found[0]}» – не вставка: в фигурных скобках может стоять только имя, например {{year}}",
                "Исправьте ее или уберите фигурные скобки.",
            )
        if names is not None and name[1] not in names:
            raise BadPlaceholderError(
                f"неизвестна вставка «{found[0]}»",
                f"{did_you_mean(name[1], names)} Здесь есть: {', '.join(sorted(names))}.".lstrip(),
            )
        yield template[end : found.start()], ""
        yield "", name[1]
        end = found.end()
    yield template[end:], ""


def filled(template: str, values: Mapping[str, str]) -> str:
    """Return a template with its placeholders replaced; a value is text and never read as a template.

    Raises
    ------
    BadPlaceholderError
        See `pieces`.
    """
    return "".join(values[name] if name else text for text, name in pieces(template, values))
