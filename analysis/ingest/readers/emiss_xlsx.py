"""EMISS as .xlsx: «Отчет» with the table, «Установленные разрезы» with the indicator, its unit and the cuts."""

from __future__ import annotations

from analysis.ingest.opening.sheets import OpenedFile
from analysis.ingest.readers._emiss_passport import Passport, read_passport
from analysis.ingest.readers._emiss_sheets import folded, named, read_table
from analysis.ingest.reading import Reading, Unread

NAME, VERSION, TITLE = "emiss-xlsx", "1", "ЕМИСС, выгрузка Excel («Отчет» и «Установленные разрезы»)"

_CUTS, _REPORT = "установленные разрезы", "отчет"


def recognises(file: OpenedFile) -> bool:
    """Tell the workbook by its sheet of the cuts."""
    return file.kind == "workbook" and bool(named(file.sheets, _CUTS))


def read(file: OpenedFile) -> Reading:
    """Read the annual observations of every sheet but the one of the cuts."""
    passport = Passport()
    for sheet in named(file.sheets, _CUTS):
        passport = read_passport(sheet)
    blocks, unread = [], []
    for sheet in file.sheets:
        if folded(sheet.name) != _CUTS:
            ready, left = read_table(sheet, passport)
            blocks += ready
            unread += left
    if not named(file.sheets, _REPORT):
        unread.append(Unread("", "В книге нет листа «Отчет».", "Выгрузите показатель из ЕМИСС заново."))
    return Reading(NAME, VERSION, blocks, unread)
