"""Appendix «Числа доклада и их источники»: every number of the book by section, how it was got and where it stands.

Numbers of prose have a row each; those of a table or figure share one as long as they are got in one way.
`analysis.book.quantities` describes what is told of numbers and places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from nbformat import NotebookNode

from analysis.base import inline, marks, paths
from analysis.base.markdown import ON_PAGES, headings, pages_alone
from analysis.base.ranges import as_ranges
from analysis.book.provenance.exhibits import outputs

FEW = 3  # places in a source that are named one by one
HEAD = f"| Число | Как получено | Источник |\n|{'-' * 14}|{'-' * 44}|{'-' * 42}|"
KINDS = ("datum", "value", "year", "text")  # words chosen by numbers are no numbers
FILE = "numbers.xlsx"
TITLE = "Числа доклада"
HEADS = ("Глава", "Раздел", "Где", "Число", "Как получено", "Источник", "Файл и строки")
_WORD = {"tbl": "Таблица", "fig": "Рисунок"}


def written(told: Mapping[str, Any], executed: Mapping[str, NotebookNode]) -> str:
    """Return the appendix below its title, as Markdown.

    Parameters
    ----------
    told
        `numbers`, `observations` and `places` of the whole book.
    executed
        Chapters by file, for the titles of their sections.
    """
    alone = {
        label: f"[{_WORD[label[:3]]} на страницах]({PurePosixPath(chapter).name}#{ON_PAGES}{label})"
        for chapter, notebook in executed.items()
        for _, label, data in outputs(notebook)
        if pages_alone(data["text/markdown"])
    }
    by_chapter: dict[str, dict[str, list[Mapping]]] = defaultdict(lambda: defaultdict(list))
    for place in asked(told):
        by_chapter[place["chapter"]][place["section"]].append(place)
    parts = []
    for chapter, by_section in by_chapter.items():
        titles = dict(sections(executed[chapter]))
        stem = PurePosixPath(chapter).stem
        chapter_title = next(iter(titles.values()), stem)
        parts.append(f"## {chapter_title} {{#num-{stem}}}")
        for section, places in by_section.items():
            if titles.get(section, chapter_title) != chapter_title:
                parts.append(f"::: {{.numbers-title}}\n\n{titles[section]}\n\n:::")
            parts.append("::: {.numbers}\n\n" + "\n".join([HEAD, *rows(places, told, alone)]) + "\n\n:::")
    return "\n\n".join(parts)


def sections(notebook: NotebookNode) -> Iterator[tuple[str, str]]:
    """Yield identifier and title of the sections of a chapter, values in the titles put in."""
    for cell in notebook.cells:
        if cell.cell_type != "markdown":
            continue
        titles = {expression: marks.bare(value) for expression, value in inline.values(cell).items()}
        for heading in headings(cell.source):
            yield heading.id, inline.filled(heading.text, titles)


def asked(told: Mapping[str, Any]) -> Iterator[Mapping]:
    """Yield the places of numbers; words chosen by numbers are none."""
    return (place for place in told["places"] if told["numbers"][place["number"]]["kind"] in KINDS)


def listed(told: Mapping[str, Any], executed: Mapping[str, NotebookNode]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the workbook of all numbers, its heads first: a place of a number each.

    Parameters
    ----------
    told
        As `written` takes it.
    executed
        Chapters by file, for the titles of their sections.

    Yields
    ------
    tuple of str
        What `HEADS` names.
    """
    yield HEADS
    titles = {chapter: dict(sections(notebook)) for chapter, notebook in executed.items()}
    for place in asked(told):
        number, of_chapter = told["numbers"][place["number"]], titles[place["chapter"]]
        chapter = next(iter(of_chapter.values()), PurePosixPath(place["chapter"]).stem)
        seen = [told["observations"][address] for address in sorted(set(number.get("from", ())), key=_order)]
        sources = dict.fromkeys(
            ", ".join(filter(None, (one["source"], one.get("locator", "")))) for one in seen if one.get("source")
        )
        files: dict[str, list[int]] = {}
        for one in seen:
            files.setdefault(_file(one["table"]), []).append(one.get("row", 0))
        rested = (f"{name}: {as_ranges(sorted({*numbers} - {0}))}".rstrip(": ") for name, numbers in files.items())
        yield (
            chapter,
            of_chapter.get(place["section"], chapter),
            place["exhibit"] or "текст",
            place["text"],
            got(number, told),
            "; ".join(sources),
            "; ".join(rested),
        )


