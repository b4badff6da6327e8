"""The statements of the printed edition: all of them, each with a formula or a reason, no verdict written down."""

from __future__ import annotations

from collections import Counter

import pytest

from analysis.base.russian import numbers_in
from analysis.catalogue import load
from analysis.ledger.verdicts import DIFFERING

from .conftest import EDITION

SECTIONS = {
    "1.1": 115,
    "1.2": 91,
    "1.3": 21,
    "табл. 1": 6,
    "табл. 2": 1,
    "табл. 5": 12,
    "табл. 7": 20,
    "табл. 8": 1,
    "табл. 9": 3,
}
# Contradictions that the printed edition shows to anybody who recomputes it.
PLAIN = {
    "T1.1": "98,2",
    "T7.18": "96,5",
    "B29b": "1143",
    "B20c": "10",
    "B09": "26,1",
    "B22": "Ленинске-Кузнецком",
}
# Cut off instead of rounded, by the edition's own figures.
CUT = {"B08": "15,6", "B21c": "6,9", "B43a": "59,37", "T7.6": "106,9"}
# Taken from a former issue of the series: one verdict, whether 14 or 7,6 is printed.
REVISED = {"A04": "13,9, а не 14,0", "A05": "9,9, а не 10,0", "A06": "7,7, а не 7,6", "A07": "12,8, а не 12,9"}
SLIPS = {"truncated": CUT, "revised": REVISED}
# Contradicted in one reading of a sentence that names no year or measure: what is right, what fails, what holds.
READINGS = {
    "A34c": ("Новосибирской области +0,4 %", "«2019 год», верны – «2018–2020 годы» и «2020 год»"),
    "A43b": ("Красноярском крае (608,9", "«по числу занятых с СПО», верно – «по доле занятых с СПО»"),
    "A57b": ("38 023", "«2018 год», верно – «2020 год»"),
    "A57c": ("41 770", "«2019 год», верно – «2020 год»"),
    "A75b": ("Новосибирской области (2,5", "«2019 год», верно – «2020 год»"),
    "A75c": ("(3,0", "«2018 год», верно – «2020 год»"),
    "A78b": ("2,0", "«2019 год», верно – «2018–2020 годы»"),
    "A79c": ("7,2", "«2020 год», верны – «2018 год» и «2019 год»"),
    "A80c": ("24,5", "«2020 год», верны – «2018 год» и «2019 год»"),
    "A81b": ("7,6", "«2019 год», верны – «2018 год» и «2020 год»"),
    "A82c": ("−0,7", "«2020 год», верно – «2018–2019 годы»"),
}


@pytest.fixture(scope="module")
def claims():
    return load("claims", EDITION)


@pytest.fixture(scope="module")
def formulas():
    return load("claim_formulas", EDITION)


def test_every_statement_is_there_once(claims):
    assert claims["id"].is_unique
    assert dict(Counter(claims["section"])) == SECTIONS


def test_every_statement_has_a_formula_or_a_reason_not_both(claims, formulas):
    reasons = set(claims.loc[claims["reason"] != "", "id"])
    assert reasons ^ set(formulas["claim"]) == set(claims["id"])
    assert reasons & set(formulas["claim"]) == set()


def test_codes_are_in_their_lists(claims, formulas):
    assert set(claims["reason"]) - {""} <= set(load("unverifiable")["id"])
    assert set(claims["unit"]) - {""} <= set(load("units")["id"])
    assert set(formulas["relation"]) <= set(load("relations")["id"])


def test_no_verdict_is_written_down(claims, formulas):
    verdicts = load("verdicts")
    words = set(verdicts["id"]) | set(verdicts["name"])
    for table in (claims, formulas):
        assert not any("verdict" in column for column in table.columns)
        assert not [cell for column in table.columns for cell in table[column].astype(str) if cell in words]


def test_printed_value_is_what_is_printed(claims):
    given = claims[claims["printed_value"].notna()]
    assert [row.id for row in given.itertuples() if numbers_in(row.printed)[0] != row.printed_value] == []


def test_every_formula_has_an_answer(ledger):
    assert {
        entry.id: [part.trouble for part in entry.parts if part.trouble]
        for entry in ledger.entries.values()
        if any(part.trouble for part in entry.parts)
    } == {f"B02{letter}": ["одно равенство проверяет сумму, а не каждое ее слагаемое"] for letter in "abcdef"}


def test_every_verdict_is_in_the_list_and_says_why(ledger):
    known = set(load("verdicts")["id"])
    for entry in ledger.entries.values():
        assert entry.verdict in known
        assert bool(entry.why) == (entry.verdict == "unverifiable"), entry.id
        assert bool(entry.right) == (entry.verdict in DIFFERING), entry.id


