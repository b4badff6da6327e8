"""Numbers typed by hand into chapters: every number of the prose is to come from the data.

A digit is allowed where it is no statement: in code, references, links, attributes and fenced blocks, inside a
word (ОКВЭД2, ТОП-50), and within a text that is listed as data (a name, the date of an act, a code).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any

from analysis.base import inline
from analysis.base.markdown import blanked, without_fences
from analysis.base.spelled_numbers import spelled_numbers
from analysis.book.diagnostics import Diagnostic
from analysis.book.lint import typed_in
from analysis.book.lint.digits import PROBLEM, REMEDY, REMEDY_SPELLED, SPELLED
from analysis.book.lint.passages import Source

# Parts of prose in which a digit is not a statement.
_NOT_PROSE = re.compile(
    r"<!--.*?-->|<style\b.*?</style\s*>|<[!?/]?[a-zA-Z\[][^<>]*>|&#?\w+;|!\[[^\]\n]*\.(?:png|jpe?g|svg|gif|webp|bmp|tiff?)(?=\])|"
    r"\[[^\[\]]*@[\w{][^\]]*\]|@[\w:-]+(?:"
    r" \[[^\]\n]*\])?|\]\((?:[^()\n]|\([^()\n]*\))*\)|\{(?:\"[^\"]*\"|'[^']*'|[^}\"'])*\}|\{[^}]*\}|\[\^[\w-]+\]|"
    r"^[ \t]*\(?\d{1,2}\\?[.)][ \t]|"
    # м^2^, H~2~O, 3D: within a word, as м² is.
    r"(?<=[^\W\d_])(?:\^[^\s^]+\^|~[^\s~]+~)|(?<!\w)\d[A-ZА-ЯЁ](?![^\W_])",
    re.DOTALL | re.MULTILINE,
)
# A formula as pandoc knows one; in it a digit is notation unless it stands for a side of its own.
_FORMULA = re.compile(r"\$\$.+?\$\$|(?<!\\)\$(?=\S)[^$\n]*?(?<=[^\s\\])\$(?!\d)", re.DOTALL)
_SIDES = re.compile(r"([=<>≈≤≥&$]|\\(?:approx|leq?|geq?|sim|to|quad|qquad)(?![a-zA-Z])|\\\\)")
_AROUND = re.compile(r"\\[,;:! ]|\\(?=%)|\\text\{[^{}]*\}|[{}\s]")
_SAID = re.compile(r"\\text\{([^{}]*)\}")
# Code is shown as it is, unless it is nothing but a number.
_CODE = re.compile(r"(?<!`)(`+)(?!`)(?P<code>(?:(?!\n[ \t]*\n).)+?)(?<!`)\1(?!`)", re.DOTALL)
_BARE = re.compile(r"\s*[^\w\s{]?\s*\d[\d.,\s\u00a0\u202f]*\s*[%‰]?\s*")
_READ_ALOUD = re.compile(r"""\b(?:(?:fig-)?alt|title)[ ]*=[ ]*("[^"]*"|'[^']*')""")
_TITLE = re.compile(r"""[ \n]("[^"]*"|'[^']*')[ ]*\)$""")
# Of a citation what names a place of the source: its key, and numbers up to the next sign or the next word «и».
_CITED = re.compile(r"-?@\{?[\w:./-]+\}?|(?<!\w)[\dIVXLC]+[ ]?(?=[],;.–—-]|и )")
_MARKER = re.compile(r"[ \t]*(?:\(?\d{1,2}\\?[.)]|[-*+>#:|]|\(?@)")
_REFERENCE = re.compile(r"&#?\w+;")
_TABLE = re.compile(r"<table\b.*?(?:</table\s*>|\Z)", re.DOTALL | re.IGNORECASE)
# A digit inside a word belongs to a name; standing free it is a number, and so is a fraction in one character.
_WORDS = re.compile("[А-Яа-яЁё]")
# A number glued to a word, or to the word before its hyphen: «год2021», «рост-2021», but neither ОКВЭД2 nor м2.
_GLUED = re.compile(r"(?<![\w-])(?![кдсм]?м[23](?!\d))[а-яё]+-?(\d[\d.,]*)")
# Functions that write the number they are given.
_WRITING = frozenset(
    ("num", "pct", "pp", "signed", "times", "count", "spelled", "ordinal", "round", "abs", "str", "int", "float")
)
# Functions of matplotlib that write words, by how many arguments stand before these.
_WRITTEN_INTO_PICTURES = {
    **dict.fromkeys(("title", "suptitle", "set_title", "xlabel", "ylabel", "set_xlabel", "set_ylabel", "annotate"), 0),
    **dict.fromkeys(("text", "figtext"), 2),
}
_TYPED = re.compile(
    r"(?<![^\W_])(?<![^\W_]_)(?<!\w-)[\d¼-¾⅐-⅞↉①-⑳](?:[\d¼-¾⅐-⅞.,\u00a0\u202f]|(?<=\d) (?=\d{3}(?!\d)))*\s*%?"
)
_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f"), " ")
_PROBLEM_IN_TABLE = f"{PROBLEM} в таблице HTML"
_REMEDY_IN_TABLE = (
    "Числам таблицы место в data/: заведите таблицу там (report template) и покажите ее ячейкой report.table(…), или"
    " впишите в ячейки выражения."
)


