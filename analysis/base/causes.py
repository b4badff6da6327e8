"""What Python says of a failed cell, in one Russian sentence without its full stop."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Mapping

from analysis.base.carried import unmarked
from analysis.base.errors import did_you_mean, reason

# Errors of the project speak for themselves.
_OURS = {
    "ReportError",
    "UsageError",
    "ParameterError",
    "DataError",
    "RenderError",
    "CellError",
    "PandocError",
    "FormError",
}
_PLACE = re.compile(r" \([^()]*, line \d+\)$|, at line \d+$| \(detected at line \d+\)| on line \d+")
_TYPES = {
    "int": "целое число",
    "float": "число",
    "str": "текст",
    "list": "список",
    "dict": "словарь",
    "tuple": "кортеж",
    "NoneType": "пустое значение (None)",
    "Quantity": "величина",
    "Series": "ряд pandas",
    "DataFrame": "таблица pandas",
    "function": "функция",
    "method": "функция",
    "bool": "да/нет",
    "set": "множество",
    "Year": "год",
    "Text": "текст",
    "Report": "доклад",
    "Named": "название",
    "builtin_function_or_method": "функция",
    "type": "класс",
    "Values": "доклад",
}
# Error, pattern of its message, what it means; {1}, {2} are the groups, {1:t} a type in words.
_KNOWN = [
    (names.split(), re.compile(pattern), said)
    for names, pattern, said in (
        ("SyntaxError", r"'(.)' was never closed", "скобка «{1}» не закрыта"),
        ("SyntaxError", r"unmatched '(.)'", "скобка «{1}» лишняя"),
        (
            "SyntaxError",
            r"closing parenthesis '(.)' does not match opening parenthesis '(.)'",
            "скобка «{2}» закрыта скобкой «{1}»",
        ),
        ("SyntaxError", r"unterminated (?:triple-quoted )?(?:f-)?string", "кавычки не закрыты"),
        ("SyntaxError", r"EOL while scanning|EOF while scanning", "кавычки не закрыты"),
        (
            "SyntaxError",
            r"invalid character '(.)'",
            "знак «{1}» в коде не годится: проверьте кавычки, тире и раскладку",
        ),
        ("SyntaxError", r"invalid non-printable character (\S+)", "в коде невидимый знак {1}: наберите строку заново"),
        ("SyntaxError", r"Perhaps you forgot a comma", "похоже, пропущена запятая"),
        ("SyntaxError", r"Maybe you meant '==' or ':='", "для сравнения нужны два знака равенства: =="),
        ("SyntaxError", r"expected ':'", "не хватает двоеточия"),
        ("SyntaxError", r"leading zeros", "число не начинают с нуля"),
        ("SyntaxError", r"invalid decimal literal", "имя не может начинаться с цифры, а число – содержать буквы"),
        ("SyntaxError", r"cannot assign to (.+?)(?: here.*)?$", "этому нельзя присвоить значение («{1}»)"),
        ("SyntaxError", r"keyword argument repeated: (\w+)", "аргумент «{1}» дан дважды"),
        (
            "SyntaxError",
            r"positional argument follows keyword argument",
            "аргумент без имени стоит после аргумента с именем",
        ),
        ("SyntaxError", r"unexpected EOF|incomplete input", "запись оборвана"),
        (
            "SyntaxError",
            r"'(return|yield|await|break|continue)' outside|'(\w+)' not properly in loop",
            "слово «{1}» стоит вне функции или цикла",
        ),
        ("SyntaxError", r"f-string", "в f-строке ошибка: проверьте её скобки и кавычки"),
        ("IndentationError", r"unexpected indent", "лишний отступ в начале строки"),
        ("IndentationError", r"expected an indented block", "после двоеточия нужна строка с отступом"),
        ("IndentationError TabError", r"", "отступы строк не сходятся"),
        ("SyntaxError _IncompleteInputError", r"", "запись не по правилам Python"),
        ("NameError", r"name '(.+?)' is not defined", "имени «{1}» нет"),
        ("UnboundLocalError NameError", r"variable '(.+?)'", "переменной «{1}» ещё не дано значения"),
        ("AttributeError", r"module '(.+?)' has no attribute '(.+?)'", "в модуле «{1}» нет имени «{2}»"),
        ("AttributeError", r"type object '(.+?)' has no attribute '(.+?)'", "у класса «{1}» нет свойства «{2}»"),
        ("AttributeError", r"'(.+?)' object has no attribute '(.+?)'", "у объекта «{1:t}» нет свойства «{2}»"),
        (
            "AttributeError FrozenInstanceError",
            r"can(?:'t|not) (?:set|assign to) (?:attribute|field) '?(\w*)'?",
            "свойство «{1}» изменить нельзя",
        ),
        ("KeyError", r"^[\"'](.*)[\"']$", "ключа «{1}» нет"),
        ("KeyError", r"^(.+)$", "ключа «{1}» нет"),
        ("IndexError", r"out of (?:range|bounds)", "элемента с таким номером нет: их меньше"),
        ("IndexError", r"pop from empty", "список пуст"),
        (
            "TypeError",
            r"(\w+)\(\) missing \d+ required (?:positional|keyword-only) arguments?: (.+)$",
            "функции {1} не хватает аргументов: {2:a}",
        ),
        ("TypeError", r"(\w+)\(\) got an unexpected keyword argument '(\w+)'", "у функции {1} нет аргумента «{2}»"),
        ("TypeError", r"(\w+)\(\) got multiple values for argument '(\w+)'", "функции {1} аргумент «{2}» дан дважды"),
        (
            "TypeError",
            r"(\w+)\(\) takes (?:from \d+ to )?(\d+) positional arguments? but (\d+) (?:was|were) given",
            "функции {1} дано аргументов без имени: {3}, а она принимает: {2}",
        ),
        ("TypeError", r"(\w+)\(\) takes no (?:keyword )?arguments", "функция {1} таких аргументов не принимает"),
        (
            "TypeError",
            r"unsupported operand type\(s\) for (\S+?):? ?'(.+?)' and '(.+?)'",
            "действие «{1}» неприменимо: {2:t} и {3:t}",
        ),
        (
            "TypeError",
            r"'(\S+)' not supported between instances of '(.+?)' and '(.+?)'",
            "сравнение «{1}» неприменимо: {2:t} и {3:t}",
        ),
        ("TypeError", r"can only concatenate (\w+) \(not \"(.+?)\"\)", "складывать нельзя: {1:t} и {2:t}"),
        ("TypeError", r"bad operand type for (.+?): '(.+?)'", "действие неприменимо: {2:t}"),
        ("TypeError", r"'(.+?)' object is not callable", "{1:t} – не функция: уберите скобки после имени"),
        ("TypeError", r"'(.+?)' object is not subscriptable", "{1:t} не берут по ключу в квадратных скобках"),
        (
            "TypeError",
            r"(?:cannot unpack non-iterable (.+?) object|'(.+?)' object is not iterable)",
            "{1:t} не перебрать по одному",
        ),
        ("TypeError", r"'(.+?)' object does not support item assignment", "{1:t}: отдельный элемент изменить нельзя"),
        ("TypeError", r"unhashable type: '(.+?)'", "{1:t} не годится как ключ"),
        (
            "TypeError",
            r"(\w+) indices must be integers(?: or slices)?,? not '?(\w+)'?",
            "{1:t}: место называют целым числом, а не так: {2:t}",
        ),
        ("TypeError", r"object of type '(.+?)' has no len", "{1:t}: длины нет"),
        ("TypeError", r"boolean value of NA is ambiguous", "пустое значение не сравнить"),
        ("ZeroDivisionError", r"", "деление на ноль"),
        ("OverflowError", r"", "число слишком велико"),
        (
            "ModuleNotFoundError",
            r"No module named '(.+?)'",
            "модуля «{1}» нет: проверьте имя; в главах нужен только analysis.chapter",
        ),
        ("ImportError", r"cannot import name '(.+?)' from '(.+?)'", "в модуле «{2}» нет имени «{1}»"),
        ("ImportError", r"attempted relative import", "в главе нельзя обратиться к соседнему модулю через точку"),
        (
            "InvalidIndexError ValueError",
            r"cannot reindex on an axis with duplicate labels|Reindexing only valid with uniquely valued",
            "в отобранных данных повторяются метки: уточните отбор, например years=[год]",
        ),
        (
            "ValueError",
            r"Index contains duplicate entries",
            "в отобранных данных повторяются метки: уточните отбор, например years=[год]",
        ),
        ("ValueError", r"truth value of a(?:n)? (.+?) is ambiguous", "условие дано целому ряду значений, а нужно одно"),
        (
            "ValueError",
            (
                r"(?:max|min)\(\) (?:arg is an empty sequence|iterable argument is empty)|argmax of an empty|zero-size"
                r" array"
            ),
            "выбирать не из чего: отбор пуст",
        ),
        ("ValueError", r"invalid literal for int\(\) with base \d+: '(.*)'", "текст «{1}» – не целое число"),
        ("ValueError", r"could not convert string to float: '(.*)'", "текст «{1}» – не число"),
        (
            "ValueError",
            r"not enough values to unpack \(expected (?:at least )?(\d+), got (\d+)\)",
            "имён слева {1}, а значений {2}",
        ),
        ("ValueError", r"too many values to unpack \(expected (\d+)", "имён слева {1}, а значений больше"),
        ("ValueError", r"too many values to unpack", "значений больше, чем имён слева"),
        (
            "ValueError",
            (
                r"[Ll]ength mismatch|must be (?:of )?the same length|Length of values|shape mismatch|could not be"
                r" broadcast"
            ),
            "длины рядов не совпадают",
        ),
        ("ValueError", r"No objects to concatenate", "складывать нечего: отбор пуст"),
        (
            "ValueError",
            r"Can only compare identically-labeled",
            "сравнивать можно только ряды с одними и теми же метками",
        ),
        ("ValueError", r"(.+) is not in list", "значения {1} в списке нет"),
        ("ValueError", r"Invalid isoformat string: '(.*)'", "«{1}» – не дата вида 2021-11-01"),
        ("ValueError", r"month must be in|day is out of range|year .* is out of range", "такой даты нет"),
        ("ValueError", r"substring not found", "такого текста нет"),
        ("StopIteration", r"", "перебирать нечего: отбор пуст"),
        ("RecursionError", r"", "вычисление обращается к самому себе без конца"),
        ("MemoryError", r"", "не хватило памяти"),
        ("AssertionError", r"^$", "проверка assert не выполнена"),
        ("NotImplementedError", r"", "это не поддерживается"),
        ("UnicodeDecodeError", r"", "файл не в кодировке UTF-8"),
        ("EmptyDataError", r"", "в файле нет данных"),
        ("ParserError", r"", "файл не читается как таблица"),
        ("SystemExit", r"", "команда остановила главу (exit): уберите её"),
        ("StdinNotImplementedError", r"", "команда ждёт ответа с клавиатуры, а сборка идёт без человека: уберите её"),
        (
            "UsageError",
            r"(?:[Ll]ine magic function|[Cc]ell magic) `(%+\S+?)` not found",
            "команды «{1}» в IPython нет: проверьте имя",
        ),
        ("UsageError", r"%%|magic", "команда IPython записана не так"),
        ("KeyboardInterrupt", r"", "выполнение прервано"),
        ("TimeoutError CellTimeoutError", r"", "вычисление не уложилось во время"),
    )
]
# Names by which everybody calls libraries.
_IMPORTS = {
    "pd": "import pandas as pd",
    "np": "import numpy as np",
    "plt": "import matplotlib.pyplot as plt",
    "sns": "import seaborn as sns",
    "display": "from IPython.display import display",
    "Markdown": "from IPython.display import Markdown",
}
_SYSTEM = re.compile(r"\[Errno (\d+)\] [^:]*(?:: '(.*)')?")


def cause(name: str, value: str, there: Iterable[str] = (), renamed: Mapping[str, str] | None = None) -> str:
    """Return why a cell failed.

    Parameters
    ----------
    name, value
        Name of the exception and its text.
    there
        Names that could have been meant, where the exception is of a name that is not there.
    renamed
        What names of earlier days are called now.

    Returns
    -------
    str
        Where no translation is known, the library's own first line in quotes.
    """
    lines = [line.strip() for line in unmarked(value).strip().splitlines() if line.strip()]
    first = _PLACE.sub("", lines[0]).rstrip(".") if lines else ""
    if name in _OURS and first and re.search("[А-Яа-яЁё]", first):  # IPython has a UsageError too
        return first
    if system := _SYSTEM.match(first):
        return _system(int(system[1]), system[2])
    for names, pattern, said in _KNOWN:
        if name in names and (found := pattern.search(first)):
            return _filled(said, found) + _hint(name, found, there, renamed or {})
    return f"команда не выполнена ({name}: «{first}»)" if first else f"команда не выполнена ({name})"


def unworded(value: str) -> str:
    """Return what is wrong with a value that nobody has put into words, and what to do; `value` as Python prints it."""
    return f"значение {value} не записано словами: оберните его, например, в num(…) или pct(…)"


def syntax(source: str, mode: str = "exec") -> tuple[int, str] | None:
    """Return the line of what is not Python and why, None where all is; `mode` is that of `compile`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, "cell", mode, flags=ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except SyntaxError as error:
        return error.lineno or 1, cause(type(error).__name__, error.msg)
    except ValueError:
        return 1, "в коде нулевой знак"
    except (RecursionError, MemoryError):
        return 1, "запись слишком длинная: разделите ее на несколько"
    return None


