"""An assertion is as strong as its words: whatever datum it rests on, there is a change of it that turns it red.

And the words that are told as near, first or in one year say how near, where and when.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.base import paths
from analysis.catalogue import load
from analysis.ledger.answers import CONTRADICTED
from analysis.ledger.prose import OWN, assertions, faults
from analysis.quantities import Quantity

from .conftest import EDITION

# Times its value a datum is moved to; one that is none of these comes near nothing.
TIMES = (
    0.0,
    0.001,
    0.01,
    0.3,
    0.5,
    0.9,
    0.97,
    1.03,
    1.1,
    2.0,
    10.0,
    1e3,
    1e5,
    *(-(1.25**power) for power in range(32)),
)
# Nobody studies there any more: what the three largest have of all is the same whatever this town had of nothing.
NOTHING = {"college_students[promyshlennovsky, 2020]"}
# «Почти» of more than this is none.
NEAR = 5
# Words of a year, of a rank, of nearness: their rows have such a formula.
RANKED = ("наибольш", "худш", "больше всех", "заметнее всего")
RELATIONS = {"highest", "lowest", "ranking", "top", "more", "less"}
YEAR = "пандеми"


@pytest.fixture(scope="module")
def chapters():
    return sorted(paths.chapters().glob("*.ipynb"))


def rows():
    return load(OWN, EDITION).to_dict("records")


def moved(ledger, row, seen, value):
    """Return how a row stands where one observation says something else."""
    figures = ledger.figures
    kept = figures._where_moved

    def instead(quantity: Quantity) -> Quantity:
        return replace(quantity, value=value) if quantity.sources[:1] == (seen,) else kept(quantity)

    figures._where_moved = instead
    try:
        part = ledger.check(row)
    finally:
        del figures._where_moved
    return part.answer.result if part.answer else None


def by_words():
    """Return the rows that hold the same words: what they say is false where one of them is."""
    found = {}
    for row in rows():
        found.setdefault(row["words"], []).append(row)
    return list(found.values())


@pytest.mark.parametrize("held", by_words(), ids=lambda held: held[0]["id"])
def test_each_datum_of_an_assertion_can_refute_it(ledger, held):
    resting = {row["id"]: ledger.check(row).sources for row in held}
    assert all(bool(resting[row["id"]]) == (row["value"] != "y") for row in held)
    harmless = [
        seen.key
        for seen in dict.fromkeys(seen for sources in resting.values() for seen in sources)
        if (seen.value or seen.key not in NOTHING)
        and not any(
            moved(ledger, row, seen, way * (seen.value or 1.0)) == CONTRADICTED
            for row in held
            if seen in resting[row["id"]]
            for way in TIMES
        )
    ]
    assert harmless == []


def test_of_small_changes_those_of_near_words_count(ledger):
    """A fall of 4.4 per cent is no rise that nobody notices."""
    near = [row for row in rows() if row["relation"] == "almost"]
    assert len(near) >= 4 and all(0 < row["margin"] <= NEAR and row["direction"] for row in near)
    (real,) = (row for row in near if row["id"] == "E22")
    (seen,) = ledger.check(real).sources
    held = {value: moved(ledger, real, seen, value) for value in (95.6, 99.4, 100.2, 100.9, 101.2, 104.4)}
    assert [value for value, result in held.items() if result != CONTRADICTED] == [100.2, 100.9]


def test_words_of_a_rank_and_of_a_year_have_formulas_of_both():
    held: dict[str, set[str]] = {}
    for row in rows():
        held.setdefault(row["words"], set()).add("year" if row["value"] == "y" else row["relation"])
    ranked = {words: found for words, found in held.items() if any(word in words.casefold() for word in RANKED)}
    assert len(ranked) >= 3 and all(found & RELATIONS for found in ranked.values())
    yearly = {words: found for words, found in held.items() if YEAR in words}
    assert len(yearly) >= 3 and all("year" in found for found in yearly.values())


def test_every_word_of_one_year_in_the_prose_is_held(ledger, chapters):
    """What is said of the year of the pandemic is said of no other."""
    texts = {file: file.read_text(encoding="utf-8") for file in paths.prose(EDITION).rglob("*.md")}
    held = [one.words for one in assertions(ledger, chapters) if YEAR in one.words]
    loose = [
        f"{file.name}: {sentence}"
        for file, text in texts.items()
        for sentence in text.split(". ")
        if YEAR in sentence and not any(words.rstrip(".") in sentence for words in held)
    ]
    # Whose explanation it is, the sentence says.
    assert [one for one in loose if "Авторы издания объясняют" not in one] == []


@pytest.mark.parametrize("column", ["margin", "direction"])
def test_near_words_without_a_margin_or_a_side_are_refused(desk, copied, column):
    desk.change(f"editions/{EDITION}/prose_assertions.csv", {"id": "E22"}, **{column: ""})
    (fault,) = faults(desk.ledger(), sorted((copied / "chapters").glob("*.ipynb")))
    assert "сильнее своей формулы" in fault and "E22" in fault


def test_words_of_another_year_are_refused(desk, copied):
    file = f"editions/{EDITION}/edition.yml"
    text = (desk.root / "data" / file).read_text(encoding="utf-8")
    later = text.replace("year: 2020 ", "year: 2021 ").replace("published: 2021 ", "published: 2022 ")
    desk.write(file, later.replace("as_of: 2021-", "as_of: 2022-"))
    found = faults(desk.ledger(), sorted((copied / "chapters").glob("*.ipynb")))
    assert len([fault for fault in found if "год издания – 2021, а не 2020" in fault]) == 3
