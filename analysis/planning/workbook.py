"""The plan on a day as a workbook: the measures, the bodies, and what the words mean."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from analysis.base.files.workbook import put, timeless
from analysis.planning.account import BODY_HEADS, HEADS, Account

_HEAD = PatternFill("solid", fgColor="E8EDF2")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_WIDTHS = (5, 60, 34, 24, 24, 14, 20, 14)
_BODY_WIDTHS = (40, 14, 20, 18, 14, 14, 16, 14)
NUMBERED = frozenset(("№", "Мероприятий", *BODY_HEADS[2:]))


def workbook(account: Account) -> bytes:
    """Return an account as an Excel workbook; the same account gives the same bytes."""
    book = Workbook()
    book.remove(book.active)
    _fill(book.create_sheet("План"), HEADS, account.rows(), _WIDTHS)
    _fill(book.create_sheet("Исполнители"), BODY_HEADS, account.bodies(), _BODY_WIDTHS)
    _fill(book.create_sheet("Пояснения"), ("Что", "Как считается"), explained(account), (34, 90))
    book.properties.creator, book.properties.title = "spo-report", account.title
    made = io.BytesIO()
    book.save(made)
    return timeless(made.getvalue())


def explained(account: Account) -> list[tuple[str, str]]:
    """Return what an account is of and how its words are meant, name and sentence."""
    kinds = {one.deadline.kind.name: one.deadline.kind.rule for one in account.standings}
    return [
        ("Состояние плана", f"{account.title}."),
        (
            "Откуда",
            "Мероприятия – plan.csv издания, отметки – plan_status.csv; отметок позже этого дня не видно.",
        ),
        (
            "Без отметки",
            "Срок прошел, отметки об исполнении нет – больше ничего не известно: сделано ли, скажет исполнитель.",
        ),
        (
            "Повторения",
            "Считаются целые периоды, которые начались после выхода плана: начатый раньше с него не спрашивается.",
        ),
        *((f"Срок «{name}»", f"{rule[:1].upper()}{rule[1:]}.") for name, rule in kinds.items()),
    ]


def _fill(sheet: Worksheet, heads: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> None:
    for number, cells in enumerate([heads, *rows], start=1):
        for column, text in enumerate(cells, start=1):
            cell = sheet.cell(number, column)
            put(cell, int(text) if number > 1 and heads[column - 1] in NUMBERED and text else text)
            cell.alignment = _WRAPPED
            if number == 1:
                cell.font, cell.fill = Font(bold=True), _HEAD
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
