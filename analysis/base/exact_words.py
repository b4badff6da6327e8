"""Words of a text that are right or wrong to the letter: numbers in digits and in words, ranks, comparisons.

«В 97 % организаций», «две трети», «впервые», «самая высокая»: whoever changes one of them states something else, so the
tables of words list them beside the text. The lists here are closed; a word that is not in them is not watched.
"""

from __future__ import annotations

import re
from functools import lru_cache

_ADJECTIVE = ["ый", "ая", "ое", "ого", "ой", "ому", "ым", "ом", "ую", "ые", "ых", "ыми"]
_SOFT = ["ий", "ая", "ее", "его", "ей", "ему", "им", "ем", "ую", "ие", "их", "ими"]
# By value: how a number is spelled, as a count and as a rank.
_SPELLED: dict[int, str] = {
    0: "ноль нуль ноля нуля",
    1: "один одна одно одного одной одному одним одном одну",
    2: "два две двух двум двумя оба обе обоих обеих обоим обеим двое",
    3: "три трех трем тремя трое",
    4: "четыре четырех четырем четырьмя четверо",
    5: "пять пяти пятью пятеро",
    6: "шесть шести шестью шестеро",
    7: "семь семи семью",
    8: "восемь восьми восемью восьмью",
    9: "девять девяти девятью",
    10: "десять десяти десятью",
    11: "одиннадцать одиннадцати одиннадцатью",
    12: "двенадцать двенадцати двенадцатью",
    13: "тринадцать тринадцати тринадцатью",
    14: "четырнадцать четырнадцати четырнадцатью",
    15: "пятнадцать пятнадцати пятнадцатью",
    16: "шестнадцать шестнадцати шестнадцатью",
    17: "семнадцать семнадцати семнадцатью",
    18: "восемнадцать восемнадцати восемнадцатью",
    19: "девятнадцать девятнадцати девятнадцатью",
    20: "двадцать двадцати двадцатью",
    30: "тридцать тридцати тридцатью",
    40: "сорок сорока",
    50: "пятьдесят пятидесяти пятьюдесятью",
    60: "шестьдесят шестидесяти",
    70: "семьдесят семидесяти",
    80: "восемьдесят восьмидесяти",
    90: "девяносто девяноста",
    100: "сто ста",
    200: "двести двухсот",
    300: "триста трехсот",
    400: "четыреста четырехсот",
    500: "пятьсот пятисот",
    600: "шестьсот шестисот",
    700: "семьсот семисот",
    800: "восемьсот восьмисот",
    900: "девятьсот девятисот",
}
_RANKS = ("перв", "втор", "", "четверт", "пят", "шест", "седьм", "восьм", "девят", "десят")
_THIRD = "третий третья третье третьего третьей третьему третьим третьем третью третьи третьих третьими"
# Endings are written out where a stem begins other words too: «самый», but not «самим»; «пятый», but not «пятница».
_OTHER = (
    r"половин(?:а|ы|е|у|ой)|трет(?:ь|и|ей)|четверт(?:ь|и|ей|ью)|полтор\w+|полутор\w*|десятк\w*|десяток|сот(?:ня|ни|не|ню|ен)"
    r"|дюжин\w*|тысяч\w*|тыс|миллион\w*|млн|миллиард\w*|млрд|процент\w*"
    r"|вдвое|втрое|вчетверо|впятеро|вдесятеро|дважды|трижды"
    rf"|(?:двух|трех|четырех|пяти|шести|семи(?!нар)|восьми|девяти|десяти|одно)(?:лет|год|кратн|месячн|дневн|процентн)\w+"
    rf"|сам(?:{'|'.join(_ADJECTIVE)})"
    r"|наи(?!менов|зуст|вн)\w+"
    rf"|(?!дальн)[а-я]{{2,}}[еа]йш(?:{'|'.join(_SOFT)})"
    r"|впервые|лидер\w*|лидир\w+|рекорд\w*|единственн\w+|уникальн\w+|первенств\w+"
    rf"|(?:луч|худ|боль|мень)ш(?:е|{'|'.join(_SOFT)})|больш(?:ая|ую|ей)|больши?нств\w+|меньшинств\w+"
    r"|более|менее|выше|ниже|шире|чаще|реже|раньше|позже|дороже|дешевле|быстрее|медленнее|сильнее|слабее|хуже|дольше|короче"
    r"|превыша\w+|превос\w+|опережа(?:ет|ют|л\w*|ла)|опереди\w+|отста(?:е|л|ю)\w*"
    r"|все|всех|всем|всеми|кажд\w+|никто|никак\w+"
)
# A digit within a name in capitals is part of it: ОКВЭД2, ЦОПП42.
_TOKEN = re.compile(r"(?<![A-ZА-ЯЁ])(?<!\d)\d+(?:[.,:/]\d+|[ \u00a0\u202f]\d{3}(?!\d))*|[½¼¾⅓⅔⅛]|(?P<word>[^\W\d_]+)")
_ROMAN = re.compile(r"[IVXLC]+")


def _values() -> dict[str, int]:
    found = {word: value for value, words in _SPELLED.items() for word in words.split()}
    endings = (*_ADJECTIVE, "ою")
    found |= {f"{stem}{end}": value for value, stem in enumerate(_RANKS, start=1) if stem for end in endings}
    return found | dict.fromkeys(_THIRD.split(), 3)


_VALUES = _values()
_LISTED = re.compile(_OTHER)
_SPACE = re.compile(r"\s")


@lru_cache(maxsize=8192)
def exact_words(text: str) -> tuple[str, ...]:
    """Return the numbers, ranks and comparisons of a text, in their order, in one form of each.

    Examples
    --------
    >>> exact_words("В 97 % организаций – впервые за два года")
    ('97', 'впервые', 'два')
    """
    found = (_exact(one["word"]) if one["word"] else _SPACE.sub("", one[0]) for one in _TOKEN.finditer(text))
    return tuple(filter(None, found))


@lru_cache(maxsize=16384)
def _exact(word: str) -> str:
    """Return the form of a word that is right or wrong to the letter, nothing for any other."""
    if _ROMAN.fullmatch(word):
        return word
    plain = word.casefold().replace("ё", "е")
    return plain if plain in _VALUES or _LISTED.fullmatch(plain) else ""


def spelled_value(word: str) -> int | None:
    """Return the number that a word says as a count or a rank, None for any other word: 3 for «третьим»."""
    return _VALUES.get(word.strip().casefold().replace("ё", "е"))