def typed_numbers(text: str, allowed: Iterable[str] = ()) -> list[tuple[int, str]]:
    """Return the numbers typed into a Markdown text, each with its line counted from 1.

    Parameters
    ----------
    allowed
        Texts listed as data, in which digits stand rightly.
    """
    bare = _said(text)
    if not re.search(r"[\d¼-¾⅐-⅞↉①-⑳]", bare):
        return []
    plain = bare.translate(_SPACES)
    # Hundreds of names are listed, more than patterns are kept: one is compiled only where its name stands.
    for known in filter(plain.__contains__, (text.translate(_SPACES) for text in allowed)):
        pattern = re.escape(known).replace(r"\ ", r"[ \u00a0\u202f]")
        bare = re.sub(rf"(?<!\w){pattern}(?!\w)", lambda found: blanked(found[0]), bare)
    numbers = [(found.start(), found[0]) for found in _TYPED.finditer(bare)]
    numbers += [(found.start(1), found[1]) for found in _GLUED.finditer(bare)]
    return [(bare.count("\n", 0, start) + 1, " ".join(number.split())) for start, number in sorted(numbers)]


@lru_cache(maxsize=4096)
def _drawn(code: str) -> tuple[tuple[int, str], ...]:
    """Return what code writes into pictures by hand, with its lines: what has Russian words is found without that."""
    calls = (node for node in ast.walk(_tree(code)) if isinstance(node, ast.Call))
    written = [
        (node.lineno, str(node.value))
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr in _WRITTEN_INTO_PICTURES
        for given in call.args[_WRITTEN_INTO_PICTURES[call.func.attr] :][:1]
        for node in (given.values if isinstance(given, ast.JoinedStr) else ast.walk(given))
        if isinstance(node, ast.Constant) and type(node.value) in (int, float, str)
    ]
    return tuple((line, said) for line, said in written if not _WORDS.search(said))


# Most texts are the same in every edition.
@lru_cache(maxsize=4096)
def _said(text: str) -> str:
    """Return a Markdown text with all blanked out in which a digit is no statement, every position kept."""
    bare = _CODE.sub(lambda found: found[0] if _is_prose(found["code"]) else blanked(found[0]), without_fences(text))
    return _NOT_PROSE.sub(_silent, _REFERENCE.sub(_character, _FORMULA.sub(_stated, bare)))


def _is_prose(code: str) -> bool:
    """Tell whether a code span says something: a bare number, or Russian words that are no expression."""
    return bool(_BARE.fullmatch(code) or (_WORDS.search(code) and not re.match(r"\s*\{", code)))


def in_chapters(project: Path, allowed: Iterable[str] = (), prose: Path | None = None) -> Iterator[Diagnostic]:
    """Yield every number typed into the chapters of a project, their headings, captions and plain text files.

    Parameters
    ----------
    project
        Its folder.
    allowed
        As for `typed_numbers`.
    prose
        Folder of the fragments of an edition, which are read with the chapters.

    Yields
    ------
    Diagnostic
        One a number.
    """
    allowed = list(allowed)
    for chapter, read in typed_in(project, allowed, prose):
        written = list(_written(chapter, allowed))
        yield from written
        for cell in chapter.code:
            for line, *told in _of_code(cell.text, allowed, shown=False):
                yield chapter.diagnostic(cell, line, *told)
        yield from _further(read, written)


