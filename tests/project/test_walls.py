"""The direction of imports between the rooms, and the size of what a person reads at a sitting."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

# A room may import itself and what stands here: docs/design.md draws the same.
DATA = {"base", "catalogue"}
NUMBERS = DATA | {"quantities"}
MAY_IMPORT = {
    "base": set(),
    "catalogue": {"base"},
    "quantities": DATA,
    "editions": NUMBERS,
    "ingest": NUMBERS | {"editions"},
    "returns": DATA | {"editions", "ingest"},
    # Knows numbers by year, nothing of where they come from.
    "forecast": {"base"},
    "outlook": NUMBERS | {"editions", "forecast"},
    "show": NUMBERS | {"editions", "outlook"},
    # How the plan stands, as files and tables for people.
    "planning": NUMBERS | {"editions"},
    "filling": NUMBERS | {"editions", "ingest", "show"},
    "report": NUMBERS | {"editions", "outlook", "show"},
    "ledger": NUMBERS | {"editions", "show", "report"},
    "compare": NUMBERS | {"editions", "ingest", "outlook", "show", "report", "ledger"},
    "rolling": NUMBERS | {"editions", "ingest", "outlook", "show", "report", "ledger"},
    "chapter": NUMBERS | {"outlook", "show", "report", "ledger"},
    # What every chapter begins with, for the parent of their kernels.
    "ahead": NUMBERS | {"outlook", "show", "report", "chapter"},
    # Knows nothing of data and numbers: what it has to know, a command hands it.
    "book": {"base"},
    # Where the rooms meet.
    "cli": NUMBERS
    | {"editions", "ingest", "returns", "forecast", "outlook", "show", "planning", "filling", "report", "ledger"}
    | {"compare", "rolling", "book"},
}
# Inside the large rooms: a part imports only parts of the rows above its own.
FLOORS = {
    "base": [
        {
            "build_env",
            "carried",
            "exact_words",
            "garbage",
            "git",
            "kernel_side",
            "lean",
            "links",
            "markdown",
            "marks",
            "paper",
            "places",
            "ranges",
            "spelled_numbers",
        },
        {"errors", "inline", "paths"},
        {
            "bibtex",
            "causes",
            "desk",
            "fields",
            "formulas",
            "ipynb",
            "lock",
            "placeholders",
            "reads",
            "russian",
            "strict_json",
            "strict_yaml",
        },
        {"agreement", "days", "fragments", "gaps", "scratch"},
        {"composing", "deadlines", "files", "guard"},
        {"deadline_words", "desk_prose", "journal", "recurrence"},
    ],
    "catalogue": [
        {"findings", "known_columns", "patterns", "places", "read"},
        {"bibliography", "captions", "described", "forms", "same"},
        {"descriptor"},
        {"followed", "layers", "schema", "vintages"},
        {"files"},
        {"project"},
        {"opened", "suppliers"},
        {"territories"},
        {"rules"},
        {"check"},
    ],
    "book": [
        {
            "diagnostics",
            "failures",
            "front",
            "kernel",
            "made",
            "parameters",
            "sentences",
            "settings",
            "spent",
            "swap",
            "warm",
            "written_at",
        },
        {"engine", "notebooks", "progress", "repair"},
        {"config", "entry", "execute"},
        {"chapters", "kept"},
        {"gaps", "quantities", "sections"},
        {"render"},
        {"authored"},
        {"lint", "stage"},
        {"agreeing", "claimed", "mistakes", "provenance", "renderers", "source", "style", "typed"},
        {"build", "standing"},
    ],
    # Both renderers share `common`, and neither knows the other.
    "book.render": [
        {"messages", "sdmx"},
        {"common", "filters", "packing", "search"},
        {"cells"},
        {"cards"},
        {"builtin", "quarto"},
    ],
    "show.findings": [{"candidates"}, {"facts"}, {"choosing", "sparks"}, {"page"}],
    "ingest": [
        {"csvtext", "opening", "reading"},
        {"difference", "placing", "targets"},
        {"record", "templates"},
        {"accept", "judging", "readers"},
        {"comparing"},
    ],
    "returns": [
        {"faults", "form", "spread"},
        {"reading"},
        {"listed", "peers", "sums"},
        {"against_last"},
        {"checks"},
        {"letters", "workbook"},
    ],
}
# Lines; a test module is a list of cases and may be longer.
LONGEST = {"analysis": 350, "tests": 450}


def room(module: str) -> str:
    """Return the room of `analysis.room.module`."""
    return module.split(".")[1]


def module_name(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(source: str, module: str, is_package: bool = False, modules: Collection[str] = ()) -> set[str]:
    """Return the modules of `analysis` that a module imports, relative ones resolved."""
    found: set[str] = set()
    package = module.split(".") if is_package else module.split(".")[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*base, *filter(None, [node.module])])
            # `from analysis.base import paths` names a module only in its last part.
            for alias in node.names:
                whole = f"{origin}.{alias.name}"
                found.add(whole if origin == "analysis" or whole in modules else origin)
    return {name for name in found if name.startswith("analysis.")}


@pytest.fixture(scope="module")
def modules(root: Path) -> dict[str, Path]:
    paths = sorted((root / "analysis").rglob("*.py"))
    return {name: path for path in paths if (name := module_name(path, root)) != "analysis"}


def test_every_room_is_known(modules):
    assert {room(name) for name in modules} - {"__main__"} <= set(MAY_IMPORT)


def test_imports_go_one_way(modules):
    wrong = [
        f"{name} imports {target}"
        for name, path in modules.items()
        for target in sorted(imports(path.read_text(encoding="utf-8"), name, path.name == "__init__.py"))
        if room(target) != room(name) and room(target) not in MAY_IMPORT.get(room(name), set())
    ]
    assert wrong == []


def test_the_page_on_design_draws_the_same_rooms_in_their_order(root):
    """Each row may import itself and the rows above: so the page says, and so a reader takes it."""
    page = (root / "docs" / "design.md").read_text(encoding="utf-8")
    rows = [re.findall(r"`(\w+)/?`", line.split("|")[1]) for line in page.splitlines() if line.startswith("| `")]
    drawn = [name for row in rows for name in row]
    assert sorted(drawn) == sorted(MAY_IMPORT)
    above: set[str] = set()
    for row in rows:
        above |= set(row)
        assert {name: MAY_IMPORT[name] - above for name in row if MAY_IMPORT[name] - above} == {}


def test_no_modules_import_each_other_in_a_circle(modules):
    """Not through the face of a package, not for types alone: each can be understood before those that use it."""
    graph = {
        name: imports(path.read_text(encoding="utf-8"), name, path.name == "__init__.py", set(modules)) & set(modules)
        for name, path in modules.items()
    }
    # A face hands on what its package holds; the modules inside do not come in through it.
    list(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("room", FLOORS)
def test_parts_of_a_room_import_only_the_floors_below(room, modules):
    floor = {part: number for number, parts in enumerate(FLOORS[room]) for part in parts}
    inside = f"analysis.{room}."

    def part(name: str) -> str:
        return name.removeprefix(inside).split(".")[0]

    assert {part(name) for name in modules if name.startswith(inside)} == set(floor)
    wrong = [
        f"{name} imports {target}"
        for name, path in modules.items()
        if name.startswith(inside)
        for target in sorted(imports(path.read_text(encoding="utf-8"), name, path.name == "__init__.py", set(modules)))
        if target.startswith(inside) and part(target) != part(name) and floor[part(target)] >= floor[part(name)]
    ]
    assert wrong == []


@pytest.mark.parametrize("folder", LONGEST)
def test_modules_can_be_read_at_a_sitting(folder, tracked, root):
    modules = [path for path in tracked if path.suffix == ".py" and path.is_relative_to(root / folder)]
    lengths = {str(path.relative_to(root)): len(path.read_text(encoding="utf-8").splitlines()) for path in modules}
    assert {name: length for name, length in lengths.items() if length >= LONGEST[folder]} == {}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from analysis.show import wording", {"analysis.show"}),
        ("from analysis import report", {"analysis.report"}),
        ("from analysis.base import paths", {"analysis.base.paths"}),
        ("from ..show import theme", {"analysis.show"}),
        ("from .stage import stage", {"analysis.book.stage"}),
        ("import pandas, analysis.catalogue.read", {"analysis.catalogue.read"}),
        ("def late():\n    from analysis.chapter import checked", {"analysis.chapter"}),
    ],
)
def test_imports_are_seen_however_written(source, expected):
    assert imports(source, "analysis.book.build", modules=["analysis.base.paths"]) == expected
