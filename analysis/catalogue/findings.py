"""What is wrong with a table, said so that the person who filled it can mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from frictionless import Resource, Schema

from analysis.catalogue.descriptor import Table

_TYPES = {"integer": "целое число", "number": "число с десятичной точкой", "date": "дата вида 2021-11-01",
          "boolean": "true или false", "year": "год"}


@dataclass(frozen=True)
class Finding:
    """One defect: file, row as a spreadsheet counts it, column, value, what is wrong, what to do."""

    file: str
    row: int | None
    column: str | None
    value: str | None
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", строка {self.row}"
        if self.column:
            place += f", столбец «{self.column}»"
        shown = f" (значение «{self.value}»)" if self.value not in (None, "") else ""
        return f"{place}: {self.problem}{shown}. {self.remedy}"


def find_defects(table: Table) -> list[Finding]:
    """Validate one table against its schema with frictionless.

    Returns
    -------
    list of Finding
        Empty when the table is sound.
    """
    if not table.file.is_file():
        return [Finding(table.label, None, None, None, "нет файла таблицы", "Верните файл или исправьте путь в datapackage.json.")]
    header = _header_defects(table)
    return header or [_translate(table, error) for error in _frictionless_errors(table)]


def _frictionless_errors(table: Table) -> Iterator:
    # References between tables cross packages (edition tables point to the common code lists); `check` follows them.
    alone = {key: value for key, value in table.schema.items() if key != "foreignKeys"}
    resource = Resource(
        path=table.file.name, basepath=str(table.file.parent), schema=Schema.from_descriptor(alone),
        format="csv", encoding="utf-8",
    )
    for task in resource.validate().tasks:
        yield from task.errors


def _header_defects(table: Table) -> list[Finding]:
    try:
        first = table.file.read_text(encoding="utf-8-sig").partition("\n")[0].strip("\r")
    except UnicodeDecodeError:
        return [Finding(table.label, None, None, None, "файл не в кодировке UTF-8",
                        "В Excel сохраните его как «CSV UTF-8 (разделитель – запятая)».")]
    present = [name.strip('"') for name in first.split(",")]
    if present == table.columns:
        return []
    if len(present) == 1 and ";" in first:
        return [Finding(table.label, 1, None, None, "столбцы разделены точкой с запятой",
                        "Сохраните таблицу с разделителем-запятой.")]
    missing = [name for name in table.columns if name not in present]
    extra = [name for name in present if name not in table.columns]
    if missing:
        return [Finding(table.label, 1, name, None, "нет столбца", "Верните столбец: его требует схема таблицы.")
                for name in missing]
    if extra:
        return [Finding(table.label, 1, name, None, "лишний столбец", "Уберите столбец или опишите его в схеме.")
                for name in extra]
    return [Finding(table.label, 1, None, None, "столбцы стоят не по порядку схемы",
                    f"Нужный порядок: {', '.join(table.columns)}.")]


def _translate(table: Table, error) -> Finding:
    row, column, value = getattr(error, "row_number", None), getattr(error, "field_name", None), getattr(error, "cell", None)
    kind = error.type
    if kind == "type-error":
        wanted = next((_TYPES.get(f["type"], f["type"]) for f in table.fields if f["name"] == column), "другое значение")
        return Finding(table.label, row, column, value, f"здесь должно быть {wanted}", "Исправьте ячейку.")
    if kind == "primary-key":
        key = table.schema.get("primaryKey", [])
        keys = key if isinstance(key, str) else ", ".join(key)
        return Finding(table.label, row, None, None, f"повтор ключа ({keys})", "Оставьте одну строку из двух.")
    if kind == "unique-error":
        return Finding(table.label, row, column, value, "значение повторяется, а должно быть единственным", "Исправьте одну из строк.")
    if kind == "constraint-error":
        return Finding(table.label, row, column, value, f"значение не допускается схемой ({error.note})", "Исправьте ячейку.")
    if kind in ("missing-cell", "extra-cell"):
        return Finding(table.label, row, column or None, value, "число ячеек в строке не равно числу столбцов",
                       "Проверьте запятые и кавычки в строке.")
    if kind == "blank-row":
        return Finding(table.label, row, None, None, "пустая строка", "Удалите её.")
    return Finding(table.label, row, column, value, f"таблица не читается ({error.note or error.message})", "Проверьте файл.")
