"""Formulas that stand in tables: short expressions, held against a closed list and evaluated without `eval` of code.

What a formula costs is bounded by what it may hold: so many characters, parts and calls, so deep. It has no loops and
gives no names, so no part of it is evaluated twice, and no clock is needed.
"""

from __future__ import annotations

import ast
import operator
import unicodedata
import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from analysis.base.errors import DataError, did_you_mean

LONGEST, PARTS, DEEPEST, CALLS = 2000, 400, 100, 50
LARGEST = 10**15  # beyond it a float no longer tells one whole number from the next

EQUATION = (ast.BinOp, ast.UnaryOp, ast.Constant, ast.Name)
EXPRESSION = (*EQUATION, ast.List, ast.Tuple, ast.Subscript, ast.Call)
_ALLOWED: dict[tuple[type[ast.expr], ...], str] = {
    EQUATION: "числа, показатели и знаки + - * /",
    EXPRESSION: "вызовы, слова, числа, списки и четыре действия",
}
_BINARY: dict[type, Callable] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
# What a function may raise that is given something it does not know; its own sentences are errors of the report.
_MISUSED = (ArithmeticError, AttributeError, LookupError, MemoryError, RecursionError, TypeError, ValueError)


class FormulaError(DataError):
    """A formula is wrong in itself, whatever the data."""


class _RefusedError(Exception):
    """What is wrong with a formula, in a clause."""


def evaluated(
    formula: str,
    names: Mapping[str, Any],
    where: str,
    kinds: tuple[type, ...] = EXPRESSION,
    operands: tuple[type, ...] = (),
) -> Any:
    """Return what a formula comes to.

    Parameters
    ----------
    formula : str
        Calls, names, constants, lists, the four operations and items (`values(...)["B"]`), as far as `kinds` allows
        them; nothing else of the language is read.
    names : mapping
        The words it may use.
    where : str
        What an error calls the formula: table, row and column.
    kinds : {EXPRESSION, EQUATION}
        Everything above, or numbers, names and the four operations alone.
    operands : tuple of type
        What besides plain numbers may be added, subtracted, multiplied and divided.

    Returns
    -------
    number, list or operand
        What the formula comes to; a number is finite.

    Raises
    ------
    FormulaError
        The formula is none of this kind, is too large, uses an unknown word, or comes to no number that can be told.
    DataError
        The data do not hold what it asks for.
    """
    try:
        return _finite(_value(_parsed(formula, kinds), names, operands))
    except _RefusedError as refused:
        raise FormulaError(f"{where}: {refused}. Исправьте формулу.") from None
    except _AbsentError as absent:
        raise DataError(f"{where}: в данных нет «{absent}».") from None


def names_in(formula: str, where: str, kinds: tuple[type, ...] = EXPRESSION) -> list[str]:
    """Return the names of a formula in the order of their appearance, each once.

    Parameters
    ----------
    formula, where, kinds
        As `evaluated`.

    Returns
    -------
    list of str
        In the order of their appearance, each once.

    Raises
    ------
    FormulaError
        The formula is none of this kind, or is too large.
    """
    try:
        return list(
            dict.fromkeys(node.id for node, _ in _walked(_parsed(formula, kinds)) if isinstance(node, ast.Name))
        )
    except _RefusedError as refused:
        raise FormulaError(f"{where}: {refused}. Исправьте формулу.") from None


class _AbsentError(Exception):
    """A key that the data do not have."""


@lru_cache(maxsize=4096)
def _parsed(formula: str, kinds: tuple[type, ...]) -> ast.expr:
    text = formula.strip()
    if not text:
        raise _RefusedError("формула пуста")
    if len(text) > LONGEST:
        raise _RefusedError(f"формула длиннее {LONGEST} знаков («{_short(text)}»)")
    if "\\" in text:  # an escape could spell half a letter, which no file can hold
        raise _RefusedError(f"в формуле «{_short(text)}» обратная косая черта")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # an unknown escape in a text would be told in English and let through
            tree = ast.parse(text, mode="eval").body
    except SyntaxError as error:
        place = f" (знак {error.offset})" if error.offset else ""
        raise _RefusedError(f"формула «{_short(text)}» записана не так{place}") from None
    except (ValueError, RecursionError, MemoryError, Warning):
        raise _RefusedError(f"формула «{_short(text)}» записана не так или вложена слишком глубоко") from None
    calls = 0
    for count, (node, depth) in enumerate(_walked(tree), start=1):
        calls += isinstance(node, ast.Call)
        if count > PARTS or depth > DEEPEST or calls > CALLS:
            raise _RefusedError(
                f"формула «{_short(text)}» слишком велика: частей может быть до {PARTS}, вызовов до {CALLS},"
                f" вложенность до {DEEPEST}"
            )
        _admit(node, text, kinds)
    return tree


def _walked(tree: ast.expr) -> Iterator[tuple[ast.AST, int]]:
    """Yield the parts of a formula with their depth, from left to right, without recursion."""
    left: list[tuple[ast.AST, int]] = [(tree, 1)]
    while left:
        node, depth = left.pop()
        yield node, depth
        inside = [part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr | ast.keyword)]
        left += [(part, depth + 1) for part in reversed(inside)]


