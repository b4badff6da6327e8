"""The direction of imports between the rooms, and the size of what a person reads at a sitting."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

LEFT = {
    "errors",
    "carried",
    "strict_yaml",
    "strict_json",
    "bibtex",
    "fields",
    "paths",
    "reads",
    "lock",
    "runs",
    "scratch",
    "files",
    "marks",
    "placeholders",
    "links",
}
DATA = LEFT | {"formulas", "edition", "catalogue"}
NUMBERS = DATA | {"numerals", "quantities", "indicators"}
# A room may import itself and what stands here: docs/design.md draws the same.
MAY_IMPORT = {
    "carried": set(),
    "errors": {"carried"},
    "strict_yaml": {"errors"},
    "paths": {"errors"},
    "strict_json": {"errors"},
    "bibtex": {"errors"},
    "fields": {"errors"},
    "reads": {"errors", "paths"},
    "lock": {"errors"},
    "scratch": {"errors", "lock"},
    "runs": set(),
    "lean": set(),
    "formulas": {"errors"},
    "files": {"errors", "paths", "lock", "scratch"},
    "ipynb": {"errors", "paths", "lean"},
    "marks": set(),
    "placeholders": {"errors"},
    "links": set(),
    "edition": LEFT,
    "catalogue": LEFT | {"formulas", "edition"},
    "numerals": DATA,
    "quantities": DATA | {"numerals"},
    "indicators": DATA | {"numerals", "quantities"},
    "values": NUMBERS,
    "names": NUMBERS,
    "plan": NUMBERS,
    "outlook": NUMBERS | {"forecast"},
    "show": NUMBERS | {"plan", "outlook"},
    "report": NUMBERS | {"values", "names", "plan", "outlook", "show"},
    "ledger": NUMBERS | {"values", "names", "plan", "show", "ipynb"},
    # Knows numbers by year, nothing of where they come from.
    "forecast": {"errors", "paths", "files"},
    "chapter": NUMBERS | {"plan", "outlook", "show", "report", "ledger"},
    "book": LEFT | {"edition", "ipynb", "lean"},
    # Where the rooms meet: the command hands the book what it has to know of the data.
    "cli": NUMBERS | {"plan", "show", "report", "ledger", "book", "forecast", "outlook"},
}
# Lines; a test module is a list of cases and may be longer.
LONGEST = {"analysis": 300, "tests": 450}


def room(module: str) -> str:
    """Return the room of `analysis.room.module`."""
    return module.split(".")[1]


def module_name(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(source: str, module: str, is_package: bool = False) -> set[str]:
    """Return the modules of `analysis` that a module imports, relative ones resolved."""
    found: set[str] = set()
    package = module.split(".") if is_package else module.split(".")[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*base, *filter(None, [node.module])])
            # `from analysis import paths` names a room only in its last part.
            found |= {f"{origin}.{alias.name}" for alias in node.names} if origin == "analysis" else {origin}
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


@pytest.mark.parametrize("folder", LONGEST)
def test_modules_can_be_read_at_a_sitting(folder, tracked, root):
    modules = [path for path in tracked if path.suffix == ".py" and path.is_relative_to(root / folder)]
    lengths = {str(path.relative_to(root)): len(path.read_text(encoding="utf-8").splitlines()) for path in modules}
    assert {name: length for name, length in lengths.items() if length >= LONGEST[folder]} == {}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from analysis.show import wording", {"analysis.show"}),
        ("from analysis import paths", {"analysis.paths"}),
        ("from ..show import theme", {"analysis.show"}),
        ("from .stage import stage", {"analysis.book.stage"}),
        ("import pandas, analysis.catalogue.read", {"analysis.catalogue.read"}),
        ("def late():\n    from analysis.chapter import checked", {"analysis.chapter"}),
    ],
)
def test_imports_are_seen_however_written(source, expected):
    assert imports(source, "analysis.book.build") == expected
