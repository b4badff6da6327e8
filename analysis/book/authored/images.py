"""Images of Markdown: where in a text they are written, and what of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

_BRACES = re.compile(r"""[ \t]*\{((?:[^{}"']|"(?:[^"\\]|\\.)*"|'[^']*')*)\}""")


@dataclass(frozen=True)
class Image:
    """An image as it is written: where, its words in brackets, its target (empty in a reference), its attributes."""

    start: int
    end: int
    words: str
    target: str
    attributes: str

    @property
    def name(self) -> str:
        """What messages call the picture: its file, or that it is in the text itself."""
        return (
            unquote(self.target.removeprefix("attachment:"))
            if not self.target.startswith("data:")
            else "вписанный в текст"
        )


def images(source: str, bare: str) -> Iterator[Image]:
    """Yield the images of a text.

    Parameters
    ----------
    bare
        The same text with all blanked out in which no image can begin.
    """
    at = 0
    while (start := bare.find("![", at)) >= 0:
        at = start + 2
        if start and bare[start - 1] == "\\":
            continue
        close = _balanced(source, start + 1, "[", "]")
        if close is None:
            continue
        words, after = source[start + 2 : close], source[close + 1 : close + 2]
        if after == "(" and (end := _balanced(source, close + 1, "(", ")")):
            target = _target(source[close + 2 : end])
        elif after == "[" and (end := _balanced(source, close + 1, "[", "]")):
            target = ""
        elif re.search(rf"^ {{0,3}}\[{re.escape(words)}\]:", source, re.MULTILINE):
            end, target = close, ""
        else:
            continue
        braces = _BRACES.match(source, end + 1)
        at = braces.end() if braces else end + 1
        yield Image(start, at, " ".join(words.split()), target, braces[1] if braces else "")


def _balanced(text: str, start: int, opening: str, closing: str) -> int | None:
    """Return where a bracket closes, within its paragraph; one after a backslash does not count."""
    depth, at = 0, start
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] == opening:
            depth += 1
        elif text[at] == closing:
            depth -= 1
            if not depth:
                return at
        elif text[at] == "\n" and not text[at + 1 :].split("\n", 1)[0].strip():
            return None
        at += 1
    return None


def _target(inside: str) -> str:
    """Return the address within round brackets, without a title."""
    inside = re.sub(r"""\s+(?:"[^"]*"|'[^']*')\s*\Z""", "", inside.strip(), count=1)
    inside = inside[1:-1] if inside.startswith("<") and inside.endswith(">") else inside
    return re.sub(r"\\([!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~ ])", r"\1", inside).strip()
