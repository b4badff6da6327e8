"""Chapters that hold for any region and year: no territory, no counted year, no word of one edition."""

from __future__ import annotations

import ast
import csv
import re
from pathlib import Path

import pytest

from analysis.base import inline

ANY_REGION = (
    "00-introduction.ipynb",
    "11-conditions.ipynb",
    "12-spo-system.ipynb",
    "13-support.ipynb",
    "14-forecast.ipynb",
    "20-plan.ipynb",
    "30-conclusion.ipynb",
)
# Of Kuzbass, of its neighbours and district, of the printed edition, of one year.
OF_ONE_EDITION = re.compile(
    r"кузбас|кемеров|сибир|новосибирск|томск|красноярск|\bСФО\b|"
    r"печатн|утрач|@report2021|_printed\b|первый год пандемии",
    re.IGNORECASE,
)


def code_of(cell: dict) -> list[str]:
    if cell["cell_type"] == "code":
        return [cell["source"]]
    return [expression for _, _, expression in inline.spans(cell["source"])]


def one_region(source: str, territories: set[str]) -> list[str]:
    """Return what in code holds for one region or one year only."""
    found = []
    for node in ast.walk(ast.parse(source.strip())):
        match node:
            case ast.Constant(value=str(name)) if name in territories:
                found.append(f"территория «{name}»")
            case ast.Constant(value=int(year)) if 1990 <= year <= 2100:
                found.append(f"год {year}")
            case ast.BinOp(left=ast.Name(id="y"), right=ast.Constant()):
                found.append(ast.unparse(node))
    return found


@pytest.fixture(scope="module")
def territories(root: Path) -> set[str]:
    with (root / "data/codes/territories.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"] for row in csv.DictReader(file)}


@pytest.mark.parametrize("chapter", ANY_REGION)
def test_a_chapter_holds_for_any_region(notebooks, territories, chapter):
    cells = [cell for cell in notebooks[chapter] if "parameters" not in cell["metadata"].get("tags", [])]
    found = [
        f"ячейка {number}: {fault}"
        for number, cell in enumerate(cells, 2)
        for source in code_of(cell)
        for fault in one_region(source, territories)
    ]
    found += [
        f"ячейка {number}: {hit[0]}"
        for number, cell in enumerate(cells, 2)
        for hit in OF_ONE_EDITION.finditer(cell["source"])
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('v("employed", "tomsk", y)', ["территория «tomsk»"]),
        ('v("employed", year=2020)', ["год 2020"]),
        ("started[y + 1]", ["y + 1"]),
        ('v("employed", region, last - 1)', []),
    ],
)
def test_one_region_is_told_from_any(source, found):
    assert one_region(source, {"tomsk"}) == found
