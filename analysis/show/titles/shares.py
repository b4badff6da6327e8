"""Findings about parts of a whole: the largest, the one unlike the country's, where most is, what changed most."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.base.gaps import GapError
from analysis.base.russian import NBSP
from analysis.quantities import Quantity, Text, counted, total
from analysis.quantities.absent import require_known
from analysis.quantities.indicators import each, gap, highest, ordered, share
from analysis.quantities.text import chosen
from analysis.show.directions import choose
from analysis.show.face import Report
from analysis.show.spelled import spelled
from analysis.show.wording import capital, joined, num, pct, signed

FEW_NAMES = 4  # places that a title can name one by one
_HALF = 50.0  # per cent


def farthest_from_country(
    names: Mapping[str, str], ours: Mapping[str, Quantity], theirs: Mapping[str, Quantity], of_what: str
) -> Text:
    """Return in which category a structure differs most from that of the country.

    Parameters
    ----------
    names : mapping of str to str
        What each category is called in the middle of a sentence.
    ours, theirs : mapping of str to Quantity
        Shares in per cent, by category.
    of_what : str
        «добавленной стоимости».

    Returns
    -------
    Text
    """
    differences = {key: abs(one) for key, one in each(gap, ours, theirs).items()}
    key = highest(differences)
    word = chosen(f"Главное отличие от России – {names[str(key)]}", "наибольшее значение", *differences.values())
    return Text(f"{word}: {pct(ours[str(key)])} {of_what} против {pct(theirs[str(key)])}")


def largest_share(of_what: str, names: Mapping[str, str], shares: Mapping[str, Quantity], others: str) -> Text:
    """Return the largest share; where what is not named could be larger, of those that are named.

    Parameters
    ----------
    of_what : str
        «больше всего занятых в разделе».
    names : mapping of str to str
        What each category is called.
    shares : mapping of str to Quantity
        In per cent, by category.
    others : str
        «из названных разделов», said where the rest is larger than the largest share.

    Returns
    -------
    Text
    """
    known = ordered(shares)
    key = highest(known)
    rest = 100 - float(total(list(known.values())))
    lead = f"{others} {of_what}" if rest > float(known[str(key)]) or len(known) < len(shares) else of_what
    return capital(f"{chosen(lead, 'наибольшее значение', *known.values())} {names[str(key)]}: {pct(known[str(key)])}")


def concentrated(report: Report, of_what: str, values: Mapping[str, Quantity]) -> Text:
    """Return in how few places more than half of something is.

    Parameters
    ----------
    report : Report
    of_what : str
        In the genitive: «студентов».
    values : mapping of str to Quantity
        By territory.

    Returns
    -------
    Text

    Raises
    ------
    GapError
        Of a place nothing is known, so there is no whole; or it takes many places.
    """
    require_known(*values.values())
    whole, kept = total(list(values.values())), dict[str, Quantity]()
    for key, value in ordered(values).items():
        kept[key] = value
        if (held := share(total(list(kept.values())), whole)) > _HALF:
            break
    if len(kept) > FEW_NAMES or len(kept) == len(values):
        raise GapError(())
    names = joined(report.territory(str(key)).short for key in kept)
    word = chosen("Больше половины", "сравнение", held)
    places = spelled(counted(kept), "территория", "loct")
    return Text(f"{word} {of_what} ({pct(held)}) – в{NBSP}{places}: {names}")


def extremes(
    among_which: str, subject: str, names: Mapping[str, str], changes: Mapping[str, Quantity], words: Mapping[int, str]
) -> Text:
    """Return where something changed most upwards and most downwards.

    Parameters
    ----------
    among_which : str
        «из названных разделов».
    subject : str
        «заработная плата».
    names : mapping of str to str
        Where, by category: «в разделе «Добыча»».
    changes : mapping of str to Quantity
        By category.
    words : mapping of int to str
        The verb for a rise (1) and for a fall (−1).

    Returns
    -------
    Text

    Raises
    ------
    GapError
        Fewer than two are known, or nothing rose.
    """
    known = ordered(changes)
    (top, most), *_, (bottom, least) = [*known.items(), *list(known.items())[-1:]]
    if len(known) < 2 or float(most) <= 0:
        raise GapError(())
    rise = f"{among_which} сильнее всего {words[1]} {subject} {names[str(top)]} ({signed(most)})"
    second = words[-1] if float(least) < 0 else f"меньше всего {words[1]}"
    return capital(
        f"{chosen(rise, 'наибольшее значение', *known.values())}, "
        f"{chosen(second, 'наименьшее значение', *known.values())} – {names[str(bottom)]} ({signed(least)})"
    )


def counts(one: tuple[str, Quantity], other: tuple[str, Quantity]) -> Text:
    """Return which of two kinds of points a table names more of: «сильных сторон больше, чем слабых: 7 против 4».

    Parameters
    ----------
    one, other : tuple of (str, Quantity)
        What is counted, in the genitive plural, and how many there are.

    Returns
    -------
    Text
    """
    (this, ours), (that, theirs) = one, other
    word = choose(ours, theirs, "больше, чем", "меньше, чем", "столько же, сколько")
    numbers = f"по{NBSP}{num(ours)}" if float(ours) == float(theirs) else f"{num(ours)} против {num(theirs)}"
    return Text(f"{this} {word} {that}: {numbers}")
