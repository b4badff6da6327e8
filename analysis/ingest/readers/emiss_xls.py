"""EMISS as legacy .xls: «Данные» with the table, «Паспорт» with the description of the indicator."""

from __future__ import annotations

from analysis.ingest.opening.sheets import OpenedFile
from analysis.ingest.readers._emiss_passport import Passport, read_passport
from analysis.ingest.readers._emiss_sheets import folded, named, read_table
from analysis.ingest.reading import Reading

NAME, VERSION, TITLE = "emiss-xls", "1", "ЕМИСС, выгрузка Excel старого вида («Данные» и «Паспорт»)"

_PASSPORT, _DATA = ("паспорт", "паспорт показателя"), ("данные", "data")


def recognises(file: OpenedFile) -> bool:
    """Tell the workbook by the names of its two sheets."""
    return file.kind == "workbook" and bool(named(file.sheets, *_PASSPORT)) and bool(named(file.sheets, *_DATA))


def read(file: OpenedFile) -> Reading:
    """Read the annual observations of every sheet but the passport."""
    passport = Passport()
    for sheet in named(file.sheets, *_PASSPORT):
        passport = read_passport(sheet, only_coded=True)
    blocks, unread = [], []
    for sheet in file.sheets:
        if folded(sheet.name) not in _PASSPORT:
            ready, left = read_table(sheet, passport)
            blocks += ready
            unread += left
    return Reading(NAME, VERSION, blocks, unread)
