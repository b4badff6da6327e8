"""Which unit of the code list a printed unit means, and how many of another one make it.

Both are exact and declared here, or there is no answer.
"""

from __future__ import annotations

import re
from decimal import Decimal

# Units of one kind, by how many of the smallest they are.
_FAMILIES = (
    {"people": 1, "thousand_people": 1000, "mln_people": 1_000_000},
    {"rub": 1, "thousand_rub": 1000, "mln_rub": 1_000_000, "bln_rub": 1_000_000_000},
)
_SCALES = {"": "", "тыс": "thousand_", "млн": "mln_", "миллион": "mln_", "млрд": "bln_", "миллиард": "bln_"}
_MONEY_OR_PEOPLE = re.compile(r"^(?:(тыс|млн|миллион|млрд|миллиард)\w*\.?\s*)?(рубл\w*|руб|р|человек\w*|чел)\.?$")
_RATIOS = (
    (r"на 10 ?000 (?:человек|чел|жител)", "per_10000"),
    (r"на (?:одну|1) (?:заявленную )?ваканси", "per_vacancy"),
)
# «на 1 января» is a date.
_OTHER_RATIO = re.compile(
    r"на (?:10{2,5}|1 ?000|100 ?000|10 тыс|100 тыс)\b|на душу|на одн\w+"
    r"|на 1 (?!янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)\w+"
)
_SIMPLE = {
    "count": r"^(?:единиц\w*|ед\.?|штук\w*|шт\.?)$",
    "months": r"^(?:месяц\w*|мес\.?)$",
    "years": r"^(?:лет|год|года)$",
    "points": r"^балл\w*$",
    "pp": r"^(?:процентн\w+ пункт\w*|п\. ?п\.?)$",
}


def unit_id(printed: str, title: str = "") -> str:
    """Return the unit that a printed unit means, read together with the title.

    «Человек» under «на 10 000 человек» is a ratio.

    Returns
    -------
    str
        Id of `units.csv`, or `bln_rub` and `mln_people`, which the package does not keep but which convert; empty
        where the code list has no such unit.
    """
    text = re.sub(r"\s+", " ", printed.replace("\xa0", " ")).casefold().strip(" .()")
    whole = f"{title} {text}".casefold()
    if re.match(r"^(?:в )?(?:процент|%)", text):
        return "percent"
    for pattern, unit in _RATIOS:
        if re.search(pattern, whole) and _MONEY_OR_PEOPLE.match(text or "человек"):
            return unit
    if not text or (_OTHER_RATIO.search(whole) and not _MONEY_OR_PEOPLE.match(text)):
        return ""
    if match := _MONEY_OR_PEOPLE.match(text):
        if match[2].startswith("ч") and _OTHER_RATIO.search(whole):
            return ""
        return _SCALES[match[1] or ""] + ("rub" if match[2].startswith("р") else "people")
    return next((unit for unit, pattern in _SIMPLE.items() if re.match(pattern, text)), "")


def factor(printed: str, wanted: str) -> Decimal | None:
    """Return by what a number in one unit is multiplied to be in another; None where they are not of one kind."""
    if printed == wanted:
        return Decimal(1)
    for family in _FAMILIES:
        if printed in family and wanted in family:
            return Decimal(family[printed]) / Decimal(family[wanted])
    return None


def is_index(printed: str, title: str = "") -> bool:
    """Tell whether a table compares with a former period.

    Such figures never stand in one series with shares or rates.
    """
    return bool(
        re.search(r"к (?:предыдущ|прошл|соответствующ|предшеств)\w+|^индекс", f"{printed} {title}".casefold().strip())
    )
