"""Numbers that a Russian text spells: «двенадцать процентов», «половина», «вдвое», «каждый третий», «II место».

A word says a number where it counts, measures or ranks. «Один» rarely does (одно и то же, один из), nor does an
ordinal that tells parts of a text apart (первая глава): they are taken for numbers only beside what is counted or
ranked. What is a count all the same and rests on no data (доклад отвечает на три вопроса) is listed among the data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# What stands in a text for a card or a reference: no letter, no blank.
HOLE = "\ufffc"
_CARDINALS = (
    "дв(?:а|е|ух|ум|умя)|тр(?:и|ех|ем|емя)|четыр(?:е|ех|ем|ьмя)|пят(?:ь|и|ью)|шест(?:ь|и|ью)|сем(?:ь|и|ью)"
    "|вос(?:емь|ьми|емью|ьмью)|девят(?:ь|и|ью)|десят(?:ь|и|ью)|\\w+надцат(?:ь|и|ью)|(?:два|три)дцат(?:ь|и|ью)"
    "|сорока?|(?:пять|шесть|семь|восемь)десят|(?:пяти|шести|семи|восьми)десяти|девяност[оа]|сто|ста"
    "|двест(?:и|ам|ах)|двухсот|трист(?:а|ам|ах)|трехсот|четырест(?:а|ам)|четырехсот|(?:пять|шесть|семь|восемь|девять)сот"
    # Behind a card they are the unit of its number.
    f"|(?<!{HOLE} )(?:тысяч(?:а|и|у|е|ей|ам|ами|ах|ью|)|миллион\\w{{0,3}}|миллиард\\w{{0,3}})"
    "|десят(?:ок|к\\w{1,3})|сот(?:ня|н\\w{1,3}|ен)|дюжин\\w{0,3}"
    "|ноль|нол[яюе]м?|нул[яюе]м?|нуль|дв(?:ое|оих|оим)|тро(?:е|их|им)|четвер(?:о|ых)|пятер(?:о|ых)|полтор\\w{1,3}|полутор\\w{1,3}"
)
_PARTS = "половин(?:а|ы|е|у|ой)|наполовину|вполовину|трет(?:ь|и|ям|ями|ях)|четверт(?:ь|и|ью|ей|ям|ями|ях)|полпроцента"
_TIMES = (
    "вдвое|втрое|вчетверо|впятеро|вшестеро|всемеро|ввосьмеро|вдевятеро|вдесятеро|дважды|трижды|четырежды"
    "|двоекратн\\w+|удво(?:и\\w+|ен\\w+)|утро(?:и\\w+|ен\\w+)|учетвер\\w+|удесятер\\w+"
)
_COMPOUND = (
    "(?:одно|дву|двух|трех|четырех|пяти|шести|семи|восьми|девяти|десяти|\\w+надцати|двадцати|тридцати|сорока|\\w+десяти"
    "|девяносто|сто|двухсот|трехсот|четырехсот|пятисот|тысяче)(?:кратн|процентн|летн|тысячн|миллионн|месячн|недельн|дневн)\\w+"
)
_ORDINAL = (
    "(?:перв|втор|четверт|пят|шест|седьм|восьм|девят|десят|\\w+надцат|\\w*двадцат|\\w*тридцат|сороков|сот|тысячн)"
    "(?:ый|ой|ая|ое|ого|ому|ым|ом|ую|ые|ых|ыми)|трет(?:ий|ья|ье|ьего|ьему|ьим|ьем|ьей|ью|ьи|ьих|ьими)"
)
_ONE = "од(?:ин|на|но|ного|ной|ному|ним|ном|ну)"
_MEASURE = (
    "процент|пункт|тысяч|миллион|миллиард|рубл|человек|тонн|километр|гектар|раз(?![а-я])|десят|сот|трет|четверт"
    "|пят(?:ая|ой|ую)"
)
_RANKED = "мест|позици|строчк|строк[ауеи] (?:рейтинг|списк)|част|дол[яюеи]"
_ROMAN = "[IVX]{1,5}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+"
_AFTER_ROMAN = "мест|квартал|полугоди|декад|тысячелети|степен|разряд|позици"

_SPELLED = re.compile(
    rf"(?<![\w-])(?:(?:кажд|кажн)\w+ (?:{_ORDINAL}|дв\w+|тр\w+|четыр\w+|пят\w+|дес\w+)"
    rf"|(?:{_ORDINAL}) (?:(?:по|в|во|на|среди) \w+ (?:\w+ )?)?(?:{_RANKED})\w*"
    rf"|(?:{_ONE}) (?:\w+ )?(?:{_MEASURE})\w*"
    rf"|(?:{_ROMAN})(?:-\w{{1,3}})? (?:{_AFTER_ROMAN})\w*"
    rf"|(?:{_CARDINALS}|{_PARTS})(?: (?:{_CARDINALS}|{_PARTS}))*|{_TIMES}|{_COMPOUND})(?![\w])",
    re.IGNORECASE,
)
# A line that ends parts two texts: a heading and the paragraph below it.
_SPACES = re.compile(r"[ \t\u00a0\u202f\u2009]+")


def spelled_numbers(text: str, allowed: Iterable[str] = ()) -> list[str]:
    """Return the numbers that a text spells, those within listed phrases left out.

    Parameters
    ----------
    text
        Words as a reader sees them; what is no word stands between those it parts.
    allowed
        Phrases listed as data, compared without regard to case, blanks and «ё».

    Examples
    --------
    >>> spelled_numbers("Первая глава отвечает на три вопроса: каждый третий, вдвое, одно и то же.", ["три вопроса"])
    ['каждый третий', 'вдвое']
    """
    plain = _plain(text)
    return [found[0] for found in _SPELLED.finditer(_masked(plain, map(_plain, allowed)))]


def _masked(plain: str, phrases: Iterable[str]) -> str:
    low = plain.lower()
    for phrase in filter(None, phrases):
        for start in _starts(low, phrase.lower()):
            plain = plain[:start] + HOLE * len(phrase) + plain[start + len(phrase) :]
    return plain


def _starts(text: str, phrase: str) -> Iterator[int]:
    if phrase in text:
        yield from (found.start() for found in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text))


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text.replace("ё", "е").replace("Ё", "Е").replace("\u00ad", "").replace("\u0301", ""))