def _admit(node: ast.AST, text: str, kinds: tuple[type, ...]) -> None:
    """Refuse a part that formulas may not hold."""
    match node:
        case ast.Constant(value=bool() | None):
            fits = False
        case ast.Constant(value=constant):
            fits = isinstance(constant, int | float) or (isinstance(constant, str) and ast.Call in kinds)
        case ast.BinOp(op=sign):
            fits = type(sign) in _BINARY
        case ast.UnaryOp(op=sign):
            fits = isinstance(sign, ast.USub)
        case ast.Call(func=function, keywords=named):
            fits = (
                ast.Call in kinds and isinstance(function, ast.Name) and len({word.arg for word in named}) == len(named)
            )
        case ast.keyword(arg=name):
            fits = name is not None
        case _:
            fits = isinstance(node, kinds)
    # Python takes look-alikes («ｖ» for «v») for the name itself; who reads the table would not see it.
    word = node.id if isinstance(node, ast.Name) else node.arg if isinstance(node, ast.keyword) else ""
    if not fits or (word and not (ast.get_source_segment(text, node) or "").startswith(word)):
        shown = unicodedata.normalize("NFC", ast.get_source_segment(text, node) or text)
        raise _RefusedError(f"«{_short(shown)}» в формулах не допускается: только {_ALLOWED[kinds]}")


def _value(node: ast.expr, names: Mapping[str, Any], operands: tuple[type, ...]) -> Any:
    match node:
        case ast.Constant(value=constant):
            return _finite(constant)
        case ast.Name(id=name):
            if name not in names:
                raise _RefusedError(f"слова «{_short(name)}» в формулах нет.{did_you_mean(name, names)}".rstrip("."))
            return names[name]
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return [_value(item, names, operands) for item in items]
        case ast.UnaryOp(operand=operand):
            return -_operand(_value(operand, names, operands), operand, operands)
        case ast.BinOp(left=left, op=sign, right=right):
            sides = [_operand(_value(side, names, operands), side, operands) for side in (left, right)]
            return _counted(_BINARY[type(sign)], sides, node)
        case ast.Subscript(value=whole, slice=key):
            return _item(_value(whole, names, operands), _value(key, names, operands), node)
        case ast.Call(func=function, args=given, keywords=named):
            values = [_value(argument, names, operands) for argument in given]
            return _called(
                function,
                names,
                values,
                {word.arg: _value(word.value, names, operands) for word in named if word.arg},
                node,
            )
    raise AssertionError(node)  # pragma: no cover - `_admit` lets nothing else through


def _counted(sign: Callable, sides: list, node: ast.expr) -> Any:
    try:
        return _finite(sign(*sides))
    except ZeroDivisionError:
        raise _RefusedError(f"в «{_told(node)}» деление на ноль") from None
    except OverflowError:
        raise _RefusedError(f"«{_told(node)}» – слишком большое число") from None
    except (TypeError, ValueError):
        raise _RefusedError(f"«{_told(node)}» не вычисляется: такие величины не соединяют") from None


def _called(function: ast.expr, names: Mapping[str, Any], given: list, named: dict[str, Any], node: ast.expr) -> Any:
    called = _value(function, names, ())
    if not callable(called):
        raise _RefusedError(f"«{_told(function)}» – не функция, скобки после нее лишние")
    try:
        return called(*given, **named)
    except KeyError as error:
        raise _AbsentError(_short(str(error.args[0] if error.args else ""))) from None
    except _MISUSED:
        raise _RefusedError(
            f"«{_told(node)}» не вычисляется: функции «{_told(function)}» даны не те значения"
        ) from None


def _item(whole: Any, key: Any, node: ast.expr) -> Any:
    from_table = isinstance(whole, Mapping) and isinstance(key, int | float | str)
    from_list = isinstance(whole, list) and isinstance(key, int | float | str)
    if not from_table and not from_list:
        raise _RefusedError(f"«{_told(node)}» не вычисляется: выбрать можно только из таблицы значений или из списка")
    chosen: Any = whole
    try:
        return chosen[key]
    except KeyError:
        raise _AbsentError(_short(str(key))) from None
    except (IndexError, TypeError):
        raise _RefusedError(f"«{_told(node)}» не вычисляется: в списке нет такого места") from None


def _operand(value: Any, node: ast.expr, operands: tuple[type, ...]) -> Any:
    """Return a value with which one may count: not a text, a list or a function."""
    if not isinstance(value, (int, float, *operands)):
        raise _RefusedError(f"«{_told(node)}» – не число, с ним нельзя считать")
    return value


def _finite(value: Any) -> Any:
    """Return a value that is no number beyond all telling."""
    if isinstance(value, int | float) and not (abs(value) <= LARGEST):
        raise _RefusedError(f"получается число больше {LARGEST:,}".replace(",", "\u00a0"))
    return value


def _told(node: ast.expr) -> str:
    return _short(ast.unparse(node))


def _short(text: str) -> str:
    """Return a text for a sentence: in one line, without what does not print, not longer than one takes in."""
    words = "".join(letter if letter.isprintable() else "\ufffd" for letter in " ".join(text.split()))
    return words if len(words) <= 60 else f"{words[:59]}…"
