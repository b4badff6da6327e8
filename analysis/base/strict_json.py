"""JSON as people edit it here.

What Python's reader would take wrongly or die of is refused in one sentence with its line.
"""

from __future__ import annotations

import json
from typing import Any

from analysis.base.errors import DataError, ReportError

# What Python says of a fault, and what a person can do about it.
_HINTS = {
    "trailing comma": "лишняя запятая перед закрывающей скобкой",
    "Expecting property name": "здесь нужно имя в двойных кавычках (часто – лишняя запятая перед закрывающей скобкой)",
    "Expecting value": "здесь нужно значение (часто – лишняя запятая или пропущенная кавычка)",
    "Expecting ',' delimiter": "не хватает запятой или закрывающей скобки",
    "Expecting ':' delimiter": "после имени нет двоеточия",
    "Unterminated string": "кавычка не закрыта",
    "Invalid control character": "в тексте перевод строки или управляющий знак",
    "Invalid \\": "обратную косую черту пишут дважды",
    "Extra data": "после последней скобки есть лишнее",
}


class _FaultError(ValueError):
    """What cannot be told from the text alone."""


def load(text: str, where: str, error: type[ReportError] = DataError) -> dict[str, Any]:
    """Return the object a JSON text describes.

    Parameters
    ----------
    text : str
        See `analysis.base.reads.text` for that of a file.
    where : str
        What an error calls the text: «Файл data/datapackage.json».
    error : type of ReportError
        What is raised.

    Returns
    -------
    dict
        The object; its numbers are finite.

    Raises
    ------
    ReportError
        Of the kind asked for: the text is not JSON, gives a name twice or a number that is none, is nested too
        deep, or is no object.
    """
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as wrong:
        hint = next(
            (advice for sign, advice in _HINTS.items() if sign in wrong.msg), "проверьте кавычки, запятые и скобки"
        )
        raise error(f"{where}, строка {wrong.lineno}: это не JSON: {hint}. Исправьте строку.") from wrong
    except _FaultError as wrong:
        raise error(f"{where}: {wrong}.") from wrong
    except RecursionError as wrong:
        raise error(f"{where}: скобки вложены слишком глубоко. Уберите лишние.") from wrong
    except ValueError as wrong:  # Python reads no number of thousands of digits
        raise error(f"{where}: в файле слишком длинное число. Исправьте его.") from wrong
    if not isinstance(found, dict):
        raise error(f"{where}: ожидался объект JSON в фигурных скобках. Исправьте или верните файл.")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        twice = next(name for place, name in enumerate(names) if name in names[:place])
        raise _FaultError(f"имя «{twice}» в одном объекте дано дважды: оставьте одно")
    return dict(pairs)


def _no_number(word: str) -> None:
    raise _FaultError(f"«{word}» – не число: исправьте значение")
