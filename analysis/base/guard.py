"""Chapters that go on: what rests on a gap is a gap, and after a mistake the rest is still looked through.

IPython runs the statements of a cell one by one as this module rewrites them. A statement that rests on something not
known (`analysis.base.gaps.GapError`) does not stop the cell: the names it would have given stand for the gap, and
whoever uses such a name gets the gap again. In a build a statement that fails otherwise is noted as a mistake, and
what uses its names is passed over, so that one build names every mistake once. At a desk a mistake is raised as ever.
"""

from __future__ import annotations

import ast
import re
import sys
import traceback
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, NoReturn, TypeVar

from analysis.base import kernel_side
from analysis.base.gaps import Gap, GapError, bundle
from analysis.base.russian import NO_DATA

_NAME = "__analysis_guard__"
Shown = TypeVar("Shown")
_mistakes: list[dict[str, Any]] = []


class FollowsError(Exception):
    """What was asked rests on a statement that failed; the mistake has been noted there."""


class Unknown:
    """What stands for a name that a statement could not give: its items are not known either, all else raises why."""

    __slots__ = ("_why",)

    def __init__(self, why: GapError | FollowsError) -> None:
        object.__setattr__(self, "_why", why)

    def _raise(self, *_: object, **__: object) -> NoReturn:
        # A new one each time: an error that is raised twice keeps both traces.
        raise GapError(self._why.gaps) if isinstance(self._why, GapError) else FollowsError

    def __getattr__(self, name: str) -> NoReturn:
        # IPython and copy ask for names of their own before they show a value.
        if name.startswith("_"):
            raise AttributeError(name)
        self._raise()

    def __getitem__(self, key: object) -> Unknown:
        return self

    def _shifted(self, years: object) -> Unknown:
        """Return itself for the year before or after: a year that is not known has no neighbours either."""
        if isinstance(years, int):
            return self
        return self._raise()

    __add__ = __sub__ = _shifted

    def __repr__(self) -> str:
        return shown_as(self._why)

    @property
    def missing(self) -> bool:
        """Whether it stands for something not known: whoever takes what is known of many asks for this."""
        return True

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What is not known."""
        return self._why.gaps if isinstance(self._why, GapError) else ()

    def _repr_mimebundle_(self, **_wanted: object) -> dict[str, Any]:
        return _bundle("", self._why)


for _special in (
    *("call", "setitem", "iter", "len", "bool", "contains", "float", "int", "index", "str", "format"),
    *("hash", "eq", "ne", "lt", "le", "gt", "ge", "radd", "rsub", "mul", "rmul", "truediv", "rtruediv"),
    *("neg", "abs", "round", "enter"),
):
    setattr(Unknown, f"__{_special}__", Unknown._raise)  # noqa: SLF001 - its own method under many names


class LeftOut:
    """An exhibit or a list that is not shown because nothing of it is known.

    Parameters
    ----------
    label : str
        `fig-…`, `tbl-…`; empty for a list.
    why : GapError
    """

    def __init__(self, label: str, why: GapError) -> None:
        self.label, self.why = label, why

    def _repr_mimebundle_(self, **_wanted: object) -> dict[str, Any]:
        return _bundle(self.label, self.why)


def shown(label: str, make: Callable[[], Shown]) -> Shown | LeftOut:
    """Return what a function makes, or what stands in its place where nothing of it is known.

    Parameters
    ----------
    label : str
        As `LeftOut`.
    make : callable
        Makes the exhibit.

    Returns
    -------
    object
    """
    try:
        return make()
    except GapError as why:
        return LeftOut(label, why)


class Evaluated:
    """An inline expression of prose that rests on a gap, or follows from a mistake."""

    def __init__(self, why: GapError | FollowsError) -> None:
        self.why = why

    def _repr_mimebundle_(self, **_wanted: object) -> dict[str, Any]:
        return _bundle("", self.why)


def shown_as(why: GapError | FollowsError) -> str:
    """Return what a desk shows in place of something that is not known."""
    return f"{NO_DATA}: {why}" if isinstance(why, GapError) and str(why) else NO_DATA


def install(*, collect: bool = False) -> None:
    """Have IPython run the statements of each further cell guarded; once is enough.

    Parameters
    ----------
    collect : bool
        Whether mistakes are noted and passed over; otherwise they are raised.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None or any(isinstance(one, _Guarding) for one in shell.ast_transformers):
        return
    shell.ast_transformers.append(_Guarding())
    # A name that no chapter uses: the rewritten statements find the guard by it.
    shell.user_ns[_NAME] = Guard(shell.user_ns, collect=collect)
    shell.user_ns_hidden[_NAME] = None


