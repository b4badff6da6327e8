"""Each check by itself: what is wrong is named with its cell, and what is right is left in peace."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.base.errors import DataError, UsageError
from analysis.returns.spread import fitted, tails
from tests.returns.conftest import college

ORPHANS = [name for name in college("x") if name.startswith("orphans")]


def only(checked):
    """Return rule, cells and sentence of the one fault."""
    (fault,) = checked.faults
    return fault.rule, fault.cells, fault.why


def test_an_honest_return_is_not_sent_back(checked):
    now = [college("А"), college("Б")]
    moved = [row | {"quarter": 3, "employed": 55, "not_employed": 14} for row in now]
    assert checked(now).faults == [] and checked(now, moved).faults == []


@pytest.mark.parametrize(
    ("changed", "rule", "cells", "said"),
    [
        ({"not_employed": 12}, "sum", "F3", "лишних 3"),
        ({"studying": 8}, "sum", "F3", "не хватает 2"),
        ({"employed": 140}, "share", "G3", "140\u00a0%"),
        ({"self_employed": 61}, "share", "M3", "всего 60"),
        ({"registered": -1, "employed": 62}, "negative", "K3", "−1"),
        ({"employed": 0.6}, "fraction", "G3", "0,6"),
        ({"employed": "60 %"}, "fraction", "G3", "60 %"),
        ({"employed": "н/д"}, "number", "G3", "н/д"),
        ({"childcare": None}, "blank", "J3", "пуста"),
        ({"group": "99.00.00"}, "code", "B3", "99.00.00"),
        ({"orphans_childcare": 3, "orphans": 9}, "group", "R3", "не может быть больше"),
        ({"orphans_employed": 2}, "sum", "N3", "не хватает 1"),
        ({"year": 2022}, "quarter", "C3", "позже года отчета"),
    ],
)
def test_what_a_row_says_wrongly_is_named_with_its_cell(checked, changed, rule, cells, said):
    found = only(checked([college("А"), college("Б", **changed)]))
    assert (found[0], found[1][0]) == (rule, cells) and said in found[2]


def test_a_group_of_which_there_is_nobody_may_be_left_empty(checked):
    assert checked([college("А", **dict.fromkeys(ORPHANS))]).faults == []


def test_rows_that_stand_twice(checked):
    (same,) = checked([college("А"), college("А")]).faults
    (other,) = checked([college("А"), college("«А»", employed=59, studying=11)]).faults
    assert (same.rule, other.rule) == ("duplicate", "duplicate")
    assert "та же, что в строке 2" in same.why and "другая, чем в строке 2" in other.why


def test_who_sent_nothing_and_who_is_misspelt(checked):
    last = [
        college(name, quarter=3, employed=50, not_employed=19) for name in ("Горный техникум", "Лицей № 5", "Школа")
    ]
    found = checked([college("Горный технекум"), college("Лицей № 5")], last)
    assert [(fault.college, fault.rule) for fault in found.faults] == [
        ("Горный технекум", "name"),
        ("Школа", "missing"),
    ]
    assert "Похоже на «Горный техникум»" in found.faults[0].why and found.faults[1].cells == ()


def test_the_quarter_is_that_of_most_rows_or_the_one_that_was_named(checked):
    rows = [college("А"), college("Б"), college("В", quarter=3)]
    assert only(checked(rows))[0] == "quarter"
    assert [fault.college for fault in checked(rows, quarter="2021-3").faults] == ["А", "Б"]
    with pytest.raises(UsageError, match="записан не так"):
        checked(rows, quarter="IV")
    with pytest.raises(DataError, match="какой квартал"):
        checked(rows[1:])
    with pytest.raises(DataError, match="раньше"):
        checked(rows, [college("А")])


def test_what_may_not_change_and_what_cannot_go_back(checked):
    last = [college(name, quarter=3, employed=50, not_employed=19) for name in "АБВ"]
    now = [
        college("А", graduates=102, employed=62),
        college("Б", army=10, employed=68),
        college("В", orphans=7, orphans_army=2),
    ]
    assert [(fault.college, fault.rule) for fault in checked(now, last).faults] == [
        ("А", "total"),
        ("Б", "reversal"),
        ("В", "total"),
    ]
    # After a year conscripts are home: nothing is wrong with that.
    later = [college("Б", army=1, employed=77) | {"report_year": 2022, "quarter": 3}]
    assert checked(later, last[1:2]).faults == []


def test_a_copy_is_named_where_somebody_must_have_moved(checked):
    def quarter(number: int, shift: int, size: int) -> list[dict]:
        moved = {"employed": 60 * size + shift, "not_employed": 9 * size - shift}
        counts = {
            name: college("x")[name] * size for name in ("graduates", "studying", "army", "childcare", "registered")
        }
        return [college(f"К{at}", quarter=number, **counts, **moved) for at in range(9)]

    # Of four hundred some twenty move, of a hundred two or three: none may be one of these.
    for size, moves, rules in ((4, 20, ["copy"]), (1, 2, [])):
        now, last = quarter(4, 0, size), quarter(3, -moves, size)
        now[0] |= {name: last[0][name] for name in ("employed", "not_employed")}
        assert [fault.rule for fault in checked(now, last).faults] == rules


def test_a_college_unlike_its_peers_is_named_once(checked):
    peers = [college(f"К{at}", employed=60 + at - 5, not_employed=9 - at + 5) for at in range(10)]
    wild = college("Дикий", employed=99, studying=0, army=1, childcare=0, registered=0, not_employed=0)
    wild |= dict.fromkeys(ORPHANS)
    rule, cells, why = only(checked([*peers, wild]))
    assert (rule, cells) == ("outlier", ("G12",)) and "99 из 100" in why and "обычно" in why
    # Ten graduates all at work are no wonder.
    few = dict.fromkeys(ORPHANS) | {"graduates": 5, "employed": 5, "self_employed": 0}
    few |= dict.fromkeys(("studying", "army", "childcare", "registered", "not_employed"), 0)
    assert checked([*peers, college("Малый", **few)]).faults == []


def test_the_usual_share_is_not_moved_by_the_wild():
    n = np.full(12, 100)
    k = np.array([55, 57, 58, 60, 60, 61, 62, 63, 64, 66, 100, 100])
    profile = fitted(k, n, ["one"] * 12)
    share = 1 / (1 + np.exp(-profile.centre[0]))
    assert 0.57 < share < 0.67
    few, many = tails(k, n, profile)
    assert many[-1] < 1e-3 and few[-1] == pytest.approx(1) and many[3] > 0.2


def test_tails_are_binomial_where_colleges_do_not_differ():
    from scipy.stats import binom  # noqa: PLC0415 - beside the one test that asks it

    from analysis.returns.spread import Profile  # noqa: PLC0415 - as above

    k, n = np.array([0, 3, 10]), np.array([10, 10, 10])
    few, many = tails(k, n, Profile(np.full(3, 0.4), np.full(3, 1e-9)))
    share = 1 / (1 + np.exp(-0.4))
    assert few == pytest.approx(binom.cdf(k, 10, share)) and many == pytest.approx(binom.sf(k - 1, 10, share))
