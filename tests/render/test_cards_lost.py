"""Numbers of the pages are those the chapters told of; where they are not, a sentence says which and where."""

from pathlib import Path

import pytest

from analysis.base.errors import RenderError
from analysis.book.render.cards import injected, refuse_lost

PLACES = [
    {
        "chapter": "chapters/one.ipynb",
        "section": "sec-a",
        "exhibit": "",
        "text": "приказ № 5 [в ред. 2021]",
        "number": "abc1234",
    }
]


def test_a_number_that_does_not_reach_its_page_is_named():
    refuse_lost(PLACES, {Path("one.html"): ["abc1234"]})
    with pytest.raises(RenderError, match=r"chapters/one\.ipynb, sec-a: число «приказ № 5 \[в ред\. 2021\]» не дошло"):
        refuse_lost(PLACES, {Path("one.html"): []})


def test_a_number_nobody_told_of_is_named_with_its_page():
    with pytest.raises(RenderError, match=r"one\.html.*«zzz9999».*report build"):
        refuse_lost([], {Path("one.html"): ["zzz9999"]})


@pytest.mark.parametrize("text", ["</script>", "<!--<script>", "\u2028", "</ScRiPt>"])
def test_data_of_cards_end_no_script(text):
    page = injected("<html><head></head><body><p>а</p></body></html>", {"words": text})
    assert (
        page.count("</script>") == 3
        and "<!--" not in page
        and page.lower().count("<script") == 3
        and "\u2028" not in page
    )
