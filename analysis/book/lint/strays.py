"""Characters of Markdown's syntax that pandoc left in the text: it did not read what was meant.

Read without typographic quotes the words of pandoc's tree are the words of the source, so that each is found
there again. What stands after a backslash is meant and never comes here (`mistakes.prepared`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from analysis.base.markdown import open_fence
from analysis.book.diagnostics import Diagnostic, short
from analysis.book.lint.search import Search
from analysis.book.lint.spans import resembles_python
from analysis.book.render.builtin.exhibits import EQUATION_LABEL
from analysis.book.render.common.nodes import Node, find

# Blocks that hold words; a note is told by itself.
_BLOCKS = ("Para", "Plain", "Header", "MetaInlines")
_TEXT = ("Str", "Space")
_EXPRESSION = re.compile(r"[{｛]\s*(?P<word>[^\W\d_]+)")
# Of LaTeX what people type into Markdown; a path of Windows is no command.
_COMMAND = re.compile(
    r"\\(?:begin|end|newpage|clearpage|pagebreak|text(?:bf|it|tt|sc)|emph|underline|cite|ref|label|section|subsection|item|footnote|url|href|hline|vspace|hspace"
    r"|noindent|centering|frac|sum|alpha|beta|times|cdot|leq|geq|le|ge|pm)(?![A-Za-z])"
)
_FAR = 60
_BEFORE = "поставьте перед ней обратную косую черту"


# What every word has that any rule speaks of: nine words of ten are but letters, and no rule has to look at them.
_SIGN_OF_SYNTAX = re.compile(r"[][{}｛()<>`~:#=_*^$&!\\-]")


@dataclass(frozen=True)
class Word:
    """A word of a block: its text, and where it stands among all that the block is made of.

    Attributes
    ----------
    text : str
    block : str
        What kind of block it stands in.
    inlines : sequence of Node
        The words, blanks and breaks of the block.
    at : int
        Where among them it stands.
    """

    text: str
    block: str
    inlines: Sequence[Node]
    at: int

    @cached_property
    def _run(self) -> tuple[str, str]:
        rest: list[str] = []
        # A paragraph may be a book of its own: no rule looks further than this.
        for following in self.inlines[self.at : self.at + _FAR]:
            if following["t"] not in _TEXT:
                return "".join(rest).strip(), following["t"]
            rest.append(following["c"] if following["t"] == "Str" else " ")
        return "".join(rest).strip(), ""

    @property
    def line(self) -> str:
        """The words from this one to the end of the line, as far as they are plain text."""
        return self._run[0]

    @property
    def stop(self) -> str:
        """What ends that plain text; empty at the end of the block."""
        return self._run[1]

    @cached_property
    def _before(self) -> str:
        near = (node["t"] for node in reversed(self.inlines[max(0, self.at - 2) : self.at]) if node["t"] != "Space")
        return next(near, "")

    @property
    def first(self) -> bool:
        """Whether it begins a line."""
        return self._before in ("", "SoftBreak", "LineBreak")

    @property
    def after_math(self) -> bool:
        """Whether a formula stands before it."""
        return self._before == "Math"


def fences(search: Search) -> list[Diagnostic]:
    """Return the fenced blocks without an end: one in each cell, for behind it all seems code."""
    found = []
    for passage in search.source.passages:
        if line := open_fence(passage.text):
            text = passage.text.split("\n")[line - 1]
            found.append(search.source.diagnostic(passage, line, short(text), *_FENCE))
    return found


def strays(tree: Any, search: Search) -> Iterator[Diagnostic]:
    """Yield the mistakes of a chapter that show as literal syntax."""
    closings = _extra_closings(search.visible)
    unread = 0
    for block in find(tree, *_BLOCKS):
        words = list(_words(block))
        unpaired: set[int] = _unpaired(words)
        told: tuple[str, str] | None = None
        for number, word in enumerate(words):
            told = None if told and word.first else told
            if re.fullmatch(":{3,}", word.text) and word.first and word.line == word.text:
                # The closing line of a block whose opening line was not read is no mistake of its own.
                if unread:
                    unread -= 1
                    continue
                yield search.diagnostic(
                    next(closings, search.line(r"^[ \t]*:{3,}[ \t]*$")),
                    word.text,
                    "блок «:::» закрыт, а не открыт",
                    "Уберите эту строку или поставьте открывающую: ::: {.landscape}.",
                )
            elif (fault := _fault(word, number in unpaired)) and told not in (_DIV, _HEADING, _ATTRIBUTES, fault):
                told = fault if fault in (_DIV, _HEADING, _ATTRIBUTES, _BRACE, _LINK) else None
                unread += fault is _DIV
                at = r"^[ \t]*" if fault in (_DIV, _FENCE, _HEADING) else ""
                yield search.diagnostic(_line(word, at, search), word.line, *fault)


def _line(word: Word, at: str, search: Search) -> int:
    """Return the line of a word: by what stands behind it too, unless the source writes that otherwise."""
    whole = at + r"[ \t]+".join(map(re.escape, word.line.split())) + (r"[ \t]*\[?-?@" if word.stop == "Cite" else "")
    return search.line(whole if re.search(whole, search.text, re.MULTILINE) else at + re.escape(word.text))


_EXPRESSION_LOST = (
    "выражение не между обратными апострофами и вышло бы в докладе как есть",
    "Запишите: `{python} выражение` – с обратным апострофом (`) с обеих сторон, в одном абзаце.",
)
_FENCE = ("блок кода открыт и не закрыт", "Поставьте в конце блока такую же строку, какой он начат.")
_TICK = ("обратный апостроф без пары", "Закройте его в том же абзаце или уберите.")
_COMMENT = ("комментарий «<!--» не закрыт", "Поставьте «-->» в той же ячейке.")
_COMMENT_END = ("«-->» без начала комментария", "Уберите его или поставьте «<!--».")
_DIV = (
    "строка «:::» не прочитана как начало блока",
    "Отделите её пустой строкой и проверьте запись: ::: {.landscape}.",
)
_HEADING = ("заголовок не прочитан", "Поставьте перед ним пустую строку, а после знаков # – пробел.")
_ATTRIBUTES = ("атрибуты заголовка записаны не так", "Запишите их в конце строки: {#sec-метка .unnumbered}.")
_PLACEHOLDER = ("вставка «{…}» в главах не заполняется", "Запишите выражение, например `{python} report.region.gen`.")
_BRACE = (
    "фигурная скобка осталась в тексте: атрибуты записаны не так",
    f"Исправьте запись ([текст]{{.класс}}); если нужна сама скобка, {_BEFORE}.",
)
_LINK = ("ссылка или изображение записаны не так", "Запишите: [текст](адрес) или ![подпись](файл){#fig-метка}.")
_NOTE = ("у сноски нет текста", "Добавьте строку «[^метка]: текст» или уберите сноску.")
_REFERENCE = ("ссылка на рисунок, таблицу или раздел записана без «@»", "Запишите: [-@fig-метка].")
_BRACKET = ("квадратная скобка без пары", f"Закройте её в том же абзаце; если нужна сама скобка, {_BEFORE}.")
_STRONG = ("выделение «**» не закрыто", "Поставьте вторые такие же знаки вплотную к слову.")
_LINE = ("черта не прочитана и вышла бы в докладе знаками", "Отделите её пустой строкой с обеих сторон или уберите.")
_LATEX = (
    "команда LaTeX в тексте вышла бы как есть",
    "Запишите средствами Markdown: **жирный**, *курсив*, $формула$; страницы разбивает вёрстка.",
)
_APART = (
    "ссылка записана не так: скобки не вплотную или переставлены",
    "Запишите: [текст](https://…), скобки вплотную; рисунок – ![подпись](файл).",
)
_RAISED = ("индекс не закрыт", "Поставьте второй знак вплотную: м^2^, H~2~O.")
_MATH = ("формула «$$» не закрыта", "Поставьте «$$» с обеих сторон.")
_DOLLAR = ("формула «$» не закрыта", "Поставьте «$» с обеих сторон, вплотную к формуле; знак доллара пишут как «\\$».")
_EMPHASIS = (
    "выделение «*» или «_» не закрыто",
    "Поставьте второй такой же знак вплотную к слову; если нужен сам знак, поставьте перед ним обратную косую черту.",
)
_LABEL = ("метка записана без фигурных скобок", "В заголовке и подписи: {#sec-метка}; ссылка на нее: [-@sec-метка].")
_NAMELESS = ("у ссылки [текст][имя] нет адреса", "Запишите: [текст](https://…).")
_SIGN = (
    "такого знака HTML нет, или за ним нет точки с запятой",
    "Наберите сам знак; неразрывный пробел записывают &nbsp;, с точкой с запятой.",
)


def _fault(word: Word, unpaired: bool) -> tuple[str, str] | None:
    """Return problem and remedy of a word, None where it is one; the first of the rules that fits speaks."""
    text = word.text
    if not _SIGN_OF_SYNTAX.search(text):
        return None
    expression = _EXPRESSION.search(word.line[: len(text) + 20]) if re.search("[{｛]", text) else None
    rules: tuple[tuple[Callable[[], Any], tuple[str, str] | None], ...] = (
        (lambda: expression and resembles_python(expression["word"]), _EXPRESSION_LOST),
        (lambda: word.first and word.line == text and re.fullmatch(r"-{3,}|={3,}|_{3,}|\*{3,}", text), _LINE),
        (lambda: _COMMAND.match(text), _LATEX),
        (lambda: word.first and re.match("`{3,}|~{3,}", text), _FENCE),
        (lambda: "`" in text, _TICK),
        (lambda: re.search(r"<!-", text), _COMMENT),
        (lambda: "-->" in text, _COMMENT_END),
        (lambda: word.first and re.match(":{3,}", text), _DIV),
        (lambda: word.first and word.block != "Header" and re.match(r"#{1,6}$|#{1,6}[^\W\d]", text), _HEADING),
        (lambda: word.block == "Header" and re.search(r"[{}]|^\(?#(sec|fig|tbl|eq)-", text), _ATTRIBUTES),
        (lambda: word.after_math and EQUATION_LABEL.fullmatch(text.rstrip(".,;")), None),
        (lambda: re.search(r"(?<!\])\{[A-Za-z_]+\}", text), _PLACEHOLDER),
        (lambda: "](" in text or "![" in text or re.match(r"<(?:https?://|mailto:)[^>]*$", text), _LINK),
        (
            lambda: (
                re.search(r"\)\[(?:https?:|www\.)|!\([^()]+\)\[", text)
                or (
                    text.endswith("]")
                    and re.match(r"\]? *\((?:https?:|www\.|[^ ()]+\.(?:ru|рф|png|jpe?g|svg)\))", word.line[len(text) :])
                )
            ),
            _APART,
        ),
        (lambda: "{" in text or "}" in text, _BRACE),
        (lambda: re.search(r"\[\^[^\]]*\]", text), _NOTE),
        (lambda: re.search(r"\[-?(fig|tbl|eq|sec)-", text), _REFERENCE),
        (lambda: re.search(r"\w\]\[\w", text), _NAMELESS),
        (lambda: re.search(r"(?<![\w&/])#(?:sec|fig|tbl|eq)-\w", text), _LABEL),
        (lambda: unpaired, _BRACKET),
        (lambda: "**" in text or re.match(r"__[^\W_]", text) or re.search(r"[^\W_]__$", text), _STRONG),
        (lambda: re.search(r"[A-Za-zА-Яа-яЁё0-9]\^[^\W_]|[A-Za-zА-Яа-яЁё]~\d", text), _RAISED),
        (lambda: "$$" in text, _MATH),
        (lambda: re.match(r"[«(]?\$[A-Za-z\\]", text) or (word.after_math and text.startswith("$")), _DOLLAR),
        # A star before the first word of a line is that of a remark below a table, one behind a word leads to it.
        (
            lambda: (
                (not word.first and re.match(r"[«(]?\*[^\W\d_]", text))
                or re.search(r"^[«(]?_[А-Яа-яЁё]|[а-яё]_[»).,;:!?]*$", text)
            ),
            _EMPHASIS,
        ),
        (
            lambda: re.search(r"(?<!\w)&(?:[a-z]{2,8};|(?:nbsp|laquo|raquo|mdash|ndash|hellip|shy)(?![a-z;]))", text),
            _SIGN,
        ),
    )
    return next((fault for holds, fault in rules if holds()), None)


def _words(block: Node) -> Iterator[Word]:
    """Yield the words of a block."""
    inlines = list(_flat(block["c"][2] if block["t"] == "Header" else block["c"]))
    for at, node in enumerate(inlines):
        if node["t"] == "Str":
            yield Word(node["c"], block["t"], inlines, at)


def _flat(inlines: list[Node]) -> Iterator[Node]:
    """Yield words, blanks and breaks in reading order; of everything else only that it is there."""
    for node in inlines:
        kind, content = node["t"], node.get("c", [])
        if kind in ("Str", "Space", "SoftBreak", "LineBreak", "Code", "Math", "RawInline", "Note"):
            yield node
        elif kind == "Cite":  # what it is made of is told by itself, its text only repeats that
            for citation in content[0]:
                yield {"t": "Cite"}
                yield from _flat([*citation["citationPrefix"], *citation["citationSuffix"]])
        else:
            yield {"t": kind}
            yield from _flat(content[1] if kind in ("Link", "Image", "Span", "Quoted") else content)
            yield {"t": kind}


def _unpaired(words: list[Word]) -> set[int]:
    """Return which words of a block hold a square bracket without its other half."""
    opened, alone = [], set()
    for number, word in enumerate(words):
        for letter in word.text:
            if letter == "[":
                opened.append(number)
            elif letter == "]":
                if opened:
                    opened.pop()
                else:
                    alone.add(number)
    return alone | set(opened)


def _extra_closings(text: str) -> Iterator[int]:
    """Yield the lines that close a block when none is open."""
    depth = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if re.match(r"\s*:{3,}\s*$", line):
            if depth == 0:
                yield number
            depth = max(0, depth - 1)
        elif re.match(r"\s*:{3,}\s*\S", line):
            depth += 1
