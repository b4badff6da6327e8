"""BibTeX as `data/sources.bib` is written: entries with fields in braces; what is damaged is named with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.base.errors import DataError

_BETWEEN = re.compile(r"(?:\s|%[^\n]*)*")
_HEAD = re.compile(r"@([A-Za-z]+)\s*\{\s*")
_KEY = re.compile(r"([^\s,{}@\"#%=]+)\s*(?=[,}])")
_FIELD = re.compile(r"\s*,\s*([A-Za-z][\w-]*)\s*=\s*")
_NEXT = re.compile(r"\n\s*[A-Za-z][\w-]*\s*=\s*[{\"]")
_WORD = re.compile(r"\w+")
_END = re.compile(r"\s*,?\s*\}")
_ESCAPE = re.compile(r"\\([_&%#$])")
_VERBATIM = ("url", "urlraw", "doi", "type")
_DASHES = re.compile(r"---?")


def entries(text: str, label: str) -> dict[str, dict[str, str]]:
    """Return the fields of the entries as readers see them, by key, in the order of the text.

    Raises
    ------
    DataError
        An entry or a field is not closed or not written as one, or a key is given twice; the line is named.
    """
    found: dict[str, dict[str, str]] = {}
    for key, fields, place in _entries(text, label):
        if key in found:
            raise _fault(text, place, label, f"ключ «{key}» уже есть у другой записи. Оставьте одну или переименуйте.")
        found[key] = fields
    return found


def unescaped(value: str) -> str:
    """Return a value with its escaped signs as they are read."""
    return _ESCAPE.sub(r"\1", value)


def _entries(text: str, label: str) -> Iterator[tuple[str, dict[str, str], int]]:
    place = _BETWEEN.match(text).end()  # type: ignore[union-attr]
    while place < len(text):
        start = place
        head = _HEAD.match(text, place)
        key = _KEY.match(text, head.end()) if head else None
        if not head or not key:
            raise _fault(text, start, label, "здесь должна начинаться запись вида «@book{ключ, …}». Исправьте строку.")
        fields: dict[str, str] = {}
        place = key.end()
        while field := _FIELD.match(text, place):
            value, place = _value(text, field.end(), label, key[1], field[1])
            name = field[1].lower()
            fields[name] = unescaped(value) if name in _VERBATIM else _plain(value)
        end = _END.match(text, place)
        if not end:
            raise _fault(
                text,
                len(text[:place].rstrip()),
                label,
                f"запись «{key[1]}» записана не так: проверьте запятую и скобки после этого места.",
            )
        yield key[1], fields, start
        place = _BETWEEN.match(text, end.end()).end()  # type: ignore[union-attr]


def _plain(value: str) -> str:
    """Return what the list of sources prints of a value.

    Braces only keep letters as they are, hyphens in a row are a dash, an apostrophe is curved.
    """
    dashed = _DASHES.sub(lambda found: "–" if len(found[0]) == 2 else "—", value).replace("'", "’")
    return unescaped(dashed.replace("{", "").replace("}", ""))


def _value(text: str, start: int, label: str, key: str, field: str) -> tuple[str, int]:
    """Return a value without what encloses it, and where it ends."""
    if text[start : start + 1] not in ("{", '"'):
        if word := _WORD.match(text, start):
            return word[0], word.end()
        raise _fault(
            text, start, label, f"у поля «{field}» записи «{key}» нет значения в фигурных скобках. Исправьте строку."
        )
    quoted, depth = text[start] == '"', 0
    for place in range(start + quoted, len(text)):
        sign = text[place]
        # The next field or entry begins on a line of its own: whatever was open is not closed.
        if text[place - 1] == "\\" or sign not in '{}"@\n':
            continue
        if (sign == "@" and text[place - 1] == "\n") or (sign == "\n" and _NEXT.match(text, place)):
            break
        depth += (sign == "{") - (sign == "}")
        if depth == 0 and sign == ('"' if quoted else "}"):
            return text[start + 1 : place], place + 1
    raise _fault(text, start, label, f"поле «{field}» записи «{key}» не закрыто. Поставьте закрывающую скобку.")


def _fault(text: str, place: int, label: str, problem: str) -> DataError:
    return DataError(f"Файл {label}, строка {text.count(chr(10), 0, place) + 1}: {problem}")
