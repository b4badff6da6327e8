"""What holds of every module of the project, whichever is imported first."""

from __future__ import annotations

import ast
import subprocess
import symtable
import sys
from collections.abc import Collection, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from papermill.engines import Engine, papermill_engines

from analysis.book.entry import ReportEngine

# Imports one module, and fails where it brought the grammars of addresses or what they are made by.
LIGHT = """\
import importlib, sys
importlib.import_module(sys.argv[1])
import nbformat
print(*sorted(name for name in sys.modules if name.split(".")[0] in ("lark", "rfc3987_syntax")))
"""


@pytest.fixture(scope="module")
def modules(root: Path) -> dict[str, Path]:
    paths = sorted((root / "analysis").rglob("*.py"))
    return {".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


def test_every_module_can_be_imported_first(modules):
    """What imports in a circle fails when one end of it is imported first, and works when the other is."""
    sources = {name: path.read_text(encoding="utf-8") for name, path in modules.items()}
    assert circle(sources) == []


@pytest.mark.parametrize(
    "module", ["analysis.book.engine", "analysis.book.entry", "analysis.book.execute", "analysis.book.build"]
)
def test_papermill_finds_the_engine_whichever_is_imported_first(module):
    """papermill loads its entry points while it is imported, and the engine imports papermill."""
    code = (
        f"import {module}\nfrom papermill.engines import"
        " papermill_engines\nprint(papermill_engines.get_engine('report').__module__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert (done.stdout.strip(), done.stderr) == ("analysis.book.entry", "")


def test_the_door_to_the_engine_answers_all_that_papermill_asks():
    """papermill calls an engine by the names it calls its own registry by."""
    asked = {name for name in dir(Engine) if not name.startswith("_") and hasattr(papermill_engines, name)} | {
        "execute_notebook"
    }
    assert asked == {"execute_notebook", "nb_kernel_name", "nb_language"}
    assert all(callable(getattr(ReportEngine, name, None)) for name in asked)
    assert ReportEngine.nb_kernel_name(None, "python3") == "python3"
    assert ReportEngine.nb_language(None, "python") == "python"


def circle(sources: Mapping[str, str]) -> list[str]:
    """Return modules that import each other in a circle while they are imported, none if there is no such circle."""
    try:
        TopologicalSorter({name: needed(name, source, sources) for name, source in sources.items()}).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def needed(module: str, source: str, known: Collection[str]) -> set[str]:
    """Return the modules that have to be whole before a module is, its own packages left out.

    These have begun already.
    """
    found: set[str] = set()
    for statement in run(ast.parse(source)):
        if isinstance(statement, ast.Import):
            named = {alias.name for alias in statement.names}
        else:
            parts = {f"{statement.module}.{alias.name}" for alias in statement.names}
            # A name that is no module is defined by the face of the package, which has to have got so far.
            named = (parts & set(known)) | ({f"{statement.module}"} if parts - set(known) else set())
        found |= named
        found |= {face for name in named for face in packages(name) if face not in packages(module)}
    return (found & set(known)) - {module}


def packages(module: str) -> list[str]:
    parts = module.split(".")
    return [".".join(parts[:end]) for end in range(1, len(parts))]


def run(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """Yield the imports that run when the module does: none within functions, none for type checkers."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            yield from run(ast.Module(node.orelse, []))
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from run(node)


@pytest.mark.parametrize(
    ("sources", "found"),
    [
        # Through the face of a package, which the import of its module runs.
        (
            {
                "a.cards": "from a.one.pandoc import run",
                "a.one": "from a.one.web import page",
                "a.one.web": "import a.cards",
                "a.one.pandoc": "",
            },
            True,
        ),
        (
            {"a.cards": "from a.one import pandoc", "a.one": "", "a.one.web": "import a.cards", "a.one.pandoc": ""},
            False,
        ),
        ({"a.one": "from a.one.web import page", "a.one.web": "from a.one.tree import node", "a.one.tree": ""}, False),
        ({"a.one": "from a.one.web import page", "a.one.web": "from a.one import node"}, True),
        ({"a.x": "from a.y import f", "a.y": "if TYPE_CHECKING:\n    from a.x import T"}, False),
        ({"a.x": "from a.y import f", "a.y": "def f():\n    import a.x"}, False),
        ({"a.x": "from a.y import f", "a.y": "try:\n    import a.x\nexcept ImportError: pass"}, True),
    ],
)
def test_circles_are_seen(sources, found):
    assert bool(circle(sources)) is found


def test_nothing_is_known_by_its_address(modules):
    """The address of an object that is gone belongs to the next one: a key made of it finds the wrong thing."""
    found = [
        f"{name}: {scope}" for name, path in modules.items() for scope in addresses(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_only_one_module_makes_temporary_folders(modules):
    """It removes what killed processes left; another way to make one would leave it for ever."""
    names = ("TemporaryDirectory", "mkdtemp", "NamedTemporaryFile")
    assert [
        name for name, path in modules.items() if any(one in path.read_text(encoding="utf-8") for one in names)
    ] == []


def addresses(source: str) -> list[str]:
    """Return the scopes that use the function `id`, called or handed on; a name of their own is something else."""

    def scopes(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
        yield table
        for child in table.get_children():
            yield from scopes(child)

    own = [table for table in scopes(symtable.symtable(source, "module", "exec")) if "id" in table.get_identifiers()]
    used = [(table, table.lookup("id")) for table in own]
    return [
        table.get_name()
        for table, symbol in used
        if symbol.is_referenced() and symbol.is_global() and not symbol.is_assigned()
    ]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("widths[id(block)]", ["top"]),
        ("def f(blocks):\n    return map(id, blocks)", ["f"]),
        ("def f(id):\n    return [id, at(id)]", []),
        ("block.id\nf(id=1)\nd['id']", []),
        ("class A:\n    def id(self): ...", []),
        ("def f():\n    return lambda one: id(one)", ["lambda"]),
    ],
)
def test_addresses_are_seen_however_taken(source, found):
    assert addresses(source) == found


@pytest.mark.parametrize(
    "name", ["analysis.book.build", "analysis.cli.lint", "analysis.base.ipynb", "analysis.ledger.prose"]
)
def test_reading_notebooks_does_not_compile_grammars(name, root):
    done = subprocess.run(
        [sys.executable, "-c", LIGHT, name], cwd=root, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == ""


def test_what_seemed_absent_can_be_imported_afterwards(root):
    code = "import sys, analysis.book\nassert 'rfc3987_syntax' not in sys.modules and 'jsonschema' in sys.modules"
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)
