"""Parameters of chapters: declared in the cell tagged `parameters`, given strictly.

papermill only warns of an unknown parameter, passes any type, and its own reading
of the cell silently leaves out what its pattern does not match; so the cell is
read here as the Python it is.
"""

from __future__ import annotations

import ast
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode
from pydantic import TypeAdapter, ValidationError

from analysis.base.errors import ParameterError, did_you_mean

TAG = "parameters"
_NAMES = {
    int: "целое число",
    float: "число с точкой, например 1.5",
    str: "строка",
    bool: "true или false",
    types.NoneType: "пусто",
}
_KNOWN = {"int": int, "float": float, "str": str, "bool": bool, "list": list, "None": None}


@dataclass(frozen=True)
class Parameter:
    """One declared parameter; `default` None means that a value has to be given unless the type allows None."""

    name: str
    type: Any
    default: Any

    @property
    def required(self) -> bool:
        """Whether a value has to be given."""
        return self.default is None and types.NoneType not in typing.get_args(self.type)

    @property
    def expected(self) -> str:
        """What a value has to be, in Russian."""
        return _expected(self.type)

    def read(self, text: str) -> Any:
        """Return the value that `text` stands for.

        Raises
        ------
        ParameterError
            The text is not of the declared type.
        """
        parts = [part.strip() for part in text.split(",")] if typing.get_origin(self.type) is list else text
        try:
            return TypeAdapter(self.type).validate_python(parts)
        except ValidationError as error:
            raise ParameterError(f"Параметр «{self.name}»: «{text}» не подходит, нужно: {self.expected}.") from error


def declared(notebook: NotebookNode, chapter: str) -> dict[str, Parameter]:
    """Return what a chapter declares, by name.

    Raises
    ------
    ParameterError
        There is no cell tagged `parameters`, or a line of it is not `name: type = value`.
    """
    cell = next(
        (cell for cell in notebook.cells if cell.cell_type == "code" and TAG in cell.metadata.get("tags", [])), None
    )
    if cell is None:
        raise ParameterError(f"{chapter}: нет ячейки с тегом «{TAG}». Добавьте её первой и объявите в ней edition.")
    try:
        lines = ast.parse(cell.source).body
    except SyntaxError as error:
        raise ParameterError(
            f"{chapter}, ячейка параметров, строка {error.lineno}: это не Python. Исправьте строку."
        ) from error
    found = (_parameter(line, chapter) for line in lines)
    return {parameter.name: parameter for parameter in found}


def defaults(declarations: Mapping[str, Parameter]) -> dict[str, Any]:
    """Return the values that a chapter takes where none is given."""
    return {name: parameter.default for name, parameter in declarations.items()}


def assign(
    declarations: Mapping[str, Mapping[str, Parameter]], given: Iterable[str], **fixed: Any
) -> dict[str, dict[str, Any]]:
    """Hand given values to the chapters that declare them.

    Parameters
    ----------
    declarations
        Declared parameters by chapter.
    given
        Texts `NAME=VALUE` from the command line.
    **fixed
        Values that the build itself sets; every chapter must declare them.

    Returns
    -------
    dict
        Values by chapter; what was not given keeps the chapter's default.

    Raises
    ------
    ParameterError
        A value is missing, unknown, ill-typed or not written as `NAME=VALUE`.
    """
    values = dict(fixed)
    texts: dict[str, str] = {}
    everywhere = sorted({name for parameters in declarations.values() for name in parameters})
    for item in given:
        name, sign, text = item.partition("=")
        name = name.strip()
        if not sign or not name:
            raise ParameterError(f"Параметр «{item}»: запишите его как ИМЯ=ЗНАЧЕНИЕ, например since=2010.")
        if name in fixed:
            raise ParameterError(
                f"Параметр «{name}» задаётся не через --param: назовите его значение сразу после команды."
            )
        if name not in everywhere:
            raise ParameterError(f"Ни одна глава не объявляет параметр «{name}».{did_you_mean(name, everywhere)}")
        if name in texts:
            raise ParameterError(f"Параметр «{name}» задан дважды. Оставьте одно значение.")
        texts[name] = text.strip()
    return {chapter: _values(chapter, own, texts, values) for chapter, own in declarations.items()}


def _values(
    chapter: str, own: Mapping[str, Parameter], texts: Mapping[str, str], fixed: Mapping[str, Any]
) -> dict[str, Any]:
    if absent := [name for name in fixed if name not in own]:
        raise ParameterError(f"{chapter}: не объявлен параметр «{absent[0]}». Добавьте его в ячейку параметров.")
    for name, parameter in own.items():
        if parameter.required and name not in texts and name not in fixed:
            raise ParameterError(
                f"{chapter}: не задан параметр «{name}» ({parameter.expected}). Добавьте --param {name}=ЗНАЧЕНИЕ."
            )
    return {**fixed, **{name: own[name].read(text) for name, text in texts.items() if name in own}}


def _parameter(line: ast.stmt, chapter: str) -> Parameter:
    annotation = line.annotation if isinstance(line, ast.AnnAssign) else None
    match line:
        case ast.AnnAssign(target=ast.Name(id=name), value=value):
            pass
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            pass
        case _:
            raise ParameterError(
                f"{chapter}, ячейка параметров, строка {line.lineno}: нужна запись вида «имя: тип = значение»."
            )
    try:
        default = None if value is None else ast.literal_eval(value)
        kind = _type(annotation) if annotation is not None else type(default)
    except (ValueError, KeyError, TypeError) as error:
        raise ParameterError(
            f"{chapter}, ячейка параметров, строка {line.lineno}: у параметра «{name}» непонятный тип или значение; "
            "годятся int, float, str, bool и списки из них."
        ) from error
    if annotation is None and default is None:
        raise ParameterError(
            f"{chapter}, ячейка параметров, строка {line.lineno}: у параметра «{name}» нет типа: напишите, например,"
            f" «{name}: int = None»."
        )
    return Parameter(name, kind, default)


def _type(node: ast.expr) -> Any:
    """Return the type an annotation names; only what a command line can spell."""
    match node:
        case ast.Name(id=name):
            return _KNOWN[name]
        case ast.Constant(value=None):
            return None
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return typing.Union[_type(left), _type(right)]  # noqa: UP007 - a runtime type
        case ast.Subscript(value=ast.Name(id="list"), slice=item):
            return types.GenericAlias(list, (_type(item),))
    raise ValueError(ast.dump(node))


def _expected(kind: Any) -> str:
    if typing.get_origin(kind) is list:
        return f"список через запятую, каждое – {_expected(typing.get_args(kind)[0])}"
    return _NAMES.get(kind) or " или ".join(_expected(part) for part in typing.get_args(kind)) or str(kind)
