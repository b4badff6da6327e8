"""How Russian words go with a number: the noun counted, its adjective, the verb beside it."""

from __future__ import annotations

from functools import lru_cache

import pymorphy3

from analysis.base.russian import ends_in_one

_COUNTING_FORMS = {"годов": "лет", "людей": "человек"}  # «5 лет», not the plural genitive the dictionary gives
_PREDICATES = ("VERB", "PRTS", "ADJS")
CERTAIN = 0.9  # how probable it must be by the dictionary that a word is a predicate


@lru_cache(maxsize=1024)
def agree(number: int, phrase: str, case: str = "nomn") -> str:
    """Return the words of a phrase in the form that goes with a number.

    Parameters
    ----------
    number : int
    phrase : str
        A noun in the nominative singular; an adjective may stand before it.
    case : str
        As for `count`.

    Returns
    -------
    str
    """
    return " ".join(_agree_word(number, word, case) for word in phrase.split(" "))


def _agree_word(number: int, word: str, case: str) -> str:
    parses = [
        parse
        for parse in _morph().parse(word)
        if parse.tag.POS in ("NOUN", "ADJF", "PRTF") and "nomn" in parse.tag and "sing" in parse.tag
    ]
    if not parses:
        return word
    parse = parses[0]
    singular = ends_in_one(number)
    if case in ("nomn", "accs"):
        inflected = (
            parse.inflect({"accs", "sing"}) if case == "accs" and singular else parse.make_agree_with_number(number)
        )
    else:
        inflected = parse.inflect({case, "sing" if singular else "plur"})
    if inflected is None:
        return word
    # The report is set without «ё», the dictionary gives it.
    return _COUNTING_FORMS.get(inflected.word, inflected.word).replace("ё", "е")


def gender(phrase: str) -> str:
    """Return the gender of the last word of a phrase: masc, femn or neut."""
    tags = (parse.tag for parse in _morph().parse(phrase.rpartition(" ")[2]))
    return str(next((tag.gender for tag in tags if "nomn" in tag and "sing" in tag), "masc"))


@lru_cache(maxsize=1)
def _morph() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="ru")


def predicate(number: int, verb: str, noun: str) -> str:
    """Return a verb or a short participle in the form that goes with a number and what it counts.

    Parameters
    ----------
    number : int
    verb : str
        As it stands beside numbers that do not end in one: «обратились», «было», «внедряют».
    noun : str
        What is counted, in the nominative singular.

    Returns
    -------
    str
        The singular of the noun's gender after 1, 21, 101; else the verb as it is given.
    """
    parse = next((one for one in _morph().parse(verb) if one.tag.POS in _PREDICATES), None)
    if parse is None or not ends_in_one(number):
        return verb
    wanted = {"sing"} if parse.tag.tense in ("pres", "futr") else {"sing", gender(noun)}
    inflected = parse.inflect(wanted)
    return verb if inflected is None else inflected.word.replace("ё", "е")


@lru_cache(maxsize=1024)
def bound_to_number(word: str, noun: str) -> bool:
    """Whether a word is certainly a predicate that would be wrong beside some numbers of what is counted.

    A plural is, for it is wrong beside 21; a neuter of the past is, unless what is counted is neuter.
    """
    parses = _morph().parse(word.lower())
    if sum(parse.score for parse in parses if parse.tag.POS in _PREDICATES) < CERTAIN:
        return False
    tag = next(parse.tag for parse in parses if parse.tag.POS in _PREDICATES)
    return tag.number == "plur" or (tag.gender == "neut" and gender(noun) != "neut")
