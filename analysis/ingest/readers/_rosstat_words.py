"""What a printed cell says: a name without footnote marks, a number, a mark in place of a number, a year."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.base.russian import as_float
from analysis.ingest.opening import Sheet
from analysis.ingest.reading import DASHES

FIRST_YEAR, LAST_YEAR = 1900, 2100

_TO_CYRILLIC = str.maketrans("AaBCcEeHKkMOoPpTXxy", "АаВСсЕеНКкМОоРрТХху")
_TO_LATIN = str.maketrans("АВСЕНКМОРТХ", "ABCEHKMOPTX")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_YEAR = r"(?:19|20)\d\d"
_MARKS = r"(?:\s*[;,]?\s*\d{1,2}\))*"
_NEXT = r"(?:\s*[;,]\s*(?=\d{1,2}\)))?"
_PLAIN_YEAR = re.compile(
    rf"^\s*({_YEAR})(?:\s*/\s*(?:{_YEAR}|\d\d))?\s*(?:учебный|уч\.)?\s*(?:год[уа]?|гг?\.?)?\s*({_MARKS})\s*\*?\s*$",
    re.IGNORECASE,
)
_SCHOOL_YEAR = re.compile(rf"({_YEAR})\s*[/–-]\s*(?:{_YEAR}|\d\d)\s*(?:уч|г)", re.IGNORECASE)
_WORD, _LATIN, _CYRILLIC = re.compile(r"[^\W\d_]+"), re.compile("[A-Za-z]"), re.compile("[А-Яа-яЁё]")
_NUMBER = re.compile(r"^[-–−]?\s?(?:\d{1,3}(?: \d{3})+|\d+)(?:[.,]\d+)?$")


@dataclass(frozen=True)
class PrintedCell:
    """A cell of figures: the number, or the mark in its place, and the footnotes it refers to."""

    value: float | None
    mark: str = ""
    notes: tuple[str, ...] = ()


def squeeze(text: object) -> str:
    """Return the text in one line.

    It has no breaks, no doubled or unbreakable blanks, no soft hyphens, and one alphabet within a word.
    """
    if text is None:
        return ""
    if not isinstance(text, str):
        return str(int(text) if isinstance(text, float) and text.is_integer() else text)
    line = " ".join(text.replace("\xad", "").replace("\u200b", "").split())
    return _WORD.sub(_one_alphabet, line) if _LATIN.search(line) else line


def _one_alphabet(match: re.Match) -> str:
    word = match[0]
    if not _CYRILLIC.search(word) or not _LATIN.search(word):
        return word
    whole = word.translate(_TO_CYRILLIC)
    return word if _LATIN.search(whole) else whole


def texts(sheet: Sheet, rows: int, columns: int) -> Iterator[str]:
    """Yield the texts of the first rows and columns of a sheet, as typed.

    Parameters
    ----------
    sheet : Sheet
    rows, columns : int
        How many, from the upper left.

    Yields
    ------
    str
        Row by row.
    """
    return (cell for row in sheet.rows[:rows] for cell in row[:columns] if isinstance(cell, str))


def section_letter(text: str) -> str:
    """Return the Latin letter of «Раздел О», whichever alphabet it is typed in; empty where there is none."""
    match = re.match(r"^\s*[Рр]аздел\w*\s+([A-ZА-Я])\b", text)
    return match[1].translate(_TO_LATIN) if match else ""


def without_marks(text: object) -> tuple[str, tuple[str, ...]]:
    """Return the text without its footnote marks, and the marks: «г. Москва2);3)» gives («г. Москва», ("2", "3")).

    A mark is a number with a bracket that nothing has opened, raised digits, or closing asterisks.
    """
    line = re.sub(
        rf"(?<!м)([{_RAISED}]{{1,2}})[⁾)]?", lambda match: match[1].translate(_SUPERSCRIPTS) + ")", squeeze(text)
    )
    marks: list[str] = []
    kept, depth, at = "", 0, 0
    # A year before a mark is glued to it: «20172)» is 2017 with footnote 2.
    pattern = re.compile(
        rf"(?P<year>(?<!\d){_YEAR})(?P<glued>\d{{1,2}})\){_NEXT}|(?<!\d)(?P<alone>\d{{1,2}})\){_NEXT}|(?P<bracket>[()])"
    )
    for match in pattern.finditer(line):
        kept += line[at : match.start()]
        at = match.end()
        mark = match["glued"] or match["alone"]
        if mark and depth <= 0:
            marks.append(mark)
            kept += match["year"] or ""
            continue
        kept += match[0]
        depth += {"(": 1, ")": -1}.get(match[0][-1], 0)
    kept += line[at:]
    if stars := re.search(r"(\*{1,3})\)?\s*$", kept):
        marks.append(stars[1])
        kept = kept[: stars.start()]
    if marks:
        kept = re.sub(r"(?:\s*[;,])+\s*$", "", kept)
    return re.sub(r"\s{2,}", " ", kept).strip(), tuple(dict.fromkeys(marks))


def cell_of(raw: object, known_marks: frozenset[str] = frozenset()) -> PrintedCell:
    """Return what a cell of figures holds.

    Numbers typed as text are read with a comma or a point and with thousands set apart by blanks; what mixes the two
    signs is no number but a mark. A digit glued to a number and a bracket is a footnote if the table has that footnote.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return PrintedCell(None)
    if isinstance(raw, (bool, dt.date)):
        return PrintedCell(None, str(raw))
    if isinstance(raw, (int, float)):
        return PrintedCell(None if math.isnan(raw) else float(raw))
    text = squeeze(raw)
    notes: tuple[str, ...] = ()
    if raised := re.match(rf"^(.*?)\s*([{_RAISED}]{{1,2}})[⁾)]?$", text):
        text, notes = raised[1], (raised[2].translate(_SUPERSCRIPTS),)
    elif glued := re.match(r"^(.*?\d)(\s?)(\d{1,2})\)$", text):
        text, notes = _unglue(glued[0], glued[1], glued[2], glued[3], known_marks)
    elif match := re.match(r"^([^\d()]*?)\s*((?:\d{1,2}\)\s*[;,]?\s*)+)$", text):
        text, notes = match[1].strip(), tuple(re.findall(r"\d+", match[2]))
    if _NUMBER.match(text):
        return PrintedCell(as_float(text), "", notes)
    return PrintedCell(None, text, notes)


