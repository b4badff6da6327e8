"""Names of territories in all cases are as a dictionary declines them, word by word; exceptions have reasons."""

from __future__ import annotations

import re
from functools import lru_cache

import pandas as pd
import pymorphy3
import pytest

from analysis.base.russian import CASES, declined
from analysis.catalogue import load
from analysis.catalogue.forms import faults

TAGS = {"nom": "nomn", "gen": "gent", "dat": "datv", "acc": "accs", "ins": "ablt", "loc": "loct"}
GENDERS = {"m": "masc", "f": "femn", "n": "neut"}
# Words that keep the nominative.
UNDECLINED = {
    **dict.fromkeys(("ЦФО", "СЗФО", "ЮФО", "СКФО", "ПФО", "УФО", "СФО", "ДФО", "КФО", "АО", "НАО", "ХМАО"), "letters"),
    "Коми": "no word that Russian declines",
    "Марий": "no word that Russian declines",
    "Эл": "no word that Russian declines",
    "субъектов": "depends on «сумма»",
}
# What follows depends on these words and not on the case: «без Ненецкого автономного округа», «(до 2010 г.)».
GOVERNING = ("без", "в", "(сумма", "(до", "(2010–2016", "(2014–2016")
# A name that stands beside it keeps the nominative in acts: «Республики Татарстан», «Республики Саха (Якутия)».
BESIDE = "Республика"
# Forms that the dictionary has otherwise or not at all.
OTHERWISE = {
    ("Крым", "loc"): "Крыму",  # after «в» it is the second prepositional
    **{
        ("р-н", case): form  # declined as the word «район» that it stands for
        for case, form in {"gen": "р-на", "dat": "р-ну", "acc": "р-н", "ins": "р-ном", "loc": "р-не"}.items()
    },
}
# Subjects without an adjective of their own.
WITHOUT_ADJECTIVE = {
    "komi": "«коми» does not decline and means the people",
    "nenets": "«ненецкий» means the people, and three okrugs had the word in their names",
    "jewish": "«еврейский» means the people",
    "altai-republic": "«алтайский» is that of Altai Krai",
}
# Adjectives that the dictionary lacks: the municipal okrugs and districts of Kuzbass are called by them.
MUNICIPAL = {
    "анжеро-судженский",
    "киселевский",
    "ленинск-кузнецкий",
    "мысковский",
    "осинниковский",
    "полысаевский",
    "таштагольский",
}


@lru_cache(maxsize=1)
def morph() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=4096)
def inflected(word: str, case: str) -> frozenset[str]:
    """Return how a dictionary declines a word, by each of its readings in the nominative, without ё."""
    if (word, case) in OTHERWISE:
        return frozenset({OTHERWISE[word, case]})
    if word in UNDECLINED:
        return frozenset({word.lower()})
    found = set()
    for parse in morph().parse(word):
        if "nomn" not in parse.tag or parse.tag.POS not in ("NOUN", "ADJF"):
            continue
        things = {"inan"} if case == "acc" and parse.tag.POS == "ADJF" and "femn" not in parse.tag else set()
        if form := parse.inflect({TAGS[case]} | things):
            found.add(form.word)
    return frozenset(form.replace("ё", "е") for form in found)


def forms(word: str, case: str) -> set[str]:
    """Return the forms of a word, whose part before a hyphen may decline or not («Ленинска-Кузнецкого»)."""
    *first, last = re.split(r"-(?!н$)", word)
    ends = inflected(last, case)
    starts = {first[0], *inflected(first[0], case)} if first else set()
    return {f"{start}-{end}" for start in starts for end in ends} if first else set(ends)


def expected(name: str, case: str) -> list[set[str]]:
    """Return what each word of a name may be in a case."""
    words: list[set[str]] = []
    kept = False
    for place, word in enumerate(name.split()):
        kept = kept or word in GOVERNING or (place > 0 and name.split(maxsplit=1)[0] == BESIDE)
        bare = word.strip(",()")
        choices = {word} if kept or word == "–" else {word.replace(bare, form) for form in forms(bare, case)}
        words.append({choice.lower() for choice in choices})
    return words