@pytest.mark.parametrize("claim", PLAIN)
def test_plain_contradictions_are_found_with_what_is_right(ledger, claim):
    entry = ledger.entries[claim]
    assert entry.verdict == "contradicted-edition"
    assert PLAIN[claim] in entry.right.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("claim", "verdict", "said"),
    [
        (claim, verdict, said)
        for verdict, known in (("truncated", CUT), ("revised", REVISED))
        for claim, said in known.items()
    ],
)
def test_slips_and_former_issues_are_no_falsehoods(ledger, claim, verdict, said):
    entry = ledger.entries[claim]
    assert entry.verdict == verdict and not entry.refuted
    assert said in entry.right.replace("\u00a0", " ").replace("\u202f", " ")


def test_slips_and_former_issues_are_told_by_rule_everywhere(ledger):
    for verdict, known in SLIPS.items():
        assert {entry.id for entry in ledger.entries.values() if entry.verdict == verdict} == set(known)


def test_a_sum_is_confirmed_once_and_not_through_each_of_its_parts(ledger):
    assert {ledger.entries[f"B02{letter}"].verdict for letter in "abcdef"} == {"unverifiable"}
    assert ledger.entries["B01a"].verdict == "confirmed"


@pytest.mark.parametrize("claim", READINGS)
def test_a_reading_that_fails_is_named_with_those_that_hold(ledger, claim):
    entry = ledger.entries[claim]
    right = entry.right.replace("\u00a0", " ").replace("\u202f", " ")
    assert (entry.own, entry.verdict) == ("contradicted", "contradicted-reading")
    assert READINGS[claim][0] in right and f"неверно прочтение {READINGS[claim][1]}." in right


def test_readings_of_a_sentence_are_named_and_stand_together(claims):
    split = claims[claims["sentence"] != ""]
    assert (split["reading"] != "").all() and (claims.loc[claims["sentence"] == "", "reading"] == "").all()
    for sentence, group in split.groupby("sentence"):
        assert len(group) > 1 and group["reading"].is_unique and group["id"].str.startswith(sentence).all(), sentence
        assert group["locator"].nunique() == 1


def test_own_figures_outrank_official_ones_and_both_results_are_kept(ledger):
    entry = ledger.entries["A81b"]
    assert (entry.own, entry.official, entry.verdict) == ("contradicted", "confirmed", "contradicted-reading")


def test_a_named_difference_of_definitions_explains_only_a_real_difference(ledger):
    assert (ledger.entries["A08"].own, ledger.entries["A08"].verdict) == ("confirmed", "definitions")
    assert "сумма субъектов" in ledger.entries["A08"].right
    assert (
        ledger.entries["B33"]
        .right.replace("\u00a0", " ")
        .startswith("Выпуск СПО в 2018 году – около 13,4 тыс. чел., а не")
    )
    assert ledger.entries["B36"].verdict == "rounding"  # its definition is named too, but the numbers agree


def test_employment_by_branch_is_held_against_the_country(ledger):
    verdicts = {claim: ledger.entries[claim].verdict for claim in ("A11", "A13", "A15", "A16", "A17")}
    assert verdicts.pop("A16") == "contradicted-official"  # 3,0 against 2,7: «понижена» does not hold
    assert set(verdicts.values()) == {"confirmed"}
    assert "3,0" in ledger.entries["A16"].right and "2,7" in ledger.entries["A16"].right


def test_a_statement_of_two_halves_is_two_statements(ledger):
    assert ledger.entries["A55a"].verdict == "confirmed" and ledger.entries["A55b"].verdict == "unverifiable"
    assert ledger.entries["B18a"].verdict == "unverifiable" and ledger.entries["B18b"].verdict == "contradicted-reading"
    assert ledger.entries["A49"].verdict == "contradicted-official" and "8,6" in ledger.entries["A49"].right


def test_territories_are_those_that_have_a_college(ledger):
    assert ledger.entries["B20b"].verdict == "confirmed" and ledger.entries["B14c"].refuted  # 19 by both


def test_sentences_of_what_is_right_are_set_with_care(ledger):
    for entry in ledger.entries.values():
        if entry.right:
            assert entry.right[0].isupper() and entry.right.endswith(".") and "{" not in entry.right, entry.id
            assert "  " not in entry.right and "None" not in entry.right and "nan" not in entry.right, entry.id


def test_every_number_of_the_ledger_knows_its_observations(ledger):
    bare = {
        "C14",
        "A10b",
        "A12b",
        "A18",
        "A86",
        "B48a",
        "B48b",
        "B48c",
    }  # words and lists of the edition, not observations
    assert {entry.id for entry in ledger.entries.values() for part in entry.parts if not part.sources} == bare