def rows(places: Iterable[Mapping], told: Mapping[str, Any], alone: Mapping[str, str]) -> Iterator[str]:
    """Yield the rows of one section: its prose number by number, then its tables and figures.

    Parameters
    ----------
    places
        Of the numbers of the section.
    told
        As `written` takes it.
    alone
        Links to the tables and figures that pages alone show and that have no number, by label.

    Yields
    ------
    str
        A row of Markdown.
    """
    prose: dict[str, list[str]] = {}
    exhibits: dict[tuple[str, str], dict[str, list[str]]] = {}
    for place in places:
        name, number = place["number"], told["numbers"][place["number"]]
        if place["exhibit"]:
            way = observed(number, told)[0] if number["kind"] == "datum" else number.get("words", "")
            exhibits.setdefault((place["exhibit"], way), {}).setdefault(name, []).append(place["text"])
        else:
            prose.setdefault(name, []).append(place["text"])
    for name, texts in prose.items():
        number = told["numbers"][name]
        yield row(
            "; ".join(dict.fromkeys(map(marks.markdown, texts))),
            marks.markdown(got(number, told)),
            source(number.get("from", ()), told),
        )
    for (label, way), numbers in exhibits.items():
        addresses = [address for name in numbers for address in told["numbers"][name].get("from", ())]
        shown = "; ".join(text for texts in numbers.values() for text in dict.fromkeys(texts))
        yield row(
            alone.get(label, f"{_WORD[label[:3]]} [-@{label}]"),
            marks.markdown(f"{way}: {shown}"),
            source(addresses, told),
        )


def row(*cells: str) -> str:
    """Return a row of a table of Markdown."""
    return f"| {' | '.join(cells)} |"


def got(number: Mapping, told: Mapping[str, Any]) -> str:
    """Return how a number was got: the observation it is, or its formula and what all its observations share."""
    if number["kind"] == "datum":
        return ", ".join(part for part in observed(number, told) if part)
    words = number.get("words", "")
    shared = [
        values.pop()
        for key in ("place", "year")
        if len(values := {told["observations"][address].get(key, "") for address in number.get("from", ())}) == 1
    ]
    context = ", ".join(str(text) for text in shared if text and str(text) not in words)
    return f"{words} – {context}" if context else words


def observed(number: Mapping, told: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return what a number that is an observation says: indicator with its category, place, year."""
    seen = told["observations"][number["from"][0]]
    name = ": ".join(part for part in (seen.get("name", number.get("words", "")), seen.get("category", "")) if part)
    return name, seen.get("place", ""), str(seen.get("year", ""))


def source(addresses: Iterable[str], told: Mapping[str, Any]) -> str:
    """Return publications with the places in them, and files of the project with the rows in them."""
    seen = [told["observations"][address] for address in sorted(dict.fromkeys(addresses), key=_order)]
    locators: dict[str, list[str]] = {}
    lines: dict[str, list[int]] = {}
    for observation in seen:
        if observation.get("source"):
            locators.setdefault(observation["source"], []).append(observation.get("locator", ""))
        lines.setdefault(observation["table"], []).append(observation.get("row", 0))
    parts = [f"[@{key}]{_told(places)}" for key, places in locators.items()]
    parts += [f"{marks.markdown(_file(table))}{_rows(table, numbers)}" for table, numbers in lines.items()]
    return "; ".join(parts) or "–"


def _file(table: str) -> str:
    """Return the name that a table has beside the book, where two layers may have tables of one name."""
    return paths.published_name(table) + PurePosixPath(table).suffix


def _told(places: Iterable[str]) -> str:
    """Return places in one publication: what they have in common once, then what tells them apart."""
    places = [place for place in dict.fromkeys(places) if place]
    if not places:
        return ""
    parts = [place.split(", ") for place in places]
    common = 0
    while all(len(part) > common + 1 for part in parts) and len({part[common] for part in parts}) == 1:
        common += 1
    tails = [", ".join(part[common:]) for part in parts]
    listed = ", ".join([*parts[0][:common], "; ".join(tails) if len(tails) <= FEW else f"{tails[0]} – {tails[-1]}"])
    return f", {marks.markdown(listed)}"


def _rows(table: str, numbers: Iterable[int]) -> str:
    """Return the rows of a file, linked to where it lies beside the pages."""
    numbers = sorted({number for number in numbers if number})
    if not numbers:
        return ""
    return (
        f", [{'строка' if len(numbers) == 1 else 'строки'} {as_ranges(numbers)}]({paths.row_link(table, numbers[0])})"
    )


def _order(address: str) -> tuple[str, int]:
    table, _, number = address.partition("#")
    return table, int(number) if number.isdigit() else 0
