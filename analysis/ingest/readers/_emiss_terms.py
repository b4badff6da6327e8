"""Words of EMISS: codes before labels, periods, units, territories, numbers with a decimal comma."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Literal

from analysis.base.russian import MONTH_NAMES, MONTHS, as_float

Span = Literal["annual", "part", "unknown"]
Role = Literal["territory", "territory code", "code", "unit", "period", "cut"]

_MONTH = f"(?:{'|'.join(MONTH_NAMES)})"
_DAY = re.compile(rf"(?:по состоянию )?на 1(?:-е)? ({'|'.join(MONTHS)})")
_ANNUAL = re.compile(
    r"(?:значение показателя )?за (?:отчетный )?год|в среднем за год|январь-декабрь|(?:на|по состоянию на) (?:1"
    r" января|31 декабря)|"
    r"на (?:конец|начало) (?:отчетного |учебного )?года|раз в год на определенную дату|(?:отчетный |учебный"
    r" )?год|годовая.*"
)
_PART = re.compile(
    rf"{_MONTH}(?:-{_MONTH})?|(?:[ivx]+|[1-4])(?:-?й)? (?:квартал|полугодие)|\d+ месяц(?:а|ев)|.*\bнедел[яию].*|"
    r"на (?:конец|начало) (?:отчетного"
    rf" )?(?:месяца|квартала|полугодия|недели)|(?:{_DAY.pattern})|\d{{4}}-\d\d|.*\bдекада\b.*|"
    rf"(?:месяц|квартал|полугодие)"
)
_YEAR = re.compile(r"(19[5-9]\d|20\d\d|2100)(?:\s*(?:г\.?|год|году))?")
_DATE = re.compile(r"(?:на )?(\d\d)\.(\d\d)\.(\d{4})(?:\s*г\.?)?")
_UNIT = re.compile(
    r"(?:(?:тысяч[аи]?|миллион(?:ов)?|миллиард(?:ов)?|сто тысяч|десять тысяч|тыс\.?|млн\.?|млрд\.?|условн\w+)\s+)*"
    r"(?:человек\w*|чел\.?|рубл\w+|руб\.?|доллар\w*|процент\w*|%|промилле|единиц\w*|штук\w*|тонн\w*|мест\w*|посещени\w*|гектар\w*|"
    r"(?:квадратн|кубическ|погонн)\w+"
    r" \w+|километр\w*|метр\w*|год|лет|месяц|день|дней|час\w*|раз|балл\w*|коэффициент|семь[яи]|организаци\w+|"
    r"домохозяйств\w*|учреждени\w*|случа\w*|заявлени\w*|ваканси\w*)(?:\b.*)?",
    re.IGNORECASE,
)
_TERRITORY = re.compile(
    r"\bобласть\b|\bкрай\b|\bреспублик|федеральный округ|автономн|российская"
    r" федерация|^г\.|^город\b|москва|санкт-петербург|севастополь",
    re.IGNORECASE,
)
_TERRITORY_AXIS = re.compile(r"окато|октмо|okato|oktmo|территори|регион|субъект", re.IGNORECASE)
_CODE_AXIS = re.compile(r"(?:_id|_code|_код)$|^код(?:\s|$)", re.IGNORECASE)
_UNIT_AXIS = re.compile(r"единиц\w* измерения|^ei$|^ед\.? ?изм", re.IGNORECASE)
_PERIOD_AXIS = re.compile(r"^(?:period|период|отчетный период)$", re.IGNORECASE)
_OKATO = re.compile(r"643|0\d\d|\d{8}|\d{11}")
_CODED = re.compile(r"((?=[^\s]*\d)[A-Za-z0-9_:.]+(?:\.[А-ЯA-Z0-9.]+)?)\s+(\S.*)", re.DOTALL)
# «16 лет», «2 квартал», «100 и более» begin with a number that is no code.
_COUNTED = re.compile(
    r"(?:лет|год|года|месяц|месяцев|дней|день|час|и более|и старше|и"
    r" менее|квартал|полугодие|человек|тыс|млн|разряд|процент|%|-|–|—|до |и )",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[-−–]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?")
_SPACES = re.compile(r"[\s\u00a0\u202f]+")


def plain(value: object) -> str:
    """Return a cell as one line of text; a whole float without its fraction."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _SPACES.sub(" ", str(value)).strip().strip("'").strip()