def _system(number: int, file: str | None) -> str:
    why = reason(OSError(number, ""))
    return f"файл «{file}»: {why}" if file else why


def _filled(said: str, found: re.Match[str]) -> str:
    groups = [group for group in found.groups() if group is not None]

    def filled(place: re.Match[str]) -> str:
        text = groups[int(place[1]) - 1] if int(place[1]) <= len(groups) else ""
        if place[2] == ":t":
            return _TYPES.get(text.rpartition(".")[2], text)
        return ", ".join(re.findall(r"'(\w+)'", text)) if place[2] == ":a" else text

    return re.sub(r"\{(\d)(:\w)?\}", filled, said)


def _hint(name: str, found: re.Match[str], there: Iterable[str], renamed: Mapping[str, str]) -> str:
    """Return «; теперь это …», «; есть: …» or «; возможно, имелось в виду …» for a name that is not there."""
    if name not in ("NameError", "AttributeError", "ImportError", "KeyError", "TypeError"):
        return ""
    if name == "NameError" and (line := _IMPORTS.get(found[1])):
        return f": добавьте в начало ячейки строку «{line}»"
    if name in ("NameError", "ImportError") and (now := renamed.get(found[1])):
        return f"; теперь это «{now}»"
    asked = (
        found[1]
        if name in ("NameError", "ImportError", "KeyError") or not found.lastindex or found.lastindex < 2
        else found[2]
    )
    hint = did_you_mean(asked, there).strip().rstrip(".")
    return f"; {hint[0].lower()}{hint[1:]}" if hint else ""
