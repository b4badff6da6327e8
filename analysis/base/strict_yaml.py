"""YAML as people write it here: what PyYAML would take wrongly or die of is refused in one sentence with its line.

Plain PyYAML keeps the last of two equal keys in silence, raises `ValueError` at a date that is none and
`RecursionError` at deep nesting, and lets a few aliases grow to more than the memory holds.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml

from analysis.base.errors import ReportError, UsageError

DEEPEST = 20
# Far above any file of settings; PyYAML takes a second for as much.
LONGEST = 200_000
_ALIASES = "ссылки YAML («&имя», «*имя») не поддерживаются: запишите значение словами или возьмите его в кавычки"
# What PyYAML says of a fault, and what a person can do about it.
_HINTS = {
    "while scanning an alias": _ALIASES,
    "while scanning an anchor": _ALIASES,
    "cannot start any token": (
        "в начале строки стоит знак, с которого значение не начинается (часто – табуляция): поставьте пробелы или"
        " возьмите значение в кавычки"
    ),
    "mapping values are not allowed here": "лишнее двоеточие: возьмите значение с двоеточием в кавычки",
    "could not find expected ':'": "после имени поля нет двоеточия с пробелом",
    "found unexpected end of stream": "кавычка не закрыта",
    "expected ',' or": "скобка не закрыта или между значениями нет запятой",
    "expected a single document": "строка из трёх дефисов «---» начинает второй документ: уберите её",
    "expected <block end>": "отступ не такой, как у соседних строк",
    "unindented": "отступ не такой, как у соседних строк",
    "special characters are not allowed": "в тексте есть невидимый управляющий знак: удалите его",
}


class _Loader(yaml.SafeLoader):
    """Keys are texts, each given once; a value that is no value of its kind is told with its place."""

    def construct_mapping(self, node: yaml.Node, deep: bool = False) -> dict[Hashable, Any]:
        first: dict[str, yaml.Mark] = {}
        for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            if key.tag != "tag:yaml.org,2002:str":
                raise _FaultError("имя поля должно быть текстом: возьмите его в кавычки", key.start_mark)
            if key.value in first:
                raise _TwiceError(key.value, key.start_mark, first[key.value])
            first[key.value] = key.start_mark
        return super().construct_mapping(node, deep)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except yaml.constructor.ConstructorError:
            raise _FaultError(f"обозначение «{node.tag}» не поддерживается: уберите его", node.start_mark) from None
        except (ValueError, OverflowError, KeyError, AttributeError):
            kind = "такой даты нет" if node.tag.endswith("timestamp") else "это не значение такого вида"
            raise _FaultError(
                f"«{str(node.value)[:40]}» – {kind}: исправьте или возьмите в кавычки", node.start_mark
            ) from None


class _FaultError(Exception):
    def __init__(self, cause: str, mark: yaml.Mark) -> None:
        super().__init__(cause)
        self.mark = mark


class _TwiceError(_FaultError):
    def __init__(self, key: str, mark: yaml.Mark, first: yaml.Mark) -> None:
        super().__init__(key, mark)
        self.first = first


def load(text: str, where: str, *, error: type[ReportError] = UsageError, first_line: int = 1) -> Any:
    """Read one YAML document.

    Parameters
    ----------
    text
        See `analysis.base.reads.text` for that of a file.
    where
        What the text is, as a message begins: «Файл _quarto.yml».
    error
        What to raise.
    first_line
        Line of the file in which the text begins.

    Returns
    -------
    object
        What the document says; None for an empty one. Keys are always texts.

    Raises
    ------
    ReportError
        Of the kind asked for: no YAML, a key given twice, a key that is no text, an alias, a date that is none,
        nesting deeper or a text longer than any settings have.
    """

    def refuse(cause: str, line: int) -> ReportError:
        return error.at(where, cause, line=line + first_line - 1)

    if len(text) > LONGEST:
        problem = f"текст длиннее {LONGEST} знаков, это не настройки"
        raise error.at(where, problem, "Оставьте в нём только нужные поля.")
    try:
        _require_plain(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader made stricter
    except _TwiceError as fault:
        cause = f"поле «{fault}» уже дано в строке {_line(fault.first) + first_line - 1}: оставьте одно из двух"
        raise refuse(cause, _line(fault.mark)) from fault
    except _FaultError as fault:
        raise refuse(str(fault), _line(fault.mark)) from fault
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        raise refuse(f"это не YAML: {_hint(fault)}", _line(mark) if mark else 1) from fault
    except yaml.reader.ReaderError as fault:
        raise refuse(f"это не YAML: {_hint(fault)}", text.count("\n", 0, fault.position) + 1) from fault


def _require_plain(text: str) -> None:
    """Refuse aliases and deep nesting before anything is built from them."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _FaultError(_ALIASES, event.start_mark)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _FaultError(
                f"вложенность глубже {DEEPEST} уровней: уберите лишние скобки или отступы", event.start_mark
            )


def _line(mark: yaml.Mark) -> int:
    """Return the line as editors count; PyYAML takes rarer signs for ends of lines too."""
    return mark.buffer.count("\n", 0, mark.pointer) + 1 if mark.buffer else mark.line + 1


def _hint(fault: yaml.YAMLError) -> str:
    said = str(fault)
    return next(
        (hint for words, hint in _HINTS.items() if words in said),
        "проверьте кавычки, двоеточия, скобки и отступы этой строки",
    )
