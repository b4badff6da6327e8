"""What a comparison says, told from frames alone."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.catalogue import Table
from analysis.compare.forecasts import judged
from analysis.compare.numbers import COLUMNS, by_indicator, number_changes, side_by_side
from analysis.compare.prose import prose_changes, sentences
from analysis.compare.tables import Held, paired
from analysis.compare.verdicts import READ, differing, verdict_changes
from analysis.compare.words import COME, GONE, KEPT, parts, row_changes


def seen(*rows: dict) -> pd.DataFrame:
    """Return observations; what is not given is that of the first one of a series."""
    usual = dict.fromkeys(COLUMNS, "") | {
        "indicator": "wage",
        "territory": "north",
        "year": "2020",
        "value": "1",
        "status": "A",
        "unit": "rub",
        "source": "book",
    }
    return pd.DataFrame([usual | row for row in rows], columns=list(COLUMNS), dtype=str)


def held(name: str, columns: str, *rows: str, key: tuple[str, ...] = ("n",), scope: str = "") -> Held:
    names = columns.split()
    schema = {"fields": [{"name": column, "type": "string"} for column in names], "primaryKey": list(key)}
    cells = [dict(zip(names, row.split("|"), strict=True)) for row in rows]
    return Held(scope, Table(name, Path(), name.upper(), schema), pd.DataFrame(cells, columns=names, dtype=str))


def told(frame: pd.DataFrame, *columns: str) -> list[tuple]:
    return [tuple(row) for row in frame[[*columns]].itertuples(index=False)]


def test_observations_that_came_went_and_changed_are_told_with_values_and_sources():
    before = seen({"year": "2019"}, {"year": "2020"}, {"year": "2021", "value": "5.0"}, {"year": "2022", "note": "а"})
    after = seen(
        {"year": "2020", "value": "2", "source": "site"},
        {"year": "2021", "value": "5"},
        {"year": "2022", "note": "б"},
        {"year": "2023"},
    )
    rows = number_changes(before, after)
    assert set(told(rows, "change", "year", "column", "old", "new")) == {
        ("vanished", "2019", "value", "1", ""),
        ("changed", "2020", "value", "1", "2"),
        ("described", "2020", "source", "book", "site"),
        ("described", "2022", "note", "а", "б"),
        ("new", "2023", "value", "", "1"),
    }
    changed = rows[rows["change"].eq("changed")].iloc[0]
    assert (changed["old_source"], changed["source"], changed["unit"], changed["relative"]) == (
        "book",
        "site",
        "rub",
        pytest.approx(100),
    )


def test_another_unit_is_a_change_though_the_digits_stay():
    rows = number_changes(seen({}), seen({"unit": "thousand_rub"}))
    assert told(rows, "change", "column", "old", "new") == [("changed", "unit", "rub", "thousand_rub")]


def test_an_observation_kept_elsewhere_now_has_not_changed():
    assert number_changes(seen({"scope": "tiny"}), seen({"scope": ""})).empty
    moved = number_changes(seen({"scope": "tiny"}), seen({"scope": "", "value": "3"}))
    assert told(moved, "change", "old", "new") == [("changed", "1", "3")]
    # Two editions may state one thing each; neither stands for the other.
    two = number_changes(seen({"scope": "a"}, {"scope": "b"}), seen({"scope": "c"}))
    assert sorted(rows_of(two)) == [("a", "vanished"), ("b", "vanished"), ("c", "new")]


def rows_of(frame: pd.DataFrame) -> list[tuple]:
    return told(frame, "scope", "change")


def test_an_observation_is_counted_once_for_its_indicator():
    before = seen({"year": "2019"}, {"indicator": "rate"})
    after = seen({"year": "2019", "value": "2", "note": "а"}, {"indicator": "rate", "note": "б"}, {"indicator": "jobs"})
    counted = by_indicator(number_changes(before, after)).set_index("indicator")
    assert list(counted.index) == ["wage", "rate", "jobs"]
    assert counted[["new", "vanished", "changed", "described"]].to_numpy().tolist() == [
        [0, 0, 1, 0],
        [0, 0, 0, 1],
        [1, 0, 0, 0],
    ]
    assert counted.loc["wage", "first"] == "2019"


def test_regions_stand_side_by_side_each_in_its_latest_year():
    before = seen(
        {"value": "10"}, {"year": "2021", "value": "99"}, {"indicator": "rate", "year": "2018", "value": "-2"}
    )
    after = seen(
        {"territory": "south", "year": "2021", "value": "12"},
        {"territory": "south", "indicator": "rate", "year": "2021", "value": "3"},
        {"territory": "south", "indicator": "jobs", "year": "2022"},
        {"territory": "north", "indicator": "more"},
    )
    rows = side_by_side(before, after, ("north", "south"), (2020, 2021))
    assert told(rows, "indicator", "year_old", "value_old", "year_new", "value_new") == [
        ("wage", "2020", "10", "2021", "12"),
        ("rate", "2018", "-2", "2021", "3"),
    ]
    assert rows["difference"].tolist() == [2, 5]
    assert rows["relative"].iloc[0] == pytest.approx(20)
    assert pd.isna(rows["relative"].iloc[1])


def test_a_row_put_into_a_list_does_not_change_those_after_it():
    old = held("list", "n text source", "1|первое|a", "2|второе|a", "3|третье|a")
    new = held("list", "n text source", "1|первое|a", "2|новое|b", "3|второе|a", "4|третье|a")
    rows = row_changes([([old], [new])])
    assert told(rows, "table", "change", "key", "new") == [("list", "new", "2", "новое")]
    back = row_changes([([new], [old])])
    assert told(back, "change", "key", "old") == [("vanished", "2", "новое")]


def test_a_cell_a_column_and_a_table_that_changed_are_told():
    old = held("names", "id name", "a|А", "b|Б", key=("id",))
    changed = held("names", "id name short", "a|А|x", "b|В|y", key=("id",))
    assert set(told(row_changes([([old], [changed])]), "change", "key", "column", "old", "new")) == {
        ("new", "", "short", "", ""),
        ("changed", "b", "name", "Б", "В"),
    }
    gone = row_changes([([old], [])])
    assert told(gone, "change", "key", "old") == [("vanished", "a", "А"), ("vanished", "b", "Б")]


def test_rows_that_no_column_names_come_and_go():
    old, new = (held("pairs", "a b", row, key=("a", "b")) for row in ("x|y", "x|z"))
    assert told(row_changes([([old], [new])]), "change", "old", "new") == [
        ("vanished", "x; y", ""),
        ("new", "", "x; z"),
    ]


def test_a_table_cut_in_two_layers_is_compared_whole():
    before = [held("acts", "id text", "a|Закон", "b|Приказ", key=("id",), scope="tiny")]
    after = [
        held("acts", "id text", "a|Закон", key=("id",)),
        held("acts", "id text", "b|Приказ", key=("id",), scope="north"),
    ]
    assert row_changes(paired(before, after)).empty
    other = [held("acts", "id text", "b|Указ", key=("id",), scope="tiny")]
    assert told(row_changes(paired(before, other)), "change", "key") == [("changed", "b"), ("vanished", "a")]


@given(st.text(alphabet="аб в,`1", max_size=30), st.text(alphabet="аб в,`1", max_size=30))
def test_marked_words_give_both_texts_back(old, new):
    found = parts(old, new)
    assert "".join(words for sign, words in found if sign != COME) == old
    assert "".join(words for sign, words in found if sign != GONE) == new
    assert all(words for _, words in found)


def test_words_that_stand_together_are_marked_together():
    assert parts("в 2020 году спад", "в 2021 году рост и подъём") == (
        (KEPT, "в "),
        (GONE, "2020"),
        (COME, "2021"),
        (KEPT, " году "),
        (GONE, "спад"),
        (COME, "рост и подъём"),
    )
    assert parts("а `{python} x` б", "а `{python} y` б")[1:3] == ((GONE, "`{python} x`"), (COME, "`{python} y`"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Первое. Второе! Третье?", ["Первое.", "Второе!", "Третье?"]),
        (
            "В 2020 г. Кузбасс дал 5 тыс. Т. е. много, см. Рис. 3.",
            ["В 2020 г. Кузбасс дал 5 тыс. Т. е. много, см. Рис. 3."],
        ),
        ("И. И. Иванов. Он «сам». Да.", ["И. И. Иванов.", "Он «сам».", "Да."]),
        ("Доля `{python} pct(a.b). X` выросла. Ещё.", ["Доля `{python} pct(a.b). X` выросла.", "Ещё."]),
        ("Одна\nстрока.\n\n- пункт\n- другой", ["Одна строка.", "- пункт", "- другой"]),
        ("---\nanchor: x\n---\n\n::: {.note}\nСлова.\n:::", ["anchor: x", "Слова."]),
        ("До.\n\n```{python}\nx = 1. Y\n```\n\n<!-- Нет. -->После.", ["До.", "После."]),
        ("В разделе 5. Дальше.", ["В разделе 5.", "Дальше."]),
    ],
)
def test_prose_is_cut_into_sentences(text, found):
    assert [sentence.text for sentence in sentences(text)] == found


def test_a_sentence_stands_under_its_heading():
    assert [(one.section, one.text) for one in sentences("# Глава {#sec-a}\nСлова.\n## Часть\n\nЕщё.")] == [
        ("Глава", "# Глава {#sec-a}"),
        ("Глава", "Слова."),
        ("Часть", "## Часть"),
        ("Часть", "Ещё."),
    ]


def test_sentences_that_were_rewritten_are_set_against_what_they_were():
    before = {"a": "Доля выросла на пять пунктов. Это много. Конец.", "b": "Переставленное сюда предложение."}
    after = {"a": "Доля выросла на шесть пунктов. Конец.\n\nПереставленное сюда предложение. Новое."}
    assert set(told(prose_changes(before, after), "place", "change", "old", "new", "old_place")) == {
        ("a", "changed", "Доля выросла на пять пунктов.", "Доля выросла на шесть пунктов.", ""),
        ("a", "vanished", "Это много.", "", ""),
        ("a", "new", "", "Новое.", ""),
        ("a", "moved", "Переставленное сюда предложение.", "Переставленное сюда предложение.", "b"),
    }
    assert prose_changes(before, before).empty


def test_verdicts_say_what_has_become_of_a_statement():
    def read(**verdicts: str) -> pd.DataFrame:
        return pd.DataFrame(
            [("tiny", name, "1", name, verdict, "", "") for name, verdict in verdicts.items()], columns=list(READ)
        )

    before = read(
        a="confirmed", b="confirmed", c="contradicted-edition", d="rounding", e="definitions", gone="confirmed"
    )
    after = read(
        a="rounding",
        b="contradicted-official",
        c="contradicted-edition",
        d="unverifiable",
        e="confirmed",
        came="confirmed",
    )
    rows = verdict_changes(before, after)
    assert dict(told(rows, "id", "outcome")) == {
        "a": "holds",
        "b": "no-longer",
        "c": "never",
        "d": "unknown",
        "e": "holds",
        "gone": "dropped",
        "came": "made",
    }
    assert "c" not in set(differing(rows)["id"]) and "a" in set(differing(rows)["id"])


@pytest.mark.parametrize(
    ("fact", "inside"), [(12.0, "80"), (8.0, "80"), (15.5, "95"), (25.0, "outside"), (3.0, "outside")]
)
def test_an_outcome_is_told_by_the_narrowest_interval_that_holds_it(fact, inside):
    bounds = {"lo80": 8.0, "hi80": 12.0, "lo95": 5.0, "hi95": 16.0}
    row = {"edition": "tiny", "indicator": "rate", "unit": "percent", "year": 2021, "mean": 10.0, "fact": fact} | bounds
    found = judged(pd.DataFrame([row])).iloc[0]
    assert (found["inside"], found["error"]) == (inside, fact - 10)
    assert found["relative"] == pytest.approx((fact - 10) / fact * 100)
