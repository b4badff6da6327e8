"""Words for prose that remember the numbers they are made of.

A `Text` is an ordinary string with marks: from here to there stands this number. Slices, sums, `join`
and `split` keep the marks. An f-string can only hold plain characters: while a build asks for cards it
carries the marks as private characters that the next `Text` reads back; otherwise it is plain, so that
nothing else ever sees them. In a build the marks become spans that name a card.

A text is words, never markup: in Markdown as in HTML it comes out as it is (`analysis.base.marks`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, Self, SupportsIndex

from analysis.base import build_env
from analysis.base.carried import CLOSE, MID, OPEN, unmarked
from analysis.base.gaps import bundle
from analysis.base.marks import edged, html_characters, html_mark, markdown_characters, markdown_mark
from analysis.quantities import registry
from analysis.quantities.absent import missing_of
from analysis.quantities.formula import Formula, Gathered, Origin, Seen
from analysis.quantities.observation import Observation

_CARRIED = re.compile(f"{OPEN}(\\d+){MID}([^{OPEN}{CLOSE}]*){CLOSE}")
# A run of digits that does not belong to a word (ТОП-50, ОКВЭД2).
_DIGITS = re.compile(r"(?<![\w-])\d+(?:[\u00a0\u202f ,./–-]?\d+)*")
_origins: list[Origin] = []
ORDER = "порядок по убыванию"  # the rule of keys that were put in order and not chosen


@dataclass(frozen=True)
class Wording:
    """Words that a rule chose by numbers («выросла»), or a text of the data that holds numbers itself.

    Attributes
    ----------
    formula : Formula
        The rule, over the numbers it looked at.
    sources : tuple of Observation
    before : str
        The rule by which a picked key had been picked before.
    """

    formula: Formula
    sources: tuple[Observation, ...]
    before: str = ""


class Mark(NamedTuple):
    """Characters `start` to `end` of a text say what `origin` holds."""

    start: int
    end: int
    origin: Origin


class Text(str):  # noqa: SLOT000 - it has marks
    """Words for prose; what a notebook puts in place of an inline expression.

    Attributes
    ----------
    marks : tuple of Mark
        Which numbers stand where, in order, without overlap.
    """

    marks: tuple[Mark, ...]

    def __new__(cls, text: str = "", marks: Iterable[Mark] | None = None) -> Self:
        """Read the marks that a text carries, unless they are given."""
        if marks is None:
            text = text if isinstance(text, str) else str(text)
            text, marks = (str.__str__(text), text.marks) if isinstance(text, Text) else _read(text)
        made = super().__new__(cls, text)
        made.marks = tuple(marks)
        return made

    @classmethod
    def of(cls, text: str, origin: Origin) -> Text:
        """Return a text that as a whole says what one number or one choice holds."""
        plain = str.__str__(cls(text))
        return cls(plain, [Mark(0, len(plain), origin)] if plain else [])

    @property
    def quantities(self) -> tuple[Origin, ...]:
        """What the text was made from."""
        return tuple(mark.origin for mark in self.marks)

    def __add__(self, other: str) -> Text:
        return _chained((self, other))

    def __radd__(self, other: str) -> Text:
        return _chained((other, self))

    def __getitem__(self, at: SupportsIndex | slice) -> Text:
        start, stop, step = _slice(at).indices(len(self))
        kept = (
            [
                Mark(max(mark.start, start) - start, min(mark.end, stop) - start, mark.origin)
                for mark in self.marks
                if mark.start < stop and mark.end > start
            ]
            if step == 1
            else []
        )
        return Text(super().__getitem__(at), kept)

    def __format__(self, spec: str) -> str:
        if self.marks and not spec and build_env.cards_wanted():
            return self._marked(list(str.__str__(self)), _carried)
        return super().__format__(spec)

    def join(self, texts: Iterable[str]) -> Text:
        """Join as any string does; every text keeps its numbers."""
        parts: list[str] = []
        for text in texts:
            parts += [self, text] if parts else [text]
        return _chained(parts)

    def split(self, sep: str | None = None, maxsplit: int = -1) -> list[Text]:  # type: ignore[override]
        """Split as any string; every piece keeps its numbers."""
        pieces, at = [], 0
        for piece in super().split(sep, maxsplit):
            at = self.index(piece, at)
            pieces.append(self[at : at + len(piece)])
            at += len(piece)
        return pieces

    def retouched(self, change: Callable[[str], str]) -> Text:
        """Return the text after a change that moves no character (the case of a letter)."""
        return Text(change(str.__str__(self)), self.marks)

    def html(self) -> str:
        """Return escaped HTML in which every number names its card."""
        return self._marked(html_characters(str.__str__(self)), _card(html_mark))

    def markdown(self, start: int = 0, stop: int | None = None) -> str:
        """Return Markdown that shows the text, or a part of it, as it is, with the cards of its numbers."""
        piece = self[start:stop]
        return piece._marked(markdown_characters(str.__str__(self))[start:stop], _card(markdown_mark))  # noqa: SLF001

    def _repr_markdown_(self) -> str:
        return edged(self.markdown())

    def _repr_mimebundle_(self, **_wanted: object) -> dict[str, Any]:
        gaps = missing_of(self.quantities)
        return bundle("", gaps, str.__str__(self)) if gaps else {}

    def _marked(self, characters: list[str], mark: Callable[[str, Origin], str]) -> str:
        """Return the text of its characters as they are written, with its marks around them."""
        parts, end = [], 0
        for placed in self.marks:
            parts += [
                *characters[end : placed.start],
                mark("".join(characters[placed.start : placed.end]), placed.origin),
            ]
            end = placed.end
        return "".join([*parts, *characters[end:]])


def quoted(text: str, observation: Observation) -> Text:
    """Return a text of the data; one that holds digits remembers the row it stands in."""
    plain = Text(text)
    if not any(character.isdigit() for character in plain):
        return plain
    return Text.of(plain, Wording(Gathered("text", (Seen(observation),)), (observation,)))


def asked_of(text: str, origin: Origin) -> Text:
    """Return a text in which every number that has no origin yet has this one; the words between stay plain."""
    text = Text(text)
    taken = [(mark.start, mark.end) for mark in text.marks]
    found = [
        Mark(*run.span(), origin)
        for run in _DIGITS.finditer(text)
        if not any(run.start() < end and start < run.end() for start, end in taken)
    ]
    return Text(str.__str__(text), sorted((*text.marks, *found), key=lambda mark: mark.start))


def chosen(words: str, rule: str, *by: Origin | Text) -> Text:
    """Return words that were chosen by numbers or by picked keys.

    Parameters
    ----------
    words : str
        The words; numbers inside them keep their own marks.
    rule : str
        The rule that chose them, in words.
    *by : Origin or Text
        The numbers, or the keys picked by numbers, that it looked at.

    Returns
    -------
    Text
        The words, each part of which but its numbers can be asked why it stands there.
    """
    text = Text(words)
    origins = [origin for given in by for origin in (given.quantities if isinstance(given, Text) else (given,))]
    sources = dict.fromkeys(source for origin in origins for source in origin.sources)
    choice = Wording(Gathered("words", tuple(origin.formula for origin in origins), rule), tuple(sources))
    ends = [0, *(end for mark in text.marks for end in (mark.start, mark.end)), len(text)]
    # Blanks at the ends of a part belong to no mark: a renderer would drop them.
    parts = [_trimmed(text, start, end) for start, end in zip(ends[::2], ends[1::2], strict=True)]
    between = [Mark(start, end, choice) for start, end in parts if start < end]
    return Text(str.__str__(text), sorted((*text.marks, *between), key=lambda mark: mark.start))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where a part of a text begins and ends without the blanks around it."""
    words = str.__str__(text)[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def picked(key: str, rule: str, by: Iterable[Origin]) -> Text:
    """Return a key that was picked by numbers: as a key it is what it was, and what is named by it can be asked why.

    A key that was picked before (the first of those that rose) rests on both choices.

    Parameters
    ----------
    key : str
        Code of a territory, a category, a year.
    rule : str
        How it was picked, in words.
    by : iterable of Origin
        All that were compared.

    Returns
    -------
    Text
        The key.
    """
    by = tuple(by)
    earlier = key.quantities if isinstance(key, Text) else ()
    sources = (source for origin in (*earlier, *by) for source in origin.sources)
    formula = Gathered("words", tuple(quantity.formula for quantity in by), rule)
    return Text.of(key, Wording(formula, tuple(dict.fromkeys(sources)), _told(key)))


def rule_of(keys: Iterable[object]) -> str:
    """Return the rule that picked keys: «рост», «рост; также рост 2019–2020» where they had been picked before.

    Nothing where they were not picked, or only put in order.
    """
    for key in keys:
        for origin in key.quantities if isinstance(key, Text) else ():
            if isinstance(origin, Wording) and isinstance(origin.formula, Gathered):
                rule = "" if origin.formula.about == ORDER else origin.formula.about
                return "; также ".join(filter(None, (rule, origin.before)))
    return ""


def sources_of(keys: Iterable[object]) -> tuple[Observation, ...]:
    """Return the observations that keys were picked by."""
    origins = [origin for key in keys if isinstance(key, Text) for origin in key.quantities]
    return tuple(dict.fromkeys(source for origin in origins for source in origin.sources))


def _told(key: str) -> str:
    """Return by which rule a key was picked, and over which years; nothing of one that was not."""
    rule = rule_of([key])
    years = sorted({source.year for source in sources_of([key]) if source.year})
    return f"{rule} {years[0]}–{years[-1]}" if rule and len(years) > 1 else rule


def named_by(key: str, words: str) -> str:
    """Return the words that a key stands for; those of a picked key remember the choice."""
    return Text.of(words, key.quantities[0]) if isinstance(key, Text) and key.marks and words else words


def plain(text: str) -> str:
    """Return a text without marks of any kind, for where nobody can ask: an error, a desk, a drawing."""
    return str.__str__(Text(text))


def _carried(text: str, origin: Origin) -> str:
    _origins.append(origin)
    return f"{OPEN}{len(_origins) - 1}{MID}{text}{CLOSE}"


def _read(text: str) -> tuple[str, list[Mark]]:
    if OPEN not in text and CLOSE not in text:
        return text, []
    parts, marks, length, end = [], [], 0, 0
    for found in _CARRIED.finditer(text):
        before = unmarked(text[end : found.start()])
        parts += [before, found[2]]
        marks.append(Mark(length + len(before), length + len(before) + len(found[2]), _origins[int(found[1])]))
        length += len(before) + len(found[2])
        end = found.end()
    return "".join([*parts, unmarked(text[end:])]), marks


def _slice(at: SupportsIndex | slice) -> slice:
    """Return the place of one character as a slice of one; a slice is as it is."""
    if isinstance(at, slice):
        return at
    first = at.__index__()
    return slice(first, first + 1 or None)


def _chained(texts: Iterable[str]) -> Text:
    parts, marks, length = [], [], 0
    for text in map(Text, texts):
        marks += [Mark(mark.start + length, mark.end + length, mark.origin) for mark in text.marks]
        parts.append(str.__str__(text))
        length += len(text)
    return Text("".join(parts), marks)


def _card(mark: Callable[[str, str], str]) -> Callable[[str, Origin], str]:
    """Return what marks a written number by the id of its card; nothing is marked where no build asks for cards."""
    return lambda text, origin: mark(text, registry.note(origin)) if build_env.cards_wanted() else text
