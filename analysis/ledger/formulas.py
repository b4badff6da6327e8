"""Formulas of the ledger: short expressions in the words of the chapters, read as data and evaluated without `eval` of code."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from analysis.errors import DataError, did_you_mean

_BINARY: dict[type, Callable] = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def evaluate(formula: str, names: Mapping[str, Any], where: str) -> Any:
    """Return what a formula comes to.

    A formula consists of calls, names, constants, lists, sums, differences, products, quotients and items
    (`values(...)["B"]`); nothing else of the language is read.

    Parameters
    ----------
    names : mapping
        The words it may use.
    where : str
        What an error calls the formula («утверждение A36, прочтение 1»).

    Raises
    ------
    FormulaError
        The formula is not an expression of this kind, or uses an unknown word.
    DataError
        The data do not hold what it asks for.
    """
    try:
        return _value(_parsed(formula), names)
    except SyntaxError as error:
        raise FormulaError(f"{where}: формула «{formula}» записана не так ({error.msg}). Исправьте ее в таблице claim_formulas.") from None
    except _Refused as error:
        raise FormulaError(f"{where}: {error} Исправьте формулу в таблице claim_formulas.") from None
    except KeyError as error:
        raise DataError(f"{where}: в данных нет «{error.args[0]}».") from None
    except (TypeError, IndexError, ValueError, AttributeError) as error:
        raise FormulaError(f"{where}: формула «{formula}» не вычисляется ({error}). Исправьте ее в таблице claim_formulas.") from error


class FormulaError(DataError):
    """A formula is wrong in itself, whatever the data."""


class _Refused(Exception):
    """A formula holds what formulas may not hold."""


@lru_cache(maxsize=4096)
def _parsed(formula: str) -> ast.expr:
    return ast.parse(formula.strip(), mode="eval").body


def _value(node: ast.expr, names: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value=constant) if isinstance(constant, int | float | str):
            return constant
        case ast.Name(id=name):
            if name not in names:
                raise _Refused(f"слова «{name}» в формулах нет.{did_you_mean(name, names)}")
            return names[name]
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return [_value(item, names) for item in items]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, names)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _BINARY:
            return _BINARY[type(sign)](_value(left, names), _value(right, names))
        case ast.Subscript(value=whole, slice=key):
            return _value(whole, names)[_value(key, names)]
        case ast.Call(func=ast.Name() as function, args=given, keywords=named) if all(word.arg for word in named):
            return _value(function, names)(*(_value(one, names) for one in given), **{word.arg: _value(word.value, names) for word in named})
    raise _Refused(f"«{ast.unparse(node)}» в формулах не допускается: только вызовы, слова, числа, списки и четыре действия.")
