"""A table as text: encoding and separator are recognised, nothing is converted."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path

from analysis.base.files.tables import cells_up_to
from analysis.ingest.opening import limits
from analysis.ingest.opening.kinds import BYTE_ORDER_MARKS
from analysis.ingest.opening.refusal import IN_PARTS, NO_TABLE, most_cells, refusal

_SEPARATORS = "\t;,"
_SAMPLE_LINES = 200
_IN_UTF8 = "сохраните файл в кодировке UTF-8 и повторите"
_TEXT_1251 = re.compile("[А-Яа-яЁё№«»„“”–—…°§±·\u00a0\u00ad•²³’‘€™©®µ]")
# The eight most frequent letters of Russian make up more than half of any text in it.
_FREQUENT = frozenset("оеаинтср")
_MOST_STRANGE = 0.005


def read_delimited(path: Path, content: bytes) -> list[list[str | None]]:
    """Return the cells of a CSV or TSV.

    Raises
    ------
    DataError
        Encoding or separator cannot be told, a quotation mark is not closed, or there are too many cells.
    """
    text = decode(path, content)
    separator = _separator(path, text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows, cells = [], 0
    try:
        with cells_up_to(limits.MIB):
            for row in reader:
                cells += len(row)
                if cells > limits.CELLS:
                    raise refusal(path, f"содержит больше {most_cells()} ячеек", IN_PARTS)
                rows.append([value or None for value in row])
    except csv.Error:
        raise refusal(
            path,
            f"в строке {reader.line_num} нарушает правила CSV (не закрыта кавычка или после нее стоит текст)",
            "исправьте строку",
        ) from None
    return rows


def decode(path: Path, content: bytes) -> str:
    """Return a text in UTF-8, UTF-16 or Windows-1251.

    Raises
    ------
    DataError
        It is in none of these.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decoded(path, content.removeprefix(mark), encoding)
    if b"\0" in content:
        raise refusal(path, *NO_TABLE)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
    if not _is_1251(content):
        raise refusal(path, f"в неизвестной кодировке (строка {line})", _IN_UTF8)
    return content.decode("cp1251")


def _decoded(path: Path, content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.decode(encoding, errors="replace").count("\n", 0, error.start) + 1
        raise refusal(path, f"поврежден: в строке около {line} байты не по кодировке {encoding}", _IN_UTF8) from None
    if "\0" in text:
        raise refusal(path, *NO_TABLE)
    return text


def _is_1251(content: bytes) -> bool:
    """Tell Windows-1251 from broken UTF-8, DOS, KOI8-R and Mac: by its characters, by «я» and by frequent letters."""
    try:
        text = content.decode("cp1251")
    except UnicodeDecodeError:
        return False
    foreign = [character for character in text if character > "\x7f"]
    if sum(not _TEXT_1251.match(character) for character in foreign) > _MOST_STRANGE * len(foreign):
        return False
    if "я" not in text and re.search("[а-яё]Я", text):
        return False
    return _frequent(text) >= max(_frequent(content.decode(other)) for other in ("koi8-r", "iso8859-5"))


def _frequent(text: str) -> int:
    return sum(character.lower() in _FREQUENT for character in text)


def _separator(path: Path, text: str) -> str:
    """Return the separator that cuts most lines of a sample into equally many cells.

    A comma comes last, as it also stands in numbers.
    """
    lines = [line for line in text[: 64 * 1024].splitlines() if line.strip()][:_SAMPLE_LINES]
    best, score = "", 0
    for separator in _SEPARATORS:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if len(row) > 1)
        if widths and (count := widths.most_common(1)[0][1]) > score:
            best, score = separator, count
    if not best:
        raise refusal(path, "– текст без столбцов", "сохраните таблицу как .xlsx или .csv с разделителем «;»")
    return best