def split_code(label: str) -> tuple[str, str]:
    """Return the code and the words of a label: «14000000000 Белгородская область», «w2:p_mest:11 все население».

    The code is empty where the label has none.
    """
    match = _CODED.fullmatch(label)
    if not match or _COUNTED.match(match[2]):
        return "", label
    return match[1], match[2]


def number(value: object) -> float | None:
    """Return a number, or a text that is one with a decimal comma or point.

    None stands for anything else, two separators included.
    """
    if isinstance(value, (bool, dt.date)):
        return None
    if isinstance(value, (int, float)):
        return float(value)
    text = re.sub(r"[\s\u00a0\u202f]", "", str(value)).strip("'")
    return as_float(text) if _NUMBER.fullmatch(text) else None


def year_of(value: object) -> tuple[int, str] | None:
    """Return the year of a heading and the period that stands with it.

    The period is empty where the heading is the year alone, or 1 January of it; it is in words of the publisher
    («I квартал 2020 г.»), or «2020-05» for a date.
    """
    if isinstance(value, dt.date):
        return value.year, "" if (value.month, value.day) == (1, 1) else f"{value:%Y-%m}"
    if isinstance(value, bool) or value is None:
        return None
    text = plain(value)
    if match := _YEAR.fullmatch(text):
        return int(match[1]), ""
    if match := _DATE.fullmatch(text):
        return int(match[3]), "на 1 января" if (match[1], match[2]) == ("01", "01") else f"{match[3]}-{match[2]}"
    if isinstance(value, str) and (match := re.fullmatch(rf"(?:(.*\D)\s*)?\b{_YEAR.pattern}[,.]?(?:\s+(.*))?", text)):
        period = (match[1] or match[3] or "").strip(" ,.")
        return (int(match[2]), period) if period and span(period) != "unknown" else None
    return None


def span(period: str) -> Span:
    """Return whether a period is a year, a part of it, or words nobody knows; «на 1 октября» counts as a part."""
    text = _SPACES.sub(" ", period).strip(" .,").casefold().replace("ё", "е")
    text = re.sub(r"\s*[-–—]\s*", "-", text)
    if not text or _ANNUAL.fullmatch(text):
        return "annual"
    return "part" if _PART.fullmatch(text) else "unknown"


def spans(periods: Iterable[str]) -> dict[str, Span]:
    """Return the span of every period of a file.

    A single date in the year («на 1 октября») is annual, one of several is not.
    """
    known = {period: span(period) for period in periods}
    parts = [period for period, kind in known.items() if kind == "part"]
    if len(parts) == 1 and _DAY.fullmatch(parts[0].casefold()) and "annual" not in known.values():
        known[parts[0]] = "annual"
    return known


def role(name: str, labels: Iterable[str], units: frozenset[str] = frozenset()) -> Role:
    """Return what a heading column or a header row tells, by its name if it has one and by what stands in it.

    Parameters
    ----------
    name : str
        Empty where the heading has none, as a header row.
    labels : iterable of str
    units : frozenset of str
        Units of the indicator in lower case, where a passport names them.

    Returns
    -------
    {'territory', 'territory code', 'code', 'unit', 'period', 'cut'}
        `cut` is whatever is nothing else; a `code` is that of the cut to the left of it.
    """
    filled = {label for label in labels if label}
    if not name and filled and all(_OKATO.fullmatch(label) for label in filled):
        return "territory code"
    return _role_by_name(name) or _role_by_labels(filled, units)


def _role_by_name(name: str) -> Role | None:
    if _CODE_AXIS.search(name):
        return "territory code" if _TERRITORY_AXIS.search(name) else "code"
    by_name: tuple[tuple[re.Pattern, Role], ...] = (
        (_TERRITORY_AXIS, "territory"),
        (_UNIT_AXIS, "unit"),
        (_PERIOD_AXIS, "period"),
    )
    return next((meaning for pattern, meaning in by_name if pattern.search(name)), None)


def _role_by_labels(filled: set[str], units: frozenset[str]) -> Role:
    if not filled:
        return "cut"
    if all(_UNIT.fullmatch(label) or label.casefold() in units for label in filled):
        return "unit"
    if all(span(label) != "unknown" for label in filled):
        return "period"
    if sum(bool(_TERRITORY.search(label)) for label in filled) > len(filled) / 2:
        return "territory"
    return "cut"
