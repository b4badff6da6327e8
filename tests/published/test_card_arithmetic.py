"""What a card shows can be recomputed: its formula over its rows gives its value, to the last digit."""

import json
from collections import Counter

import pytest

from analysis.book.quantities import read
from tests.published import card_data
from tests.published.card_arithmetic import MINUS, Row, UnlikeError, check, short_names, shown_rows

# Cards whose number is no arithmetic of rows: what a model foretells, a parameter or a rule in words, years, words.
APART = ("forecast", "named", "year", "words", "text")


def told_kind(number):
    """Return what kind of a card a number has; `value` is what must be recomputed."""
    if number["kind"] == "value" and number["words"].startswith("прогноз (") and number["words"].endswith(")"):
        return "forecast"
    return "named" if number["kind"] == "value" and not number.get("from") else number["kind"]


def evaluated(pages, told, short):
    """Return how many cards there are of every kind, and what is wrong with those that must be recomputed."""
    kinds = {number["words"]: told_kind(number) for number in told["numbers"].values() if number["kind"] != "datum"}
    counts, wrong = Counter(), []
    for stem, page in pages.items():
        found = page.getroottree().xpath("//script[@id='quantities']")
        if not found:
            continue
        data, printed = card_data.read(json.loads(found[0].text)), {}
        for one in page.xpath("//*[@data-q]"):
            printed.setdefault(one.get("data-q"), one.text_content())
        for at, (words, _, _, exact) in enumerate(data["numbers"]):
            kind = kinds[data["texts"][words]]
            counts[kind] += 1
            if kind in APART:
                continue
            try:
                shown = exact or card_data.first_number(printed[str(at)])
                check(data["texts"][words], shown_rows(data, at, short), shown)
            except UnlikeError as error:
                wrong.append(f"{stem}, «{printed[str(at)]}»: {error}")
    return counts, wrong


def test_every_formula_over_its_rows_gives_the_number_shown(built, web):
    counts, wrong = evaluated(web.pages, read(built.stage), short_names(built.root))
    right = counts["value"] - len(wrong)
    assert not wrong, f"считаются верно {right} карточек из {counts['value']}:\n" + "\n".join(wrong)
    assert counts["value"] > 400, counts


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("(ВРП (2019) / ВРП (2018) − 1) × 100", "12,3364"),
        ("|(ВРП (2019) / ВРП (2018) − 1) × 100|", f"{MINUS}12,3363"),
        ("ВРП / ВРП", "0,8766"),
        ("сумма 3 значений (ВРП)", "2260,9"),
        ("число строк 3 (акты)", "3"),
    ],
)
def test_a_card_that_cannot_be_recomputed_would_be_seen(words, shown):
    rows = [Row(("ВРП",), "", "Кузбасс", 2018, "1204,9"), Row(("ВРП",), "", "Кузбасс", 2019, "1056,26")]
    check("(ВРП (2019) / ВРП (2018) − 1) × 100", rows, f"{MINUS}12,3363")
    check("|(ВРП (2019) / ВРП (2018) − 1) × 100|", rows, "12,3363")
    check("сумма 2 значений (ВРП, 2018 и 2019)", rows, "2261,16")
    with pytest.raises(UnlikeError):
        check(words, rows, shown)
