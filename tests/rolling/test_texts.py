"""Which texts of an edition go into the next year's: none about its print, none that the new figures refute."""

from __future__ import annotations

import csv

import pandas as pd
import pytest

from analysis.catalogue import clear_cache
from analysis.rolling.prose import COMES, CUT, STAYS, WAITS, Print, about_print, without_print
from analysis.rolling.roll import roll
from tests.conftest import copy_project

LAST, NEXT = "kemerovo-2021", "kemerovo-2022"
PRINTED = Print(frozenset({"report2021"}), frozenset({"fig-azot-model"}))
# Employment rose in 2021, so the first words are wrong then; of the second nothing is known; the third hold.
WORDS = {
    "sec-forecast-labour": (
        "Занятость снизилась.",
        "below",
        'v("employment_rate", year=y)',
        'v("employment_rate", year=y-1)',
    ),
    "sec-forecast-training": ("Вакансий не хватает.", "above", 'v("tension", year=y)', "1"),
    "sec-forecast-demand": ("Работа есть.", "above", 'v("employment_rate", year=y)', "0"),
}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Доля выше [@report2021, с. 3].", "@report2021"),
        ("Доля выше [@report20210].", ""),
        ('Это `{python} v("services_share_printed")`.', "services_share_printed"),
        ('```{python}\nreport.figure("azot-model")\n```', '"azot-model"'),
        ("Схема (рисунок [-@fig-azot-model]).", "@fig-azot-model"),
        ('```{python}\nreport.table("lost")\n```', 'report.table("lost")'),
        ("Так напечатано.", "напечатано"),
        ("Год издание не называет.", "издание"),
        ("До следующего издания многое изменится; следующее издание сверит.", ""),
        ("Первое впечатление верно.", ""),
        ("Мер много. <!-- печатное издание -->", ""),
    ],
)
def test_what_speaks_of_a_print(text, words):
    assert about_print(text, PRINTED) == words


def cut(text: str) -> str | None:
    kept, reasons = without_print({"a/b.md": text.encode()}, PRINTED)
    assert list(reasons) == ["a/b.md"]
    return kept["a/b.md"].decode() if kept else None


def test_paragraphs_about_a_print_stay_and_the_others_go():
    assert cut("Мер много.\n\nТак напечатано.\n\n- раз\n\nЕщё слова.\n") == "Мер много.\n\n- раз\n\nЕщё слова.\n"
    assert cut("Напечатаны:\n\n- раз\n- два\n\nЕщё слова.\n") == "Ещё слова.\n"
    # A box is one passage.
    assert cut("::: {.callout-note}\n## Заметка\n\nСлова.\n\nТак напечатано.\n:::\n\nЕщё слова.\n") == "Ещё слова.\n"
    # All of a section goes with its heading.
    assert cut("## О печатном {#sec-a}\n\nСлова.\n\n### Часть\n\nСлова.\n\n## Ещё\n\nДело.\n") == "## Ещё\n\nДело.\n"


def test_a_text_of_which_nothing_can_stand_alone_stays_whole():
    assert cut("## Раздел {#sec-a}\n\nТак напечатано.\n") is None
    # What makes names for the words is nothing to read; and words go with the names they need.
    assert cut("```{python}\na = 1\n```\n\nТак напечатано.\n") is None
    assert cut('```{python}\na = v("b_printed")\n```\n\nДоля – `{python} a`.\n') is None


def test_names_that_other_texts_ask_for_come_along_and_what_asks_for_lost_ones_stays():
    texts = {
        "a/one.md": "```{python}\nshare = 1\n```\n\nТак напечатано.\n",
        "a/two.md": "Доля – `{python} pct(share)`.\n",
        "a/three.md": '```{python}\nold = v("b_printed")\n```\n',
        "a/four.md": "Было `{python} pct(old)`.\n\nМер много.\n",
        "b/five.md": "Своё – `{python} pct(old)`.\n",
    }
    kept, reasons = without_print({place: text.encode() for place, text in texts.items()}, PRINTED)
    assert {place: text.decode() for place, text in kept.items()} == {
        "a/one.md": "```{python}\nshare = 1\n```\n",
        "a/two.md": texts["a/two.md"],
        "a/four.md": "Мер много.\n",
        "b/five.md": texts["b/five.md"],
    }
    assert reasons["a/four.md"] == "опирается на то, что осталось: old"


def test_a_text_without_a_print_is_not_touched():
    content = "Мер   много.\r\n\r\nСлова.".encode()
    assert without_print({"a/b.md": content}, PRINTED) == ({"a/b.md": content}, {})


@pytest.fixture(scope="module")
def rolled(tmp_path_factory):
    """Return the folder of an edition rolled from one with texts of each kind, and what was made."""
    root = tmp_path_factory.mktemp("texts")
    copy_project(root)
    folder = root / "data" / "editions" / LAST
    with (folder / "prose_assertions.csv").open("a", encoding="utf-8", newline="") as file:
        for number, (section, (words, relation, value, against)) in enumerate(WORDS.items()):
            (folder / "prose" / "14-forecast" / f"{section}.after.md").write_text(words, encoding="utf-8")
            row = (f"E9{number}", section, words, "official", 1, relation, value, against, "a", "b", "c", "kemerovo")
            csv.writer(file, lineterminator="\n").writerow(row)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPORT_ROOT", str(root))
        clear_cache()
        made = roll(LAST, 2022)
    clear_cache()
    return root / "data" / "editions" / NEXT, made


def test_each_text_is_told_with_what_became_of_it(rolled):
    folder, made = rolled
    told = made.texts.set_index("file")
    assert set(told["state"]) == {STAYS, CUT, WAITS, COMES}
    for place, state in told["state"].items():
        assert (folder / "prose" / place).exists() == (state != STAYS)
    fell, jobs, rose = (f"14-forecast/{section}.after.md" for section in WORDS)
    assert (told.at[fell, "state"], told.at[jobs, "state"], told.at[rose, "state"]) == (STAYS, WAITS, COMES)
    assert "Занятость снизилась." in told.at[fell, "why"] and "неверны" in told.at[fell, "why"]
    assert "напряженн" in told.at[jobs, "why"].lower() and "2021" in told.at[jobs, "why"]
    assert told.at[rose, "why"] == ""
    assert told.loc["a-data/about-data.md", ["state", "why"]].tolist() == [
        STAYS,
        "говорит о печати: «@report2021»",
    ]


def test_rows_about_words_go_where_the_words_go(rolled):
    folder, _ = rolled
    held = pd.read_csv(folder / "prose_assertions.csv", dtype=str)
    texts = " ".join(" ".join(file.read_text(encoding="utf-8").split()) for file in folder.rglob("*.md"))
    assert {"E91", "E92"} <= set(held["id"]) and "E90" not in set(held["id"])
    assert all(" ".join(words.split()) in texts for words in held["words"])


def test_nothing_that_came_speaks_of_the_print(rolled):
    folder, _ = rolled
    assert {
        file.name: words
        for file in folder.rglob("*.md")
        if (words := about_print(file.read_text(encoding="utf-8"), PRINTED))
    } == {}
    for name in ("plan", "swot", "lists", "events"):
        frame = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
        assert not any(about_print(note, PRINTED) for note in frame.get("note", []))
        assert not any(frame.get("printed", [])) and not any(frame.get("printed_n", []))
