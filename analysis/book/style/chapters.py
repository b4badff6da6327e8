"""The rules of style over the chapters of a project with the fragments of an edition."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from analysis.base import inline
from analysis.base.markdown import blanked, without_fences
from analysis.book.diagnostics import Diagnostic
from analysis.book.lint.passages import Passage, Source, sources
from analysis.book.sentences import sentences, spoken
from analysis.book.style import moulds, signs, spelling

_SPACE = re.compile(r"\s+")
_NO_SENTENCE = re.compile(r"[ \t]*(?:#|[-*+][ \t]|\d+[.)][ \t]|\|)")
_EACH_YEAR = re.compile(r"f[\"'][^\"']*\b[вВ] \{[^{}]+\} год(?:у|ах)?\b[^\"']*[\"'] for ")
_CITATION = re.compile(r"\[[^\[\]]*@[^\[\]]*\]|\[-@[^\]]*\]|-?@[\w:-]+")
_SIGNS_OF_MARKUP = re.compile(r"[*_]{1,2}(?=\S)|(?<=\S)[*_]{1,2}|^[ \t]*(?:[-+>#]+|\d+[.)])[ \t]+", re.MULTILINE)


def in_chapters(
    project: Path, names: Sequence[str], words: Collection[str], prose: Path | None = None
) -> Iterator[Diagnostic]:
    """Yield what is to be written otherwise in the chapters of a project.

    Parameters
    ----------
    project
        Its folder.
    names
        Texts of the data that prose names as they stand, the longest first.
    words
        Words that no dictionary holds and that are right, in lower case.
    prose
        Folder of the fragments of an edition, which are read with the chapters.

    Yields
    ------
    Diagnostic
        One a word, sign or sentence.
    """
    for chapter in sources(project, prose):
        for passage in chapter.passages:
            yield from _in_passage(chapter, passage, names, words)


def _in_passage(
    chapter: Source, passage: Passage, names: Sequence[str], words: Collection[str]
) -> Iterator[Diagnostic]:
    bare = without_fences(passage.text)

    def told(place: int, text: str, problem: str, remedy: str) -> Diagnostic:
        return chapter.diagnostic(passage, bare.count("\n", 0, place) + 1, text, problem, remedy)

    heard = spoken(bare)
    for place, word in spelling.unknown(without(heard, names), words):
        yield told(place, word, spelling.PROBLEM, spelling.REMEDY)
    for place, text, problem, remedy in signs.mistaken(_valued(bare, "0")):
        yield told(place, text, problem, remedy)
    for place, text in _years(bare):
        yield told(place, text, moulds.BY_YEARS, moulds.FEWER_YEARS)
    for sentence, problem, remedy in moulds.moulded(_parted(bare)):
        yield told(sentence.place, _cut(sentence.words), problem, remedy)


def _parted(text: str) -> Iterator[moulds.Sentence]:
    """Yield the sentences of a passage; headings and the items of a list are none."""
    for start, end in sentences(text.replace("**", "  ")):
        if not _NO_SENTENCE.match(text, start) and (words := _plain(text[start:end])):
            yield moulds.Sentence(start, words)


def _years(text: str) -> Iterator[tuple[int, str]]:
    """Yield the expressions that tell years one by one, each with its place."""
    for start, _, code in inline.spans(text):
        if found := _EACH_YEAR.search(code):
            yield start, found[0]


def without(text: str, names: Sequence[str]) -> str:
    """Return a text with the names of the data blanked out, the longest of them first."""
    for name in names:
        if name in text:
            text = text.replace(name, blanked(name))
    return text


def _valued(text: str, value: str) -> str:
    """Return a text whose expressions stand as a value of their length, without references and attributes."""
    parts = list(text)
    for start, end, _ in inline.spans(text):
        parts[start:end] = value * (end - start)
    return _CITATION.sub(lambda found: value * len(found[0]), "".join(parts))


def _plain(sentence: str) -> str:
    """Return a sentence as it is heard, each expression as one value."""
    parts, end = [], 0
    for start, stop, _ in inline.spans(sentence):
        parts += [sentence[end:start], moulds.VALUE]
        end = stop
    said = _CITATION.sub("", "".join([*parts, sentence[end:]]))
    return _SPACE.sub(" ", _SIGNS_OF_MARKUP.sub("", spoken(said))).strip()


def _cut(words: str, most: int = 90) -> str:
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + "…"
