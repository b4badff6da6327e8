"""Tolerances: derived from printed precision, carried through formulas, the same for all statements."""

from __future__ import annotations

import re

import pytest

from analysis.base.errors import DataError
from analysis.base.russian import decimals_in, numbers_in
from analysis.catalogue import load
from analysis.ledger import verdicts
from analysis.ledger.answers import Question, Rule, worst
from analysis.ledger.circles import Solved, circular
from analysis.ledger.figures import Figures
from analysis.ledger.formulas import FormulaError, evaluate
from analysis.ledger.relations import _RELATIONS, answer
from analysis.quantities import Quantity
from analysis.report import open_report

from .conftest import EDITION


def rule(relation):
    row = load("relations").set_index("id", drop=False).loc[relation]
    return Rule(**{name: row[name] for name in Rule.__dataclass_fields__})


def ask(relation, value, against, digits=1, off=0.0):
    offs = dict.fromkeys(value, off) if isinstance(value, dict) else {}
    value = value if isinstance(value, dict) else Quantity(value, "percent", 1)
    return answer(Question(value, against, digits, rule(relation), "величина", "другая", str, off, offs))


def test_every_relation_has_a_rule_and_every_rule_a_relation():
    assert set(load("relations")["id"]) == set(_RELATIONS)


@pytest.mark.parametrize(
    ("value", "printed", "digits", "off", "result"),
    [
        (2.349, 2.3, 1, 0.0, "confirmed"),  # rounds to what is printed
        (2.35, 2.4, 1, 0.0, "confirmed"),  # halves go up, as in yearbooks
        (2.36, 2.3, 1, 0.0, "truncated"),  # cut off instead of rounded
        (-2.36, -2.3, 1, 0.0, "truncated"),
        (2.41, 2.5, 1, 0.0, "contradicted"),  # raised instead of cut off
        (2.46, 2.3, 1, 0.0, "contradicted"),
        (2.36, 2.3, 1, 0.02, "rounding"),  # the inputs were rounded themselves
        (7.7, 7.6, 1, 0.05, "contradicted"),  # two numbers rounded to one digit never differ by a unit of it
        (7.65, 7.6, 1, 0.05, "rounding"),
        (2.1 + 0.25, 2.4, 1, 0.0, "confirmed"),  # binary fractions do not decide
        (79.8, 80, 0, 0.0, "confirmed"),
        (10.0, 9.0, 0, 0.0, "contradicted"),
    ],
)
def test_a_number_is_held_to_its_printed_digits(value, printed, digits, off, result):
    assert ask("equal", value, printed, digits, off).result == result


@pytest.mark.parametrize(
    ("value", "printed", "digits", "revision", "former", "result"),
    [
        (7.7, 7.6, 1, 0.1, (), "revised"),
        (13.9, 14, 0, 0.1, (), "revised"),  # the same case, whatever the digits
        (26.3, 26.3, 1, 0.1, (), "confirmed"),
        (7.8, 7.6, 1, 0.1, (), "contradicted"),  # further off than the series went
        (7.9, 7.6, 1, 0.0, (7.6,), "revised"),
        (7.9, 7.6, 1, 0.0, (7.62,), "revised"),
        (7.9, 7.6, 1, 0.0, (7.7,), "contradicted"),  # no issue said so
    ],
)
def test_a_number_of_a_former_issue_is_told_from_a_false_one(value, printed, digits, revision, former, result):
    asked = Question(
        Quantity(value, "percent", 1),
        printed,
        digits,
        rule("equal"),
        "величина",
        "",
        str,
        revision=revision,
        former=former,
    )
    assert answer(asked).result == result


def test_one_equation_confirms_none_of_its_parts():
    cells = {"sum": 10.0, "a": 1.0, "b": 2.0, "c": 7.0}
    of = {key: Solved({name: cells[name] for name in cells if name != key}, cells[key]) for key in "abc"}
    assert circular(of) == {"a", "b", "c"}
    slipped = {
        key: Solved(cell.cells | ({"b": 3.0} if "b" in cell.cells else {}), cell.printed) for key, cell in of.items()
    }
    assert circular(slipped) == {"a", "b", "c"}
    assert circular({"a": of["a"], "other": Solved({"sum": 10.0, "a": 1.0, "d": 5.0}, 5.0)}) == frozenset()
    # Two growths from one year to others are two equations.
    assert circular({"x": Solved({"a": 1.0, "c": 7.0}, 600), "y": Solved({"b": 2.0, "c": 7.0}, 250)}) == frozenset()


def test_about_allows_a_whole_unit_of_the_last_digit():
    assert [ask("about", value, 7.4).result for value in (7.41, 7.49, 7.51)] == [
        "confirmed",
        "rounding",
        "contradicted",
    ]


def test_almost_allows_its_margin_and_no_more():
    assert [ask("almost", value, 2).result for value in (2.04, 1.81, 1.79, 2.25)] == [
        "confirmed",
        "confirmed",
        "contradicted",
        "contradicted",
    ]


