"""Phrases that need tables: the tables here are small and made up."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.base.errors import DataError
from analysis.base.gaps import Gap, GapError
from analysis.quantities import Quantity
from analysis.show import phrases

TABLES = {
    "indicators": pd.DataFrame(
        {
            "id": ["old", "new", "both", "wage"],
            "age_base": ["15-72", "15+", "15-72;15+", ""],
            "name": ["Прежний", "Новый", "Оба", "Заработная плата"],
        }
    ),
    "sections": pd.DataFrame({"id": ["B", "D"], "short": ["Добыча", "Электроэнергия, газ и пар"]}),
    "lists": pd.DataFrame({"list": ["aims", "aims", "other"], "item": ["а", "б", "в"]}),
    "breaks": pd.DataFrame(
        {"indicator": ["rate"] * 3, "territory": ["north", "", "south"], "year": [2009, 2017, 2019]}
    ),
}
PROJECT = SimpleNamespace(tables=lambda _: TABLES, load=lambda name, _: TABLES[name])
REPORT = SimpleNamespace(edition=SimpleNamespace(id="tiny", region="north"), load=TABLES.__getitem__, project=PROJECT)


def q(value):
    return Quantity(value, "percent", 1, (), "a")


def test_ages_are_set_in_words():
    assert phrases.ages(REPORT, "old") == "15–72\u00a0лет"
    assert phrases.ages(REPORT, "new") == "15\u00a0лет и старше"


def test_an_indicator_of_two_age_bases_has_no_one_span():
    with pytest.raises(DataError, match="both"):
        phrases.ages(REPORT, "both")


def test_contrasts_follow_the_keys_and_end_with_the_unit():
    text = phrases.contrasted(REPORT, "sections", ["D", "B"], {"B": q(26.3), "D": q(4.5)}, {"B": q(13.5), "D": q(2.9)})
    assert text == "электроэнергия, газ и пар (4,5 против 2,9\u00a0%); добыча (26,3 против 13,5\u00a0%)"


def test_the_length_of_a_list_is_a_count():
    assert phrases.list_length(REPORT, "aims").value == 2


def test_an_unknown_list_has_no_length():
    with pytest.raises(DataError, match="aimz"):
        phrases.list_length(REPORT, "aimz")


def test_a_list_that_no_edition_has_filled_is_a_gap():
    report = SimpleNamespace(**vars(REPORT), unfilled=lambda table, part: Gap(f"{table}: {part}", "не заполнено"))
    with pytest.raises(GapError, match="lists: directions"):
        phrases.list_length(report, "directions")


def test_the_series_in_force_begins_with_the_last_break_of_the_region_or_of_all():
    assert phrases.new_series(REPORT, "rate") == 2017
    with pytest.raises(GapError, match="Заработная плата"):
        phrases.new_series(REPORT, "wage")


def test_the_starts_of_series_are_those_of_the_region_and_of_all():
    assert phrases.series_starts(REPORT, "rate") == [2009, 2017]


def test_only_what_has_an_abbreviation_is_written_out():
    known = {
        "centre": SimpleNamespace(short="ЦОПП", name="Центр опережающей подготовки"),
        "partners": SimpleNamespace(short="социальные партнеры ПОО", name="социальные партнеры"),
        "portal": SimpleNamespace(short="ЦОПП42", name="портал"),
        "town": SimpleNamespace(short="Юрга", name="Юрга"),
    }
    report = SimpleNamespace(name=known.__getitem__)
    assert phrases.abbreviations(report, known) == ["ЦОПП – Центр опережающей подготовки", "ЦОПП42 – портал"]
    assert phrases.abbreviations(report, ["town"]) == []
