"""CSV tables of a panel, of horizons and of breaks, read with the line named that is wrong; forecasts written whole."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.base.errors import STEERING, DataError, did_you_mean, reason
from analysis.base.files.output import Kind, write_output
from analysis.base.files.tables import COMMA, plain_csv, safe_csv
from analysis.base.russian import as_float
from analysis.forecast.engine import COMBINED
from analysis.forecast.panel import FARTHEST, LATEST

DATE = re.compile(r"\d{4}-\d{2}-\d{2}([ T]|$)")
_GROUPED = re.compile(r"[-+−–]?[0-9]{1,3}(?:\s[0-9]{3})+(?:[.,][0-9]+)?")
COLUMNS = ("series_id", "h", "mean", "lo80", "hi80", "lo95", "hi95")
WRITTEN = Kind(heads=(COLUMNS,), delimiter=COMMA)
MISSING = {"", "NA", "NaN", "nan", "na", "null", "None", "-", "–", "…", "..."}


def read_panel(file: Path) -> pd.DataFrame:
    """Return a panel: `series_id`, `period`, `value` and, where the file has them, `panel`, `parent`, `kind`.

    Raises
    ------
    DataError
        The file cannot be read, lacks a column, or a cell is not what it must be; the line is named.
    """
    table = _read(file, ("series_id", "period", "value"))
    value = [_value(cell, file, line) for cell, line in zip(table["value"], table.index, strict=True)]
    table = table.assign(period=_periods(table, file), value=value)
    if (twice := table.duplicated(["series_id", "period"])).any():
        row = table[twice].iloc[0]
        raise DataError(
            f"{file}, строка {table.index[twice][0]}: ряд «{_shown(row['series_id'])}» уже имеет период"
            f" {row['period']}. Оставьте одно значение."
        )
    return table


def read_horizons(file: Path) -> pd.DataFrame:
    """Return `series_id`, `h` and, where the file has them, `panel`, `parent`; one row a series.

    Raises
    ------
    DataError
        As in `read_panel`; a series stands twice; `h` is no integer from 1 to the farthest horizon.
    """
    table = _read(file, ("series_id", "h"))
    table["h"] = [_horizon(cell, file, line) for cell, line in zip(table["h"], table.index, strict=True)]
    if (twice := table.duplicated("series_id")).any():
        raise DataError(
            f"{file}, строка {table.index[twice][0]}: ряд «{_shown(table[twice].iloc[0]['series_id'])}» встречается"
            " дважды. Оставьте одну строку."
        )
    names = set(table["series_id"])
    for column in {"panel", "parent"} & set(table.columns):
        table[column] = ["" if cell in MISSING and cell not in names else cell for cell in table[column]]
    return table


def read_breaks_file(file: Path) -> pd.DataFrame:
    """Return `series_id`, `period`: the first period of a new reckoning.

    Raises
    ------
    DataError
        As in `read_panel`.
    """
    table = _read(file, ("series_id", "period"))
    return table.assign(period=_periods(table, file))


def write_forecasts(table: pd.DataFrame, file: Path, inputs: Sequence[Path]) -> None:
    """Write the combined forecasts; the file appears whole or not at all.

    Parameters
    ----------
    table : pandas.DataFrame
        Of `forecast_wide`, with the levels 80 and 95.
    file : Path
        Where to: a CSV of `COLUMNS`.
    inputs : sequence of Path
        Files that are read and must not be written over.

    Raises
    ------
    UsageError
        The file may not be written, see `analysis.base.files.output`.
    """
    rows = table[table["model"] == COMBINED].rename(columns={"series": "series_id", "horizon": "h"})
    # Ten digits: more than the last bits on which processors may differ.
    write_output(safe_csv(plain_csv(rows[list(COLUMNS)], float_format="%.10g")), file, WRITTEN, inputs)


def _shown(cell: object) -> str:
    """Return a cell for a sentence: in one line, and not longer than one takes in."""
    words = " ".join(str(cell).split())
    return words if len(words) <= 60 else words[:59] + "…"


def _read(file: Path, needed: Sequence[str]) -> pd.DataFrame:
    """Return the cells of a CSV file as text; the index is the line of each row."""
    rows = _rows(_text(file), file)
    if not rows:
        raise DataError(f"{file}: файл пуст. Нужны столбцы {', '.join(needed)}.")
    (_, names), *body = rows
    _check_names(names, needed, file)
    if not body:
        raise DataError(f"{file}: под заголовком нет ни одной строки.")
    for line, cells in body:
        if len(cells) != len(names):
            raise DataError(
                f"{file}, строка {line}: полей {len(cells)}, а столбцов {len(names)}. Проверьте разделители."
            )
        if not cells[names.index("series_id")]:
            raise DataError(f"{file}, строка {line}: не назван ряд (series_id).")
    return pd.DataFrame([cells for _, cells in body], columns=names, index=[line for line, _ in body])


def _text(file: Path) -> str:
    try:
        # A pipe would be waited for without end.
        if file.exists() and not file.is_file():
            raise DataError(f"{file}: это {'папка' if file.is_dir() else 'не обычный файл'}. Назовите файл с таблицей.")
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise DataError(f"{file}: файл не читается ({reason(error)}). Проверьте имя.") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{file}: это не текст в кодировке UTF-8. Сохраните таблицу как «CSV UTF-8».") from error
    if "\0" in text:
        raise DataError(f"{file}: это не текст. Нужна таблица CSV.")
    # Lines of old spreadsheets end in a carriage return alone.
    return text if "\n" in text else text.replace("\r", "\n")


def _rows(text: str, file: Path) -> list[tuple[int, list[str]]]:
    """Return the rows that have anything in them, each with its line."""
    head = text.lstrip("\r\n").split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    rows, line = [], 0
    try:
        for row in reader:
            line = reader.line_num
            if any(map(STEERING.search, row)):
                raise DataError(
                    f"{file}, строка {line}: в ячейке есть перевод строки или знак, который нельзя напечатать. Удалите"
                    " его."
                )
            if any(cell.strip() for cell in row):
                rows.append((line, [cell.strip() for cell in row]))
    except csv.Error as error:
        raise DataError(f"{file}, строка {line + 1}: это не CSV. Проверьте кавычки и разделители.") from error
    return rows


def _check_names(names: Sequence[str], needed: Sequence[str], file: Path) -> None:
    for column in needed:
        if column not in names:
            raise DataError(f"{file}: нет столбца «{column}».{did_you_mean(column, set(names) - set(needed))}")
    if len(set(names)) < len(names):
        raise DataError(f"{file}: два столбца с одним именем. Переименуйте один.")


def _periods(table: pd.DataFrame, file: Path) -> list[int]:
    return [_period(cell, file, line) for cell, line in zip(table["period"], table.index, strict=True)]


def _period(cell: str, file: Path, line: int) -> int:
    # A year may come as 2021, 2021.0, 2021-12-31 or 2021-12-31 00:00:00.
    number = _number(cell[:4] if DATE.match(cell) else cell)
    if number is None or not float(number).is_integer() or abs(number) > LATEST:
        raise DataError(f"{file}, строка {line}: период «{_shown(cell)}» – не целое число. Нужен год.")
    return int(number)


def _value(cell: str, file: Path, line: int) -> float:
    if cell in MISSING:
        return np.nan
    number = _number(cell)
    if number is None:
        raise DataError(
            f"{file}, строка {line}: значение «{_shown(cell)}» – не число. Исправьте его или оставьте пустым."
        )
    if np.isinf(number):
        raise DataError(
            f"{file}, строка {line}: значение «{_shown(cell)}» бесконечно или слишком велико. Исправьте его или"
            " оставьте пустым."
        )
    return number


def _horizon(cell: str, file: Path, line: int) -> int:
    number = _number(cell)
    if number is None or not float(number).is_integer() or not 1 <= number <= FARTHEST:
        raise DataError(f"{file}, строка {line}: горизонт «{_shown(cell)}» – а нужно целое число от 1 до {FARTHEST}.")
    return int(number)


def _number(cell: str) -> float | None:
    """Return a number written with a point or a decimal comma; None where it is none."""
    # Python also takes «1_000» and digits of other scripts for numbers.
    if "_" in cell or any(sign.isdigit() and not sign.isascii() for sign in cell):
        return None
    # Blanks part thousands and nothing else: two numbers in a cell are not one.
    if re.search(r"\s", cell) and not _GROUPED.fullmatch(cell):
        return None
    try:
        number = as_float(cell)
    except ValueError:
        return None
    return None if np.isnan(number) else number
