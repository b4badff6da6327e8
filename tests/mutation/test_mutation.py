"""Change a cell of the data: what rests on it changes, nothing else does.

"Rests on it" is what the card of a number says, the file beside an exhibit, the parts of a statement's check. So a
number whose card leaves out a cell it depends on fails here, and so does one that its cells no longer move. What picks
and counts (the highest of five, how many fell) may change with its cells and need not; what arithmetic makes of them
must.
"""

from __future__ import annotations

import dataclasses
import json

import pytest

from analysis import chapter
from analysis.catalogue import clear_cache
from tests.conftest import copy_project

from . import book, cells
from .effects import Effects

SEED, OWN, OFFICIAL = 2021, 50, 100


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = copy_project(tmp_path_factory.mktemp("mutation"))
    with pytest.MonkeyPatch.context() as patch:
        for name in ("FIGURES", "EXHIBITS"):
            patch.setenv(f"REPORT_{name}", str(root / "build"))
        for name in ("DATA_CHECKED", "CARDS"):
            patch.setenv(f"REPORT_{name}", "1")
        patch.setenv("REPORT_ROOT", str(root))
        clear_cache()
        yield root
    clear_cache()


@pytest.fixture(scope="module")
def chapters(root):
    return book.read(book.chapters())


@pytest.fixture(scope="module")
def effects(chapters):
    return Effects(book.shown(chapters))


def faults(root, chapters, effects, changed):
    """Return what is wrong with what some cells change."""
    cells.change(root, changed)
    try:
        return list(effects.faults(book.shown(chapters), changed))
    finally:
        cells.restore(root, changed)


@pytest.mark.parametrize(("own", "number"), [(True, OWN), (False, OFFICIAL)], ids=["own", "official"])
def test_changed_cell_changes_what_rests_on_it_and_nothing_else(root, chapters, effects, own, number):
    chosen = cells.some(cells.known(root, own), number, SEED)
    assert len(chosen) == number
    found: list[str] = []
    for group in effects.groups(chosen):
        # A group that shows a fault is gone through cell by cell, to say which.
        if wrong := faults(root, chapters, effects, group):
            found += (
                [fault for cell in group for fault in faults(root, chapters, effects, [cell])]
                if len(group) < 9
                else wrong
            )
    assert not found, "\n" + "\n".join(found)


def test_no_value_in_prose_is_typed(effects):
    assert not (found := list(effects.typed())), "\n" + "\n".join(found)


PLANTS = {
    "typed": ("num(tension[region])", "'2,7'", "число без происхождения"),
    "frozen": ("num(tension[region])", "num(dataclasses.replace(tension[region], value=2.7))", "а по формуле"),
    "rootless": (
        "num(tension[region])",
        "num(dataclasses.replace(tension[region], sources=()))",
        "на измененной ячейке не основан",
    ),
    "chosen": (
        'ordinal(rank(tension, region), "f")',
        "'первое' if max(tension, key=tension.get) == region else 'не первое'",
        "изменились слова",
    ),
}


@pytest.mark.parametrize("plant", PLANTS)
def test_planted_fault_is_named(root, plant):
    what, instead, said = PLANTS[plant]
    cell = next(
        cell
        for cell in cells.known(root, own=True)["data/editions/kemerovo-2021/tension.csv"]
        if cell.key == "tension, kemerovo, 2020"
    )
    cell = dataclasses.replace(cell, after="1.1")
    file = root / "chapters/30-conclusion.ipynb"
    planted = root / "planted.ipynb"
    notebook = json.loads(file.read_text(encoding="utf-8"))
    assert any(what in "".join(part["source"]) for part in notebook["cells"])
    for part in notebook["cells"]:
        part["source"] = "".join(part["source"]).replace(what, instead)
    notebook["cells"][1]["source"] += "\nimport dataclasses"
    planted.write_text(json.dumps(notebook), encoding="utf-8")
    one = book.read([planted])
    effects = Effects(book.shown(one))
    found = [*effects.typed(), *faults(root, one, effects, [cell])]
    assert len(found) == 1 and said in found[0] and f"planted.ipynb, ячейка 8, «{instead}»" in found[0], found


def test_function_that_loses_origins_is_found(root, monkeypatch):
    cell = next(
        cell
        for cell in cells.known(root, own=True)["data/editions/kemerovo-2021/facts.csv"]
        if cell.key.startswith("graduate_outcomes, kemerovo, employed")
    )
    share = chapter.share
    monkeypatch.setattr(
        chapter, "share", lambda part, whole: dataclasses.replace(share(part, whole), sources=whole.sources)
    )
    one = book.read([root / "chapters/30-conclusion.ipynb"])
    found = faults(root, one, Effects(book.shown(one)), [cell])
    assert len(found) == 1 and "«pct(at_work)»" in found[0] and str(cell) in found[0], found
