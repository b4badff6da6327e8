"""How text of the data is written into Markdown and HTML.

It is written as that text, whatever it holds, and with the marks of numbers.

Text of the data is no source. What Markdown, or one of the project's own passes over Markdown, could read as a sign of
its own is written as a character reference (`&#42;` for `*`), which every reader gives back as the character and none
as a sign. Which characters these are depends on what stands beside them, so a text is written as a whole.

A number that can be asked where it comes from is marked by the id of its card: `[57,5 %]{q="k3f9abc"}` in Markdown,
`<span data-q="k3f9abc">57,5 %</span>` in HTML. All that write or read these marks do it here.
"""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

# Signs wherever they stand: of Markdown, of its extensions, of Quarto.
_SIGNS = frozenset("\\`*_{}[]<>$^~@#|\"'&!")
# Where a line of Markdown begins: bullets, numbers and letters of lists, underlines of headings, a table's caption.
_LEADING = re.compile(r"\s*(?:([-+])(?=\s|$)|([=%:(])|\(?(?:\d+|[A-Za-z]+)([.)])(?=\s|$))")
# Dashes and dots that would become one sign, a colon of an address or an emoji, the stop of «vol. 5».
_BESIDE = re.compile(r"-(?=-)|(?<=-)-|\.(?=\.)|(?<=\.)\.|:(?=\S)|(?<=[A-Za-z]):|(?<=[A-Za-z])\.(?=\s)")
_BREAK = re.compile(r"\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
# HTML is laid into Markdown, whose passes look for these.
_IN_HTML = frozenset("[]{}`@")
_SPACES = re.compile(r"(?<=[ \t])[ \t]+")
# Marks that set the direction of writing, with what ends each.
_OPENING = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys("\u2066\u2067\u2068", "\u2069")
# What is no text: control characters, and those by which f-strings carry numbers (`analysis.quantities.text`).
NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]")

# What an output says of itself (in its metadata) that the project's own code wrote from the data alone: a table, a
# figure, a list. A number in it is accounted for by the data it was made of, card or not.
FROM_DATA = "from_data"

_MARK = re.compile(
    r'\[(?P<text>[^\[\]]*)\]\{q="(?P<id>\w+)"\}|<span data-q="(?P<html_id>\w+)">(?P<html_text>.*?)</span>'
)
_ON_PAGE = re.compile(r'(<span\b[^<>]*?\sdata-q=)"(\w+)"')


class Marked(NamedTuple):
    """A number that names its card: where its mark stands, the words in it, the id."""

    start: int
    end: int
    text: str
    id: str


def markdown_characters(text: str) -> list[str]:
    """Return how each character of a text is written in Markdown, so that pieces of the text can be put together.

    A break of line is a space, and so are several spaces: a running text has no other.
    """
    plain = _BREAK.sub(lambda found: " " * len(found[0]), text)
    written = [
        f"&#{ord(character)};" if character in _SIGNS else " " if character == "\t" else character
        for character in plain
    ]
    for found in _SPACES.finditer(plain):
        written[found.start() : found.end()] = [""] * len(found[0])
    for found in NO_TEXT.finditer(plain):
        written[found.start()] = "\ufffd"
    leading = _LEADING.match(plain)
    places = [found.start() for found in _BESIDE.finditer(plain)]
    places += [leading.start(leading.lastindex or 0)] if leading else []
    for place in places:
        written[place] = f"&#{ord(plain[place])};"
    return [*written[:-1], written[-1] + _closing(plain)] if written else written


def _closing(text: str) -> str:
    """Return what ends the directions that a text leaves open: they are to turn no word beside it."""
    stack: list[str] = []
    for sign in text:
        if sign in _OPENING:
            stack.append(_OPENING[sign])
        elif stack and sign == stack[-1]:
            stack.pop()
    return "".join(reversed(stack))


def markdown(text: str) -> str:
    """Return Markdown that shows a text as it is, on one line, wherever it is put."""
    return edged("".join(markdown_characters(text)))


def edged(written: str) -> str:
    """Return Markdown of a whole text so that a space at its edge spoils no emphasis put around it."""
    inner = written.strip(" ")
    lead = len(written) - len(written.lstrip(" "))
    return f"{lead * '&#32;'}{inner}{(len(written) - lead - len(inner)) * '&#32;'}"


def html_characters(text: str) -> list[str]:
    """Return how each character of a text is written in HTML; a break of line stays, as one line feed."""
    one_line_feed = _BREAK.sub(lambda found: "\n".rjust(len(found[0]), "\0"), text)
    return [
        (
            ""
            if character == "\0"
            else (
                "\ufffd"
                if NO_TEXT.match(character)
                else f"&#{ord(character)};"
                if character in _IN_HTML
                else entities.escape(character, quote=False)
            )
        )
        for character in one_line_feed
    ]


def html(text: str) -> str:
    """Return HTML that shows a text as it is."""
    return "".join(html_characters(text))


def attribute(text: str) -> str:
    """Return a text as the value of an attribute in Markdown (`{fig-alt="…"}`), quotation marks around it."""
    return f'"{markdown(text.strip())}"'


def markdown_mark(written: str, name: str) -> str:
    """Return Markdown, written already, marked as the number of a card."""
    return f'[{written}]{{q="{name}"}}'


def html_mark(written: str, name: str) -> str:
    """Return HTML, written already, marked as the number of a card."""
    return f'<span data-q="{name}">{written}</span>'


def marked(text: str) -> Iterator[Marked]:
    """Yield the numbers that name their cards in Markdown or HTML, in reading order."""
    for found in _MARK.finditer(text):
        yield Marked(*found.span(), words(_inside(found)), found["id"] or found["html_id"])


def without(text: str) -> str:
    """Return Markdown or HTML without the numbers that name their cards."""
    return _MARK.sub("", text)


def bare(text: str) -> str:
    """Return Markdown or HTML in which numbers no longer name their cards."""
    return _MARK.sub(_inside, text)


def words(written: str) -> str:
    """Return the text that was written: the inverse of `markdown` and `html`."""
    return entities.unescape(bare(written).replace("<br>", "\n"))


def on_page(page: str) -> list[str]:
    """Return the ids that the numbers of a finished page name, each once, in reading order."""
    return list(dict.fromkeys(name for _, name in _ON_PAGE.findall(page)))


def renamed(page: str, names: Mapping[str, str]) -> str:
    """Return a finished page in which numbers name their cards otherwise, by names that need no quotation marks.

    A page has hundreds of them, so it goes without.
    """
    return _ON_PAGE.sub(lambda found: found[1] + names[found[2]], page)


def script(data: Any) -> str:
    """Return data as JSON that stands in a script: nothing in it ends the script or opens a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return re.sub("[<\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", text)


def _inside(found: re.Match[str]) -> str:
    return found["text"] if found["text"] is not None else found["html_text"]
