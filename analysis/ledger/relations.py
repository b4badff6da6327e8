"""How a statement may stand to what the data say: one small function a relation, with the sentence of what is right.

Rounding explains a difference only where what is printed and what is computed may stem from one number: two numbers
rounded to the same digit that differ by a whole unit of it cannot, so every bound of it is strict.
The rule of each relation in words, its slack (in units of the last printed digit) and its margin (in per cent) stand in
`data/codes/relations.csv`: they are the tolerances of the ledger, the same for every statement.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from itertools import pairwise, product
from typing import Any

from analysis.base.errors import DataError, did_you_mean
from analysis.base.russian import NBSP, decimal, decimals_needed
from analysis.ledger.answers import (
    CONFIRMED,
    CONTRADICTED,
    LAST_PLACE,
    REVISED,
    ROUNDING,
    TRUNCATED,
    Answer,
    Question,
    as_known,
    as_printed,
    cut,
    normalised,
    rounded,
    shown,
    with_sign,
    with_values,
    worst,
)
from analysis.quantities import Quantity
from analysis.quantities.numerals import with_symbol
from analysis.show.wording import joined, num

# What is added to the sentence of what is right where the difference has a name.
_SLIPS = {TRUNCATED: ": лишние знаки отброшены, а не округлены", REVISED: ": ряд с тех пор пересмотрен"}
FEW = 6  # values that a reader takes in one by one
Keys = Iterable[tuple[Hashable, Hashable]]


def answer(question: Question) -> Answer:
    """Return how a statement stands to the data.

    Raises
    ------
    DataError
        The relation is unknown, or a value it needs is missing.
    """
    relation = question.rule.id
    if relation not in _RELATIONS:
        raise DataError(f"Нет отношения «{relation}» в реестре утверждений.{did_you_mean(relation, _RELATIONS)}")
    _known(question.value)
    _known(question.against)
    return _RELATIONS[relation](question)


def _equal(question: Question) -> Answer:
    value, against = float(question.value), float(question.against)
    result = _agreement(value, against, question)
    digits = question.digits
    if result == REVISED and isinstance(question.value, Quantity):
        digits = max(digits, question.value.decimals)  # so that the revision shows
    found, other = (
        as_known(question.value, digits, question.off),
        as_printed(question.against, digits, question.value),
    )
    plain = isinstance(question.value, Quantity) and found == as_printed(question.value, digits)
    shortest = num(question.value, digits) if plain else found
    return Answer.of(result, found, other, f"{question.subject} – {shortest}, а не {other}{_SLIPS.get(result, '')}")


def _agreement(value: float, against: float, question: Question) -> str:
    """Return how a computed number stands to a printed one.

    A revision is asked first and whatever the digits: of two numbers taken from one former issue of a series, the one
    printed with fewer digits is no truer.
    """
    apart, unit = abs(value - against), question.rule.slack * 10.0**-question.digits
    was = any(abs(former - against) <= LAST_PLACE for former in question.former)
    if apart > LAST_PLACE and (was or apart <= question.revision + LAST_PLACE):
        return REVISED
    if rounded(value, question.digits) == rounded(against, question.digits):
        return CONFIRMED
    if apart < unit + question.off - LAST_PLACE:
        return ROUNDING
    if any(rounded(former, question.digits) == rounded(against, question.digits) for former in question.former):
        return REVISED
    # Only what is written with these digits can have been cut to them.
    written = abs(float(rounded(against, question.digits)) - against) <= LAST_PLACE
    return TRUNCATED if written and cut(value, question.digits) == rounded(against, question.digits) else CONTRADICTED


def _almost(question: Question) -> Answer:
    value, against = float(question.value), float(question.against)
    margin = question.rule.margin
    close = abs(value - against) <= margin / 100 * max(abs(value), abs(against)) + LAST_PLACE
    beyond = {"above": against - value, "below": value - against}.get(question.direction, -1.0)
    found, other = shown(question.value), shown(question.against, question.value)
    wrong = (
        f"разница больше допуска в {decimal(margin, decimals_needed(margin))}{NBSP}%"
        if not close
        else f"слова верны, только если {'больше' if question.direction == 'above' else 'меньше'}"
    )
    # What lies on the other side by less than rounding may lie on this one.
    aside = CONFIRMED if beyond < -LAST_PLACE else _unless_rounding(beyond, question.off)
    result = aside if close else CONTRADICTED
    return Answer.of(result, found, other, f"{question.subject} – {found}, {question.object} – {other}: {wrong}")


def _ordered(sign: int) -> Callable[[Question], Answer]:
    def compare(question: Question) -> Answer:
        ahead = sign * (float(question.value) - float(question.against))
        result = CONFIRMED if ahead > LAST_PLACE else _unless_rounding(-ahead, question.off)
        found, other = shown(question.value), shown(question.against, question.value)
        instead = question.rule.no if ahead < -LAST_PLACE else "столько же"
        right = f"{question.subject} – {found}, {question.object} – {other}: не {question.rule.yes}, а {instead}"
        return Answer.of(result, found, other, right)

    return compare


def _first(sign: int) -> Callable[[Question], Answer]:
    def lead(question: Question) -> Answer:
        values, wanted = question.value, question.against
        own = _of(values, wanted)
        leader = max(values, key=lambda key: sign * float(values[key]))
        behind = sign * (float(values[leader]) - float(own))
        rivals = [key for key in values if key != wanted and abs(float(values[key]) - float(own)) <= LAST_PLACE]
        level = behind <= LAST_PLACE
        near = behind < question.offs[leader] + question.offs[wanted] - LAST_PLACE
        result = CONFIRMED if level and not rivals else ROUNDING if level or near else CONTRADICTED
        found = f"{question.label(leader)}: {shown(values[leader])}"
        right = (
            f"{question.subject}: {question.rule.yes} {question.label(leader)} ({shown(values[leader])}), а не"
            f" {question.label(wanted)} ({shown(own)})"
        )
        return Answer.of(result, found, question.label(wanted), right)

    return lead


def _top(question: Question) -> Answer:
    names = list(question.against)
    leaders = sorted(question.value, key=lambda key: -float(question.value[key]))[: len(names)]
    left_out = [key for key in leaders if key not in names]
    wrong = [key for key in names if key not in leaders]
    found, other = (joined(question.label(key) for key in keys) for keys in (leaders, names))
    instead = f"{with_values(left_out, question)}, а не {with_values(wrong, question)}"
    right = f"{question.subject}: {question.rule.yes} {instead}"
    return Answer.of(_in_order(product(wrong, left_out), question), found, other, right)


def _ranking(question: Question) -> Answer:
    names = list(question.against)
    leaders = sorted(question.value, key=lambda key: -float(question.value[key]))[: len(names)]
    found, other = (joined(question.label(key) for key in keys) for keys in (leaders, names))
    others = [key for key in question.value if key not in names]
    order = [*pairwise(names), *((names[-1], key) for key in others)] if leaders != names else []
    return Answer.of(_in_order(order, question), found, other, f"{question.subject}: порядок по убыванию – {found}")


def _descending(question: Question) -> Answer:
    values = question.value
    slips = [(first, second) for first, second in pairwise(values) if float(values[first]) < float(values[second])]
    pairs = [f"{with_values([first], question)} перед {with_values([second], question)}" for first, second in slips]
    right = f"{question.subject}: порядок нарушают {joined(pairs)}" if slips else ""
    return Answer.of(_in_order(slips, question), joined(map(shown, values.values())), "", right)


def _all(
    fits: Callable[[float, float], bool], written: Callable[[Quantity], str] = with_sign
) -> Callable[[Question], Answer]:
    def each(question: Question) -> Answer:
        values, offs = question.value, question.offs
        if not isinstance(values, Mapping):
            values, offs = {None: values}, {None: question.off}
        bound = float(question.against) if isinstance(question.against, Quantity | int | float) else 0.0
        out = [key for key, value in values.items() if not fits(float(value), bound)]
        beyond = [key for key in out if abs(float(values[key]) - bound) >= offs[key] - LAST_PLACE]
        words = [
            written(values[key]) if key is None else f"{question.label(key)} {written(values[key])}" for key in out
        ]
        listed = joined(words) if words else ""
        found = listed or _spread(values, written)
        right = f"{question.subject}: {listed}, а не {question.object or question.rule.yes}" if out else ""
        return Answer.of(CONTRADICTED if beyond else ROUNDING if out else CONFIRMED, found, "", right)

    return each


def _range(question: Question) -> Answer:
    if not question.value:
        raise DataError("Сравнивать нечего: ни одного значения нет.")
    least, most = (pick(question.value, key=lambda key: float(question.value[key])) for pick in (min, max))
    unit = question.rule.slack * 10.0**-question.digits
    results = [
        (
            CONFIRMED
            if rounded(float(question.value[key]), question.digits) == rounded(end, question.digits)
            else _unless_rounding(abs(float(question.value[key]) - end), unit + question.offs[key])
        )
        for key, end in zip((least, most), question.against, strict=True)
    ]
    found = f"от {num(question.value[least])} до {shown(question.value[most])}"
    other = f"{decimal(question.against[0], question.digits)}–{decimal(question.against[1], question.digits)}"
    return Answer.of(worst(results), found, other, f"{question.subject} – {found}, а не {other}")


def _unit(question: Question) -> Answer:
    found, other = (with_symbol(1.0, 0, unit).partition(NBSP)[2] for unit in (question.value.unit, question.against))
    result = CONFIRMED if question.value.unit == question.against else CONTRADICTED
    return Answer.of(result, found, other, f"{question.subject}: единица – «{found}», а не «{other}»")


def _stated(question: Question) -> Answer:
    words = {
        "above": "выше",
        "below": "ниже",
        "highest": "выше всех",
        "lowest": "ниже всех",
        "rose": "рост",
        "fell": "снижение",
    }
    found, other = (words.get(relation, relation) for relation in (question.value.text, question.against))
    right = f"{question.subject}, но само издание поясняет: {found}, {question.object}"
    return Answer.of(CONFIRMED if found == other else CONTRADICTED, found, other, right)


def _named(question: Question) -> Answer:
    there = normalised(question.value.text)
    lacking = [part.strip() for part in question.printed.split("|") if normalised(part) not in there]
    if not lacking:
        return Answer.of(CONFIRMED, question.printed.replace(" | ", ", "), question.printed, "")
    words = joined(f"«{part}»" for part in lacking)
    right = f"{question.subject}: {words} там нет, напечатано «{question.value.text}»"
    return Answer.of(CONTRADICTED, question.value.text, question.printed, right)


_RELATIONS: dict[str, Callable[[Question], Answer]] = {
    "equal": _equal,
    "about": _equal,
    "almost": _almost,
    "range": _range,
    "above": _ordered(1),
    "more": _ordered(1),
    "rose": _ordered(1),
    "below": _ordered(-1),
    "less": _ordered(-1),
    "fell": _ordered(-1),
    "highest": _first(1),
    "lowest": _first(-1),
    "top": _top,
    "ranking": _ranking,
    "descending": _descending,
    "positive": _all(lambda value, bound: value > bound),
    "negative": _all(lambda value, bound: value < bound),
    "at-most": _all(lambda value, bound: value <= bound, shown),
    "at-least": _all(lambda value, bound: value >= bound, shown),
    "not-rising": _all(lambda value, bound: value <= bound),
    "unit": _unit,
    "said": _stated,
    "named": _named,
}


def _unless_rounding(apart: float, allowed: float) -> str:
    return ROUNDING if apart < allowed - LAST_PLACE else CONTRADICTED


def _in_order(pairs: Keys, question: Question) -> str:
    """Return how pairs of keys stand of which the first is to have the greater value."""
    behind = [
        (float(question.value[lesser]) - float(question.value[greater]), question.offs[greater] + question.offs[lesser])
        for greater, lesser in pairs
    ]
    return worst([CONFIRMED, *(_unless_rounding(*pair) for pair in behind if pair[0] > LAST_PLACE)])


def _spread(values: Mapping[Hashable, Quantity], written: Callable[[Quantity], str]) -> str:
    """Return values in words: each of a few, the ends of many."""
    if len(values) <= FEW:
        return joined(map(written, values.values()))
    return f"от {written(min(values.values(), key=float))} до {written(max(values.values(), key=float))}"


def _known(side: Any) -> None:
    parts = side.values() if isinstance(side, Mapping) else [side]
    if unknown := [str(part.formula) for part in parts if isinstance(part, Quantity) and part.missing]:
        raise DataError(f"Нет значения {joined(unknown)}.")


def _of(values: Mapping[Hashable, Quantity], key: Hashable) -> Quantity:
    if key not in values:
        raise DataError(f"Среди сравниваемых нет «{key}».{did_you_mean(str(key), map(str, values))}")
    return values[key]
