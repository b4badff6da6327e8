"""Sentences of a paragraph of Markdown, as far as it is certain where one ends.

Two sentences taken for one are left out together, which loses a little; half a sentence left standing would be a
mistake in the book. So a full stop that may be that of a short word («г.», «тыс. чел.») or of initials ends nothing,
and neither does one within brackets, quotation marks, emphasis, code, a formula or a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from analysis.base.gaps import ALONE

# What is no prose, filled with one sign that no rule below knows.
_FILL = "\x1a"
_OPAQUE = (
    re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL),
    re.compile(r"<!--.*?-->", re.DOTALL),
    re.compile(r"\$\$.+?\$\$|(?<!\\)\$(?=\S)[^$\n]*?(?<=[^\s\\])\$(?!\d)", re.DOTALL),
    re.compile(r"(?<=\])\((?:[^()\n]|\([^()\n]*\))*\)"),
    re.compile(r"</?[A-Za-z][^<>]*>"),
    re.compile(r"\\."),
)
_ATTRIBUTES = re.compile(r"(?<=\])\{[^{}]*\}")
_EMPHASIS = re.compile(
    r"\*\*\*(?=\S).+?(?<=\S)\*\*\*|\*\*(?=\S).+?(?<=\S)\*\*|(?<!\*)\*(?=[^\s*]).+?(?<=[^\s*])\*(?!\*)|"
    r"(?<!\w)__(?=\S).+?(?<=\S)__(?!\w)|(?<![\w_])_(?=[^\s_]).+?(?<=[^\s_])_(?![\w_])|~~(?=\S).+?(?<=\S)~~",
    re.DOTALL,
)
_PAIRS = {"(": ")", "[": "]", "«": "»", "“": "”", "„": "“"}
_END = re.compile(r"(?P<stop>[.!?…:;]*[.!?…])(?:[»”“*_~]|\[\^[^\]\s]+\])*(?=\s+(?P<next>\S))")
_SHORT = re.compile(r"([^\W\d_]+)\.$")
_SHORT_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
    гг вв тыс млн млрд трлн руб коп долл чел экз ед шт кв куб мин макс сек час обл респ окр пос дер ст ул просп наб
    корп стр изд ред сост пер им напр проф акад доц канд рук зам нач ср см рис табл гл разд прим прил др пр проч
    соотв ок св тел доб исх вх пп абз ч тт сс стб илл авт англ лат рус min max vol ed eds pp etc al fig tab no
        """,
    )
)
_OPENERS = re.compile(r"[\s*_~«“„(\[–—-]*")


class Sentence(NamedTuple):
    """A sentence: where it stands, whether it can be left out alone, whether it only leads a paragraph in."""

    start: int
    end: int
    alone: bool
    lead: bool


def masked(text: str) -> str:
    """Return the text with code, formulas, comments, tags and targets of links filled, every position kept."""
    for pattern in _OPAQUE:
        text = pattern.sub(lambda found: _FILL * len(found[0]), text)
    return text


def pairs(text: str) -> list[tuple[int, int]]:
    """Return where brackets and quotation marks of a masked text open and end, those that have a pair."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for place, sign in enumerate(text):
        # “ closes „ and opens ”.
        last = opened[-1] if opened else None
        if last is not None and sign == _PAIRS[text[last]]:
            found.append((opened.pop(), place + 1))
        elif sign in _PAIRS:
            opened.append(place)
        elif sign in _PAIRS.values():
            matching = next((start for start in reversed(opened) if _PAIRS[text[start]] == sign), None)
            if matching is not None:
                del opened[opened.index(matching) :]
                found.append((matching, place + 1))
    return found


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a paragraph in order; only blanks stand between them."""
    bare = masked(text)
    brackets = pairs(bare)
    own = [(start, _behind(bare, end)) for start, end in brackets if _is_alone(bare, end)]
    whole = [*brackets, *(found.span() for found in (*_EMPHASIS.finditer(bare), *_ATTRIBUTES.finditer(bare))), *own]
    inside = bytearray(len(text) + 1)
    for start, end in whole:
        inside[start + 1 : end] = b"\1" * max(end - start - 1, 0)
    ends = {found.end() for found in _END.finditer(bare) if not inside[found.end()] and _ends(bare, found)}
    alone = [(start, end) for start, end in own if not inside[start] and _stands(bare, start, end, ends)]
    ends |= {len(bare[:start].rstrip()) for start, _ in alone if bare[:start].strip()} | {end for _, end in alone}
    return list(_between(bare, sorted({*ends, len(bare.rstrip())} - {0}), {start for start, _ in alone}))


def unwrapped(text: str) -> str:
    """Return the text in which sentences are no longer marked as standing by themselves."""
    bare = masked(text)
    cut: set[int] = set()
    for start, end in pairs(bare):
        if bare[start] == "[" and _is_alone(bare, end):
            behind = _behind(bare, end)
            classes = [name for name in text[end + 1 : behind - 1].split() if name != f".{ALONE}"]
            # Other classes and attributes keep their span.
            cut |= set(range(end, behind)) | {start, end - 1} if not classes else _word(text, end, behind)
    return "".join(sign for place, sign in enumerate(text) if place not in cut) if cut else text


def _word(text: str, start: int, end: int) -> set[int]:
    found = re.compile(rf"\s?\.{ALONE}(?![\w-])").search(text, start, end)
    return set(range(*found.span())) if found else set()


def _is_alone(bare: str, end: int) -> bool:
    found = _ATTRIBUTES.match(bare, end) if bare[end - 1 : end] == "]" else None
    return bool(found and f".{ALONE}" in found[0][1:-1].split())


def _behind(bare: str, end: int) -> int:
    found = _ATTRIBUTES.match(bare, end)
    return found.end() if found else end


def _stands(bare: str, start: int, end: int, ends: set[int]) -> bool:
    """Tell whether a marked span is a sentence of its own: one ends before it, and blank or nothing follows."""
    before = bare[:start].rstrip()
    own = bare[start - 1 : start].isspace() and (len(before) in ends or before[-1:] in ("]", "}", ".", "!", "?", "…"))
    return (not before or own) and (end == len(bare) or bare[end].isspace())


def _ends(bare: str, found: re.Match[str]) -> bool:
    """Tell whether what looks like the end of a sentence is one."""
    short = _SHORT.search(bare[: found.end("stop")]) if found["stop"] == "." else None
    if short and (len(short[1]) == 1 or short[1].casefold() in _SHORT_WORDS):
        return False
    following = _OPENERS.match(bare, found.start("next"))
    first = bare[following.end() : following.end() + 1] if following else ""
    return not first.islower()


def _between(bare: str, ends: list[int], alone: set[int]) -> Iterator[Sentence]:
    start = 0
    for end in ends:
        start += len(bare[start:end]) - len(bare[start:end].lstrip())
        if start < end:
            lead = start == 0 and any(found.span() == (0, end) for found in [_EMPHASIS.match(bare)] if found)
            yield Sentence(start, end, start in alone, lead)
        start = end
