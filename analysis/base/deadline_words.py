"""The one reader of deadlines as plans print them; what it does not understand it refuses, with what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from analysis.base.days import as_iso
from analysis.base.deadlines import FROM_DAY, REPEATED, Deadline, Kind, misfit
from analysis.base.russian import MONTH_NAMES, MONTHS

_NUMBERS = {
    name: number
    for names in (MONTHS, MONTH_NAMES, [f"{of[:-1]}е" for of in MONTHS])
    for number, name in enumerate(names, 1)
}
_MONTH = f"(?P<month>{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_DASH = r"\s*[-–—]\s*"
_D, _M, _Y = r"\d{4}-\d{2}-\d{2}", r"\d{4}-\d{2}(?![\d-])", r"\d{4}(?![\d-])"
_ANY = f"(?:{_D}|{_M}|{_Y})"
_BY = r"(?:не позднее|не позже|в срок до|срок до|до|к|по)"
_WITHIN = r"(?:в течение|до конца|за|в)"
_ON = r"(?:далее|затем|впредь)?,?\s*(?:постоянно|на постоянной основе|далее)"
_YEARLY = r"(?:ежегодно|каждый год|каждого года|(?:1\s+)?раз в год)"
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_ORDER = {"первый": "1", "первое": "1", "второй": "2", "второе": "2", "третий": "3", "четвертый": "4", "первом": "1"}
_ORDER |= {"втором": "2", "третьем": "3", "четвертом": "4", "первого": "1", "второго": "2"}
_SPELLED = {"один": "1", "одного": "1", "два": "2", "двух": "2", "три": "3", "трех": "3"}
# The forms by which a deadline with a day is known, the kind beside each; `a` and `b` are days of the text.
_FORMS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("date", rf"(?:{_BY}\s+)?(?P<a>{_D})"),
        (FROM_DAY, rf"(?:с|со|начиная с)?\s*(?P<a>{_D})[,;]?\s*(?:и\s+)?{_ON}"),
        (FROM_DAY, rf"(?:с|со|начиная с)\s+(?P<a>{_D})"),
        ("month", rf"(?:{_WITHIN}\s+)?(?P<a>{_M})"),
        ("year", rf"(?:{_WITHIN}\s+)?(?P<a>{_Y})"),
        ("range", rf"(?:с\s+|в период с\s+|в течение\s+)?(?P<a>{_ANY})(?:\s+(?:по|до)\s+|{_DASH})(?P<b>{_ANY})"),
    )
)
_QUARTER = re.compile(
    rf"(?:{_WITHIN}\s+)?(?P<n>iv|i{{1,3}}|[1-4])(?:-?(?:й|м|ый|ом|го))?\s*(?:кв\.?|квартал[еа]?)\s+(?P<y>{_Y})"
)
_HALF = re.compile(
    rf"(?:{_WITHIN}\s+)?(?P<n>i{{1,2}}|[12])(?:-?(?:е|м|ое|ом|го))?\s*(?:полугоди[еяи]|пол\.)\s+(?P<y>{_Y})"
)
_SCHOOL = re.compile(
    r"(?:(?:в течение|в|за)\s+)?(?P<y>\d{4})\s*[/–-]\s*(?P<z>\d{2}(?:\d{2})?)"
    r"\s+уч(?:ебн(?:ый|ого|ом)|\.)\s*(?:год[уа]?|г\.?)?"
)
_OF_YEAR = re.compile(
    rf"{_YEARLY},?\s*(?:{_BY}\s+)?(?P<d>\d{{1,2}})(?:\s+{_MONTH}|\.(?P<m>\d{{2}})\.?)"
    rf"|(?:{_BY}\s+)?(?P<d2>\d{{1,2}})\s+{_MONTH.replace('month', 'month2')},?\s*{_YEARLY}"
    rf"|{_YEARLY},?\s*(?:{_WITHIN}\s+)?{_MONTH.replace('month', 'month3')}"
    rf"|(?:{_WITHIN}\s+)?{_MONTH.replace('month', 'month4')},?\s*{_YEARLY}"
)
_OF_MONTH = re.compile(
    rf"(?P<kind>ежемесячно|ежеквартально|раз в месяц|раз в квартал),?\s*{_BY}\s+(?P<d>\d{{1,2}})(?:-?го)?\s+числа"
    r"(?:\s+(?:каждого\s+|следующего\s+)?месяца)?"
    r"(?:,?\s*(?:следующего|следующим) за отч[её]тным(?:\s+(?:месяцем|кварталом|периодом))?)?"
)
_SPAN = re.compile(
    rf"(?P<said>.+?)(?:,?\s+(?:в течение|в|за)\s+|,\s+)(?P<year>{_Y})"
    rf"|(?P<said2>.+?),?\s+(?:начиная\s+)?с\s+(?P<a>{_ANY})(?:\s+(?:по|до)\s+(?P<b>{_ANY}))?"
    rf"|(?P<said3>.+?),\s+(?P<c>{_ANY}){_DASH}(?P<d>{_ANY})"
)
_REMEDY = (
    "Запишите срок так, как в списке видов (data/codes/deadline_kinds.csv): днем, месяцем, кварталом, годом, периодом"
    " или повторением; несколько сроков – несколько строк плана."
)


class UnreadDeadlineError(ValueError):
    """A deadline that is not understood.

    Parameters
    ----------
    problem : str
        Why, in a clause.
    remedy : str
        What to do, in a sentence.
    """

    def __init__(self, problem: str, remedy: str = _REMEDY) -> None:
        super().__init__(f"{problem}. {remedy}")
        self.problem, self.remedy = problem, remedy


def read_deadline(printed: str, kinds: Mapping[str, Kind]) -> Deadline:
    """Read a deadline as a plan prints it.

    Parameters
    ----------
    printed : str
        «01.07.2022 далее постоянно», «2 раза в год», «февраль – апрель 2022 г.».
    kinds : mapping
        The list of kinds by id.

    Returns
    -------
    Deadline

    Raises
    ------
    UnreadDeadlineError
        It is none of these, says a day that never was, or can be taken in two ways.
    """
    text = _folded(printed)
    found = list(dict.fromkeys(one for one in _readings(text, kinds) if one.kind.id in kinds))
    if not found:
        raise UnreadDeadlineError(f"срок «{printed}» не понят")
    if wrong := misfit(found[0].kind, found[0].day):
        raise UnreadDeadlineError(f"срок «{printed}» не понят: {wrong}")
    return found[0]


def _readings(text: str, kinds: Mapping[str, Kind]) -> Iterator[Deadline]:
    """Yield what a folded text can mean, the plainest reading first."""
    for id_, day in (*_dated(text), *_by_number(text)):
        if id_ in kinds:
            yield Deadline(kinds[id_], day)
    by_words = {_bare(said): kind for kind in kinds.values() for said in kind.said}
    if kind := by_words.get(_bare(text)):
        yield Deadline(kind)
    if found := _SPAN.fullmatch(text):
        kind = by_words.get(_bare(next(filter(None, (found["said"], found["said2"], found["said3"])))))
        if kind and kind.group == REPEATED:
            first, last = found["a"] or found["c"], found["b"] or found["d"] or ""
            yield Deadline(kind, found["year"] or f"{first}/{last}")


def _dated(text: str) -> Iterator[tuple[str, str]]:
    """Yield the deadlines with days of their own that a text is: the id of the kind, and the day."""
    for id_, form in _FORMS:
        if found := form.fullmatch(text):
            yield id_, "/".join(filter(None, (found["a"], found.groupdict().get("b"))))
    if found := _QUARTER.fullmatch(text):
        yield "quarter", f"{found['y']}-Q{_QUARTERS[found['n']]}"
    if found := _HALF.fullmatch(text):
        yield (
            "range",
            f"{found['y']}-01/{found['y']}-06" if found["n"] in ("i", "1") else f"{found['y']}-07/{found['y']}-12",
        )
    if (found := _SCHOOL.fullmatch(text)) and int(found["z"]) % 100 == (int(found["y"]) + 1) % 100:
        yield "school-year", f"{found['y']}-09/{int(found['y']) + 1}-08"


def _by_number(text: str) -> Iterator[tuple[str, str]]:
    """Yield the deadlines on a day of each year or month."""
    if found := _OF_YEAR.fullmatch(text):
        name = next(filter(None, (found[key] for key in ("month", "month2", "month3", "month4"))), "")
        month = _NUMBERS.get(name) or int(found["m"])
        day = found["d"] or found["d2"]
        yield "yearly-by", f"--{month:02d}" + (f"-{int(day):02d}" if day else "")
    if found := _OF_MONTH.fullmatch(text):
        monthly = found["kind"] in ("ежемесячно", "раз в месяц")
        yield ("monthly-by" if monthly else "quarterly-by"), f"---{int(found['d']):02d}"


def _folded(printed: str) -> str:
    """Return a text in one form: small letters, numbers in digits, days and months in ISO, no word «год» after them."""
    text = re.sub(r"\s+", " ", printed.casefold().replace("ё", "е")).strip(" .;")
    # A hyphen between two years, months or days is a dash; within an ISO day it is none, and none is one yet.
    text = re.sub(r"(?<=[а-я])-(?=[а-я])|(?<=\d{4})-(?=\d{4}|\d{1,2}\.)", "–", text)
    text = re.sub(r"\w+", lambda word: _SPELLED.get(word[0], _ORDER.get(word[0], word[0])), text)
    text = re.sub(rf"(?<!\w){_MONTH}(?={_DASH}\w+\s+(?P<y>\d{{4}}))", _with_year, text)
    text = re.sub(rf"(?<![\d.])(?P<a>\d{{1,2}})(?={_DASH}\d{{1,2}}\s+{_MONTH}\s+(?P<y>\d{{4}}))", _day_with_month, text)
    text = re.sub(rf"(?<=с )(?P<a>\d{{1,2}})(?= по \d{{1,2}}\s+{_MONTH}\s+(?P<y>\d{{4}}))", _day_with_month, text)
    text = re.sub(
        rf"(?<!\w){_MONTH}\s+(?P<y>\d{{4}})", lambda one: f"{MONTHS[_NUMBERS[one['month']] - 1]} {one['y']}", text
    )
    text = as_iso(text)
    text = re.sub(r"(?<=\d)\s*(?:годов|годы|года|году|год|гг\.?|г\.?)(?!\w)", "", text)
    return re.sub(r"\s+", " ", text).strip(" .;,")


def _with_year(found: re.Match[str]) -> str:
    return f"{MONTHS[_NUMBERS[found['month']] - 1]} {found['y']}"


def _day_with_month(found: re.Match[str]) -> str:
    return f"{found['a']} {MONTHS[_NUMBERS[found['month']] - 1]} {found['y']}"


def _bare(text: str) -> str:
    """Return words of a repetition without what says only how strict it is: «не реже 1 раза в квартал»."""
    text = re.sub(r"\bраза\b", "раз", text)
    text = re.sub(r"^(?:не реже|не менее)\s+", "", text)
    return re.sub(r"^1 (?=раз )", "", text)