@pytest.mark.parametrize(
    ("relation", "value", "against", "off", "result"),
    [
        ("above", 5.1, 5.0, 0.0, "confirmed"),
        ("above", 5.0, 5.0, 0.0, "contradicted"),
        ("above", 5.0, 5.0, 0.1, "rounding"),
        ("above", 4.8, 5.0, 0.1, "contradicted"),
        ("fell", 4.8, 5.0, 0.0, "confirmed"),
        ("fell", 5.2, 5.0, 0.0, "contradicted"),
    ],
)
def test_a_comparison_is_held_to_its_sign(relation, value, against, off, result):
    assert ask(relation, value, against, off=off).result == result


def test_places_and_orders():
    values = {key: Quantity(value, "percent", 1) for key, value in (("a", 3.0), ("b", 5.0), ("c", 5.0), ("d", -1.0))}
    assert ask("highest", values, "b").result == "rounding"  # shares its place
    assert ask("highest", values, "a").result == "contradicted"
    assert ask("lowest", values, "d").result == "confirmed"
    assert ask("top", values, ["c", "b"]).result == "confirmed"
    assert ask("ranking", values, ["b", "a"]).result == "contradicted"
    assert ask("positive", values, None).result == "contradicted"
    assert ask("at-most", values, 5).result == "confirmed"


def test_places_and_orders_have_the_precision_of_their_values():
    values = {key: Quantity(value, "percent", 1) for key, value in (("a", 5.0), ("b", 5.1), ("c", -0.1), ("d", -3.0))}
    within, exact = ({"off": off} for off in (0.06, 0.05))
    for relation, against in (("highest", "a"), ("ranking", ["a", "b"]), ("top", ["a"]), ("descending", None)):
        assert [ask(relation, values, against, **off).result for off in (within, exact)] == [
            "rounding",
            "contradicted",
        ], relation
    assert [ask("lowest", {"a": values["a"], "b": values["b"]}, "b", **off).result for off in (within, exact)] == [
        "rounding",
        "contradicted",
    ]
    for relation, against in (("at-most", 5.0), ("positive", None)):
        assert [ask(relation, {key: values[key] for key in "abc"}, against, off=off).result for off in (0.11, 0.1)] == [
            "rounding",
            "contradicted",
        ], relation
    assert ask("positive", values, None, off=0.11).result == "contradicted"


def test_a_missing_value_answers_nothing():
    with pytest.raises(DataError, match="Нет значения"):
        ask("equal", {"a": Quantity(None, "percent", 1)}, 1)


@pytest.fixture(scope="module")
def figures():
    return Figures(open_report(EDITION))


@pytest.mark.parametrize(
    ("formula", "off"),
    [
        ('v("employed", year=y)', 0.05),
        ('gap(v("labour_inflow", year=y), v("labour_outflow", year=y))', 0.1),  # the sum of the halves
        # 35 stands in a column of tenths, whose noughts are not printed.
        ('gap(v("labour_inflow", "krasnoyarsk", y), v("labour_outflow", "krasnoyarsk", y))', 0.1),
        (
            'share(v("graduate_outcomes", year=y+1, category="employed"), v("graduates", year=y+1))',
            0.0,
        ),  # people are counted
        ('growth(v("employed", year=y), v("employed", year=y-1))', 0.0081),
        ('v("spo_graduates_specialists", year=y-2)', 0.05),
        ('v("spo_graduates_workers", year=y-2)', 0.0005),
    ],
)
def test_precision_is_carried_through_a_formula(figures, formula, off):
    assert figures.uncertainty(formula, "проверка") == pytest.approx(off, abs=1e-4)


def test_precision_of_values_by_key_is_carried_by_key(figures):
    off = figures.uncertainties('values("labour_balance", "territory", keys=regions, year=y)', "проверка")
    assert off == pytest.approx(dict.fromkeys(off, 0.05)) and len(off) == 4
    counted = figures.uncertainties('values("college_students", "territory", keys=parts, year=y)', "проверка")
    assert set(counted.values()) == {0.0}


@pytest.mark.parametrize(
    ("printed", "values", "digits"),
    [
        ("13,10 %", [13.1], 2),
        ("72%-73%", [72, 73], 0),
        ("-17,0", [-17.0], 1),
        ("15,7% | 14,5%", [15.7, 14.5], 1),
        ("1 143", [1143], 0),
        ("почти половина", [], 0),
    ],
)
def test_printed_numbers_are_read(printed, values, digits):
    assert (numbers_in(printed), decimals_in(printed)) == (values, digits)


@pytest.mark.parametrize(
    "formula",
    [
        "__import__('os')",
        "(lambda: 1)()",
        "v.__class__",
        "[x for x in regions]",
        "open('x')",
        "v(",
        "y if y else 0",
        "v(**{})",
    ],
)
def test_formulas_are_no_programs(formula):
    with pytest.raises(FormulaError, match="Исправьте"):
        evaluate(formula, {"v": abs, "y": 2020, "regions": []}, "проверка")


