"""What stands beside a table of EMISS: the sheet of the cuts, the passport, the lines above the table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from analysis.ingest.opening.sheets import Sheet
from analysis.ingest.readers._emiss_crosstab import Fixed
from analysis.ingest.readers._emiss_terms import plain, split_code

# Items of a list are parted by commas, labels have commas too: an item begins with its code.
_ITEM = re.compile(r",\s+(?=(?:[A-Za-z0-9_:.]*\d[\w:.]*)\s)")
_PAIR = re.compile(r"([^:]{3,60}):\s+(\S.*)")
_ADDRESS = re.compile(r"fedstat\.ru/indicator/(\d+)", re.IGNORECASE)
_HEADING = re.compile(r"(?:паспорт|данные|установленные разрезы|отчет)(?: показателя)?", re.IGNORECASE)
_TITLE = re.compile(r"(?:полное )?(?:наименование|название|показатель)(?: показателя)?", re.IGNORECASE)
_CODE = re.compile(r"(?:номер|код|идентификатор|id)(?: показателя)?(?: \(?(?:в )?емисс\)?)?", re.IGNORECASE)
_UNIT = re.compile(r"единиц[аы] измерения", re.IGNORECASE)
_NOTE = re.compile(r"комментари|примечани", re.IGNORECASE)
# Lines of the sheet of the cuts that cut nothing.
_ABOUT = re.compile(r"тип сбора|период|периодичность|дата.*|ведомство", re.IGNORECASE)


@dataclass
class Passport:
    """What stands beside a table of an indicator.

    Attributes
    ----------
    title, code : str
        Of the indicator; empty where they are not told.
    units : tuple of str
        As printed, codes taken off.
    fixed : list of Fixed
        Cuts that hold for the whole table.
    several : dict
        Labels chosen of the cuts that must stand in the table, by the name of the cut.
    notes : list of str
        The publisher's comments.
    """

    title: str = ""
    code: str = ""
    units: tuple[str, ...] = ()
    fixed: list[Fixed] = field(default_factory=list)
    several: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def unit(self) -> str:
        """The unit, if there is one and only one."""
        return self.units[0] if len(self.units) == 1 else ""


def read_passport(sheet: Sheet, only_coded: bool = False) -> Passport:
    """Read a sheet of names and values: «Установленные разрезы» or «Паспорт».

    Parameters
    ----------
    sheet : Sheet
    only_coded : bool
        Take for a cut only a value that begins with its code: a passport describes much that cuts nothing.
    """
    passport = Passport()
    for row in sheet.rows:
        words = [text for text in map(plain, row) if text]
        if not words:
            continue
        if address := next(filter(None, map(_ADDRESS.search, words)), None):
            passport.code = address[1]
        pair = _PAIR.fullmatch(words[0]) if len(words) == 1 else None
        if pair:
            _take(passport, pair[1].strip(), pair[2], only_coded)
        elif len(words) == 1:
            if not passport.title and not _HEADING.fullmatch(words[0]):
                code, passport.title = split_code(words[0])
                passport.code = passport.code or code
        else:
            _take(passport, words[0].rstrip(":").strip(), " ".join(words[1:]), only_coded)
    return passport


def read_lines(lines: Iterable[str]) -> Passport:
    """Read the lines above a table: the title, then «name: value»."""
    return read_passport(Sheet("", [[line] for line in lines]), only_coded=True)


def _take(passport: Passport, name: str, value: str, only_coded: bool) -> None:
    if _TITLE.fullmatch(name):
        code, passport.title = split_code(value)
        passport.code = passport.code or code
    elif _CODE.fullmatch(name):
        passport.code = value
    elif _UNIT.fullmatch(name):
        passport.units = tuple(split_code(item.strip())[1] for item in value.split(","))
    elif _NOTE.match(name):
        passport.notes.append(value)
    elif not _ABOUT.fullmatch(name):
        items = [split_code(item) for item in _ITEM.split(value)]
        if only_coded and not all(code for code, _ in items):
            return
        if len(items) == 1:
            passport.fixed.append(Fixed(name, items[0][1], items[0][0]))
        else:
            passport.several[name] = [label for _, label in items]
