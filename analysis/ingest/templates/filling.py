"""A filled template becomes rows of its table: words become codes, typed numbers numbers, and nothing is guessed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from analysis.base.errors import DataError, UsageError, did_you_mean
from analysis.base.russian import as_float
from analysis.catalogue.descriptor import OBSERVATION_KEY
from analysis.catalogue.layers import edition_of, region_of
from analysis.catalogue.opened import load, tables
from analysis.editions.edition import available, read_edition
from analysis.ingest.csvtext import number_text
from analysis.ingest.difference import key_columns
from analysis.ingest.opening import NO_RESULT, cell_name
from analysis.ingest.reading import Filled
from analysis.ingest.targets import FORMS, Target, find_target, own_tables
from analysis.ingest.templates.choices import Choices, choices

_NUMBER = re.compile(r"[-−+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?")
_SPACES = re.compile(r"(?<=\d)[\u00a0\u202f\u2009 ](?=\d{3}(?!\d))")
# One mark and three digits: thousands or a fraction, if the file also uses the other mark.
_AMBIGUOUS = re.compile(r"[-−+]?\d{1,3}[.,]\d{3}")
# What a spreadsheet shows where a formula failed.
_ERROR = re.compile(r"#[A-ZА-Я0-9/]+[!?]?")
# Columns a row of observations may leave empty for «nothing is said of it».
_SILENT = ("value", "status")


@dataclass(frozen=True)
class Filling:
    """Rows for one table.

    Attributes
    ----------
    sheet : str
    target : Target
    rows : pandas.DataFrame
        Text, in the columns the file has; the index holds the rows of the sheet.
    silent : tuple
        Keys of the observations that were left open.
    """

    sheet: str
    target: Target
    rows: pd.DataFrame
    silent: tuple[tuple[str, ...], ...] = ()


def fill(filled: Filled, name: str | None = None, edition: str | None = None) -> Filling:
    """Match a filled template with its table.

    Parameters
    ----------
    filled : Filled
        The cells.
    name, edition : str, optional
        The table or indicator and the edition, where the file does not name them.

    Returns
    -------
    Filling
        Codes for words, numbers with a decimal point; a row of observations that says nothing is among the silent.

    Raises
    ------
    DataError
        The table cannot be told, or a cell is not what its column holds: the sentence names the first such cell.
    """
    target = _target(filled, name, edition)
    _refuse_form(filled, target)
    if target.table.holds_observations:
        filled = _with_columns_left_out(filled)
    columns = list(filled.rows.columns)
    _refuse_columns(filled, columns, target)
    numbers = [spec["name"] for spec in target.table.fields if spec["type"] == "number" and spec["name"] in columns]
    _refuse_mixed_marks(filled, numbers)
    cells = _Cells(filled, target, _choices(filled, target, edition))
    dimension = load("indicators").set_index("id")["dimension"]
    owner = target.table.owner
    rows, silent, numbers_of = [], [], []
    for row, values in filled.rows.iterrows():
        if target.table.holds_observations and all(is_empty(values.get(column)) for column in _SILENT):
            silent.append(tuple(cells.text(row, column, values.get(column)) for column in OBSERVATION_KEY))
            continue
        rows.append({column: cells.text(row, column, values[column]) for column in columns})
        numbers_of.append(row)
        if owner:  # a table of an edition or a region is filled with its own rows
            rows[-1][owner] = rows[-1].get(owner) or _whose(target)
        if target.table.holds_observations:
            _settle_status(cells, row, rows[-1])
            _refuse_no_category(cells, row, rows[-1], dimension)
    columns += [owner] if owner and owner not in columns else []
    return Filling(filled.sheet, target, pd.DataFrame(rows, numbers_of, columns, dtype=str), tuple(silent))


def _refuse_form(filled: Filled, target: Target) -> None:
    if target.table.name in FORMS:
        raise UsageError(
            f"Лист «{filled.sheet}» – отчет, который присылают организации, а не таблица данных. Проверьте его: report"
            " returns ФАЙЛ"
        )


def _whose(target: Target) -> str:
    """Return the region whose rows a table of words holds; empty for one that all regions share."""
    layer = target.table.layer
    return region_of(layer) or (read_edition(target.edition).region if edition_of(layer) else "")


def _with_columns_left_out(filled: Filled) -> Filled:
    """Return the cells with the columns of observations that may be left out, as if left empty."""
    left_out = [name for name in ("category", "status") if name not in filled.rows]
    # A fault in one is shown at the number.
    place = filled.columns.get("value", 0)
    rows = filled.rows.assign(**dict.fromkeys(left_out))
    return replace(filled, rows=rows, columns=dict.fromkeys(left_out, place) | filled.columns)


def _target(filled: Filled, name: str | None, edition: str | None) -> Target:
    edition = _edition(filled, edition)
    if named := name or filled.table:
        return find_target(named, edition)
    columns = set(filled.rows.columns)
    if "indicator" in columns:
        return _target_of_indicators(filled, edition)
    own = own_tables(edition).values() if edition else ()
    matching = sorted({table.name for table in own if columns <= set(table.columns)})
    raise DataError(
        f"Не понять, для какой таблицы лист «{filled.sheet}»: назовите её ключом --as"
        f"{' (подходят: ' + ', '.join(matching) + ')' if matching else ''}."
    )


def _edition(filled: Filled, asked: str | None) -> str | None:
    """Return the edition a sheet is for; a workbook made for one is not taken into another."""
    own = filled.edition
    if own and asked and own != asked:
        raise UsageError(
            f"Книга сделана для издания «{own}», а ключ --edition называет «{asked}». Уберите ключ или возьмите книгу"
            f" того издания: report edition status {asked} --xlsx ФАЙЛ.xlsx"
        )
    if own and own not in available():
        raise UsageError(
            f"Книга сделана для издания «{own}», а его в папке data/editions нет. Сделайте издание или возьмите книгу"
            " другого."
        )
    return asked or own or None


def _target_of_indicators(filled: Filled, edition: str | None) -> Target:
    """Return the one table that holds the indicators of the rows."""
    named = dict.fromkeys(str(value).strip() for value in filled.rows["indicator"] if not is_empty(value))
    # Any table of observations knows the words for the indicators.
    words = next((table for table in tables().values() if table.holds_observations), None)
    known = choices(words, edition, ())["indicator"] if words else Choices({})
    codes = [known.code(name) or name for name in named]
    targets = {find_target(code, edition).table.name: code for code in codes}
    if len(targets) == 1:
        return find_target(targets.popitem()[1], edition)
    raise DataError(
        f"На листе «{filled.sheet}» показатели разных таблиц ({', '.join(sorted(targets))}): назовите таблицу"
        " ключом --as или разделите файл."
    )


def _choices(filled: Filled, target: Target, edition: str | None) -> Mapping[str, Choices]:
    known = choices(target.table, target.edition or edition, ())
    if not target.table.holds_observations:
        return known
    typed = filled.rows.get("indicator", pd.Series(dtype=object))
    named = {code for value in typed.dropna().unique() if (code := known["indicator"].code(str(value)))}
    return choices(target.table, target.edition or edition, sorted(named))


def _refuse_columns(filled: Filled, columns: list[str], target: Target) -> None:
    known, label = target.table.columns, f"Лист «{filled.sheet}»"
    if filled.merged:
        raise DataError(
            f"{label}: ячейки {filled.merged[0]} объединены, и к каким строкам относится их содержимое, не видно."
            " Разъедините их и заполните каждую."
        )
    if "" in columns:
        row = filled.rows.index[filled.rows[""].notna()][0]
        raise DataError(f"{label}, строка {row}: ячеек больше, чем столбцов. Уберите лишнее или проверьте разделители.")
    if doubled := [name for name in columns if columns.count(name) > 1]:
        raise DataError(f"{label}: столбец «{doubled[0]}» стоит дважды. Оставьте один.")
    if unknown := [name for name in columns if name not in known]:
        raise DataError(
            f"{label}: в таблице {target.table.name} нет столбца «{unknown[0]}».{did_you_mean(unknown[0], known)}"
        )
    if missing := [
        name
        for name in (*key_columns(target.table), *(["value"] if target.table.holds_observations else []))
        if name not in columns
    ]:
        raise DataError(
            f"{label}: нет столбца «{missing[0]}», без него не понять, о чем строки таблицы {target.table.name}."
        )


def _refuse_mixed_marks(filled: Filled, numbers: list[str]) -> None:
    """Refuse a file in which a dot and a comma may each be the decimal mark of a number that reads both ways."""
    typed = [
        (row, name, value.strip())
        for name in numbers
        for row, value in filled.rows[name].items()
        if isinstance(value, str)
    ]
    if {mark for *_, text in typed for mark in ",." if mark in text} == {",", "."}:
        for row, name, text in typed:
            if _AMBIGUOUS.fullmatch(text):
                raise DataError(
                    f"{_place(filled, row, name)}: «{text}» читается двояко, потому что в файле и точки, и запятые. "
                    "Оставьте один знак дробной части."
                )


def _settle_status(cells: _Cells, row: int, observation: dict[str, str]) -> None:
    """Give a number without a status the ordinary one; refuse a number or a status that contradicts the other."""
    value = observation["value"]
    if observation["status"] == "" and value:
        observation["status"] = "A"
    if (value == "") != (observation["status"] == "M"):
        wrong = "число есть, а статус говорит, что данных нет" if value else "числа нет, а статус не «нет данных»"
        raise DataError(f"{cells.place(row, 'value')}: {wrong}. Исправьте одно из двух.")


def _refuse_no_category(cells: _Cells, row: int, observation: Mapping[str, str], dimension: pd.Series) -> None:
    lists = dimension.get(observation["indicator"], "")
    if lists and observation["category"] == "":
        raise DataError(
            f"{cells.place(row, 'category')}: показатель делится по перечню {lists}, а категория не названа."
            " Впишите её."
        )


class _Cells:
    """From what was typed to what the table holds."""

    def __init__(self, filled: Filled, target: Target, known: Mapping[str, Choices]) -> None:
        self.filled, self.known = filled, known
        self.kinds = {spec["name"]: spec["type"] for spec in target.table.fields}

    def place(self, row: int, column: str) -> str:
        return _place(self.filled, row, column)

    def text(self, row: int, column: str, value: object) -> str:
        if is_empty(value):
            return ""
        kind, listed = self.kinds[column], self.known.get(column)
        if kind in ("number", "integer"):
            return self._number(row, column, value, kind)
        text = _plain(value)
        if text == NO_RESULT or _ERROR.fullmatch(text):
            raise DataError(f"{self.place(row, column)}: вместо текста – {text}. Впишите само значение.")
        if isinstance(value, dt.date) and kind != "date" and listed is not None:
            raise DataError(
                f"{self.place(row, column)}: Excel принял код за дату ({text}). Задайте ячейке текстовый формат и"
                " впишите код заново."
            )
        if listed is None:
            return text
        code = listed.code(text.strip())
        if code is None:
            raise DataError(f"{self.place(row, column)}: «{text.strip()}» нет в списке.{listed.hint(text.strip())}")
        return code

    def _number(self, row: int, column: str, value: object, kind: str) -> str:
        wanted = "целое число" if kind == "integer" else "число"
        number = as_number(value)
        if number is None or (kind == "integer" and not number.is_integer()):
            typed = value.strip() if isinstance(value, str) else _plain(value)
            raise DataError(
                f"{self.place(row, column)}: здесь должно быть {wanted}, а стоит «{typed}». Исправьте ячейку."
            )
        return number_text(number)


def as_number(value: object) -> float | None:
    """Return the number of a cell, typed as one or as text; None where it is none."""
    if isinstance(value, str):
        text = _SPACES.sub("", value.strip())
        return as_float(text) if _NUMBER.fullmatch(text) else None
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _plain(value: object) -> str:
    """Return a cell as text: a number without a needless fraction, a day by ISO 8601."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return number_text(float(value))
    return str(value).replace("\r\n", "\n")


def is_empty(value: object) -> bool:
    """Tell whether a cell says nothing."""
    return bool(pd.isna(value)) or (isinstance(value, str) and not value.strip())


def _place(filled: Filled, row: int, column: str) -> str:
    return f"Лист «{filled.sheet}», ячейка {cell_name(row - 1, filled.columns[column])}"
