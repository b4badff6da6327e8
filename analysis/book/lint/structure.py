"""Tables, headings and formulas that pandoc reads otherwise than they look in the notebook, or loses in part."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import takewhile

from analysis.base.markdown import blanked
from analysis.book.diagnostics import Diagnostic
from analysis.book.lint.search import Search
from analysis.book.lint.spans import resembles_python
from analysis.book.render.builtin.syntax import CALLOUTS
from analysis.book.render.common.nodes import Node, find
from analysis.book.render.common.pandoc import MARKDOWN, run

_RULE = re.compile(r"^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_UNDERLINED = re.compile(r"^(?! {0,3}(?:[#>|:~`+*-]|\d+[.)])[ \t]?)[ \t]*(\S[^\n]*)\n(-+|=+)[ \t]*$", re.MULTILINE)
_MERGE = re.compile(r"(?:<{7}|>{7}|\|{7})(?: |$)")
_VALUE = re.compile(r"`\{python\}[^`]*`")
_HINT = "Поставьте вместо них обратные апострофы: `{python} выражение`."
_FILL_ROW = "Столбцов столько, сколько в строке «|---|---|»; знак «|» внутри ячейки пишут как «\\|»."
_NO_RULE = "Поставьте под шапкой строку |---|---|, по одной черте на столбец."
_APART = "Поставьте перед таблицей пустую строку."
# Formulas as other programs write them; the notebook shows them, the book would show brackets or dollars.
_ROUND = re.compile(r"\\\([^\n]*?\\\)|\\\[(?=(?:(?!\\\])[^\n])*?(?:\\(?!\])|[\^_=]))[^\n]*?\\\]")
_SPACED = re.compile(r"(?<![\w$])\$(?:[ \t]+[^\n$А-Яа-яЁё]{1,80}|[^\s$А-Яа-яЁё][^\n$А-Яа-яЁё]{0,80}[ \t]+)\$(?![\w$])")


def structure(tree: Node, search: Search) -> Iterator[Diagnostic]:
    """Yield what is wrong with the tables, headings and formulas of a chapter, and marks that a merge left."""
    lines = search.visible.replace("\\|", "xx").split("\n")
    for number, text in enumerate(lines, start=1):
        if _MERGE.match(text):
            yield search.diagnostic(
                number,
                text,
                "в тексте осталась метка слияния Git",
                "Оставьте из двух правок нужную, а строки <<<<<<<, =======, >>>>>>> уберите.",
            )
    for _ in (node for node in find(tree["blocks"], "Subscript") if not node["c"]):
        yield search.diagnostic(
            search.line("~~"), "~~", "зачёркивание «~~» не закрыто", "Поставьте вторые «~~» вплотную к слову."
        )
    yield from _tables(lines, search)
    for found in _UNDERLINED.finditer(search.visible):
        if _is_heading(found[1], tree):
            line = search.visible.count("\n", 0, found.start(1)) + 1
            yield search.diagnostic(
                line,
                found[1],
                "черта под строкой делает её заголовком без номера",
                "Черту отделите пустой строкой; заголовок начинают знаками «##».",
            )
    yield from _levels(tree, search)
    yield from _lists(tree, search)
    yield from _unread_formulas(tree, search)
    if any(find(tree["blocks"], "Math")):
        yield from _formulas(search)


def _levels(tree: Node, search: Search) -> Iterator[Diagnostic]:
    """Yield headings without words, and those that skip a level: their numbers would hold a nought."""
    titles = [
        block
        for node in find(tree["blocks"], "Div")
        if set(node["c"][0][1]) & set(CALLOUTS)
        for block in node["c"][1][:1]
    ]
    above = 0
    for node in find(tree["blocks"], "Header"):
        level = node["c"][0]
        line = (
            search.line(rf"^ {{0,3}}#{{{level}}}(?:[ \t]+\S.*)?$")
            if node["c"][2]
            else search.line(r"^ {0,3}#+[ \t]*(?:\{[^{}\n]*\}[ \t]*)?$")
        )
        if not node["c"][2]:
            yield search.diagnostic(
                line, "#" * level, "заголовок без слов", "Напишите его после знаков # или уберите эту строку."
            )
        if any(node is title for title in titles):
            continue
        if above and level > above + 1:
            yield search.diagnostic(
                line,
                "#" * level,
                f"уровень заголовка пропущен: после «{'#' * above}» стоит «{'#' * level}»",
                f"Поставьте «{'#' * (above + 1)}».",
            )
        above = level


def _lists(tree: Node, search: Search) -> Iterator[Diagnostic]:
    """Yield lists that begin with another number than one and go on from no other: that number says something."""
    ends = {0}
    for node in find(tree["blocks"], "OrderedList"):
        (first, _, _), items = node["c"]
        if first - 1 not in ends:
            line = search.line(rf"^[ \t>]*\(?{first}[.)][ \t]")
            problem = f"список начат с числа {first}, а это первый его пункт"
            remedy = "Начните его с 1; число запишите вычисляемым выражением, точку после него – как «\\.»."
            yield search.diagnostic(line, str(first), problem, remedy)
        ends.add(first - 1 + len(items))


def _unread_formulas(tree: Node, search: Search) -> Iterator[Diagnostic]:
    """Yield formulas between other signs than dollars, with blanks inside, or with a dollar that closes another."""
    for found in _ROUND.finditer(search.source.text):
        # Escaped brackets are letters there; blanks are code or a comment.
        if search.visible[found.start()] != " ":
            line = search.source.text.count("\n", 0, found.start()) + 1
            yield search.diagnostic(
                line,
                found[0],
                "формула между знаками, которых Markdown не знает",
                "Поставьте знаки доллара вплотную: $x$ в строке, $$x$$ отдельной строкой.",
            )
    bare = search.visible
    for node in find(tree["blocks"], "Math"):
        mark, formula = "$$" if node["c"][0]["t"] == "DisplayMath" else "$", node["c"][1]
        if (named := re.match(r"\s*\{(\w+)\}", formula)) and resembles_python(named[1]):
            line = search.line(re.escape(f"{mark}{formula}".split("\n")[0]))
            yield search.diagnostic(line, f"{mark}{formula}{mark}", "выражение между знаками доллара – формула", _HINT)
        bare = bare.replace(f"{mark}{formula}{mark}", blanked(f"{mark}{formula}{mark}"))
        if re.search(r"(?<!\\)\$", re.sub(r"\\text\{[^{}]*\}", "", formula)):
            line = search.line(re.escape(f"{mark}{formula}".split("\n")[0]))
            yield search.diagnostic(
                line,
                f"{mark}{formula}{mark}",
                "внутри формулы знак «$»: она начата или закончена не там",
                "Поставьте с каждой стороны формулы столько же знаков «$»: один или два.",
            )
    for found in filter(lambda found: re.search(r"[A-Za-z\\]", found[0]), _SPACED.finditer(bare)):
        yield search.diagnostic(
            bare.count("\n", 0, found.start()) + 1,
            found[0],
            "формула не прочитана: между знаком доллара и ней пробел",
            "Поставьте знаки доллара вплотную: $x$.",
        )


def _tables(lines: list[str], search: Search) -> Iterator[Diagnostic]:
    """Yield rows that do not fit their table, and lines that were to be one."""
    for number, line in enumerate(lines):
        if (
            "|" not in line
            or not _RULE.fullmatch(line)
            or "-" not in line
            or number == 0
            or "|" not in lines[number - 1]
        ):
            continue
        head = number - 1
        if head and lines[head - 1].strip() and not re.fullmatch(r"[ \t]*:{3,}.*", lines[head - 1]):
            yield search.diagnostic(head + 1, lines[head], "таблица не прочитана: она стоит вплотную к тексту", _APART)
            continue
        columns = _cells(line)
        for at, row in [(head, lines[head]), *enumerate(takewhile(str.strip, lines[number + 1 :]), start=number + 1)]:
            if (given := _cells(row)) > columns:
                yield search.diagnostic(
                    at + 1, row, f"в строке таблицы ячеек {given}, а столбцов {columns}: лишнее пропало бы", _FILL_ROW
                )
    at = 0
    while at < len(lines):
        block = list(takewhile(lambda line: re.match(r" {0,3}\|.*\S", line), lines[at:]))
        if (
            len(block) > 1
            and not any(_RULE.fullmatch(line) for line in block)
            and all(line.count("|") > 1 for line in block)
        ):
            yield search.diagnostic(at + 1, block[0], "таблица не прочитана: под шапкой нет черты", _NO_RULE)
        at += len(block) + 1


def _cells(row: str) -> int:
    """Return how many cells a row of a table has."""
    return len(row.strip().removeprefix("|").removesuffix("|").split("|"))


def _is_heading(text: str, tree: Node) -> bool:
    words = re.findall(r"\w+", text)
    return any(
        words == re.findall(r"\w+", " ".join(word["c"] for word in find(node["c"][2], "Str")))
        for node in find(tree["blocks"], "Header")
    )


def _formulas(search: Search) -> Iterator[Diagnostic]:
    """Yield formulas that cannot be set, and those that would get a value: it is words with marks, no LaTeX."""
    # As they were typed: the tree at hand has letters in place of escapes.
    tree = json.loads(run("-f", MARKDOWN, "-t", "json", text=search.source.text)[0])
    typed = {_squeezed(_VALUE.sub("1", node["c"][1])): node["c"][1] for node in find(tree["blocks"], "Math")}
    blocks = [{"t": "Para", "c": [{"t": "Math", "c": [{"t": "InlineMath"}, text]}]} for text in typed]
    document = json.dumps({**tree, "meta": {}, "blocks": blocks})
    told = {
        _squeezed(remark.key)
        for fmt in (("-t", "html", "--mathml"), ("-t", "typst"))
        for remark in run("-f", "json", *fmt, text=document)[1]
    }
    for text in sorted(typed):
        filled = _VALUE.search(typed[text])
        if text not in told and not filled:
            continue
        first = next(filter(None, map(str.strip, typed[text].split("\n"))), "")
        line = search.source.text[: max(0, search.source.text.find(first))].count("\n") + 1
        if filled:
            yield search.diagnostic(
                line,
                typed[text],
                "выражение внутри формулы",
                "Вынесите его из знаков $: `{python} …` рядом с формулой.",
            )
        else:
            yield search.diagnostic(
                line, text, "формула не читается", "Исправьте в ней команды LaTeX, скобки и окружения."
            )


def _squeezed(text: str) -> str:
    return " ".join(text.split())
