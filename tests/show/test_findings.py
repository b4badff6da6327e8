"""The findings of the first page: which are told, in which order, in which words, and what the author may change."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.base import inline, paths
from analysis.base.errors import DataError
from analysis.base.markdown import headings
from analysis.base.placeholders import pieces
from analysis.book import claimed
from analysis.book.lint.passages import sources
from analysis.catalogue import clear_cache
from analysis.quantities.text import plain
from analysis.report import open_report
from analysis.show.findings import choosing, findings, main_points
from analysis.show.findings.candidates import COMPUTING, PLACEHOLDERS, Candidate, as_prose, candidates, faults
from analysis.show.findings.facts import Fact, fact
from analysis.show.wording import with_unit

EDITIONS = ("kemerovo-2021", "kemerovo-2022", "tatarstan-2022")
ROW = Candidate("a", "a", (), (), "", "change", "market", "up", "f", "sec-a", "", "", "")


@pytest.fixture(scope="module", params=EDITIONS)
def any_report(request):
    return open_report(request.param)


@pytest.fixture
def told(report):
    """Return what a row of the table says of an edition, as plain words: its beginning and its fact."""

    def of(key: str, about=report):
        row = next(row for row in candidates(about) if row.id == key)
        found = fact(about, row)
        return found and (
            plain("".join(found.words[name]() if name else text for text, name in pieces(row.said))),
            found,
        )

    return of


def ruled(monkeypatch, rows, facts):
    monkeypatch.setattr(choosing, "candidates", lambda _: rows)
    monkeypatch.setattr(choosing, "fact", lambda _, row: facts.get(row.id))

    def choose(choice=None):
        return [one.candidate.id for one in choosing.choose(SimpleNamespace(), choice or main_points())]

    return choose


def series(indicator: str, territory: str = "kemerovo") -> dict[int, float]:
    rows = pd.read_csv(paths.data() / "statistics" / f"{indicator}.csv")
    rows = rows[(rows["territory"] == territory) & (rows["indicator"] == indicator)]
    return dict(zip(rows["year"].astype(int), rows["value"], strict=True))


# The rule


def test_what_is_rarer_is_told_first_and_what_is_about_graduates_before_all(monkeypatch):
    rows = [replace(ROW, id=key, indicator=key, section=f"sec-{key}") for key in "abcd"]
    rows += [replace(ROW, id="own", indicator="own", kind="share", nearness="graduates", section="sec-own")]
    rows += [replace(ROW, id="taught", indicator="taught", nearness="training", section="sec-taught")]
    facts = {
        "a": Fact({}, up=True, behind=12, cases=18),
        "b": Fact({}, up=True, behind=18, cases=18),
        "c": Fact({}, up=False, behind=4, cases=18),  # more than half of its cases are more remarkable
        "d": Fact({}, up=True, behind=18, cases=18, notable=False),  # nothing moved
        "own": Fact({}, up=True),  # nothing is known to compare it with
        "taught": Fact({}, up=True, behind=18, cases=18),
    }
    assert ruled(monkeypatch, rows, facts)() == ["own", "taught", "b", "a"]


def test_few_cases_prove_less_than_many():
    assert Fact({}, up=True, behind=1, cases=1).rarity < Fact({}, up=True, behind=18, cases=18).rarity
    assert Fact({}, up=True).rarity == 1 / 2


def test_six_at_most_one_of_an_indicator_and_two_of_a_section(monkeypatch):
    rows = [replace(ROW, id=f"r{n}", indicator=f"i{n}", section=f"sec-{n}") for n in range(9)]
    facts = {row.id: Fact({}, up=True, behind=20 - n, cases=20) for n, row in enumerate(rows)}
    assert ruled(monkeypatch, rows, facts)() == [f"r{n}" for n in range(6)]
    twin = [replace(ROW, id="r0", indicator="i"), replace(ROW, id="r1", indicator="i", kind="history")]
    assert ruled(monkeypatch, twin, facts)() == ["r0"]
    crowd = [replace(ROW, id=f"r{n}", indicator=f"i{n}") for n in range(4)]
    assert ruled(monkeypatch, crowd, facts)() == ["r0", "r1"]


def test_the_author_may_put_first_leave_out_and_say(monkeypatch, report):
    rows = [replace(ROW, id=key, indicator=key, section=f"sec-{key}") for key in "abc"]
    facts = {key: Fact({}, up=True, behind=behind, cases=20) for key, behind in zip("abc", (19, 15, 2), strict=True)}
    choose = ruled(monkeypatch, rows, facts)
    assert choose() == ["a", "b"]
    assert choose(main_points().first("c", "b")) == ["c", "b", "a"]  # remarkable or not
    assert choose(main_points().without("a")) == ["b"]
    facts["c"] = replace(facts["c"], notable=False)
    assert choose(main_points().first("c")) == ["a", "b"]  # what is not true nobody can say
    with pytest.raises(DataError, match="вывода «z» в таблице findings нет"):
        choose(main_points().without("z"))
    monkeypatch.setenv("REPORT_CARDS", "1")
    with pytest.raises(DataError, match="нет числа, у которого есть карточка"):
        main_points().saying("a", "Зарплата выросла на 5 %.")


def test_the_words_of_the_author_stand_in_place_of_those_of_the_table(report):
    paid = report.value("wage_nominal", year=report.latest("wage_nominal"))
    words = "Платят " + with_unit(paid)
    told = findings(report, main_points().first("wage-country").saying("wage-country", words))
    assert told.items[0].key == "wage-country"
    assert told.texts[0] == "Платят 43\u202f429\u00a0руб."
    assert told.items[0].sentence.quantities


# What happened, by kind


def test_a_change_is_held_against_the_changes_of_comparable_years(told):
    said, found = told("unemployment")
    known = series("unemployment_rate")
    past = [known[year] - known[year - 1] for year in (*range(2001, 2017), 2018, 2019)]  # a new series since 2017
    now = known[2020] - known[2019]
    assert (found.behind, found.cases) == (sum(abs(one) < abs(now) for one in past), len(past))
    assert found.up and found.notable and said.startswith("Безработица в 2020 году выросла на 1,2")


def test_a_place_among_neighbours_names_those_beyond(told):
    said, found = told("wage-near")
    wages = {place: series("wage_nominal", place)[2020] for place in ("novosibirsk", "tomsk", "krasnoyarsk")}
    own = series("wage_nominal")[2020]
    assert [place for place, wage in wages.items() if wage < own] == ["novosibirsk"]
    assert "ниже только в Новосибирской области" in said and not found.up
    assert (found.behind, found.cases, found.notable) == (2, 3, True)
    assert "ниже, чем у всех соседей" in told("balance-near")[0]


def test_values_that_are_printed_alike_have_no_place(told):
    # 6,7 per cent here and in one of the neighbours
    assert not told("unemployment-near")[1].notable


def test_a_distance_from_the_country_is_held_against_earlier_ones(told):
    said, found = told("wage-country")
    own, there = series("wage_nominal"), series("wage_nominal", "russia")
    far = {year: abs(own[year] / there[year] - 1) for year in range(2000, 2021)}
    assert (found.behind, found.cases) == (sum(size < far[2020] for size in far.values()), 20)
    assert "84,6\u00a0% средней по стране" in said and not found.up


def test_the_least_of_comparable_years_is_told_with_them(told):
    said, found = told("unemployment-history", open_report("kemerovo-2022"))
    known = series("unemployment_rate")
    assert min(range(2017, 2022), key=known.get) == 2021 and found.notable
    assert "самой низкой за 2017–2021 годы" in said
    assert not told("unemployment-history")[1].notable  # neither the least nor the most of its years


def test_an_index_within_the_tolerance_is_nothing_to_tell(told):
    assert not told("wage-real")[1].notable  # 100,6
    assert told("wage-real", open_report("tatarstan-2022"))[1].notable  # 107,7


def test_shares_of_graduates_are_counted(told, report):
    said, found = told("outcomes")
    outcomes = report.values("graduate_outcomes", year=2021)
    idle = sum(float(outcomes[key]) for key in ("not-employed", "registered"))
    assert f"{idle:.0f}" in said.replace("\u202f", "").replace("\u00a0", "") and "59,4\u00a0% выпускников" in said
    assert [round(float(part), 1) for part in found.parts] == [59.4, 9.4]


def test_what_is_not_known_is_not_told(told):
    later = open_report("kemerovo-2022")
    assert told("outcomes", later) is None and told("tension", later) is None


def test_where_nothing_is_known_a_sentence_says_so(project):
    for file in (
        *(project / "data/statistics").glob("*.csv"),
        *(project / "data/editions/kemerovo-2021").glob("*.csv"),
    ):
        rows = pd.read_csv(file, dtype=str, keep_default_na=False)
        if {"indicator", "value", "status"} <= set(rows):
            rows["value"], rows["status"] = "", "M"
            rows.to_csv(file, index=False)
    clear_cache()
    try:
        shown = findings(open_report("kemerovo-2021"))
        assert shown.items == () and shown.markdown.startswith("По данным этого издания выводов пока нет")
    finally:
        clear_cache()


# What a reader gets


def test_a_spark_is_written_with_what_it_shows(report, tmp_path, monkeypatch):
    monkeypatch.setenv("REPORT_FIGURES", str(tmp_path))
    shown = findings(report, main_points().first("wage-near"))
    assert {path.suffix for path in tmp_path.glob("main-wage-near.*")} == {".svg", ".png", ".csv"}
    drawn = pd.read_csv(tmp_path / "main-wage-near.csv")
    here = drawn[drawn["territory"].eq("kemerovo")].set_index("year")["value"]
    assert here.to_dict() == {year: series("wage_nominal")[year] for year in range(2009, 2021)}
    assert drawn["table"].str.match(r"data/.+\.csv#\d+").all()
    assert len(list(tmp_path.glob("*.svg"))) == len(shown.items)


def test_each_finding_of_each_edition_is_whole(any_report):
    shown = findings(any_report)
    assert 3 <= len(shown.items) <= choosing.MOST
    for one in shown.items:
        assert one.sentence.quantities, one.key  # a number with a card
        assert one.meant and one.svg and one.alt
        assert f"[-@{one.section}]" in one.markdown
    assert len({one.key for one in shown.items}) == len(shown.items)


@pytest.mark.parametrize(
    ("edition", "keys"),
    [
        ("kemerovo-2021", ["outcomes", "interns", "graduates-specialists", "load"]),
        ("kemerovo-2022", ["graduates-specialists", "vacancies"]),
        ("tatarstan-2022", ["admission-specialists", "wage-country"]),
    ],
)
def test_what_stands_first(edition, keys):
    assert [one.key for one in findings(open_report(edition)).items][: len(keys)] == keys


def test_the_side_of_a_finding_is_told_in_words(report):
    by_key = {one.key: one for one in findings(report, main_points().first("load", "targeted")).items}
    assert (by_key["load"].side, by_key["targeted"].side, by_key["outcomes"].side) == ("bad", "good", "")
    assert "к худшему" in by_key["load"].markdown


# The table


def test_rows_hold_placeholders_and_sections_that_there_are(report):
    labels = {
        heading.id
        for one in sources(paths.project_root())
        for passage in one.passages
        for heading in headings(passage.text)
    }
    rows = report.load("findings").to_dict("records")
    assert len(rows) >= 15 and set(PLACEHOLDERS) == {row["kind"] for row in rows}
    assert [list(faults(row, labels)) for row in rows] == [[] for _ in rows]
    spoilt = {**rows[0], "said": "На {wage}", "section": "sec-nowhere", "kind": "change", "down": ""}
    assert [column for column, *_ in faults(spoilt, labels)] == ["said", "section", "down"]


def test_no_word_that_claims_is_typed(report):
    words = claimed.Known(COMPUTING)
    for row in report.load("findings").to_dict("records"):
        for _, text in as_prose(row):
            assert inline.find(text)
            assert list(claimed.claims(text, words)) == [], row["id"]
    typed = {"said": "Безработица составила {value}", "up": "работы меньше всего", "down": "она выросла"}
    assert [bool(list(claimed.claims(text, words))) for _, text in as_prose(typed)] == [True, True]