def _unglue(whole: str, body: str, gap: str, digits: str, known: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    if gap:
        return body, (digits,)
    if len(digits) == 2 and digits not in known and digits[1] in known:
        return body + digits[0], (digits[1],)
    if digits in known:
        return body, (digits,)
    return whole, ()


def is_mark(raw: object) -> bool:
    """Tell whether a text stands in place of a number: «…», «-», «…1)», «в 2,3 р.»."""
    text = squeeze(raw)
    return bool(text) and bool(
        re.match(rf"^(?:[{DASHES}]|\.{{2,3}}|…\.?|[xXхХ]|в \d.*)\s*(?:\d{{1,2}}\)\s*[;,]?\s*)*$", text)
        or text.startswith("#")
    )


def is_number(raw: object) -> bool:
    """Tell whether a cell holds a number, typed as one or as text."""
    if isinstance(raw, str):
        return cell_of(raw).value is not None
    return isinstance(raw, (int, float)) and not isinstance(raw, bool)


def plain_year(raw: object) -> tuple[int, tuple[str, ...]] | None:
    """Return the year a heading says and nothing else, with its footnotes.

    Years are 2000.0, «20172)», «2021 г.¹», «2019/2020» and dates; a school year goes by its first calendar year.
    """
    if isinstance(raw, bool) or raw is None:
        return None
    if isinstance(raw, dt.date):
        return raw.year, ()
    if isinstance(raw, (int, float)):
        return (int(raw), ()) if raw == int(raw) and FIRST_YEAR <= raw <= LAST_YEAR else None
    line = re.sub(rf"([{_RAISED}]{{1,2}})[⁾)]?", lambda match: match[1].translate(_SUPERSCRIPTS) + ")", squeeze(raw))
    if match := re.match(rf"^\s*({_YEAR})\s*[–-]\s*(?:{_YEAR}|\d\d)\s*уч\w*\.?\s*г?\w*\.?\s*({_MARKS})$", line):
        return int(match[1]), tuple(re.findall(r"(\d+)\)", match[2]))
    match = _PLAIN_YEAR.match(line)
    return (int(match[1]), tuple(re.findall(r"(\d+)\)", match[2]))) if match else None


def years_in(text: str) -> list[int]:
    """Return the years a text names, each once; a span or a school year counts as its ends."""
    return [int(year) for year in dict.fromkeys(re.findall(rf"(?<!\d)({_YEAR})(?!\d)", text))]


def is_rule(text: str) -> bool:
    """Tell whether a row is the line that parts a table from its footnotes: «_____», «¾¾¾»."""
    return bool(re.match(r"^[_¾─—–=-]{3,}$", re.sub(r"\s", "", text)))


def footnote(text: object) -> tuple[str, str] | None:
    """Return the mark and the text of a footnote row: «1) По данным …», «¹⁾ Расчет …», «* …», «Примечание: …»."""
    line = squeeze(text)
    if match := re.match(rf"^([{_RAISED}]{{1,2}})[⁾)]?\s*(.+)$", line):
        return match[1].translate(_SUPERSCRIPTS), match[2]
    if match := re.match(r"^(\d{1,2})\)\s*(.+)$", line):
        return match[1], match[2]
    if match := re.match(r"^(\*{1,3})\)?\s*(.+)$", line):
        return match[1], match[2]
    return ("", line) if re.match(r"^примечани[ея]\b", line, re.IGNORECASE) else None
