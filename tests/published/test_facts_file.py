"""All facts of the book stand in one file that a library of the standard reads: SDMX-CSV 2.0."""

import csv
import io

import pytest
from pysdmx.errors import Invalid
from pysdmx.io import read_sdmx

from analysis.book.quantities import read
from analysis.book.render import sdmx


@pytest.fixture(scope="module")
def told(built):
    return read(built.stage)


def dataset(text):
    message = read_sdmx(text)
    (data,) = message.data
    return data


def test_the_library_of_the_standard_reads_every_fact(built, told):
    data = dataset((built.book / sdmx.FILE).read_text(encoding="utf-8"))
    rows = data.data.set_index("FACT")
    assert "FACTS(1.0)" in str(data.structure)
    assert set(rows.index) == {place["number"] for place in told["places"]} and rows.index.is_unique
    printed = rows[rows["PRINTED"].str.contains("57,5 %", regex=False)]
    assert {"57.5"} <= set(printed["OBS_VALUE"])


def test_values_are_numbers_and_places_are_on_pages(built, told):
    rows = list(csv.DictReader(io.StringIO((built.book / sdmx.FILE).read_text(encoding="utf-8"))))
    assert all(row["OBS_VALUE"] == "" or float(row["OBS_VALUE"]) is not None for row in rows)
    without = [row["FACT"] for row in rows if row["KIND"] == "value" and not row["OBS_VALUE"]]
    assert without == []
    pages = {place.split("#")[0] for row in rows for place in row["PLACES"].split("; ")}
    assert pages and all((built.book / f"{page}.html").is_file() for page in pages)


def test_a_file_of_another_form_would_be_refused(told):
    text = sdmx.facts(told).replace("STRUCTURE_ID", "WHAT", 1)
    with pytest.raises(Invalid):
        dataset(text)
