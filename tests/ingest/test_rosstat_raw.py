"""The publisher's own files give exactly the official facts; skipped where they do not lie beside the project."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from analysis.catalogue import load
from analysis.catalogue.territories import match_territory
from analysis.ingest.opening import open_file
from analysis.ingest.placing.placing import place
from analysis.ingest.readers import readers

FILES = {
    "razdel_02_trud.xlsx": ("Раздел 2 - Труд.xlsx", "regions2022"),
    "razdel_04_obrazovanie.xlsx": ("Раздел 4 - Образование.xlsx", "regions2022"),
    "VRP_OKVED2_s2016.xlsx": ("VRP_OKVED2_s2016.xlsx", None),
    "05-05_2017-2024.xls": ("05-05_2017-2024.xls", None),
}
# How many facts come from each file: the test must not pass by having nothing to compare.
FACTS = {
    "razdel_02_trud.xlsx": 11 * 132,
    "razdel_04_obrazovanie.xlsx": 1165,
    "VRP_OKVED2_s2016.xlsx": 840,
    "05-05_2017-2024.xls": 320,
}


@pytest.fixture(scope="module")
def statistics() -> Path:
    folder = Path(__file__).resolve().parents[2].parent / "shared" / "statistics"
    if not (folder / "raw").is_dir():
        pytest.skip("рядом с проектом нет ../shared/statistics/raw: исходные файлы Росстата сверить не с чем")
    return folder


@pytest.fixture(scope="module")
def readings(statistics):
    """Return each file as opened, as read and as placed."""
    done = {}
    for name, (_, source) in FILES.items():
        file = open_file(statistics / "raw" / name)
        reader = next(reader for reader in readers() if reader.recognises(file))
        reading = reader.read(file)
        done[name] = (file, reading, place(reading, source=source))
    return done


def facts_of(statistics: Path, copied: str) -> list[tuple[tuple, float]]:
    """Return key and value of every fact that was read from a copy of a file."""
    indicators = load("indicators")
    by_code = dict(zip(indicators["publisher_code"], indicators["id"], strict=True))
    found = []
    with (statistics / "facts.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not row["copy_read"].endswith(copied):
                continue
            if copied.startswith("VRP"):
                indicator = "gva_structure"
            elif copied.startswith("05-05"):
                indicator = "employed_by_section" if row["unit"] == "тыс. человек" else "employed_structure"
            else:
                indicator = by_code[row["source_title"].rpartition("табл. ")[2]]
            territory = {"СФО": "siberia"}.get(row["territory"]) or match_territory(row["territory"])
            found.append(((indicator, territory, row["okved_section"], int(row["year"])), float(row["value"])))
    return found


@pytest.mark.parametrize("name", FILES)
def test_the_file_gives_exactly_the_official_facts(statistics, readings, name):
    _, _, placed = readings[name]
    rows = placed.observations
    read = dict(
        zip(
            rows[["indicator", "territory", "category", "year"]].itertuples(index=False, name=None),
            rows["value"],
            strict=True,
        )
    )
    facts = facts_of(statistics, FILES[name][0])
    assert len(facts) == FACTS[name]
    assert [(key, expected, read.get(key)) for key, expected in facts if read.get(key) != expected] == []


@pytest.mark.parametrize("name", FILES)
def test_every_sheet_is_read_or_named_with_a_reason(readings, name):
    file, reading, placed = readings[name]
    told = {block.sheet for block in reading.blocks} | {part.sheet for part in reading.unread}
    assert told == {sheet.name for sheet in file.sheets}
    assert all(part.reason for part in reading.unread) and all(part.why for part in placed.unplaced)


def test_other_regions_come_along(readings):
    rows = readings["razdel_02_trud.xlsx"][2].observations
    assert rows.groupby("indicator")["territory"].nunique().eq(96).all()
    assert not rows.duplicated(["indicator", "territory", "category", "year"]).any()


def test_the_title_names_the_table_where_the_sheet_is_misnamed(readings):
    """The sheet «4.23.» holds table 4.24."""
    blocks = readings["razdel_04_obrazovanie.xlsx"][1].blocks
    assert [block.code for block in blocks if block.sheet == "4.23."] == ["4.24"]


def test_copies_of_2022_are_refused(readings):
    _, reading, placed = readings["VRP_OKVED2_s2016.xlsx"]
    refused = {part.sheet: part.reason for part in reading.unread}
    for sheet in ("2023", "2024"):
        assert "2022 год" in refused[sheet] and "все числа те же, что на листе «2022»" in refused[sheet]
    assert {str(year) for year in range(2009, 2016)} <= set(refused), "разделы первого ОКВЭД не ОКВЭД2"
    assert set(placed.observations["year"]) == set(range(2016, 2023))
    assert Counter(placed.observations["source"]).keys() == {"gva_okved2"}


def test_the_yearbook_does_not_say_its_edition(statistics, readings):
    placed = place(readings["razdel_02_trud.xlsx"][1])
    assert "--source" in placed.needs_source and set(placed.observations["source"]) == {""}