class Guard:
    """What the rewritten statements call.

    Parameters
    ----------
    names : dict
        The names of the chapter.
    collect : bool
        Whether mistakes are noted.
    """

    def __init__(self, names: dict[str, Any], *, collect: bool) -> None:
        self.names, self.collect = names, collect

    def failed(self, error: Exception, *names: str) -> None:
        """Let the names that a statement did not give stand for why; raise what is neither noted nor a gap."""
        why = self._why(error)
        self.names.update({name: Unknown(why) for name in names})

    def value(self, make: Callable[[], Any]) -> Any:
        """Return the value of an expression, or what is shown where it rests on a gap."""
        try:
            return make()
        except Exception as error:  # noqa: BLE001 - whatever a chapter raises
            return LeftOut("", why) if isinstance(why := self._why(error), GapError) else None

    def broken(self, *names: str) -> None:
        """Let names stand for a cell that Python could not read."""
        self.names.update({name: Unknown(FollowsError()) for name in names if name not in self.names})

    def _why(self, error: Exception) -> GapError | FollowsError:
        if isinstance(error, (GapError, FollowsError)):
            return error
        if not self.collect:
            raise error
        _mistakes.append(
            {
                "name": type(error).__name__,
                "said": str(error),
                "line": _line(error.__traceback__),
                "there": kernel_side.names_there(error),
                "trace": _trace(error),
            }
        )
        return FollowsError()


def evaluated(expression: str) -> Any:
    """Return the value of an inline expression among the names of the chapter; a gap as what tells of it.

    Parameters
    ----------
    expression : str
        Python, as it stands in the prose.
    """
    try:
        return sys.modules["IPython"].get_ipython().ev(expression)
    except (GapError, FollowsError) as why:
        return Evaluated(why)
    except Exception as error:
        # Whoever explains the error asks for it by this name.
        sys.last_value = error
        raise


def broken(source: str) -> None:
    """Let the names of a cell that Python refused stand for nothing, so that their uses are no mistakes of their own.

    Parameters
    ----------
    source : str
        The cell.
    """
    shell = sys.modules["IPython"].get_ipython()
    shell.user_ns[_NAME].broken(*_names_of(source))


def mistakes() -> list[dict[str, Any]]:
    """Return the mistakes noted since this was last asked."""
    noted, _mistakes[:] = list(_mistakes), []
    return noted


class _Guarding(ast.NodeTransformer):
    """Rewrites each statement of a cell so that it fails alone."""

    def visit_Module(self, node: ast.Module) -> ast.Module:
        node.body = [ast.fix_missing_locations(_guarded(statement)) for statement in node.body]
        return node


def _guarded(statement: ast.stmt) -> ast.stmt:
    # Without its imports a chapter cannot go on; what Jupyter writes for a magic is its own affair.
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return statement
    if isinstance(statement, ast.Expr):
        if any(isinstance(part, (ast.Await, ast.Yield, ast.NamedExpr)) for part in ast.walk(statement)):
            return statement
        no_arguments = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
        lazily = ast.Lambda(args=no_arguments, body=statement.value)
        return ast.copy_location(ast.Expr(_call("value", [lazily])), statement)
    names = [ast.Constant(name) for name in dict.fromkeys(given(statement))]
    failed = ast.Expr(_call("failed", [ast.Name("__error__", ast.Load()), *names]))
    handler = ast.ExceptHandler(type=ast.Name("Exception", ast.Load()), name="__error__", body=[failed])
    return ast.copy_location(ast.Try(body=[statement], handlers=[handler], orelse=[], finalbody=[]), statement)


def _names_of(source: str) -> list[str]:
    """Return the names that a cell would have given; of one that is no Python, those at the heads of its lines."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        heads = [re.split(r"(?<![=!<>])=(?!=)", line)[0] for line in source.splitlines() if "=" in line]
        return [name for head in heads if not head[:1].isspace() for name in re.findall(r"[^\W\d]\w*", head)]
    imported = [alias for part in tree.body if isinstance(part, (ast.Import, ast.ImportFrom)) for alias in part.names]
    return [*((alias.asname or alias.name).split(".")[0] for alias in imported), *given(tree)]


def _call(method: str, arguments: list[ast.expr]) -> ast.Call:
    guard = ast.Attribute(ast.Name(_NAME, ast.Load()), method, ast.Load())
    return ast.Call(func=guard, args=arguments, keywords=[])


def given(statement: ast.AST) -> Iterator[str]:
    """Yield the names that a statement gives a chapter."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield statement.name
        return
    if isinstance(statement, ast.Name) and isinstance(statement.ctx, ast.Store):
        yield statement.id
    for part in ast.iter_child_nodes(statement):
        # What a comprehension calls its items is its own.
        if not isinstance(part, ast.comprehension):
            yield from given(part)


def _line(trace: TracebackType | None) -> int:
    """Return the line of the cell on which an error arose: the last one that is in the cell itself."""
    line, cell = 0, ""
    while trace:
        code = trace.tb_frame.f_code
        # The first frame of all is the cell, or the guard's call of it.
        if not cell and code.co_filename != __file__:
            cell = code.co_filename
        line = trace.tb_lineno if code.co_filename == cell else line
        trace = trace.tb_next
    return line


def _trace(error: Exception) -> str:
    return "".join(traceback.format_exception(error))


def _bundle(label: str, why: GapError | FollowsError) -> dict[str, Any]:
    return bundle(label, why.gaps if isinstance(why, GapError) else (), shown_as(why))


kernel_side.register(kernel_side.MISTAKES, mistakes)