def _further(read: Iterable[Diagnostic], written: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield what pandoc read besides the numbers found in the text as it was written, which have surer places."""
    told = list(written)
    unplaced = []
    matched: set[int] = set()
    for diagnostic in read:
        at = (diagnostic.file, diagnostic.cell, diagnostic.line)
        same = [n for n, it in enumerate(told) if _same(diagnostic.text, it.text)]
        here = [n for n in same if at == (told[n].file, told[n].cell, told[n].line)]
        matched.update(here)
        if not here:
            unplaced.append(diagnostic)
    for diagnostic in unplaced:
        # Where a number stands in the tree is not known: the same one may have been found at another line.
        number = diagnostic.text.strip(" %.,")
        other = next((n for n, it in enumerate(told) if n not in matched and it.text.strip(" %.,") == number), None)
        if other is None:
            yield diagnostic
        else:
            matched.add(other)


def _same(number: str, other: str) -> bool:
    """Tell whether two are one number, told with fewer or more of the signs beside it."""
    one, two = (re.sub(r"[^\w]", "", text) for text in (number, other))
    return bool(one and two) and (one in two or two in one)


def _written(chapter: Source, allowed: Sequence[str]) -> Iterator[Diagnostic]:
    """Yield the numbers that are found in the text as it was written, each at its own line."""
    for passage in chapter.passages:
        pasted = _lines_of_tables(passage.text)
        for found in inline.find(passage.text) if passage.evaluated else ():
            for line, *told in _of_code(found.expression, allowed, shown=True):
                yield chapter.diagnostic(passage, found.line + line - 1, *told)
        for line, number in typed_numbers(passage.text, allowed):
            said = (_PROBLEM_IN_TABLE, _REMEDY_IN_TABLE) if line in pasted else (PROBLEM, REMEDY)
            yield chapter.diagnostic(passage, line, number, *said)


def _of_code(code: str, allowed: Sequence[str], *, shown: bool) -> Iterator[tuple[int, str, str, str]]:
    yield from ((line, number, PROBLEM, REMEDY) for line, number in in_code(code, allowed, shown=shown))
    for line, value, asked in _read(code)[1]:
        # A single word that a function is given is a noun or a name, no sentence.
        if isinstance(value, str) and not (asked and " " not in value.strip()):
            yield from ((line, number, SPELLED, REMEDY_SPELLED) for number in spelled_numbers(value, allowed))


def in_code(code: str, allowed: Iterable[str] = (), *, shown: bool = False) -> list[tuple[int, str]]:
    """Return the numbers typed into what code says in words, each with its line counted from 1.

    Parameters
    ----------
    code
        Code of a cell or an inline expression.
    allowed
        As for `typed_numbers`.
    shown
        Whether the value of the code is shown as it is, as that of an inline expression: then a number of its own
        is typed too.

    Returns
    -------
    list of tuple
        Line and number.
    """
    names, literals = _read(code)
    found = [(line, number) for line, said in _drawn(code) for _, number in typed_numbers(said, allowed)]
    for first, value, asked in literals:
        if isinstance(value, str) and (_WORDS.search(value) or (shown and not asked)):
            found += [(first + line - 1, number) for line, number in typed_numbers(value, allowed)]
        elif shown and names <= _WRITING and type(value) in (int, float):
            found.append((first, str(value)))
    return found


@lru_cache(maxsize=4096)
def _read(code: str) -> tuple[frozenset[str], tuple[tuple[int, Any, bool], ...]]:
    """Return the names in code, and of each literal its line, its value and whether it asks for something."""
    tree = _tree(code)
    names = frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
    return names, tuple((node.lineno, node.value, asked) for node, asked in _constants(tree, asked=False))


def _tree(code: str) -> ast.AST:
    """Return the tree of code, empty where it is none: that is told by whoever reads the code."""
    try:
        return ast.parse(code.strip())
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def _constants(tree: ast.AST, asked: bool) -> Iterator[tuple[ast.Constant, bool]]:
    """Yield the literals of code, each with whether it asks for something: as an argument or a key."""
    for node in ast.iter_child_nodes(tree):
        within = asked or isinstance(node, ast.Call | ast.Subscript | ast.Compare)
        if isinstance(node, ast.Constant):
            yield node, asked
        else:
            yield from _constants(node, within)


def _lines_of_tables(source: str) -> set[int]:
    """Return the lines that HTML tables stand on."""
    spans = (
        (source.count("\n", 0, found.start()) + 1, source.count("\n", 0, found.end()) + 1)
        for found in _TABLE.finditer(source)
    )
    return {line for first, last in spans for line in range(first, last + 1)}


def _stated(found: re.Match[str]) -> str:
    """Return of a formula, its lines kept, the words in it and the numbers that are a whole side of it."""
    parts = []
    for side in _SIDES.split(found[0]):
        number = _AROUND.sub("", side.replace("{,}", ","))
        said = _SAID.findall(side) + ([number] if re.fullmatch(r"[-+−±]?\d[\d.,]*%?", number) else [])
        parts.append(" ".join(["", *said, ""]) + "\n" * side.count("\n"))
    return "".join(parts)


def _character(found: re.Match[str]) -> str:
    """Return the character that a reference stands for where that is part of a number, every position kept."""
    meant = unescape(found[0])
    return meant.ljust(len(found[0])) if len(meant) == 1 and meant.isnumeric() else found[0]


def _silent(found: re.Match[str]) -> str:
    """Return blanks for what is no prose: of attributes, links and citations what is said or read aloud stays."""
    text = found[0]
    if text.startswith("[") and not text.startswith("[^"):
        return _CITED.sub(lambda place: blanked(place[0]), text)
    if _MARKER.fullmatch(text.rstrip()) and not _begins_item(found.string[: found.start()]):
        return text
    blank = list(blanked(text))
    for spoken in (*_READ_ALOUD.finditer(text if text[0] == "{" else ""), *_TITLE.finditer(text)):
        blank[spoken.start(1) : spoken.end(1)] = spoken[1]
    return "".join(blank)


def _begins_item(before: str) -> bool:
    """Tell whether a line behind a text may begin an item of a list: within a paragraph its number is read as words."""
    paragraph = re.split(r"\n[ \t]*\n", before)[-1].strip("\n")
    return not paragraph.strip() or bool(_MARKER.match(paragraph))
