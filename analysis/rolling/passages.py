"""Texts of an edition cut into passages: which can be read, which make names for others, and what goes with what."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from analysis.base.markdown import fences

_HEADING = re.compile(r"#+(?=\s)")
_BOX = re.compile(r":{3,}(.*)$")
_INLINE = re.compile(r"`\{python\}([^`]*)`")


@dataclass(frozen=True)
class Passage:
    """A paragraph with the list it announces, a heading, or a block of code.

    Attributes
    ----------
    text : str
    why : str
        Why it does not come along; empty where it does.
    """

    text: str
    why: str = ""

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading."""
        return bool(_HEADING.match(self.text))

    @property
    def readable(self) -> bool:
        """Whether a reader sees it: code that makes names shows nothing."""
        return not self.makes

    @property
    def makes(self) -> frozenset[str]:
        """Names that its code makes."""
        return frozenset(name.id for name in self._names() if isinstance(name.ctx, ast.Store))

    @property
    def asks(self) -> frozenset[str]:
        """Names that its code and its inline expressions ask for."""
        return frozenset(name.id for name in self._names() if isinstance(name.ctx, ast.Load))

    def _names(self) -> Iterator[ast.Name]:
        code = ["\n".join(self.text.split("\n")[1:-1])] if self.text.startswith("```") else _INLINE.findall(self.text)
        for source in code:
            try:
                tree = ast.parse(source.strip())
            except SyntaxError:
                continue
            yield from (node for node in ast.walk(tree) if isinstance(node, ast.Name))


def passages(text: str, why: Callable[[str], str]) -> list[Passage]:
    """Return the passages of a text, each with the reason why it stays; what stands below such a heading goes with it.

    Parameters
    ----------
    text : str
        Markdown.
    why : callable
        Returns the reason by a passage; empty where it may come along.

    Returns
    -------
    list of Passage
    """
    found: list[Passage] = []
    under, level = "", 0
    for block in _blocks(text):
        heading = _HEADING.match(block)
        if heading and len(heading[0]) <= level:
            under, level = "", 0
        reason = why(block)
        if heading and reason and not under:
            under, level = reason, len(heading[0])
        found.append(Passage(block, reason or under))
    return found


def settled(texts: Mapping[str, list[Passage]]) -> dict[str, list[Passage]]:
    """Return the texts of a chapter by place, with the reasons of what cannot come along for want of the others.

    A passage that asks for a name which no passage makes any more goes too. Where nothing can be read in a text any
    more, only the names that others ask for stay of it.
    """
    texts = dict(texts)
    made = {name for text in texts.values() for one in text for name in one.makes}
    while True:
        there = {name for text in texts.values() for one in text if not one.why for name in one.makes}
        after = {place: [_bereft(one, (made - there) & one.asks) for one in text] for place, text in texts.items()}
        if after == texts:
            break
        texts = after
    wanted = {name for text in texts.values() for one in text if not one.why for name in one.asks}
    return {place: text if _said(text) else _names_only(text, wanted) for place, text in texts.items()}


def _bereft(one: Passage, names: frozenset[str] | set[str]) -> Passage:
    if one.why or not names:
        return one
    return replace(one, why=f"опирается на то, что осталось: {', '.join(sorted(names))}")


def _said(text: list[Passage]) -> bool:
    return any(one.readable and not one.is_heading and not one.why for one in text)


def _names_only(text: list[Passage], wanted: set[str]) -> list[Passage]:
    reason = next((one.why for one in text if one.why), "")
    return [one if one.makes & wanted else replace(one, why=one.why or reason) for one in text]


def _blocks(text: str) -> list[str]:
    """Return the paragraphs of a text, each with the list it announces, and its headings; code and boxes are whole."""
    lines = text.replace("\r\n", "\n").split("\n")
    held = {line for fence in fences("\n".join(lines)) for line in range(fence.first, (fence.last or len(lines)) + 1)}
    blocks: list[list[str]] = [[]]
    depth = 0
    for number, line in enumerate(lines, start=1):
        if number not in held and (box := _BOX.match(line)):
            depth += 1 if box[1].strip() else -1
        if line.strip() or number in held or depth > 0:
            blocks[-1].append(line)
        elif blocks[-1] and (_BOX.match(blocks[-1][-1]) or not blocks[-1][-1].rstrip().endswith(":")):
            blocks.append([])
        elif blocks[-1]:
            blocks[-1].append(line)
    return ["\n".join(block).rstrip() for block in blocks if any(map(str.strip, block))]
