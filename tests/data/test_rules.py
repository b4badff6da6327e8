"""The rules beyond types: the package keeps them, and each finds the fault it is for."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from analysis.base.errors import DataError
from analysis.catalogue import load, tables
from analysis.catalogue.rules import check_observations, read_known
from analysis.catalogue.rules.identities import CLOSES
from analysis.catalogue.territories import parts_of

EDITION = "kemerovo-2021"
# Equations of what no edition has yet; `test_closing` and `show/test_training` put them to numbers.
WAITING = {
    "closing:outcomes-orphans",
    "closing:outcomes-disabled",
    "closing:outcomes-two-years",
    "identities:orphans-among-all",
    "identities:disabled-among-all",
    "identities:training-employed",
}
KEY = ["indicator", "territory", "category", "year"]


@pytest.fixture(scope="module")
def observations():
    held = [(table.label, load(name, EDITION)) for name, table in tables(EDITION).items() if table.holds_observations]
    return pd.concat(
        [frame.assign(file=label, row=range(2, len(frame) + 2)) for label, frame in held], ignore_index=True
    )


@pytest.fixture(scope="module")
def known():
    return read_known(EDITION)


@pytest.fixture(scope="module")
def sound(observations, known):
    """What the rules say of the package as it is."""
    return {(finding.rule, finding.key) for finding in check_observations(observations, known=known)}


def at(frame, indicator, territory, year, category=""):
    (index,) = frame.index[(frame[KEY] == [indicator, territory, category, year]).all(axis=1)]
    return index


def among(frame, known, rule, indicator):
    """Return the observations that a rule looks at when it looks at this indicator."""
    equation = known.identities[known.identities["id"] == rule.partition(":")[2]]
    names = re.findall(r"[a-z]\w*?(?=__|\b)", " ".join([*equation["left"], *equation["right"]]))
    return frame[frame["indicator"].isin([indicator, *names])].copy()


def added(frame, *rows):
    """Return the frame with more observations: (indicator, territory, year, value[, category])."""
    new = [
        dict(zip(["indicator", "territory", "year", "value", "category"], (*row, "")[:5], strict=True)) for row in rows
    ]
    blank = {"status": "A", "source": "regions2022", "locator": "", "note": "", "file": "new.csv", "row": 2}
    return pd.concat([frame, pd.DataFrame([row | blank for row in new]).astype({"year": "Int64"})], ignore_index=True)


def test_the_package_has_no_errors(observations, known):
    assert [
        str(finding) for finding in check_observations(observations, known=known) if finding.severity == "error"
    ] == []


@pytest.mark.parametrize(
    ("rule", "place", "spoilt"),
    [
        ("ranges", ("unemployment_rate", "kemerovo", 2020), -1.0),
        ("ranges", ("employment_rate", "kemerovo", 2020), 560.0),
        ("ranges", ("gva_structure", "tomsk", 2020, "A"), -0.1),
        ("identities:labour-migration", ("labour_balance", "kemerovo", 2019), -8.5),
        ("identities:labour-force", ("labour_force", "kemerovo", 2020), 1390.0),
        ("identities:unemployment-rate", ("unemployment_rate", "kemerovo", 2020), 7.9),
        ("identities:employment-rate", ("employment_rate", "novosibirsk", 2010), 68.0),
        ("identities:age-bases", ("employed_15_plus", "kemerovo", 2019), 1210.0),
        ("identities:women", ("population_women", "tomsk", 2015), 1_700_000.0),
        ("identities:ages", ("population_share_under_working_age", "tomsk", 2015), 19.1),
        ("identities:load-per-vacancy", ("registered_load_per_vacancy", "kemerovo", 2020), 2.1),
        ("identities:sections-total", ("employed_by_section", "russia", 2020, "TOTAL"), 60_133.2),
        ("identities:sections-share", ("employed_structure", "russia", 2020, "C"), 14.9),
        ("identities:structure-gva", ("gva_structure", "kemerovo", 2019, "B"), 23.6),
        ("identities:structure-gva-sna", ("gva_structure_sna", "russia", 2019, "B"), 31.1),
        ("identities:structure-employed-regions", ("employed_structure_regions", "kemerovo", 2023, "B"), 1.2),
        ("identities:printed-employed", ("employed", "tomsk", 2019), 500.0),
        ("identities:printed-wage", ("wage", "kemerovo", 2020), 43_249.0),
        ("identities:colleges-by-town", ("colleges", "belovo", 2020), 9.0),
        ("closing:outcomes", ("graduate_outcomes", "kemerovo", 2021, "army"), 4000.0),
        ("jumps", ("migration_rate", "tomsk", 2015), 900.0),
        ("jumps", ("wage_nominal", "kemerovo", 2015), 2839.0),
        ("jumps", ("population_year_end", "tomsk", 2015), 107.1),
    ],
)
def test_a_spoilt_value_is_found_by_the_rule_it_breaks(observations, known, sound, rule, place, spoilt):
    frame = among(observations, known, rule, place[0])
    index = at(frame, *place)
    frame.loc[index, "value"] = spoilt
    new = [finding for finding in check_observations(frame, known=known) if (finding.rule, finding.key) not in sound]
    assert rule in {finding.rule for finding in new}, [str(finding) for finding in new]
    # A sum names its first term: which of them is wrong it cannot know.
    assert any(finding.key[0] == place[0] or finding.rule.startswith("identities") for finding in new)
    if rule in ("ranges", "jumps"):
        assert (frame.at[index, "file"], frame.at[index, "row"]) in {(finding.file, finding.row) for finding in new}


def test_one_observation_in_two_tables_is_found(observations, known):
    frame = added(
        observations[observations["indicator"] == "unemployment_rate"], ("unemployment_rate", "kemerovo", 2020, 6.7)
    )
    (finding,) = [finding for finding in check_observations(frame, known=known) if finding.rule == "keys"]
    assert finding.file == "new.csv" and "data/statistics/unemployment_rate.csv" in finding.problem


def siberia(whole, first, rest=10.0):
    regions = parts_of("siberia")
    return [
        ("spo_graduates_specialists", "siberia", 2030, whole),
        *(("spo_graduates_specialists", name, 2030, first if name == regions[0] else rest) for name in regions),
    ]


@pytest.mark.parametrize(
    ("whole", "first", "wrong"), [(100.5, 10.0, False), (100.6, 10.0, True), (99.4, 10.0, True), (111.0, 20.6, False)]
)
def test_a_district_is_the_sum_of_its_regions_within_rounding(observations, known, whole, first, wrong):
    found = check_observations(added(observations.iloc[:0], *siberia(whole, first)), known=known)
    assert [finding.key[1:] for finding in found if finding.rule == "wholes"] == (
        [("siberia", "", 2030)] if wrong else []
    )


def test_parts_may_not_exceed_the_whole_even_where_one_is_missing(observations, known):
    rows = siberia(80.0, 10.0)[:-1]
    (finding,) = [
        finding
        for finding in check_observations(added(observations.iloc[:0], *rows), known=known)
        if finding.rule == "wholes"
    ]
    assert finding.severity == "error" and "9 из 10" in finding.problem
    assert not check_observations(added(observations.iloc[:0], *siberia(95.0, 10.0)[:-1]), known=known)


def test_a_district_of_more_regions_is_compared_with_them(observations, known):
    """Crimea is a part of the south only from the year in which it can be."""
    rows = [
        ("grp", name, year, 10.0)
        for year in (2010, 2020)
        for name in parts_of("southern")
        if year == 2020 or name not in ("crimea", "sevastopol")
    ]
    frame = added(observations.iloc[:0], *rows, ("grp", "southern", 2010, 60.0), ("grp", "southern", 2020, 60.0))
    assert [finding.key[3] for finding in check_observations(frame, known=known) if finding.rule == "wholes"] == [2020]


def test_regions_are_parts_of_an_old_district_before_its_founding_too(observations, known):
    """EMISS counts the districts of 2000 back to 1990: four of their regions are no whole."""
    regions = [name for name in parts_of("siberia-old") if name not in ("omsk", "irkutsk")]
    frame = added(
        observations.iloc[:0],
        ("population_women", "siberia-old", 1990, 1100.0),
        *(("population_women", name, 1990, 100.0) for name in regions),
    )
    assert not [finding for finding in check_observations(frame, known=known) if finding.rule == "wholes"]


def test_the_misprint_of_the_yearbook_is_found_and_known(observations, known):
    """Table 4.16 prints 111 for the Siberian district of 2010, whose regions sum to 71.9."""
    regions = dict(zip(parts_of("siberia"), [0.7, 1.2, 1.6, 9.1, 13.5, 10.1, 12.8, 11.5, 6.6, 4.8], strict=True))
    rows = [("spo_graduates_specialists", name, 2010, value) for name, value in regions.items()]
    frame = added(observations.iloc[:0], *rows, ("spo_graduates_specialists", "siberia", 2010, 111.0))
    (finding,) = check_observations(frame, known=known)
    assert finding.rule == "wholes" and "71,9" in finding.problem and "111" in finding.problem
    assert finding.severity == "warning" and "4.16" in finding.remedy
    # The acknowledgement is of this value: another is an error again.
    frame.loc[frame.index[-1], "value"] = 112.0
    assert [finding.severity for finding in check_observations(frame, known=known)] == ["error"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            ("wage_nominal", "siberia", 2016, 30_000.0),
            "в прежних границах",
        ),  # the source has the old borders until 2017
        (("population_women", "siberia", 2011, 10_900_000.0), "siberia-old"),  # not smaller than with two regions more
    ],
)
def test_old_and_new_borders_are_not_mixed(observations, known, row, said):
    frame = observations[observations["indicator"] == row[0]].drop(index=at(observations, *row[:3]))
    found = [
        finding
        for finding in check_observations(added(frame, row), known=known)
        if finding.rule == "borders" and finding.severity == "error"
    ]
    assert any(said in finding.problem and finding.key[:2] == row[:2] for finding in found)


def test_a_change_of_borders_needs_its_break(observations, known):
    bare = replace(known, breaks=known.breaks[known.breaks["kind"] != "borders"])
    found = {finding.key[:2] for finding in check_observations(observations, known=bare) if finding.rule == "borders"}
    wages = {(name, place) for name in ("wage_nominal", "wage_real_index") for place in ("siberia", "far-eastern")}
    assert found == wages | {("population_women", "siberia"), ("wage_median", "southern")}


@pytest.mark.parametrize(
    ("place", "locator"),
    [
        (("employed_15_72", "kemerovo", 2019), "возраст «15 лет и старше»"),
        (("employed_15_plus", "kemerovo", 2019), "возраст «15–72 лет»"),
    ],
)
def test_an_age_base_of_another_series_is_found(observations, known, place, locator):
    frame = observations[observations["indicator"] == place[0]].copy()
    frame.loc[at(frame, *place), "locator"] = locator
    (finding,) = [finding for finding in check_observations(frame, known=known) if finding.rule == "age_bases"]
    assert finding.key == (place[0], place[1], "", place[2])


def test_a_change_of_age_needs_its_break(observations, known):
    bare = replace(known, breaks=known.breaks[known.breaks["kind"] != "age_base"])
    found = check_observations(observations, known=bare)
    assert {finding.key[0] for finding in found if finding.rule == "age_bases"} == {
        "labour_force",
        "participation_rate",
        "employment_rate",
        "unemployed",
        "unemployment_rate",
    }
    # The fall of the employment rate of 2017 is then a jump that nothing explains.
    assert ("employment_rate", "russia", "", 2017) in {finding.key for finding in found if finding.rule == "jumps"}


def test_a_copied_year_is_found(observations, known):
    frame = observations[observations["indicator"] == "gva_structure"].copy()
    copied, of = ((frame["territory"] == "kemerovo") & (frame["year"] == year) for year in (2022, 2021))
    frame.loc[copied, "value"] = frame.loc[copied, "category"].map(frame[of].set_index("category")["value"])
    (finding,) = [finding for finding in check_observations(frame, known=known) if finding.rule == "copies"]
    assert finding.severity == "error" and "kemerovo, 2022" in finding.problem and "kemerovo, 2021" in finding.problem


def test_a_copied_territory_is_found(observations, known):
    frame = observations[observations["indicator"] == "grp"].copy()
    copied, of = (frame["territory"] == name for name in ("tomsk", "kemerovo"))
    frame.loc[copied, "value"] = frame.loc[copied, "year"].map(frame[of].set_index("year")["value"])
    assert "copies" in {finding.rule for finding in check_observations(frame, known=known)}


def test_a_jump_of_the_whole_country_is_told_of_the_country_alone(sound):
    """Registered seekers rose everywhere in 2020."""
    assert {key[1] for rule, key in sound if rule == "jumps" and key[0] == "registered_seekers" and key[3] == 2020} == {
        "russia"
    }


def test_a_jump_that_other_tables_tell_too_is_no_slip(observations, known, sound):
    """Unemployment in Penza halved in 2002, in all three tables of the survey."""
    place = ("unemployment_rate", "penza", "", 2002)
    assert ("jumps", place) not in sound
    alone = check_observations(observations[observations["indicator"] == "unemployment_rate"], known=known)
    assert ("jumps", place) in {(finding.rule, finding.key) for finding in alone}


def test_a_slip_in_what_other_tables_tell_is_found(observations, known):
    frame = observations.copy()
    frame.loc[at(frame, "unemployment_rate", "penza", 2010), "value"] = 17.0
    found = {(finding.rule, finding.key) for finding in check_observations(frame, known=known)}
    slip = ("unemployment_rate", "penza", "", 2010)
    assert {("jumps", slip), ("identities:unemployment-rate", slip)} <= found


def test_what_is_usual_in_a_series_is_no_jump_and_what_is_not_is(observations, known, sound):
    """Migration to and from Chukotka changes by a hundred every other year, in Tomsk it never does."""
    assert not [key for rule, key in sound if rule == "jumps" and key[:2] == ("migration_rate", "chukotka")]
    frame = observations[observations["indicator"] == "migration_rate"].copy()
    frame.loc[at(frame, "migration_rate", "tomsk", 2010), "value"] = 250
    found = {finding.key for finding in check_observations(frame, known=known) if finding.rule == "jumps"}
    assert ("migration_rate", "tomsk", "", 2010) in found


def test_an_equation_of_an_unknown_indicator_is_refused(observations, known):
    wrong = known.identities.iloc[[0]].assign(right="labour_inflow - labour_outflw")
    with pytest.raises(DataError, match=r"labour_outflw.*labour_outflow"):
        check_observations(observations, known=replace(known, identities=wrong))


@pytest.mark.parametrize(
    ("right", "said"),
    [
        (
            "employed_by_section__TOTL",
            "«employed_by_section__TOTL» ничего не значит.*«sections» нет категории «TOTL».*«TOTAL»",
        ),
        ("employed_by_section__total", "категории «total»"),
        ("employed_by_section__Sum", "категории «Sum»"),
        ("employed_by_section__", "категории «»"),
        ("labour_inflow__lag", "на категории не делится"),
        ("labour_inflow__lag100", "на категории не делится"),
        ("labour_inflow__TOTAL", "на категории не делится"),
        ("colleges_by_founder__tovns", "«founders» нет категории «tovns».*«towns»"),
        ("targeted_contracts__regional_budgt", "«regional_budget»"),
    ],
)
def test_a_suffix_that_picks_nothing_is_refused(observations, known, right, said):
    wrong = known.identities.iloc[[0]].assign(right=right)
    with pytest.raises(DataError, match=f"identities.csv, строка 2, .*столбец «right»: .*{said}"):
        check_observations(observations, known=replace(known, identities=wrong))


@pytest.mark.parametrize(
    "right",
    [
        "employed_by_section__C",
        "targeted_contracts__regional_budget",
        "labour_inflow__lag12",
        "colleges__towns",
        "labour_inflow__sum",
    ],
)
def test_a_suffix_that_picks_something_is_taken(observations, known, right):
    check_observations(observations, known=replace(known, identities=known.identities.iloc[[0]].assign(right=right)))


def test_a_list_of_another_edition_is_not_asked(observations, known):
    equation = known.identities.iloc[[0]].assign(left="colleges_by_founder__region", right="colleges_by_founder__sum")
    common = {name: codes for name, codes in known.categories.items() if name != "founders"}
    assert check_observations(observations[:0], known=replace(known, identities=equation, categories=common)) == []


def test_an_equation_that_holds_in_no_year_is_refused(observations, known):
    wrong = known.identities.iloc[[0]].assign(since=2020, until=2019)
    with pytest.raises(DataError, match=r"строка 2, .*since: 2020.*until: 2019"):
        check_observations(observations, known=replace(known, identities=wrong))


@pytest.mark.parametrize("right", ["__import__('os')", "labour_inflow ** 2", "labour_inflow -"])
def test_an_equation_is_arithmetic_and_nothing_else(observations, known, right):
    wrong = known.identities.iloc[[0]].assign(right=right)
    with pytest.raises(DataError, match="равенств"):
        check_observations(observations, known=replace(known, identities=wrong))


def test_every_equation_is_put_to_the_test(observations, known):
    """An equation whose indicators never meet would be a promise nobody keeps: each is broken on purpose."""
    spoilt = known.identities.assign(left=["0.001 * (" + left + ") - 1" for left in known.identities["left"]])
    found = {finding.rule for finding in check_observations(observations, known=replace(known, identities=spoilt))}
    rules = {f"{'closing' if row.relation == CLOSES else 'identities'}:{row.id}" for row in spoilt.itertuples()}
    assert rules - WAITING <= found
