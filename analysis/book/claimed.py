"""Comparisons, places, directions and causes typed by hand: each is to be computed, held by a formula, or cited.

What is looked for are words of closed lists, in prose, captions and the words of code that is shown. Such a word may
stand where its sentence holds a computed word of its kind, or a name that one was asked for; where the data list the
words around it, with the formula or the reason; or where the sentence names the page of the source that says so. A
cause may lean on a source named without a page too, but on no computed word: no figure tells why.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from analysis.base import inline
from analysis.base.markdown import without_fences
from analysis.book.diagnostics import Diagnostic
from analysis.book.lint.passages import Passage, Source, sources
from analysis.book.sentences import sentences, spoken

_ADJECTIVE = "ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ую|юю|ых|их|ым|им|ыми|ими"
_MORE = (
    "выше|ниже|больше|меньше|шире|уже(?=,? чем)|чаще|реже|дольше|короче|длиннее|сильнее|слабее|быстрее|медленнее|лучше|"
    "хуже|дороже|дешевле|резче|заметнее|теснее|беднее|богаче|вдвое|втрое|вчетверо|впятеро|наполовину|"
    rf"(?:более|менее) (?!чем\b|того\b|или\b)\w+(?:{_ADJECTIVE})|"
    r"превы[шс]\w+|опережа(?:ет|ют|л\w*)|опередил\w*|отста[лв]\w*|отстает\w*|уступ(?:а|и)\w*"
)
_MOST = (
    rf"сам(?:ый|ая|ое|ые|ого|ой|ому|ым|ом|ую|ых|ыми) \w+(?:{_ADJECTIVE})|"
    r"наибольш\w+|наименьш\w+|наивысш\w+|наихудш\w+|худш\w+|лучш(?:ий|ая|ее|ие|его|ей|ему|им|ую|их|ими)|"
    r"максимальн\w+|минимальн\w+|рекордн\w+|впервые|лидер\w*|лидир\w+|впереди|перв(?:ое|ом|ого) мест\w+|"
    r"последн(?:ее|ем|его) мест\w+|на перво\w+|прежде всего"
)
_MOVED = (
    r"вырос\w*|выраст\w+|растут|растет|расти|рос(?:ло|ли|ла)?|сниз[ия]\w+|снижа\w+|упал\w*|упад\w+|падал\w*|падает|падают|"
    r"сокращал\w*|сокраща[ею]т\w*|сократи\w+|увеличи\w+|уменьши\w+|уменьша\w+|прибав\w+|прибыл[аио]|убыл[аои]?|убыва\w+|"
    r"улучши\w+|улучша\w+|ухудши\w+|ухудша\w+|дешев\w+|дорожа\w+|подорожа\w+"
)
_CAUSE = (
    r"из-за|благодаря|потому,? что|поэтому|причин\w+|вызван\w*|вызва[лн]\w*|объясня\w+|объяснить|следстви\w+|"
    r"держ[иа]тся на|оттого|в результате|привод[ия]\w* к|прив[ео]л\w* к|обусловлен\w*"
)
_KINDS = {"place": _MOST, "comparison": _MORE, "direction": _MOVED, "cause": _CAUSE}
# «Больше всего» is one word for a place.
_WORDS = re.compile(
    r"(?<![\w-])(?:(?P<place>(?:" + _MORE + r") всех?(?:го)?(?!\w)|" + _MOST + r")|(?P<cause>" + _CAUSE + r")|"
    r"(?P<comparison>" + _MORE + r")|(?P<direction>" + _MOVED + r"))(?![\w-])",
    re.IGNORECASE,
)
_CITED = re.compile(r"\[[^\[\]]*@[\w{][^\]]*\]")
_PAGE = re.compile(r"\[[^\[\]]*@[\w{][^\]]*,[^\]]*\d[^\]]*\]")
PROBLEM = "сравнение, место, направление или причина набраны руками"
REMEDY = (
    "Поставьте рядом вычисляемое слово, впишите слова с формулой в таблицу assertions (слова издания – в его"
    " prose_assertions), назовите в том же предложении страницу источника или внесите слова с причиной в typed_words."
)


@dataclass(frozen=True)
class Known:
    """What words may rest on.

    Attributes
    ----------
    computing : mapping
        Kind of words to the names that compute such.
    listed : collection of str
        Words that the data list, with a formula or a reason.
    """

    computing: Mapping[str, Collection[str]]
    listed: Collection[str] = ()


def in_chapters(project: Path, known: Known, prose: Path | None = None) -> Iterator[Diagnostic]:
    """Yield every claim typed into the chapters of a project that nothing holds.

    Parameters
    ----------
    project
        Its folder.
    known
        What holds words.
    prose
        Folder of the fragments of an edition, which are read with the chapters.

    Yields
    ------
    Diagnostic
        One a word.
    """
    for chapter in sources(project, prose):
        names = _derived(chapter, known.computing)
        for passage in chapter.passages:
            for line, word in claims(passage.text, known, names if passage.evaluated else None):
                yield chapter.diagnostic(passage, line, word, PROBLEM, REMEDY)
        for cell in chapter.code:
            for line, word in _in_code(cell, known):
                yield chapter.diagnostic(cell, line, word, PROBLEM, REMEDY)


def claims(text: str, known: Known, names: Mapping[str, Collection[str]] | None = None) -> Iterator[tuple[int, str]]:
    """Yield the words of a Markdown text that claim something and that nothing holds, each with its line.

    Parameters
    ----------
    text
        Prose with inline expressions.
    known
        What holds words.
    names
        Kind of words to the names that compute such in this chapter; those of `known` unless given.

    Yields
    ------
    tuple of int and str
        Line, counted from 1, and word.
    """
    names = known.computing if names is None else names
    bare = without_fences(text)
    for start, end in sentences(bare):
        sentence = bare[start:end]
        if not _WORDS.search(sentence):
            continue
        held = _spans(sentence, known.listed)
        asked = [(first, last, _names(code)) for first, last, code in inline.spans(sentence)]
        computed = {kind for kind, of_kind in names.items() if any(it & frozenset(of_kind) for *_, it in asked)}
        cited = bool(_CITED.search(sentence)), bool(_PAGE.search(sentence))
        for found in _WORDS.finditer(spoken(sentence)):
            kind = str(found.lastgroup)
            free = kind not in computed and not cited[1] and not (kind == "cause" and cited[0])
            if free and not any(first <= found.start() and found.end() <= last for first, last in held):
                yield text.count("\n", 0, start + found.start()) + 1, found[0]


@lru_cache(maxsize=4096)
def _names(code: str) -> frozenset[str]:
    """Return the names and attributes that code uses."""
    try:
        tree = ast.parse(code.strip())
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # told by whoever reads the code
        return frozenset()
    nodes = list(ast.walk(tree))
    return frozenset(node.id for node in nodes if isinstance(node, ast.Name)) | frozenset(
        node.attr for node in nodes if isinstance(node, ast.Attribute)
    )


def _derived(chapter: Source, computing: Mapping[str, Collection[str]]) -> dict[str, frozenset[str]]:
    """Return the names that compute words in a chapter: those known, and those its code makes by them."""
    found = {kind: set(names) for kind, names in computing.items()}
    for cell in chapter.code:
        try:
            tree = ast.parse(cell.text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):  # told by whoever reads the code
            continue
        for node in tree.body:
            if isinstance(node, ast.Assign):
                made = {it.id for target in node.targets for it in ast.walk(target) if isinstance(it, ast.Name)}
                used = _names(ast.unparse(node.value))
                for kind in [kind for kind, of_kind in found.items() if used & of_kind]:
                    found[kind] |= made
    return {kind: frozenset(names) for kind, names in found.items()}


def _in_code(cell: Passage, known: Known) -> Iterator[tuple[int, str]]:
    """Yield what a code cell shows in words of its own: a string that is a sentence, computed from nothing."""
    try:
        tree = ast.parse(cell.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # told by whoever reads the code
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            for line, word in claims(node.value, known):
                yield node.lineno + line - 1, word


def _spans(sentence: str, listed: Iterable[str]) -> list[tuple[int, int]]:
    """Return where listed words stand in a sentence, blanks of any kind as one."""
    found = []
    for words in listed:
        pattern = _pattern(words)
        found += [(it.start(), it.end()) for it in pattern.finditer(sentence)]
    return found


@lru_cache(maxsize=4096)
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, words.split())))
