"""Which words name a region that is not the edition's: its names, towns and bodies in every case.

The names are those of the data: `territories`, `territory_names` and the names of every region's own layer. What the
tables do not spell out (the instrumental, «томские», «кузбасский») is made by the endings of Russian. Only whole words
count: «Коми» is not in «комиссия»; and names of places have a capital letter: «тайга» is no town.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

import pandas as pd

from analysis.catalogue import Project
from analysis.editions.edition import Edition

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_KINDS = {"region", "district", "part", "municipality"}
_CASES = ("gen", "dat", "acc", "ins", "loc")
_ADJECTIVE = re.compile(r"(.*[сц]к)(?:ий|ой|ая|ое)|(.*н)(?:ый|ий|ая|ое)")
_AS_ADJECTIVE = "ий ый ого ому им ым ом ая ой ую ою ое ие ые их ых ими ыми"
# From the ending of the nominative to those of the other cases; the longest that fits counts.
_AS_NOUN = {
    "ия": "ия ии ию ией",
    "а": "а ы и е у ой ою",
    "я": "я и е ю ей ею",
    "ь": "ь и ю я ем ью е",
    "й": "й я ю ем е",
    "о": "о а у ом е",
    "ы": "ы ов ам ами ах",
    "и": "и ов ей ам ами ах",
    "": " а у ом е",
}
# What is no part of the name that tells one region from another.
_COMMON = {"республика", "область", "край", "округ", "автономный", "автономная", "федеральный", "город", "г", "район"}
_SHORT_NAME = re.compile(r"[А-ЯЁ]{3,}\d*")


@dataclass(frozen=True)
class Hit:
    """Words that name a foreign region: where they stand in a text, and whose they may be."""

    start: int
    end: int
    words: str
    owners: frozenset[str]


@dataclass
class _Names:
    """Names turned round: from the first word to the phrases that begin with it."""

    phrases: dict[str, dict[tuple[frozenset[str], ...], set[str]]] = field(default_factory=dict)
    capital: set[tuple[frozenset[str], ...]] = field(default_factory=set)

    def add(self, phrase: tuple[frozenset[str], ...], owner: str, *, capital: bool) -> None:
        for first in phrase[0]:
            self.phrases.setdefault(first, {}).setdefault(phrase, set()).add(owner)
        if capital:
            self.capital.add(phrase)


def foreign(text: str, project: Project, own: AbstractSet[str]) -> Iterator[Hit]:
    """Yield the words of a text that name a region none of those allowed is called by.

    Parameters
    ----------
    text : str
    project : Project
        The data, which know the names.
    own : set of str
        The territories that may be named; see `allowed`.

    Yields
    ------
    Hit
        From left to right, the longest name that fits.
    """
    named = project.keep(("names of regions in", text), lambda: tuple(_named(text, project)))
    yield from (hit for hit in named if not hit.owners & own)


def _named(text: str, project: Project) -> Iterator[Hit]:
    """Yield the words of a text that name a region, whichever; most texts are the same in every edition."""
    names = project.keep("names of regions", lambda: _names(project))
    words = list(_WORD.finditer(text))
    folded = [_folded(word[0]) for word in words]
    past = 0
    for at, first in enumerate(folded):
        if at < past or first not in names.phrases:
            continue
        fitting = [
            (len(phrase), owners)
            for phrase, owners in names.phrases[first].items()
            if all(word in forms for word, forms in zip(folded[at : at + len(phrase)], phrase, strict=False))
            and at + len(phrase) <= len(folded)
            and (phrase not in names.capital or words[at][0][0].isupper())
        ]
        if not fitting:
            continue
        longest = max(length for length, _ in fitting)
        owners = frozenset().union(*(owners for length, owners in fitting if length == longest))
        past = at + longest
        start, end = words[at].start(), words[past - 1].end()
        yield Hit(start, end, text[start:end], owners)


def allowed(edition: Edition, territories: pd.DataFrame) -> set[str]:
    """Return the territories that an edition may name.

    Those it is about or compared with, what they are part of, and their parts.

    Parameters
    ----------
    edition : Edition
    territories : pandas.DataFrame
        Of the country and of every region.
    """
    parents = dict(zip(territories["id"], territories["parent"], strict=True))
    named = set(edition.territories)
    for territory in edition.territories:
        above = territory
        while (above := parents.get(above, "")) and above not in named:
            named.add(above)
    regions = {edition.region, *edition.comparison}
    return named | {territory for territory, parent in parents.items() if parent in regions}


def _names(project: Project) -> _Names:
    names = _Names()
    territories = project.everywhere("territories")
    kinds = dict(zip(territories["id"], territories["kind"], strict=True))
    for row in territories.to_dict("records"):
        if row["kind"] in _KINDS:
            _add_spelled(names, row)
    for row in project.everywhere("territory_names").to_dict("records"):
        if kinds.get(row["territory"]) in _KINDS:
            _add_territory(names, row["territory"], [row["name"]])
    for row in project.everywhere("names").to_dict("records"):
        if row.get("territory"):
            _add_body(names, row)
    return names


def _add_spelled(names: _Names, row: dict[str, str]) -> None:
    """Add a territory of the list: its full and its short name in their cases, and its adjective."""
    for columns in (("name", *_CASES), ("short", *(f"short_{case}" for case in _CASES))):
        if written := [row[column] for column in columns if row.get(column)]:
            _add_territory(names, row["id"], written)
    adjective = _folded(row.get("adjective", ""))
    # Adjectives of districts («южный», «сибирский») are words of the language.
    if row["kind"] != "district" and adjective.endswith(("ский", "цкий")):
        names.add((frozenset(_declined(adjective)),), row["id"], capital=False)


def _add_body(names: _Names, row: dict[str, str]) -> None:
    """Add a body, a document or a town of the names of a region, as the table spells it."""
    written = {row[column] for column in ("name", "gen", "dat", "loc")}
    for text in {*written, row["short"]} if _SHORT_NAME.fullmatch(row["short"]) else written:
        if phrase := tuple(frozenset((_folded(word),)) for word in _WORD.findall(text)):
            names.add(phrase, row["territory"], capital=len(phrase) == 1)


def _add_territory(names: _Names, territory: str, written: Iterable[str]) -> None:
    """Add the names of one territory: the same name in its cases, as the tables spell them."""
    split = [re.split(r" [–-] |[()]", text) for text in written]
    nominative = split[0]
    for place, segment in enumerate(nominative):
        cases = [other[place] for other in split if len(other) == len(nominative)]
        tokens = [_WORD.findall(text) for text in cases]
        positions = [
            {_folded(words[at]) for words in tokens if len(words) == len(tokens[0])} for at in range(len(tokens[0]))
        ]
        bare = [at for at, word in enumerate(tokens[0]) if _folded(word) not in _COMMON]
        if not bare or "без" in segment.split():
            continue
        _add_segment(names, territory, tokens[0], positions, bare)


def _add_segment(names: _Names, territory: str, words: list[str], positions: list[set[str]], bare: list[int]) -> None:
    only = words[bare[0]] if len(bare) == 1 else ""
    if only.isupper():
        names.add((frozenset((_folded(only),)),), territory, capital=True)
    elif (found := _ADJECTIVE.fullmatch(_folded(only))) and found[1] and not words[0].endswith("федеральный"):
        # «Томская область» is known by its first word alone; a federal district is not: «Южный», «Сибирский».
        if "федеральный" in map(_folded, words):
            names.add(_phrase(words, positions), territory, capital=True)
        else:
            names.add((frozenset(_declined(_folded(only)) | positions[bare[0]]),), territory, capital=False)
    elif only:
        names.add((frozenset(_declined(_folded(only)) | positions[bare[0]]),), territory, capital=True)
        if len(words) == 1 or _folded(words[0]) == "республика":
            names.add((frozenset(_declined(_adjective_of(_folded(only)))),), territory, capital=False)
    else:
        names.add(_phrase(words, positions), territory, capital=True)


def _phrase(words: list[str], positions: list[set[str]]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(_declined(_folded(word)) | forms) for word, forms in zip(words, positions, strict=True))


def _adjective_of(noun: str) -> str:
    """Return the adjective of a place: «кузбасс» gives «кузбасский», «новокузнецк» «новокузнецкий»."""
    stem = noun[:-1] if noun[-1] in "оаяьыи" else noun
    ending = "" if stem.endswith(("ск", "цк")) else "к" if stem.endswith("с") else "ск"
    return f"{stem}{ending}ий"


def _declined(word: str) -> set[str]:
    """Return the forms a word may have by its ending."""
    if found := _ADJECTIVE.fullmatch(word):
        return {(found[1] or found[2]) + ending for ending in _AS_ADJECTIVE.split(" ")}
    for ending, others in _AS_NOUN.items():
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: len(word) - len(ending)]
            return {word, *(stem + other for other in others.split(" "))}
    return {word}


def _folded(word: str) -> str:
    return word.casefold().replace("ё", "е")
