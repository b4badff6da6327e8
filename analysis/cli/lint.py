"""What is wrong with the chapters before anything runs: slips of the keyboard, what may not be put in by hand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pandas as pd

from analysis.base import paths
from analysis.base.errors import RenderError, UsageError
from analysis.base.markdown import headings
from analysis.base.russian import CASES
from analysis.base.spelled_numbers import spelled_numbers
from analysis.book import agreeing, claimed, style
from analysis.book.authored import in_project as authored_faults
from analysis.book.config import read_config
from analysis.book.diagnostics import Diagnostic
from analysis.book.lint import mistyped
from analysis.book.lint.beside import Names
from analysis.book.lint.cells import undeclared
from analysis.book.lint.digits import DIGIT, PROBLEM, REMEDY, REMEDY_SPELLED, SPELLED
from analysis.book.lint.passages import misplaced, sources
from analysis.book.notebooks import text_files
from analysis.book.settings import FILE
from analysis.book.typed import in_chapters, typed_numbers
from analysis.catalogue import Finding, captions, load, tables
from analysis.catalogue.check import bibliography_keys
from analysis.catalogue.places import place
from analysis.editions.edition import available, read_edition
from analysis.show.comparing import COMPUTING
from analysis.show.findings import candidates as main
from analysis.show.panel import rows as outcomes

_LISTED = {
    "names": ("name", "short", "gen", "dat", "loc"),
    "documents": ("text",),
    "territories": ("name", "short", *CASES, *(f"short_{case}" for case in CASES)),
    "groups": ("id",),
    "specialties": ("id",),
    "typed_numbers": ("text",),
}
# Words that the data are held against before a build: a number that they spell cannot go wrong unnoticed.
_ASSERTED = ("assertions", "prose_assertions")
# A name or a code that holds digits; a bare number names nothing.
_NAME = re.compile(r"\d.*[^\W\d_]|[^\W\d_].*\d|\A\d{2}\.\d{2}\.\d{2}\Z", re.DOTALL)
STYLE = "style"
_PLACEHOLDER = re.compile(r"\{\w+\}")
# The tables of words that claim something and may stand typed.
_WORDS = {"assertions": "words", "prose_assertions": "words", "typed_words": "text"}


def lint_chapters(editions: list[str] | None = None) -> list[Finding]:
    """Return what is mistyped in the chapters, and every number typed by hand into them or into these editions.

    Of an edition its prose is read, as part of the chapters, and captions and notes. So is found every picture, pasted
    table and piece of HTML that cannot be part of the book.

    A digit may stand in a name, the date of an act or a code that the data list: `names`, `documents`,
    `territories`, `groups`, `specialties`, and whatever else `typed_numbers` gives with its reason. A comparison, a
    place, a direction or a cause may stand in words that a table of assertions holds or `typed_words` explains.
    """
    editions = available() if editions is None else editions
    allowed = listed(editions)
    exhibits = {
        label for edition in editions if "exhibits" in tables(edition) for label in load("exhibits", edition)["id"]
    }
    root = paths.project_root()
    # What every edition prints alike is told once; a chapter and its fragments are read as one text.
    folders = dict.fromkeys(it if (it := paths.prose(edition)).exists() else None for edition in editions)
    told: dict[Finding, None] = {}
    for folder in folders or [None]:
        wrong = list(misplaced(root, folder))
        # Fragments that cannot be laid into the chapters are told; the chapters are read without them.
        prose = None if wrong else folder
        told |= dict.fromkeys(map(of_chapter, wrong))
        rules = {
            "mistyped": chain(mistyped(root, exhibits, bibliography_keys(), prose), undeclared(root)),
            "typed": in_chapters(root, allowed, prose),
            "claimed": claimed.in_chapters(root, _known(editions, folder), prose),
            "agreeing": agreeing.in_chapters(root, prose),
            "authored": authored_faults(root, prose),
        }
        told |= dict.fromkeys(of_chapter(it, rule) for rule, found in rules.items() for it in found)
    found = sorted(told, key=lambda finding: (finding.file, finding.cell, finding.row or 0))
    found += _settings({finding.file for finding in found})
    found += _main_page(editions, root, allowed)
    found += _outcomes(editions)
    return found + [finding for edition in editions for finding in _captions(edition, allowed)]


def style_of(editions: list[str]) -> list[Finding]:
    """Return what is to be written otherwise in the chapters and in the fragments and captions of these editions.

    Nothing of it stops a build. Names that the data list are not read, nor words of `words`.
    """
    root = paths.project_root()
    told: dict[Finding, None] = {}
    for edition in editions:
        names = listed([edition])
        own = frozenset(load("words", edition)["word"]) if "words" in tables(edition) else frozenset()
        prose = it if (it := paths.prose(edition)).exists() else None
        told |= dict.fromkeys(
            replace(of_chapter(found, STYLE), severity="warning")
            for found in style.in_chapters(root, names, own, prose)
        )
        told |= dict.fromkeys(_spelled(edition, names, own))
    return sorted(told, key=lambda finding: (finding.file, finding.cell, finding.row or 0))


def _spelled(edition: str, names: list[str], words: Collection[str]) -> Iterator[Finding]:
    """Yield the words of captions and notes that no dictionary holds."""
    rows = load(captions.TABLE, edition) if captions.TABLE in tables(edition) else pd.DataFrame()
    for index, row in rows.iterrows():
        for column in ("caption", "note"):
            for _, word in style.unknown(_PLACEHOLDER.sub("", style.without(row[column], names)), words):
                said = style.PROBLEM, style.REMEDY
                yield Finding(*place(rows, index), column, word, *said, severity="warning", rule=STYLE)


def listed(editions: list[str]) -> list[str]:
    """Return the texts in which the data of editions let numbers stand, the longest first."""
    packages: list[str | None] = [*editions] or [None]
    return sorted({text for package in packages for text in _allowed(package)}, key=len, reverse=True)


def of_chapter(diagnostic: Diagnostic, rule: str = "mistyped") -> Finding:
    """Return what is wrong with a chapter as a finding."""
    row, value = diagnostic.line or None, diagnostic.text
    said = diagnostic.problem, diagnostic.remedy
    return Finding(diagnostic.file, row, None, value, *said, rule=rule, cell=diagnostic.cell)


def _settings(told: set[str]) -> Iterator[Finding]:
    """Yield what is wrong with `_quarto.yml`: its reader stops at the first fault, and at a chapter told of already."""
    if not text_files(paths.project_root()):  # data alone, of which no book is made
        return
    try:
        read_config(paths.project_root())
    except RenderError:  # the head of a chapter, told with the chapters
        return
    except UsageError as error:
        if any(str(error).startswith(file) for file in told):
            return
        line, remedy = error.line or _line(error.about), error.remedy or f"Исправьте {FILE}."
        yield Finding(FILE, line, None, None, error.problem, remedy, rule="mistyped")


def _line(word: str) -> int:
    """Return the first line of `_quarto.yml` that holds a word; 1 where none does."""
    lines = (paths.project_root() / FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    return next((number for number, line in enumerate(lines, start=1) if word in line), 1)


def _captions(edition: str, allowed: list[str]) -> Iterator[Finding]:
    known = tables(edition)
    for name, columns in ((captions.TABLE, ("caption", "note")), (captions.PRINTED, ("note",))):
        rows = load(name, edition) if name in known else pd.DataFrame()
        for index, row in rows.iterrows():
            for column in columns:
                digits = [(number, PROBLEM, REMEDY) for _, number in typed_numbers(row[column], allowed)]
                words = [(number, SPELLED, REMEDY_SPELLED) for number in spelled_numbers(row[column], allowed)]
                for number, problem, remedy in digits + words:
                    yield Finding(*place(rows, index), column, number, problem, remedy, rule="typed")


def _main_page(editions: list[str], root: Path, allowed: list[str]) -> Iterator[Finding]:
    """Yield what is wrong with the findings of the first page: names, numbers and words that nothing computes."""
    known = dict.fromkeys(edition for edition in editions if main.TABLE in tables(edition))
    found: dict[Finding, None] = {}
    labels = {heading.id for it in sources(root) for passage in it.passages for heading in headings(passage.text)}
    for edition in known:
        rows = load(main.TABLE, edition)
        words = claimed.Known(main.COMPUTING, tuple(load("typed_words", edition)["text"]))
        for index, row in rows.iterrows():
            wrong: list[tuple[str, str | None, str, str]] = [
                (column, None, problem, remedy) for column, problem, remedy in main.faults(row, labels)
            ]
            for column in ("said", "up", "down"):
                wrong += [(column, number, PROBLEM, REMEDY) for _, number in typed_numbers(row[column], allowed)]
                spelled = spelled_numbers(row[column], allowed)
                wrong += [(column, number, SPELLED, REMEDY_SPELLED) for number in spelled]
            if not wrong:
                for column, text in main.as_prose(row):
                    claims = claimed.claims(text, words)
                    wrong += [(column, word, claimed.PROBLEM, main.REMEDY) for _, word in claims]
            for column, value, problem, remedy in wrong:
                found.setdefault(Finding(*place(rows, index), column, value, problem, remedy, rule="typed"))
    yield from found


def _outcomes(editions: list[str]) -> Iterator[Finding]:
    """Yield what is wrong with the formulas of the outcome indicators."""
    found: dict[Finding, None] = {}
    for edition in editions:
        if outcomes.TABLE in tables(edition):
            rows, known = load(outcomes.TABLE, edition), set(load("indicators")["id"])
            for index, row in rows.iterrows():
                for column, problem, remedy in outcomes.faults(row, known):
                    at = Finding(*place(rows, index), column, row[column], problem, remedy, rule="formula")
                    found.setdefault(at)
    yield from found


def _known(editions: list[str], folder: Path | None) -> claimed.Known:
    """Return what may hold typed words where a folder of fragments is read: the tables of its editions."""
    packages = [it for it in editions if (paths.prose(it) if paths.prose(it).exists() else None) == folder]
    listed: dict[str, None] = {}
    scope: list[str | None] = [*packages] or [None]
    for package in scope:
        known = tables(package)
        for name, column in _WORDS.items():
            if name in known:
                listed |= dict.fromkeys(load(name, package)[column])
    return claimed.Known(COMPUTING, tuple(listed))


def _allowed(edition: str | None) -> Iterator[str]:
    known = tables(edition)
    for name, columns in _LISTED.items():
        if name in known:
            rows = load(name, edition)
            for column in columns:
                yield from (text for text in rows[column] if name == "typed_numbers" or _NAME.search(text))
    for name in filter(known.__contains__, _ASSERTED):
        yield from (text for text in load(name, edition)["words"] if not DIGIT.search(text))


def names_of(edition: str) -> Names:
    """Return what the words of an edition may name beside a number: territories in all forms, the year before."""
    known, own = load("territories", edition), read_edition(edition)
    columns = [column for column in _LISTED["territories"] if column in known]
    places = {
        form: row["short"] or row["name"]
        for _, row in known.iterrows()
        for form in (row[column] for column in columns)
        if form
    }
    region = known.set_index("id").loc[own.region]
    return Names(places, region["short"] or region["name"], frozenset((own.year - 1, own.published - 1)))
