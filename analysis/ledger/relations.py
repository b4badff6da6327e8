"""How a statement may stand to what the data say: one small function a relation, each with the sentence of what is right.

Rounding explains a difference only where what is printed and what is computed may stem from one number: two numbers rounded to
the same digit that differ by a whole unit of it cannot, so every bound of it is strict.
The rule of each relation in words, its slack (in units of the last printed digit) and its margin (in per cent) stand in
`data/codes/relations.csv`: they are the tolerances of the ledger, the same for every statement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from analysis.base.errors import DataError, did_you_mean
from analysis.base.russian import NBSP, decimal
from analysis.ledger.answers import (
    CONFIRMED,
    CONTRADICTED,
    LAST_PLACE,
    ROUNDING,
    Answer,
    Question,
    as_known,
    as_printed,
    plain,
    rounded,
    shown,
    with_sign,
    with_values,
    worst,
)
from analysis.quantities import Quantity
from analysis.quantities.numerals import with_symbol
from analysis.show.wording import joined, num

FEW = 6  # values that a reader takes in one by one


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


def _equal(asked: Question) -> Answer:
    value, against = float(asked.value), float(asked.against)
    unit = asked.rule.slack * 10.0**-asked.digits
    same = rounded(value, asked.digits) == rounded(against, asked.digits)
    result = CONFIRMED if same else _unless_rounding(abs(value - against), unit + asked.off)
    found, other = as_known(asked.value, asked.digits, asked.off), as_printed(asked.against, asked.digits, asked.value)
    told = num(asked.value, asked.digits) if found == as_printed(asked.value, asked.digits) else found
    return Answer(result, found, other, f"{asked.subject} – {told}, а не {other}")


def _almost(asked: Question) -> Answer:
    value, against = float(asked.value), float(asked.against)
    close = abs(value - against) <= asked.rule.margin / 100 * max(abs(value), abs(against)) + LAST_PLACE
    found, other = shown(asked.value), shown(asked.against, asked.value)
    right = (
        f"{asked.subject} – {found}, {asked.object} – {other}: разница больше допуска в"
        f" {decimal(asked.rule.margin, 0)}{NBSP}%"
    )
    return Answer(CONFIRMED if close else CONTRADICTED, found, other, right)


def _ordered(sign: int) -> Callable[[Question], Answer]:
    def compare(asked: Question) -> Answer:
        ahead = sign * (float(asked.value) - float(asked.against))
        result = CONFIRMED if ahead > LAST_PLACE else _unless_rounding(-ahead, asked.off)
        found, other = shown(asked.value), shown(asked.against, asked.value)
        instead = asked.rule.no if ahead < -LAST_PLACE else "столько же"
        right = f"{asked.subject} – {found}, {asked.object} – {other}: не {asked.rule.yes}, а {instead}"
        return Answer(result, found, other, right)

    return compare


def _first(sign: int) -> Callable[[Question], Answer]:
    def lead(asked: Question) -> Answer:
        values, wanted = asked.value, asked.against
        own = _of(values, wanted)
        leader = max(values, key=lambda key: sign * float(values[key]))
        behind = sign * (float(values[leader]) - float(own))
        rivals = [key for key in values if key != wanted and abs(float(values[key]) - float(own)) <= LAST_PLACE]
        near = behind < asked.off[leader] + asked.off[wanted] - LAST_PLACE
        result = (
            CONFIRMED
            if behind <= LAST_PLACE and not rivals
            else ROUNDING
            if behind <= LAST_PLACE or near
            else CONTRADICTED
        )
        found = f"{asked.label(leader)}: {shown(values[leader])}"
        right = (
            f"{asked.subject}: {asked.rule.yes} {asked.label(leader)} ({shown(values[leader])}), а не"
            f" {asked.label(wanted)} ({shown(own)})"
        )
        return Answer(result, found, asked.label(wanted), right)

    return lead


def _top(asked: Question) -> Answer:
    names = list(asked.against)
    leaders = sorted(asked.value, key=lambda key: -float(asked.value[key]))[: len(names)]
    left_out, wrong = ([key for key in one if key not in other] for one, other in ((leaders, names), (names, leaders)))
    found, other = (joined(asked.label(key) for key in keys) for keys in (leaders, names))
    right = f"{asked.subject}: {asked.rule.yes} {with_values(left_out, asked)}, а не {with_values(wrong, asked)}"
    return Answer(_in_order([(one, out) for one in wrong for out in left_out], asked), found, other, right)


def _ranking(asked: Question) -> Answer:
    names = list(asked.against)
    leaders = sorted(asked.value, key=lambda key: -float(asked.value[key]))[: len(names)]
    found, other = (joined(asked.label(key) for key in keys) for keys in (leaders, names))
    others = [key for key in asked.value if key not in names]
    order = [*zip(names, names[1:], strict=False), *((names[-1], key) for key in others)] if leaders != names else []
    return Answer(_in_order(order, asked), found, other, f"{asked.subject}: порядок по убыванию – {found}")


def _descending(asked: Question) -> Answer:
    keys = list(asked.value)
    slips = [
        (one, other)
        for one, other in zip(keys, keys[1:], strict=False)
        if float(asked.value[one]) < float(asked.value[other])
    ]
    right = (
        f"{asked.subject}: порядок нарушают"
        f" {joined(f'{with_values([one], asked)} перед {with_values([other], asked)}' for one, other in slips)}"
        if slips
        else ""
    )
    return Answer(_in_order(slips, asked), joined(shown(one) for one in asked.value.values()), "", right)


def _all(
    fits: Callable[[float, float], bool], written: Callable[[Quantity], str] = with_sign
) -> Callable[[Question], Answer]:
    def each(asked: Question) -> Answer:
        values, off = (one if isinstance(asked.value, Mapping) else {None: one} for one in (asked.value, asked.off))
        bound = float(asked.against) if isinstance(asked.against, Quantity | int | float) else 0.0
        out = [key for key, one in values.items() if not fits(float(one), bound)]
        beyond = [key for key in out if abs(float(values[key]) - bound) >= off[key] - LAST_PLACE]
        listed = (
            joined(
                f"{asked.label(key)} {written(values[key])}" if key is not None else written(values[key]) for key in out
            )
            if out
            else ""
        )
        found = listed or _spread(values, written)
        right = f"{asked.subject}: {listed}, а не {asked.object or asked.rule.yes}" if out else ""
        return Answer(CONTRADICTED if beyond else ROUNDING if out else CONFIRMED, found, "", right)

    return each


def _range(asked: Question) -> Answer:
    if not asked.value:
        raise DataError("Сравнивать нечего: ни одного значения нет.")
    least, most = (pick(asked.value, key=lambda key: float(asked.value[key])) for pick in (min, max))
    unit = asked.rule.slack * 10.0**-asked.digits
    results = [
        (
            CONFIRMED
            if rounded(float(asked.value[key]), asked.digits) == rounded(end, asked.digits)
            else _unless_rounding(abs(float(asked.value[key]) - end), unit + asked.off[key])
        )
        for key, end in zip((least, most), asked.against, strict=True)
    ]
    found = f"от {num(asked.value[least])} до {shown(asked.value[most])}"
    other = f"{decimal(asked.against[0], asked.digits)}–{decimal(asked.against[1], asked.digits)}"
    return Answer(worst(results), found, other, f"{asked.subject} – {found}, а не {other}")


def _unit(asked: Question) -> Answer:
    found, other = (with_symbol(1.0, 0, unit).partition(NBSP)[2] for unit in (asked.value.unit, asked.against))
    result = CONFIRMED if asked.value.unit == asked.against else CONTRADICTED
    return Answer(result, found, other, f"{asked.subject}: единица – «{found}», а не «{other}»")


def _said(asked: Question) -> Answer:
    words = {
        "above": "выше",
        "below": "ниже",
        "highest": "выше всех",
        "lowest": "ниже всех",
        "rose": "рост",
        "fell": "снижение",
    }
    found, other = (words.get(one, one) for one in (asked.value.text, asked.against))
    right = f"{asked.subject}, но само издание поясняет: {found}, {asked.object}"
    return Answer(CONFIRMED if found == other else CONTRADICTED, found, other, right)


def _named(asked: Question) -> Answer:
    there = plain(asked.value.text)
    lacking = [part.strip() for part in asked.printed.split("|") if plain(part) not in there]
    right = (
        f"{asked.subject}: {joined(f'«{part}»' for part in lacking)} там нет, напечатано «{asked.value.text}»"
        if lacking
        else ""
    )
    return Answer(
        CONTRADICTED if lacking else CONFIRMED,
        asked.value.text if lacking else asked.printed.replace(" | ", ", "),
        asked.printed,
        right,
    )


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
    "positive": _all(lambda one, bound: one > bound),
    "negative": _all(lambda one, bound: one < bound),
    "at-most": _all(lambda one, bound: one <= bound, shown),
    "not-rising": _all(lambda one, bound: one <= bound),
    "unit": _unit,
    "said": _said,
    "named": _named,
}


def _unless_rounding(apart: float, allowed: float) -> str:
    return ROUNDING if apart < allowed - LAST_PLACE else CONTRADICTED


def _in_order(pairs: list[tuple[Any, Any]], asked: Question) -> str:
    """Return how pairs of keys stand of which the first is to have the greater value."""
    behind = [
        (float(asked.value[other]) - float(asked.value[one]), asked.off[one] + asked.off[other]) for one, other in pairs
    ]
    return worst([CONFIRMED, *(_unless_rounding(*pair) for pair in behind if pair[0] > LAST_PLACE)])


def _spread(values: Mapping[Any, Quantity], written: Callable[[Quantity], str]) -> str:
    """Return values in words: each of a few, the ends of many."""
    if len(values) <= FEW:
        return joined(written(one) for one in values.values())
    return f"от {written(min(values.values(), key=float))} до {written(max(values.values(), key=float))}"


def _known(side: Any) -> None:
    parts = side.values() if isinstance(side, Mapping) else [side]
    if unknown := [str(one.formula) for one in parts if isinstance(one, Quantity) and one.missing]:
        raise DataError(f"Нет значения {joined(unknown)}.")


def _of(values: Mapping, key: Any) -> Quantity:
    if key not in values:
        raise DataError(f"Среди сравниваемых нет «{key}».{did_you_mean(str(key), map(str, values))}")
    return values[key]
