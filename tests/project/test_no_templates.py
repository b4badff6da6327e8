"""Text of the data is never a program.

No template, no formula of Python, no code is made of what is not written in the code itself.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

# What they read can name a function and have it called.
OBJECTS = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}
CALLS = {"eval", "exec", "format_map", "vformat", "safe_substitute", "get_field", "check_unused_args"}


def constants(tree: ast.Module) -> set[str]:
    """Return the names of a module that hold a literal text, assigned once."""
    return {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign) and literal(node.value, set())
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def literal(node: ast.expr, known: set[str]) -> bool:
    return (isinstance(node, ast.Constant) and isinstance(node.value, str)) or (
        isinstance(node, ast.Name) and node.id in known
    )


def harmless_modulo(node: ast.BinOp) -> bool:
    """Tell a remainder of numbers, or a template written in the code, from a template that is not."""
    right = node.right
    numbers = isinstance(right, ast.Constant) and not isinstance(right.value, str)
    chosen = isinstance(right, ast.IfExp) and all(isinstance(one, ast.Constant) for one in (right.body, right.orelse))
    counted = isinstance(right, ast.Call) and isinstance(right.func, ast.Name) and right.func.id == "len"
    return numbers or chosen or counted or literal(node.left, set())


def faults(source: str) -> Iterator[str]:
    """Yield what in a module could run text as a template or as code."""
    tree = ast.parse(source)
    known = constants(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and not harmless_modulo(node):
            yield ast.unparse(node)
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            receiver = node.func.value if isinstance(node.func, ast.Attribute) else None
            own = (
                isinstance(receiver, ast.Call)
                and isinstance(receiver.func, ast.Name)
                and receiver.func.id in ("super", "int")
            )
            if (
                name in CALLS
                or (name == "format" and receiver is not None and not literal(receiver, known))
                or (name == "__format__" and not own)
            ):
                yield ast.unparse(node)
        if isinstance(node, ast.Attribute) and node.attr in ("format_map", "vformat"):
            yield ast.unparse(node)
        if isinstance(node, ast.Import) and {alias.name.partition(".")[0] for alias in node.names} & OBJECTS:
            yield ast.unparse(node)
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in OBJECTS:
            yield ast.unparse(node)
        if isinstance(node, ast.Attribute) and node.attr == "read_pickle":
            yield ast.unparse(node)
        if (
            isinstance(node, ast.ImportFrom)
            and node.module == "string"
            and any(alias.name == "Formatter" for alias in node.names)
        ):
            yield ast.unparse(node)


def test_no_text_of_the_data_is_a_template_or_code(tracked, root):
    modules = [path for path in tracked if path.suffix == ".py" and path.is_relative_to(root / "analysis")]
    assert len(modules) > 200
    assert {
        str(path.relative_to(root)): found
        for path in modules
        if (found := list(faults(path.read_text(encoding="utf-8"))))
    } == {}


def test_templates_of_python_fill_the_page_of_the_project_only(tracked, root):
    users = [
        path.relative_to(root).as_posix()
        for path in tracked
        if path.suffix == ".py"
        and path.is_relative_to(root / "analysis")
        and "from string import Template" in path.read_text(encoding="utf-8")
    ]
    assert users == ["analysis/book/render/builtin/web.py"]


@pytest.mark.parametrize(
    "source",
    [
        'row["caption"].format_map(x)',
        "text.format(x)",
        "eval(text)",
        "exec(text)",
        "template % values",
        "row['a'] % (1, 2)",
        "string.Formatter().vformat(a, b, c)",
        "fill = text.format_map",
        "format(text).format(1)",
        "from string import Formatter",
        'f"{a}".format(1)',
        "builtins.eval(x)",
        "x.__format__(y)",
        "import pickle",
        "import os, marshal",
        "from pickle import loads",
        "pd.read_pickle(x)",
    ],
)
def test_what_runs_text_is_seen(source):
    assert list(faults(source))


@pytest.mark.parametrize(
    "source",
    [
        '"{}".format(1)',
        'A = "{}"\nA.format(1)',
        "number % 10",
        "i % len(x)",
        '"%d" % n',
        "format(x, '.2f')",
        're.compile("a")',
        "year % (10 if a else 4)",
    ],
)
def test_templates_written_in_the_code_are_fine(source):
    assert not list(faults(source))
