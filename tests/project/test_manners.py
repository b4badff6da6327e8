"""Linters, types and docstrings: what `pyproject.toml` asks of all code, and CONTRIBUTING.md of docstrings."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKS = {
    "ruff check": ["ruff", "check", "--quiet", "--output-format", "concise"],
    "ruff format": ["ruff", "format", "--quiet", "--check"],
    "mypy": ["mypy", "--no-error-summary"],
}
MANY = 3  # arguments from which on a docstring has sections
# The docstring of a command is the help that `report COMMAND --help` prints; its options say theirs beside them.
HELP = "analysis/cli/commands/"
Function = ast.FunctionDef | ast.AsyncFunctionDef
_SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}$", re.MULTILINE)
_PARAMETERS = re.compile(r"^(\*{0,2}\w+(?:, \*{0,2}\w+)*)(?: : .*)?$", re.MULTILINE)


@pytest.mark.parametrize("name", CHECKS)
def test_all_code_satisfies(name, root):
    done = subprocess.run(
        [sys.executable, "-m", *CHECKS[name]], cwd=root, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{name}:\n{done.stdout}{done.stderr}"


def test_docstrings_of_many_arguments_are_numpydoc(root):
    found = [
        f"{path.relative_to(root)}:{fault}"
        for path in sorted((root / "analysis").rglob("*.py"))
        for fault in faults(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())
    ]
    assert found == [], "\n".join(found)


def faults(source: str, file: str = "") -> list[str]:
    """Return what docstrings of a module lack, each with its line and the function."""
    return [
        f"{function.lineno} {name}: {fault}"
        for name, function, docstring in public(ast.parse(source), file)
        for fault in lacking(function, docstring)
    ]


def public(tree: ast.AST, file: str) -> Iterator[tuple[str, Function, str]]:
    """Yield functions and methods that others may call, with name and docstring; a class speaks for its `__init__`."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.ClassDef(name=name) if not name.startswith("_"):
                for inner, function, docstring in public(node, file):
                    yield f"{name}.{inner}", function, docstring
            case ast.FunctionDef(name="__init__") | ast.AsyncFunctionDef(name="__init__"):
                yield node.name, node, f"{described(tree)}\n\n{described(node)}"
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) if not name.startswith("_"):
                decorators = {ast.unparse(decorator) for decorator in node.decorator_list}
                # A module of several commands marks each.
                of_group = file.startswith(HELP) and any(name.startswith("command(") for name in decorators)
                if file != f"{HELP}{name}.py" and not of_group and not decorators & {"overload", "typing.overload"}:
                    yield name, node, described(node)
            case ast.If():
                yield from public(node, file)


def described(node: ast.AST) -> str:
    return inspect.cleandoc(ast.get_docstring(node) or "") if hasattr(node, "body") else ""


def lacking(function: Function, docstring: str) -> list[str]:
    """Return what the docstring of a function of many arguments does not say of it."""
    names = arguments(function)
    if len(names) < MANY:
        return []
    parts = sections(docstring)
    told = {
        name.strip().lstrip("*")
        for line in _PARAMETERS.findall(parts.get("Parameters", ""))
        for name in line.split(",")
    }
    found = ["no docstring"] if not docstring.strip() else []
    found += [f"Parameters does not name {name}" for name in names if name not in told]
    if returns(function) and not {"Returns", "Yields"} & set(parts):
        found.append("no Returns")
    if raises(function) and "Raises" not in parts:
        found.append("no Raises")
    return found


def arguments(function: Function) -> list[str]:
    """Return the names of the arguments a caller gives."""
    given = function.args
    listed = [*given.posonlyargs, *given.args, given.vararg, *given.kwonlyargs, given.kwarg]
    names = [argument.arg for argument in listed if argument]
    return names[1:] if names[:1] in (["self"], ["cls"]) else names


def sections(docstring: str) -> dict[str, str]:
    """Return the sections of a numpydoc docstring by their headings."""
    _, *parts = _SECTION.split(docstring)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def own(function: Function) -> Iterator[ast.AST]:
    """Yield the nodes of a function's own body, without those of functions and classes within it."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node))


def returns(function: Function) -> bool:
    """Tell whether a function gives something to its caller."""
    if function.returns is not None:
        return ast.unparse(function.returns).strip("'\"") not in ("None", "NoReturn", "Never")
    return any(isinstance(node, ast.Return | ast.Yield) and node.value is not None for node in own(function))


def raises(function: Function) -> bool:
    """Tell whether a function raises an error of its own; one that is only let pass belongs to what raised it."""
    return any(isinstance(node, ast.Raise) and node.exc is not None for node in own(function))


WHOLE = '''
def mean(values, weights, *, bias: float = 0) -> float:
    """Return the weighted mean.

    Parameters
    ----------
    values, weights : sequence of float
        One weight to each value.
    bias : float
        Added to it.

    Returns
    -------
    float
        In the unit of the values.

    Raises
    ------
    ValueError
        The weights sum to zero.
    """
    if not sum(weights):
        raise ValueError
    return 0
'''


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("", "", []),
        ("values, weights :", "values :", ["Parameters does not name weights"]),
        ("    bias : float\n        Added to it.\n\n", "\n", ["Parameters does not name bias"]),
        ("    Returns\n    -------\n", "", ["no Returns"]),
        ("    Raises\n    ------\n", "", ["no Raises"]),
        ("raise ValueError", "pass", []),
        ("*, bias: float = 0", "", []),
    ],
    ids=["whole", "one name of a line", "one parameter", "returns", "raises", "raises nothing", "few arguments"],
)
def test_gaps_in_docstrings_are_seen(old, new, wanted):
    assert [fault.split(": ", 1)[1] for fault in faults(WHOLE.replace(old, new) if old else WHOLE)] == wanted


DESCRIBED = '''
class Point:
    """A point.

    Parameters
    ----------
    x, y, z
    """

    def __init__(self, x, y, z): pass
'''


@pytest.mark.parametrize(
    ("source", "gaps"),
    [
        ("def _f(a, b, c): return 1", 0),
        ("def f(a, b, c) -> None: ...", 4),
        ("def f(a, *rest, **named) -> None: ...", 4),
        ("class A:\n    def f(self, a, b): return 1", 0),
        ("class A:\n    def f(self, a, b, c): return 1", 5),
        ("class _A:\n    def f(self, a, b, c): return 1", 0),
        ("def f():\n    def g(a, b, c): return 1", 0),
        ("@overload\ndef f(a, b, c): ...", 0),
        (DESCRIBED, 0),
    ],
)
def test_only_what_others_call_needs_sections(source, gaps):
    assert len(faults(source)) == gaps


def test_the_help_of_a_command_is_no_docstring_of_sections():
    assert faults("def build(a, b, c): return 1", f"{HELP}build.py") == []
    assert faults("def helper(a, b, c): return 1", f"{HELP}build.py") != []


def test_checks_run_on_the_project_and_nothing_else(root: Path):
    """Without a path ruff takes the folder it is called in, mypy what `pyproject.toml` names."""
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    assert 'packages = ["analysis", "bench", "lab", "tools"]' in text
