"""What is missing, as the appendix lists it: who could supply it, why it is not there, where it was wanted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from analysis.base import marks
from analysis.base.gaps import Gap
from analysis.base.russian import shortened
from analysis.book.gaps import told
from analysis.book.gaps.told import LeftOut

NOBODY = "Дать некому"
# How many of what: «предложений – 3».
_MANY = {
    told.SENTENCE: "предложений",
    told.PARAGRAPH: "абзацев",
    told.ITEM: "пунктов списков",
    told.TABLE: "таблиц",
    told.FIGURE: "рисунков",
    told.LIST: "списков",
    told.NOTE: "сносок",
    told.SECTION: "разделов",
    told.CHAPTER: "глав",
    told.PLACE: "отдельных мест",
}
# How many numbers of one name are told one by one.
_SHOWN = 3


def passage(left: Sequence[LeftOut], standing: Collection[str], draft: bool) -> str:
    """Return the list as Markdown, empty where nothing is missing.

    Parameters
    ----------
    left
        What is not printed, in the order of the book.
    standing
        Identifiers of sections that can be referred to.
    draft
        Whether the places are marked and not left out.

    Returns
    -------
    str
        A sentence that counts, and lists.
    """
    if not left:
        return ""
    grouped: dict[str, dict[str, dict[Gap, list[str]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for entry in left:
        for gap in entry.gaps:
            grouped[gap.who][gap.why][gap].append(_place(entry, standing))
    lines = [_counted(left, draft)]
    # What nobody can supply comes last.
    for who in sorted(grouped, key=lambda name: (not name, name)):
        for why, gaps in grouped[who].items():
            lines.append(f"**{marks.markdown(_capital(who or NOBODY))}** ({marks.markdown(why)}):")
            wanted = [f"- {marks.markdown(what)}{_places(places)}" for what, places in _together(gaps)]
            lines.append(";\n".join(wanted) + ".")
    # Years and codes in it are names of what is missing, and no numbers of the report: a class tells.
    return "::: {.left-out}\n\n" + "\n\n".join(lines) + "\n\n:::"


def _together(gaps: Mapping[Gap, list[str]]) -> Iterator[tuple[str, list[str]]]:
    """Yield what is missing with its places; numbers of one name, which differ in what stands in brackets, are one."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for gap, places in gaps.items():
        name, bracket, rest = gap.what.rpartition(" (")
        named, of = (name, [rest.removesuffix(")")]) if bracket and rest.endswith(")") else (gap.what, [])
        parts, where = found.setdefault(named, ([], []))
        parts += of
        where += places
    for name, (parts, where) in found.items():
        yield f"{name} ({shortened(_closest(parts), _SHOWN, '; ')})" if parts else name, where


def _closest(parts: Sequence[str]) -> list[str]:
    """Return what numbers are called in brackets, without that which another one tells more closely."""
    words = {part: frozenset(part.split(", ")) for part in parts}
    return [part for part, said in words.items() if not any(said < other for other in words.values())]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def announced(left: Collection[LeftOut], where: str, draft: bool) -> str:
    """Return the line that a build ends with, empty where nothing is missing.

    Parameters
    ----------
    left
        What is not printed.
    where
        Where the list stands, in words; empty where the book has no place for it.
    draft
        Whether the places are marked and not left out.

    Returns
    -------
    str
        One line.
    """
    if not left:
        return ""
    said = f"Отмечено мест без данных: {len(left)}" if draft else f"Не вошло в доклад мест: {len(left)}"
    if not where:
        return f"{said}; перечня в докладе нет – поставьте в приложение блок «::: {{#left-out}}» … «:::»."
    return f"{said}; чего не хватило и кто может это дать – {where}."


def _counted(left: Iterable[LeftOut], draft: bool) -> str:
    many = Counter(entry.kind for entry in left)
    listed = ", ".join(f"{_MANY[kind]} – {many[kind]}" for kind in _MANY if many[kind])
    return f"{'Отмечено как место без данных' if draft else 'Не напечатано'}: {listed}."


def _place(entry: LeftOut, standing: Collection[str]) -> str:
    """Return where something was wanted: a reference where there still is a section to refer to."""
    if entry.section in standing and entry.kind not in (told.SECTION, told.CHAPTER):
        return f"@{entry.section}"
    return f"«{marks.markdown(entry.title)}»" if entry.title else ""


def _places(places: Iterable[str]) -> str:
    named = [place for place in dict.fromkeys(places) if place]
    return f" ({', '.join(named)})" if named else ""
