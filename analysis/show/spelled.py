"""Small counts in words: Russian prose writes numbers up to nine out, the ones above in digits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sized
from dataclasses import replace

from analysis.base.agreement import agree, gender
from analysis.base.gaps import GapError
from analysis.base.russian import NBSP, decimal
from analysis.quantities import Quantity, Text, counted
from analysis.quantities.absent import require_known
from analysis.quantities.constants import of_quantities
from analysis.show.wording import count

_MASCULINE = ("один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять")
_OTHER = {("один", "femn"): "одна", ("один", "neut"): "одно", ("два", "femn"): "две"}
_CASES = {
    "gent": ("одного", "двух", "трех", "четырех", "пяти", "шести", "семи", "восьми", "девяти"),
    "datv": ("одному", "двум", "трем", "четырем", "пяти", "шести", "семи", "восьми", "девяти"),
    "ablt": ("одним", "двумя", "тремя", "четырьмя", "пятью", "шестью", "семью", "восемью", "девятью"),
    "loct": ("одном", "двух", "трех", "четырех", "пяти", "шести", "семи", "восьми", "девяти"),
}


@of_quantities
def spelled(quantity: Quantity, noun: str, case: str = "nomn") -> Text:
    """Return a whole number with its noun, the number in words up to nine («шесть направлений»).

    Parameters
    ----------
    quantity : Quantity
    noun : str
        As for `count`.
    case : {'nomn', 'accs', 'gent', 'datv', 'ablt', 'loct'}
        Case the whole phrase stands in; the accusative is that of things, not of people.

    Returns
    -------
    Text
        It remembers the number; `count` where that is above nine or missing.

    Examples
    --------
    >>> print(spelled(Quantity(6.0, "count", 0), "направление"))
    шесть направлений
    >>> print(spelled(Quantity(2.0, "count", 0), "группа", "gent"))
    двух групп
    >>> print(spelled(Quantity(12.0, "count", 0), "группа"))
    12 групп
    """
    if quantity.value is None or not 1 <= (number := round(quantity.value)) <= 9:
        return count(quantity, noun, case)
    return Text.of(f"{_numeral(number, gender(noun), case)}{NBSP}{agree(number, noun, case)}", quantity)


def if_any(found: Sized | Quantity, some: Callable[[], str], none: str = "") -> Text:
    """Return what is said of those that were found, or what is said where there are none.

    Parameters
    ----------
    found : sized or Quantity
        A selection: those that rose, a list of names; or how many there are, which must be known.
    some : callable
        Makes the words; asked only where there is something to name.
    none : str
        The words of an empty selection.

    Returns
    -------
    Text
        It remembers what the words remember; those of an empty selection remember what it was made from where they
        are given as a text that does.

    Examples
    --------
    >>> change = {"tomsk": Quantity(1.0, "pp", 1), "omsk": Quantity(2.0, "pp", 1)}
    >>> print(if_any(falling(change), lambda: "Снизилась: " + joined(falling(change)) + ".", "Не снизилась нигде."))
    Не снизилась нигде.
    """
    if isinstance(found, Quantity):
        require_known(found)
        return Text(some()) if found.value else Text.of(none, found)
    return Text(some()) if len(found) else Text(none)


def sentences(texts: Iterable[str]) -> Text:
    """Return sentences one after another, as many as there are.

    Raises
    ------
    GapError
        There is none: whatever the paragraph was to say is left out.

    Examples
    --------
    >>> print(sentences(["Занятых стало меньше.", "Безработных – больше."]))
    Занятых стало меньше. Безработных – больше.
    """
    told = [Text(text) for text in texts]
    if not told:
        raise GapError(())
    return Text(" ").join(told)


def among(some: Mapping[str, Quantity], whole: Mapping[str, Quantity], noun: str) -> Text:
    """Return «во всех шести территориях», «в двух территориях из шести», «ни в одной из шести».

    Those of which nothing is known are not counted: «в двух территориях из пяти, по которым есть данные».

    Parameters
    ----------
    some, whole : mapping of str to Quantity
        What was selected, and what from.
    noun : str
        As for `count`.

    Returns
    -------
    Text
        It remembers what was counted.

    Examples
    --------
    >>> change = {"tomsk": Quantity(1.0, "pp", 1), "omsk": Quantity(-2.0, "pp", 1), "altai": Quantity(0.5, "pp", 1)}
    >>> print(among(rising(change), change, "территория"))
    в двух территориях из трех
    """
    known = {key: value for key, value in whole.items() if not value.missing}
    if not known:
        require_known(*whole.values())
    everything = replace(counted(known), sources=counted(whole).sources)
    # How many there are of some depends on all of them.
    part = counted(some)
    part = replace(part, sources=tuple(dict.fromkeys((*everything.sources, *part.sources))))
    of_known = f", по{NBSP}которым есть данные" if len(known) < len(whole) else ""
    if part.value == everything.value:
        return _all_of(everything, noun) + of_known
    number = len(known)
    outof = _numeral(number, gender(noun), "gent") if number <= 9 else decimal(number, 0)
    if not part.value:
        one = "одной" if gender(noun) == "femn" else "одном"
        return Text.of(f"ни{NBSP}в{NBSP}{one}", part) + f" из{NBSP}" + Text.of(outof, everything) + of_known
    return f"в{NBSP}" + spelled(part, noun, "loct") + f" из{NBSP}" + Text.of(outof, everything) + of_known


def _all_of(everything: Quantity, noun: str) -> Text:
    """Return «во всех шести территориях», «в обеих территориях» for two, «в одной территории» for one."""
    if everything.value == 1:
        return f"в{NBSP}" + spelled(everything, noun, "loct")
    if everything.value == 2:
        both = "обеих" if gender(noun) == "femn" else "обоих"
        return Text.of(f"в{NBSP}{both}{NBSP}{agree(2, noun, 'loct')}", everything)
    return f"во{NBSP}всех " + spelled(everything, noun, "loct")


def _numeral(number: int, kind: str, case: str) -> str:
    if case == "accs" and (number, kind) == (1, "femn"):
        return "одну"
    if case in ("nomn", "accs"):
        word = _MASCULINE[number - 1]
        return _OTHER.get((word, kind), word)
    if (number, kind) == (1, "femn"):
        return "одной"
    return _CASES[case][number - 1]
