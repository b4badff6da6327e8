"""Patterns of descriptors: whole texts, digits that a reader knows, no pattern that computes for ever."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.catalogue.patterns import whole

OWN = [
    "[a-z][a-z0-9-]*",
    r"\d{4}(-\d{2}(-\d{2})?|-Q[1-4])?",
    r"\d\.\d|табл\. \d+",
    "([a-z0-9_-]+(;[a-z0-9_-]+)*)?",
    r"[\d-]+",
    "a|b",
    r"\\d",
    "^a$",
]


@pytest.mark.parametrize("pattern", OWN)
@given(data=st.data())
def test_ascii_texts_match_as_python_matches_them(pattern, data):
    text = data.draw(st.one_of(st.from_regex(pattern, fullmatch=True), st.text(alphabet="ab1-4Q;.\n\\d", max_size=12)))
    assert whole(pattern)(text) == (re.fullmatch(pattern, text, re.ASCII) is not None)


@pytest.mark.parametrize("text", ["٢٠٢١", "２０２１", "२०२१"])
def test_digits_of_other_scripts_are_none(text):
    assert whole(r"\d{4}")("2021") and not whole(r"\d{4}")(text)


@pytest.mark.parametrize("pattern", ["(a|a)*b", "(a+)+b", "(.*a){20}b", "([a-z]+)*;"])
def test_no_pattern_computes_for_ever(pattern):
    began = time.monotonic()
    assert not whole(pattern)("a" * 10_000)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "pattern", ["[", "(", "a)|(b", r"(a)\1", "(?=a)", "((a{1000}){1000}){1000}", "(" * 5000 + ")" * 5000, "(?x)a #"]
)
def test_other_patterns_are_refused(pattern):
    with pytest.raises(ValueError, match="регулярн"):
        whole(pattern)
