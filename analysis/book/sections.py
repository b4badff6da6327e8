"""Numbers of sections: written into headings, and into what refers to them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.base.errors import RenderError, did_you_mean
from analysis.base.markdown import blanked, headings, without_fences
from analysis.book.config import NBSP, Entry

_NUMBERED_LEVELS = (2, 3)
_REFERENCE = re.compile(r"\[([^\[\]]*@sec-[^\[\]]*)\]|(?<![\w@])@(sec-[\w-]*\w)")
_ITEM = re.compile(r"\s*(-?)@(sec-[\w-]*\w)\s*")
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)


@dataclass(frozen=True)
class Section:
    """A section that can be referred to."""

    id: str
    file: str
    number: str
    title: str
    appendix: bool = False

    @property
    def called(self) -> str:
        """How running text calls it in the nominative."""
        if not self.number:
            return f"«{self.title}»"
        return f"{'приложение' if self.appendix else 'раздел'}{NBSP}{self.number}"


def number(sources: Iterable[str], entry: Entry) -> tuple[list[str], list[Section]]:
    """Write numbers into the headings of one chapter.

    Parameters
    ----------
    sources
        Its Markdown texts in order.

    Returns
    -------
    list of str, list of Section
        The texts with numbers, and the sections that have an identifier.
    """
    counts = dict.fromkeys(_NUMBERED_LEVELS, 0)
    texts, sections, titled = [], [], False
    for source in sources:
        parts, end = [], 0
        for heading in headings(source):
            mark, prefix = "", ""
            if heading.level == 1:
                if titled:
                    raise RenderError(
                        f"{entry.file}: второй заголовок первого уровня («{heading.text}»). Поставьте перед ним «##»."
                    )
                titled, mark, prefix = True, entry.number, entry.prefix
            elif heading.level in counts and entry.number and not heading.unnumbered:
                counts[heading.level] += 1
                counts.update({deeper: 0 for deeper in counts if deeper > heading.level})
                mark = ".".join([entry.number, *(str(counts[level]) for level in counts if level <= heading.level)])
                prefix = mark + NBSP
            parts += [source[end : heading.start], prefix]
            end = heading.start
            if heading.id:
                sections.append(Section(heading.id, entry.file, mark, heading.text, entry.appendix))
        texts.append("".join([*parts, source[end:]]))
    return texts, sections


def index(sections: Iterable[Section]) -> dict[str, Section]:
    """Return the sections of the whole book by identifier."""
    found: dict[str, Section] = {}
    for section in sections:
        if other := found.get(section.id):
            raise RenderError(
                f"{section.file}: метка «{section.id}» уже занята в {other.file}. Переименуйте одну из них."
            )
        found[section.id] = section
    return found


def resolve(text: str, file: str, sections: Mapping[str, Section]) -> str:
    """Return the Markdown of `file` with references to sections replaced by links that show their numbers.

    Parameters
    ----------
    text
        Markdown.
    file
        The chapter it is of.
    sections
        Sections of the whole book by identifier.

    Returns
    -------
    str
        The text.

    Raises
    ------
    RenderError
        A reference leads nowhere or is not written as one.
    """

    def reference(identifier: str, bare: bool) -> str:
        section = sections.get(identifier)
        if section is None:
            raise RenderError(f"{file}: ссылка «@{identifier}» никуда не ведёт.{did_you_mean(identifier, sections)}")
        target = posixpath.relpath(section.file, posixpath.dirname(file)) if section.file != file else ""
        shown = section.number if bare and section.number else section.called
        return f"[{shown}]({target}#{identifier})"

    def group(content: str) -> str:
        parts = content.split(";")
        items = [item for item in map(_ITEM.fullmatch, parts) if item]
        if len(items) < len(parts):
            raise RenderError(
                f"{file}: ссылка «[{content}]» записана не так. Оставьте в скобках только метку: [-@sec-…]."
            )
        return ", ".join(reference(item[2], bool(item[1])) for item in items)

    parts, end = [], 0
    for match in _REFERENCE.finditer(_CODE.sub(lambda code: blanked(code[0]), without_fences(text))):
        parts += [text[end : match.start()], group(match[1]) if match[1] else reference(match[2], bare=False)]
        end = match.end()
    return "".join([*parts, text[end:]])