def rows() -> pd.DataFrame:
    return load("territories").set_index("id")


def names() -> list[tuple[str, str, str]]:
    return [
        (str(territory), prefix, row["short" if prefix else "name"])
        for territory, row in rows().iterrows()
        for prefix in ("", "short_")
        if not prefix or row["short"] != row["name"]
    ]


@pytest.mark.parametrize(("territory", "prefix", "name"), names())
def test_each_word_is_declined_as_a_dictionary_declines_it(territory, prefix, name):
    row = rows().loc[territory]
    for case in CASES:
        given, wanted = row[prefix + case].lower().split(), expected(name, case)
        assert len(given) == len(wanted), (name, case)
        for word, choices in zip(given, wanted, strict=True):
            assert word.lower() in {choice.lower() for choice in choices}, (name, case, word, choices)


def test_every_territory_has_every_form():
    assert list(faults(load("territories"))) == []
    for column in (*CASES, "preposition", "gender"):
        assert not load("territories")[column].eq("").any(), column


def test_where_something_is_takes_the_preposition_of_russian():
    """«Во» stands before «в» or «ф» with another consonant; nothing here is an island or a peninsula by its name."""
    for _, row in load("territories").iterrows():
        for prefix in ("", "short_"):
            if place := row[f"{prefix}loc"]:
                clumsy = re.match(r"[ВвФф][бвгджзклмнпрстфхцчшщ]", place)
                assert row[f"{prefix}preposition"] == ("во" if clumsy else "в"), place


@pytest.mark.parametrize(("territory", "prefix", "name"), names())
def test_the_gender_is_that_of_the_noun(territory, prefix, name):
    given = rows().loc[territory, f"{prefix}gender"]
    if any(word in UNDECLINED or word == "р-н" for word in name.split()):
        # Of letters and of what nobody declines, the gender is that of the full name: «Марий Эл приняла».
        assert given == rows().loc[territory, "gender"]
        return
    heads = [
        parse.tag
        for word in name.split()
        for parse in morph().parse(word.strip(","))
        if "nomn" in parse.tag and (parse.tag.POS == "NOUN" or len(name.split()) == 1)
    ]
    assert given == "pl" if "plur" in heads[0] else GENDERS[given] == heads[0].gender, (name, given, heads[0])


def test_adjectives_are_words_of_a_dictionary_and_declined_as_such():
    for adjective in filter(None, load("territories")["adjective"]):
        assert morph().word_is_known(adjective) or adjective in MUNICIPAL, adjective
        parse = next(parse for parse in morph().parse(adjective) if {"ADJF", "nomn", "masc"} in parse.tag)
        for case, tag in TAGS.items():
            for gender in ("m", "f", "n", "pl"):
                wanted = {tag, GENDERS.get(gender, "plur")} | ({"sing"} if gender != "pl" else set())
                things = {"inan"} if case == "acc" and gender in ("m", "pl") else set()
                form = parse.inflect(wanted | things)
                assert declined(adjective, gender, case) == form.word, (adjective, gender, case)


def test_subjects_without_an_adjective_are_known():
    subjects = rows()[lambda frame: frame["kind"] == "region"]
    assert set(subjects.index[subjects["adjective"] == ""]) == set(WITHOUT_ADJECTIVE)
    assert subjects.loc[subjects["adjective"] != "", "adjective"].is_unique


def test_a_short_name_without_a_form_and_a_form_written_twice_are_found():
    table = load("territories")
    at = {name: place for place, name in enumerate(table["id"])}
    table.loc[at["kemerovo"], "short_ins"] = ""
    table.loc[at["tomsk"], "short_gen"] = "Томской области"
    found = [(finding.row, finding.column, finding.value) for finding in faults(table)]
    assert found == [(at["kemerovo"] + 2, "short_ins", "kemerovo"), (at["tomsk"] + 2, "short_gen", "tomsk")]
