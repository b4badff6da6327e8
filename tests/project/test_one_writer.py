"""One room writes tables and files for people: a second writer would have rules of its own."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

OWNER = "analysis/base/files/"
# What writes a table, types a cell of a workbook or puts a file into its place.
WRITERS = {
    "writer",
    "DictWriter",
    "to_csv",
    "to_excel",
    "ExcelWriter",
    "mkstemp",
    "NamedTemporaryFile",
    "replace",
    "data_type",
    "quotePrefix",
}
MAY = {
    ("analysis/base/journal.py", "os.replace"): "moves many prepared files together, with a journal",
    (
        "analysis/base/scratch.py",
        "tempfile.mkstemp",
    ): "makes locks, which say who is at work and hold nothing for people",
}


def calls(source: str) -> set[str]:
    """Return the writers that a module names."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            found |= {
                f"{node.module}.{one.name}"
                for one in node.names
                if one.name in WRITERS and node.module in ("csv", "os", "tempfile", "pandas")
            }
        elif isinstance(node, ast.Attribute) and node.attr in WRITERS:
            owner = node.value.id if isinstance(node.value, ast.Name) else ""
            # Texts, dates and data classes are replaced too.
            if node.attr != "replace" or owner == "os":
                found.add(f"{owner}.{node.attr}" if owner in ("csv", "os", "tempfile") else node.attr)
    return found


def test_tables_and_workbooks_are_written_by_one_room(tracked, root):
    modules = [path for path in tracked if path.suffix == ".py" and path.is_relative_to(root / "analysis")]
    found = {
        (name, call)
        for path in modules
        if not (name := path.relative_to(root).as_posix()).startswith(OWNER)
        for call in calls(path.read_text(encoding="utf-8"))
    }
    assert found == set(MAY)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import csv\ncsv.writer(f)", {"csv.writer"}),
        ("from csv import DictWriter", {"csv.DictWriter"}),
        ("frame.to_csv(f)", {"to_csv"}),
        ("a.b().to_excel(f)", {"to_excel"}),
        ("import os\nos.replace(a, b)", {"os.replace"}),
        ("'a'.replace('b', 'c')", set()),
        ("cell.data_type = 's'", {"data_type"}),
        ("tempfile.mkstemp()", {"tempfile.mkstemp"}),
    ],
)
def test_writers_are_seen_however_written(source, found):
    assert calls(source) == found


def test_the_room_is_there(root):
    assert Path(root / OWNER / "output.py").is_file()