ROW = {"basis": "edition", "reading": 1, "subject": "с", "object": "о", "place": "м"}


@pytest.mark.parametrize(
    ("relation", "value", "against", "printed", "said"),
    [
        ("equal", "1 / 0", "", "5", "Таблица т, строка 3, столбец «value»: в «1 / 0» деление на ноль"),
        ("equal", 'v("employed", year=y)', "+".join(["1"] * 3000), "", "столбец «against»: формула длиннее"),
        ("equal", 'v("employed", year=y)', "v", "", "столбец «against»: «v» – функция"),
        ("equal", 'v("employed", year=y) * 1e300', "", "5", "число больше"),
        ("equal", '"слово"', "", "5", "отношение «equal» не сравнивает"),
        ("equal", 'v("employed", year=y)', "", "без числа", "отношение «equal» не сравнивает"),
        ("top", "5", "5", "", "отношение «top» не сравнивает"),
        ("highest", "5", '"kemerovo"', "", "отношение «highest» не сравнивает"),
        ("range", 'values("employed", "territory", year=y)', "", "5", "отношение «range» не сравнивает"),
    ],
)
def test_a_row_that_cannot_be_checked_is_named(ledger, relation, value, against, printed, said):
    with pytest.raises(FormulaError, match="Исправьте") as error:
        ledger.check({**ROW, "relation": relation, "value": value, "against": against}, printed, "Таблица т, строка 3")
    assert said in str(error.value) and "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"value": 'v("emploed", year=y)'}, "строка 3: Нет показателя «emploed». Возможно, имелось в виду «employed»"),
        ({"value": 'v("employed", "nowhere", y)'}, "строка 3: .*«nowhere»"),
        ({"value": 'v("employed", year=y, category="nowhere")'}, "строка 3: .*«nowhere»"),
        ({"value": 'values("employed", "territory", keys=["nowhere"])["nowhere"]'}, "строка 3: .*nowhere"),
        ({"subject": "{x}"}, "столбец «subject»: «{x}» – не вставка"),
        ({"place": "{y.__class__}"}, "столбец «place»: «{y.__class__}» – не вставка"),
        ({"object": "{y-1} {y -1}"}, "столбец «object»: «{y -1}» – не вставка"),
        ({"object": "}"}, "столбец «object»: «}»"),
        ({"subject": "{y-" + "9" * 5000 + "}"}, "столбец «subject»: «{y-9"),
        ({"subject": "{y-١}"}, "столбец «subject»: «{y-١}»"),
    ],
)
def test_a_misspelt_name_or_year_is_no_missing_figure(ledger, cells, said):
    row = {**ROW, "relation": "equal", "value": 'v("employed", year=y)', "against": ""} | cells
    with pytest.raises(FormulaError, match="Исправьте") as error:
        ledger.check(row, "5", "Таблица т, строка 3")
    assert re.search(said, str(error.value)) and "\n" not in str(error.value) and len(str(error.value)) < 300


def test_an_unknown_word_is_answered_with_the_nearest():
    with pytest.raises(FormulaError, match="имелось в виду «growth»"):
        evaluate("growht(1)", {"growth": abs}, "проверка")


@pytest.mark.parametrize(
    ("own", "official", "definition", "verdict"),
    [
        ("contradicted", "confirmed", True, "contradicted-edition"),
        ("mixed", "contradicted", False, "contradicted-reading"),
        ("confirmed", "contradicted", False, "contradicted-official"),
        ("confirmed", "contradicted", True, "definitions"),
        ("confirmed", "mixed", True, "definitions"),
        ("", "mixed", False, "contradicted-reading"),
        ("confirmed", "rounding", True, "confirmed"),
        ("", "rounding", False, "rounding"),
        ("", "", True, "unverifiable"),
        ("truncated", "", False, "truncated"),
        ("confirmed", "revised", False, "revised"),
        ("truncated", "revised", False, "truncated"),
        ("contradicted", "revised", False, "contradicted-edition"),
        ("revised", "contradicted", True, "definitions"),
    ],
)
def test_verdicts_follow_from_both_grounds(own, official, definition, verdict):
    assert verdicts.overall(own, official, definition) == verdict


def test_a_reading_is_as_good_as_its_worst_part_and_a_ground_as_its_readings():
    assert worst(["confirmed", "contradicted", "rounding"]) == "contradicted"
    assert verdicts.of_ground(["confirmed", "contradicted"]) == "mixed"
    assert verdicts.of_ground(["rounding", "confirmed"]) == "confirmed"
    assert worst(["confirmed", "revised"]) == "revised" and verdicts.of_ground(["truncated", "rounding"]) == "rounding"
    assert verdicts.of_ground([]) == ""


def test_a_statement_is_wrong_in_one_reading_only_beside_one_that_holds():
    assert verdicts.of_sentence("contradicted", ["2020 год"]) == "mixed"
    assert verdicts.of_sentence("contradicted", []) == "contradicted"
    assert verdicts.of_sentence("confirmed", ["2020 год"]) == "confirmed"
