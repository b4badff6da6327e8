"""What is typed into the data and is false is named by the check: words, captions, days, numbers that stand twice.

Whatever number changes, all that rests on it follows (`test_mutation`). What nothing rests on, or what is said twice,
must not change unnoticed: of every table of words a sample is changed, and each change is named at its row.
"""

from __future__ import annotations

import random
import re

import pytest

from analysis.base.exact_words import exact_words
from analysis.catalogue import clear_cache, tables
from analysis.catalogue.findings import errors
from analysis.cli import findings
from analysis.editions.check import check_edition
from tests.conftest import copy_project

from . import cells, edits
from .edits import Edit

EDITION = "kemerovo-2021"
OWN, STATISTICS = f"editions/{EDITION}", "statistics"
REAL = {"territory": "kemerovo", "year": "2020"}
ACT = {"number": "1707/88"}
# Each alone was printed by a build that found no mistake.
FALSEHOODS = {
    "swot": Edit(
        f"{OWN}/swot.csv",
        {"quadrant": "W", "n": "2"},
        "text",
        "В 97 % образовательных организаций центры содействия трудоустройству работают формально",
    ),
    "caption": Edit(
        "federal/exhibits.csv",
        {"id": "tbl-wages"},
        "caption",
        "Среднемесячная реальная заработная плата (самая высокая в России), {first}–{last} годы, тысяч рублей",
    ),
    "real wage": Edit(f"{STATISTICS}/wage_real_index.csv", REAL, "value", "95.6"),
    "deadline": Edit(f"{OWN}/plan.csv", {"n": "6"}, "deadline_iso", "2022-08-01"),
    "act": Edit("regions/kemerovo/legal_acts.csv", ACT, "date", "2021-07-18"),
    "measure": Edit(f"{OWN}/support_measures.csv", {"n": "32"}, "text", "Онлайн-опрос 5000 молодых людей"),
    "students": Edit(f"{STATISTICS}/spo_students_specialists_per_10000.csv", REAL, "value", "120"),
}
SEED, OF_EACH = 2021, 4


@pytest.fixture
def root(tmp_path, monkeypatch):
    root = copy_project(tmp_path)
    monkeypatch.setenv("REPORT_ROOT", str(root))
    clear_cache()
    yield root
    clear_cache()


def test_seven_falsehoods_are_named_in_one_run_each_with_its_place(root):
    places = {name: (f"data/{edit.file}", edits.apply(root, edit)) for name, edit in FALSEHOODS.items()}
    clear_cache()
    found = errors(findings.gather([EDITION])[0])
    named = {(finding.file, finding.row) for finding in found}
    words = [finding for finding in found if finding.rule == "untrue"]
    # Of the wage no row is wrong in itself: what is named are the words that it makes false.
    assert {name for name, place in places.items() if place not in named} == {"real wage"}
    assert any("прибавка почти незаметна" in finding.problem and "95,6" in finding.problem for finding in words)
    assert all(finding.file.startswith("chapters/") and finding.cell for finding in words)


def test_a_share_of_a_structure_does_not_change_alone(root):
    """Twenty shares of one decimal make a hundred to half a unit, not to one."""
    share = {"territory": "kemerovo", "year": "2019", "category": "B"}
    row = edits.apply(root, Edit(f"{STATISTICS}/gva_structure.csv", share, "value", "25.3"))
    clear_cache()
    found = errors(check_edition(EDITION))
    assert row and {finding.rule for finding in found} == {"identities:structure-gva"}


def test_words_that_a_sound_number_makes_false_stop_a_check(root):
    edits.apply(root, FALSEHOODS["real wage"])
    clear_cache()
    (found,) = errors(findings.gather([EDITION])[0])
    assert found.rule == "untrue" and "95,6" in found.problem


def test_a_number_that_is_kept_with_its_print_does_not_change_alone(root):
    own = cells.known(root, own=True)
    printed = {
        table.label for table in tables(EDITION).values() if table.holds_observations and "printed" in table.columns
    }
    there = {file: [cell for cell in found if _printed(root, cell)] for file, found in own.items() if file in printed}
    chosen = [cell for cells_of in there.values() for cell in _some(cells_of)]
    cells.change(root, chosen)
    clear_cache()
    named = {(found.file, found.row) for found in check_edition(EDITION) if found.rule == "printed"}
    assert len(chosen) > 20 and {(cell.file, cell.row) for cell in chosen} == named


def test_words_that_say_how_many_do_not_change_alone(root):
    changed = set()
    for file, number, column, text in _words(root):
        columns, content = edits.rows(root, file)
        content[number - 2][column] = text
        edits.write(root, file, columns, content)
        changed.add((f"data/{file}", number))
    clear_cache()
    named = {(found.file, found.row) for found in check_edition(EDITION) if found.rule in ("quoted", "said")}
    assert len(changed) > 40 and changed <= named, sorted(changed - named)


def test_deadlines_do_not_change_alone(root):
    file = f"{OWN}/plan.csv"
    columns, content = edits.rows(root, file)
    for number, row in enumerate(content):
        column = ("deadline_iso", "deadline_printed", "deadline_kind")[number % 3]
        row[column] = {
            "deadline_iso": "2022-09-15" if row["deadline_kind"] != "month" else "2022-09",
            "deadline_printed": "15.09.2022",
            "deadline_kind": "permanent" if row["deadline_kind"] != "permanent" else "yearly",
        }[column]
    edits.write(root, file, columns, content)
    clear_cache()
    found = {found.row for found in check_edition(EDITION) if found.file == f"data/{file}" and found.rule == "said"}
    assert found == set(range(2, len(content) + 2))


def _some(found: list) -> list:
    chance = random.Random(SEED)  # noqa: S311 - a sample to test, drawn anew from its seed
    return chance.sample(found, min(OF_EACH, len(found)))


def _printed(root, cell) -> bool:
    return bool(edits.rows(root, cell.file.removeprefix("data/"))[1][cell.row - 2]["printed"])


def _words(root):
    """Yield cells of every table of words of the edition with other words: a digit changed, a rank put in."""
    for table in tables(EDITION).values():
        texts = [field["name"] for field in table.fields if field.get("quoted_in")]
        for part in table.parts if texts else ():
            file = part.label.removeprefix("data/")
            held = [
                (number, column, row[column])
                for number, row in enumerate(edits.rows(root, file)[1], start=2)
                for column in texts
                if row[column]
            ]
            numbered = [one for one in held if any(re.search(r"\d", word) for word in exact_words(one[2]))]
            done = set()
            for number, column, text in _some(numbered):
                if number not in done:
                    done.add(number)
                    yield file, number, column, _other_digit(text)
            for number, column, text in _some([one for one in held if one[0] not in done]):
                if number not in done:
                    done.add(number)
                    yield file, number, column, f"{text}, впервые"


def _other_digit(text: str) -> str:
    word = next(word for word in exact_words(text) if word[-1].isdigit())
    at = text.rindex(word[-1]) if word not in text else text.index(word) + len(word) - 1
    return text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]
