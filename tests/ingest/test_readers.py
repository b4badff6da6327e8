"""Every reader keeps the contract that `readers.Reader` states, and none takes the file of another."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.ingest.opening import OpenedFile, Sheet
from analysis.ingest.readers import readers
from analysis.ingest.reading import Reading
from tests.ingest.workbooks import opened, regional

EMPTY = [
    OpenedFile(Path("e.xlsx"), "workbook"),
    OpenedFile(Path("e.xlsx"), "workbook", [Sheet("Лист", [])]),
    OpenedFile(Path("e.csv"), "csv", [Sheet("e.csv", [["слова", None]])]),
    OpenedFile(Path("e.xml"), "xml", content=b"<a/>"),
]


def test_each_names_itself_once_and_for_the_user():
    assert all(reader.NAME and reader.VERSION and reader.TITLE for reader in readers())
    assert len({reader.NAME for reader in readers()}) == len({reader.TITLE for reader in readers()}) == len(readers())


@pytest.mark.parametrize("file", EMPTY, ids=lambda file: file.path.name)
def test_none_takes_a_file_with_nothing_in_it(file):
    assert [reader.NAME for reader in readers() if reader.recognises(file)] == []


def test_one_takes_a_file_and_gives_a_reading_that_names_its_reader():
    (reader,) = (reader for reader in readers() if reader.recognises(opened(regional())))
    reading = reader.read(opened(regional()))
    assert isinstance(reading, Reading)
    assert (reading.reader, reading.version) == (reader.NAME, reader.VERSION)
