"""What the lines above a table say: its number, its title, the unit of its figures."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.ingest.readers._rosstat_words import footnote, squeeze, without_marks

_CODED = re.compile(r"^(\d{1,2}(?:\s?\.\s?\d{1,2}){1,3})(?!\d)\s*\.?\s*(\D.*)$")
_RUNNING_HEAD = re.compile(
    r"^(?:социально-экономические показатели по субъектам|регионы россии\b|к содержанию|\d{1,2}\.\s*[А-ЯЁ ,]+$)",
    re.IGNORECASE,
)
_CONTINUED = re.compile(r"^\(?(?:продолжение|окончание)\b", re.IGNORECASE)
_MEASURE = (
    r"процент\w*|%|промилле|тысяч\w*|тыс\.?|миллион\w*|млн\.?|миллиард\w*|млрд\.?|рубл\w*|руб\.?|человек\w*|чел\.?|единиц\w*|ед\.?"
    r"|штук\w*|шт\.?|тонн\w*|т|кг|килограмм\w*|граммов?|центнер\w*|ц|гектар\w*|га|метр\w*|м[23]|км2?|километр\w*|литр\w*|л"
    r"|декалитр\w*|киловатт\S*|квт\S*|гигакалори\w*|доллар\w*|евро|тонно\S*|пассажиро\S*"
)
_COUNTED = (
    r"голов\w*|кубическ\w*|квадратн\w*|плотн\w*|условн\w*|мест\w*|коек|посещени\w*|экземпляр\w*|семей|квартир\w*|лет|раз|случа\w*"
    r"|баллов?|дней|часов|пользовател\w*|патент\w*|организаци\w*"
)
_UNIT_ALONE = re.compile(
    rf"^(?:(?:в\s+)?(?:{_MEASURE})(?:\s+\S+){{0,5}}|(?:{_COUNTED})(?:\s+(?:{_COUNTED}|{_MEASURE})){{0,2}})$",
    re.IGNORECASE,
)
_AFTER_COMMA = re.compile(
    rf"^(?:в\s+)?(?:{_MEASURE})(?:\s+(?:{_MEASURE}|{_COUNTED}|США|общей|площади|в|за|год|к|от|итогу|\d+)){{0,4}}$",
    re.IGNORECASE,
)
_QUANTITY = rf"{_MEASURE}|{_COUNTED}"
_UNIT_WORD = re.compile(rf"(?<!\w)(?:{_QUANTITY})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Title:
    """The head of a table.

    Attributes
    ----------
    code : str
        «2.10.1»; empty where the table has no number.
    text : str
        Title without footnote marks; of a part of a table, the title of the whole stands first.
    unit : str
        As printed; empty where the table does not say.
    conditions : tuple of str
        What stands beside the unit: «на конец года», «по данным выборочных обследований рабочей силы».
    marks : tuple of str
        Footnotes the title refers to.
    """

    code: str = ""
    text: str = ""
    unit: str = ""
    conditions: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


def coded(line: str) -> tuple[str, str] | None:
    """Return number and title of a line that opens a table: «2.16.ЧИСЛЕННОСТЬ …», «5.3.1 . Всего»."""
    match = _CODED.match(squeeze(line))
    return (re.sub(r"\s", "", match[1]), match[2]) if match else None


def is_running_head(line: str) -> bool:
    """Tell whether a line stands on every sheet of the publication and says nothing of the table."""
    line = squeeze(line)
    return bool(_RUNNING_HEAD.match(line)) and not coded(line)


def is_continued(line: str) -> bool:
    """Tell whether a line says that the table goes on: «Продолжение табл. 2.1»."""
    return bool(_CONTINUED.match(squeeze(line)))


def is_unit(text: str) -> bool:
    """Tell whether a text is a unit and nothing else: «Тысяч человек», «в процентах к итогу», «млрд руб.»."""
    text = squeeze(text).strip("()")
    return len(text) <= 60 and bool(_UNIT_ALONE.match(text))


def split_unit(text: str) -> tuple[str, str]:
    """Part a name from the unit after its last comma: «Российская Федерация, млрд руб.».

    The unit is empty where there is none.
    """
    name, comma, unit = text.rpartition(",")
    return (name.strip(), unit.strip()) if comma and _AFTER_COMMA.match(unit.strip()) else (text, "")


def read_title(lines: list[str]) -> Title:
    """Return what the lines between the sheet's top and the table's heading say."""
    lines = [squeeze(line) for line in lines]
    lines = [
        line for line in lines if line and not is_running_head(line) and not is_continued(line) and not footnote(line)
    ]
    # The last line with a number opens the table; those before it tell what it is a part of.
    for opening in reversed(range(len(lines))):
        if head := coded(lines[opening]):
            code, first = head
            body, unit_lines = _apart([first, *lines[opening + 1 :]])
            return _title(code, _whole(code, lines[:opening]), body, unit_lines)
    body, unit_lines = _apart(lines)
    return _title("", "", body, unit_lines)


def _whole(code: str, above: list[str]) -> str:
    """Return the title of the table that this one is a part of."""
    for line in reversed(above):
        if (head := coded(line)) and code.startswith(head[0] + "."):
            return head[1]
    return above[-1] if above and code.count(".") >= 2 and not coded(above[-1]) else ""


def _apart(lines: list[str]) -> tuple[list[str], list[str]]:
    body: list[str] = []
    units: list[str] = []
    for line in lines:
        within = bool(units) and units[-1].count("(") > units[-1].count(")")
        if within:
            units[-1] += " " + line
        elif (line.startswith("(") and body) or (body and is_unit(line)):
            units.append(line)
        else:
            body.append(line)
    return body, units


def _title(code: str, whole: str, body: list[str], unit_lines: list[str]) -> Title:
    text, marks = without_marks(" ".join(body))
    if (
        not unit_lines
        and (match := re.match(r"^(.*\S)\s*(\([^()]*(?:\([^()]*\)[^()]*)*\))$", text))
        and _UNIT_WORD.search(match[2])
    ):
        text, unit_lines = match[1], [match[2]]
    if not unit_lines and (match := re.match(r"^(.*\S)[ ,]+((?:тысяч|миллионов|миллиардов)?\s?рублей)$", text)):
        text, unit_lines = match[1], [match[2]]
    whole, whole_marks = without_marks(whole)
    if whole and _folded(whole) != _folded(text):
        text = f"{whole.rstrip('.')}. {text}"
    unit, conditions, unit_marks = _unit(unit_lines)
    return Title(code, text.rstrip(" ."), unit, conditions, tuple(dict.fromkeys(whole_marks + marks + unit_marks)))


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text).casefold().strip()


def _unit(lines: list[str]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    text, marks = without_marks(" ".join(lines))
    text = re.sub(r"^\((.*)\)$", r"\1", text.strip())
    parts = [part.strip(" ,") for part in text.split(";") if part.strip(" ,")]
    if not parts:
        return "", (), marks
    place = max((number for number, part in enumerate(parts) if is_unit(part)), default=len(parts) - 1)
    unit, rest = parts[place], parts[:place] + parts[place + 1 :]
    name, comma, tail = unit.rpartition(",")
    if comma and is_unit(tail) and not is_unit(unit):
        unit, rest = tail.strip(), [*rest, name.strip()]
    return unit, tuple(rest), marks
