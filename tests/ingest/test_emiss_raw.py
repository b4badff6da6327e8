"""The publisher's own exports give exactly the official facts; skipped where they do not lie beside the project."""

import csv
import re
from pathlib import Path

import pytest

from analysis.ingest.opening import open_file
from analysis.ingest.readers import readers

# The file, the word its facts are found by, how the note of a fact names the territory's code, how many facts there
# are.
FILES = {
    "emiss_33459_sdmx.xml": ("показатель 33459", r"'s_OKATO': '([^']+)'", 156),
    "emiss_export_population_2000.xlsx": ("«Отчет» + «Установленные разрезы»", r"\bid (\d+)", 133),
}


@pytest.fixture(scope="module")
def statistics():
    folder = Path(__file__).resolve().parents[2].parent / "shared" / "statistics"
    if not (folder / "raw").is_dir():
        pytest.skip("рядом с проектом нет ../shared/statistics/raw: выгрузки ЕМИСС сверить не с чем")
    return folder


@pytest.mark.parametrize("name", FILES)
def test_values_are_those_of_the_facts(statistics, name):
    source, code, count = FILES[name]
    opened = open_file(statistics / "raw" / name)
    (reader,) = (reader for reader in readers() if reader.recognises(opened))
    done = reader.read(opened)
    (block,) = done.blocks
    assert done.unread == [] and set(block.rows["category"].str.split(" / ").explode()) <= {"Всего", "все население"}
    read = {(row["territory_code"], row["year"]): row["value"] for row in block.rows.to_dict("records")}
    with (statistics / "facts.csv").open(encoding="utf-8", newline="") as file:
        facts = {
            (re.search(code, fact["note"])[1], int(fact["year"])): float(fact["value"])
            for fact in csv.DictReader(file)
            if source in fact["source_title"]
        }
    assert len(facts) == count
    assert {key: read.get(key) for key in facts} == facts
