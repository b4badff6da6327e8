"""What a cell of a pasted HTML table says: a closed list of marks that have a meaning in every format."""

from __future__ import annotations

import re
from html import escape

from lxml.html import HtmlElement

from analysis.base import links, marks

# Marks and what they become; a name that stands for nothing lets its content through.
MARKS = {
    "b": "strong",
    "strong": "strong",
    "h1": "strong",
    "h2": "strong",
    "h3": "strong",
    "h4": "strong",
    "h5": "strong",
    "h6": "strong",
    "i": "em",
    "em": "em",
    "cite": "em",
    "var": "em",
    "dfn": "em",
    "sup": "sup",
    "sub": "sub",
    "s": "del",
    "strike": "del",
    "del": "del",
    "u": "u",
    "code": "code",
    "tt": "code",
    "kbd": "code",
    "samp": "code",
    "ul": "ul",
    "ol": "ol",
    "li": "li",
}
THROUGH = frozenset(
    [
        "span",
        "font",
        "p",
        "div",
        "center",
        "small",
        "big",
        "nobr",
        "label",
        "ins",
        "mark",
        "abbr",
        "acronym",
        "bdi",
        "bdo",
        "time",
        "q",
        "article",
        "section",
        "header",
        "footer",
        "main",
        "tt",
        "pre",
        "blockquote",
        "a",
        "br",
        "wbr",
        "hr",
        "html",
        "body",
        "figure",
    ]
)
BLOCKS = frozenset(
    ["p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "center", "hr", "article", "section"]
)
# Of no meaning to a reader: what Office writes for itself.
DROPPED = frozenset(["style", "meta", "link", "colgroup", "col", "head", "title", "xml"])
_STYLES = (
    (re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)"), "strong"),
    (re.compile(r"font-style\s*:\s*(?:italic|oblique)"), "em"),
    (re.compile(r"vertical-align\s*:\s*super"), "sup"),
    (re.compile(r"vertical-align\s*:\s*sub(?!\w)"), "sub"),
    (re.compile(r"text-decoration[^;]*:[^;]*line-through"), "del"),
)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden")
_BREAK = "\ue0ff"  # a sign of private use, which no text holds (`marks.NO_TEXT`)


class ForeignMarkupError(Exception):
    """A mark that no table of the book holds, and what to do."""

    remedy = "Уберите это из таблицы."


class PictureInTableError(ForeignMarkupError):
    """A picture in a table."""

    remedy = (
        'Сохраните рисунок в chapters/img и поставьте его под таблицей: ![Подпись](img/имя.png){#fig-имя fig-alt="что'
        ' на рисунке"}, а здесь сошлитесь на него словами.'
    )


def is_hidden(element: HtmlElement) -> bool:
    """Tell whether the program that wrote the table did not show an element."""
    return bool(_HIDDEN.search((element.get("style") or "").lower())) or "hidden" in element.attrib


def checked(element: HtmlElement) -> str | None:
    """Return the name of an element, None for one to drop.

    Raises
    ------
    ForeignMarkupError
        It is live, or its meaning is not known here.
    """
    if not isinstance(element.tag, str):
        return None
    live = next((key for key in element.attrib if key.lower().startswith("on")), None)
    if live:
        raise ForeignMarkupError(f"обработчик «{live}»")
    if element.tag.lower() in ("img", "v:imagedata"):
        raise PictureInTableError(f"<{element.tag.lower()}>")
    if any(re.match(r"\s*(?:javascript|vbscript|data):", value, re.IGNORECASE) for value in element.attrib.values()):
        raise ForeignMarkupError("ссылка, которая исполняется")
    name = element.tag.lower()
    if name in DROPPED:
        return None
    if (
        ":" in name or "-" in name or re.match(r"(?:o|v|w|st1|u1)$", name)
    ):  # of Word or Google, smart tags among them: <o:p>
        return "span"
    if name not in MARKS and name not in THROUGH:
        raise ForeignMarkupError(f"<{name}>")
    return name


def content(cell: HtmlElement) -> str:
    """Return the HTML of a cell in the marks the book knows, lines divided by `<br>`."""
    text = re.sub(r"[ \t\r\n\f]+", " ", _inside(cell))
    lines = [line.strip(" ") for line in re.sub(rf"\s?{_BREAK}\s?", _BREAK, text).split(_BREAK)]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return re.sub(r"(?:<br>){2,}", "<br>", "<br>".join(lines)).replace("<br><ul>", "<ul>").replace("<br><ol>", "<ol>")


def _inside(element: HtmlElement) -> str:
    parts = [marks.html(element.text or "")]
    for child in element:
        parts += [_marked(child), marks.html(child.tail or "")]
    return "".join(parts)


def _marked(element: HtmlElement) -> str:
    name = checked(element)
    if name is None or is_hidden(element):
        return ""
    if name in ("br", "hr"):
        return _BREAK
    inside = _inside(element)
    if mark := MARKS.get(name):
        inside = _wrapped(mark, inside)
    if name == "a" and links.leads_out(element.get("href", "")):
        inside = f'<a href="{escape(element.get("href"))}">{inside}</a>' if inside.strip() else inside
    style = (element.get("style") or "").lower()
    for pattern, mark in _STYLES:
        if pattern.search(style) and mark != MARKS.get(name):
            inside = _wrapped(mark, inside)
    return f"{_BREAK}{inside}{_BREAK}" if name in BLOCKS else inside


def _wrapped(mark: str, inside: str) -> str:
    """Mark a text, each of its lines by itself; blanks mark nothing."""
    if mark in ("ul", "ol", "li"):
        inside = inside.strip().strip(_BREAK).replace(_BREAK, "<br>")
        return f"<{mark}>{inside}</{mark}>"
    lines = [
        re.sub(r"^(\s*)(.*?)(\s*)$", rf"\1<{mark}>\2</{mark}>\3", line, flags=re.DOTALL) if line.strip() else line
        for line in inside.split(_BREAK)
    ]
    return _BREAK.join(lines)
