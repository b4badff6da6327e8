"""References to what is left out: where they stand, and parentheses that can do without them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from analysis.base.markdown import blanked
from analysis.book.gaps.sentences import masked, pairs

_ID = r"-?@(?:(?:fig|tbl|eq|sec)-[\w-]*\w)"
_GROUP = re.compile(rf"\[\s*({_ID}(?:\s*;\s*{_ID})*)\s*\]|(?<![\w@[;-])({_ID})")
_NAME = re.compile(r"@([\w-]+)")
_LINK = re.compile(r"\]\(([^()\s]+)(?:\s+\"[^\"]*\")?\)")
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)|<!--.*?-->", re.DOTALL)
_WORDS = r"(?:рисун|таблиц|раздел|глав|приложени|формул)\w*"
_SEE = r"(?:(?:см\.|также|и|а|смотри)[\s\u00a0]+)*"
# One part of a parenthesis that does nothing but refer: «см. рисунки [-@fig-x] и [-@fig-y]».
_ONE = rf"(?:{_SEE}(?:{_WORDS}[\s\u00a0]+)?(?:\[[^\[\]]*@[^\[\]]*\]|{_ID}))"
_PART = re.compile(rf"\s*{_ONE}(?:\s*(?:,|;|[\s\u00a0]и[\s\u00a0])\s*{_ONE})*\s*")
_BETWEEN = re.compile(r"\s*[,;]\s*(?:и[\s\u00a0]+)?|[\s\u00a0]+и[\s\u00a0]+")
_HEAD = re.compile(rf"(?P<see>{_SEE})(?P<word>(?:{_WORDS}[\s\u00a0]+)?)")
# What one reference is called that was one of several; after «см.» in the accusative.
_SINGULAR = {
    "рисунки": ("рисунок", "рисунок"),
    "таблицы": ("таблица", "таблицу"),
    "разделы": ("раздел", "раздел"),
    "главы": ("глава", "главу"),
    "приложения": ("приложение", "приложение"),
    "формулы": ("формула", "формулу"),
}


class Reference(NamedTuple):
    """A place that refers: where it stands and what it names (identifiers, files with `#identifier`)."""

    start: int
    end: int
    names: tuple[str, ...]


def references(text: str, file: str) -> Iterator[Reference]:
    """Yield what a text of a chapter refers to; `file` is the chapter, from which its links start."""
    bare = _CODE.sub(lambda found: blanked(found[0]), text)
    for found in _GROUP.finditer(bare):
        yield Reference(*found.span(), tuple(_NAME.findall(found[0])))
    for found in _LINK.finditer(bare):
        page, _, name = found[1].partition("#")
        if page.endswith((".ipynb", ".qmd")):
            yield Reference(*found.span(), (posixpath.normpath(posixpath.join(posixpath.dirname(file), page)), name))
        elif name and not page:
            yield Reference(*found.span(), (name,))


def dead(text: str, file: str, gone: Collection[str]) -> list[Reference]:
    """Return the references of a text that lead to something left out.

    Parameters
    ----------
    text
        Markdown.
    file
        The chapter it is of.
    gone
        What is left out, identifiers and files.

    Returns
    -------
    list of Reference
        In their order.
    """
    return [found for found in references(text, file) if set(gone) & set(found.names)] if gone else []


def pruned(text: str, gone: Collection[str]) -> str:
    """Return a text whose parentheses no longer refer to what is left out.

    A parenthesis that says nothing else vanishes with its blank; what else it says stays. What refers elsewhere stays
    as it is: its sentence has to go.
    """
    while True:
        bare = masked(text)
        for start, end in pairs(bare):
            if bare[start] == "(" and any(name in gone for name in _NAME.findall(bare[start:end])):
                kept = _inside(text[start + 1 : end - 1], gone)
                shorter = f"{text[: start + 1]}{kept}{text[end - 1 :]}" if kept.strip() else _without(text, start, end)
                if shorter != text:
                    text = shorter
                    break
        else:
            return text


def _without(text: str, start: int, end: int) -> str:
    """Cut a parenthesis out with the blanks that set it apart."""
    before, after = text[:start].rstrip(" \t\n\u00a0"), text[end:]
    if not before:
        return after.lstrip(" \u00a0")
    return before + (" " if after[:1].isalnum() else "") + after


def _inside(inner: str, gone: Collection[str]) -> str:
    """Return what is left of the words in a parenthesis; a part that does not only refer stays whole."""
    parts = _split(inner, r"[\s\u00a0]*;[\s\u00a0]*|[\s\u00a0]*,[\s\u00a0]*|[\s\u00a0]+и[\s\u00a0]+")
    if all(_PART.fullmatch(part) for part, _ in parts):
        return _referring(parts, gone)
    kept = [(part, sign) for part, sign in parts if not (_PART.fullmatch(part) and _all_gone(part, gone))]
    return "".join((sign if number else "") + part for number, (part, sign) in enumerate(kept))


def _all_gone(part: str, gone: Collection[str]) -> bool:
    return set(_NAME.findall(part)) <= set(gone)


def _split(text: str, separators: str) -> list[tuple[str, str]]:
    """Return the parts of a text, each with the sign before it; within brackets and quotation marks none divides."""
    bare = list(masked(text))
    for start, end in pairs("".join(bare)):
        bare[start:end] = "\x1a" * (end - start)
    parts, at, sign = [], 0, ""
    for found in re.finditer(separators, "".join(bare)):
        parts.append((text[at : found.start()], sign))
        at, sign = found.end(), found[0]
    return [*parts, (text[at:], sign)]


class _Group(NamedTuple):
    """References under one word: «см. рисунки [-@fig-x] и [-@fig-y]», as typed and taken apart."""

    sign: str
    see: str
    word: str
    names: list[str]
    typed: list[str]


def _referring(parts: list[tuple[str, str]], gone: Collection[str]) -> str:
    """Return a parenthesis that only refers without what it must not name, group by group of one word."""
    groups: list[_Group] = []
    for part, sign in parts:
        head = _HEAD.match(part.strip())
        names = _items(part.strip()[head.end() :]) if head else []
        if head and groups and not head["word"] and not head["see"]:
            groups[-1].names.extend(names)
            groups[-1].typed.append(sign + part)
        elif head:
            groups.append(_Group(sign, head["see"], head["word"], names, [part]))
    told: list[str] = []
    see = ""
    for group in groups:
        see = see or group.see
        left = [name for name in group.names if not _all_gone(name, gone)]
        if not left:
            continue
        lead = group.sign + group.see if told else see
        if len(left) == len(group.names):
            told.append(lead + "".join(group.typed).strip()[len(group.see) :])
            continue
        word = _one(group.word, after_see="см." in see) if len(left) == 1 else group.word
        told.append(lead + word + ", ".join(left[:-1]) + (" и " if left[1:] else "") + left[-1])
    return "".join(told)


def _items(text: str) -> list[str]:
    """Return the references of «[-@fig-x; -@fig-y]» or «@fig-x», each in brackets of its own where it had some."""
    inner = text.strip()
    return [f"[{one.strip()}]" for one in inner[1:-1].split(";")] if inner[:1] == "[" else [inner]


def _one(word: str, after_see: bool) -> str:
    """Return the word for one reference in place of that for several, written as large as it was."""
    bare = word.rstrip(" \u00a0")
    known = _SINGULAR.get(bare.casefold())
    if known is None:
        return word
    one = known[after_see]
    return (one.capitalize() if bare[:1].isupper() else one) + word[len(bare) :]


def marker(note: str) -> Callable[[str], str]:
    """Return what takes the marks of a footnote out of a text."""
    pattern = re.compile(rf"\[\^{re.escape(note)}\](?!:)")
    return lambda text: pattern.sub("", text)
