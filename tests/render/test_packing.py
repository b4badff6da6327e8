"""What is packed for the cards of a page can be read back, and takes little."""

import json

import pytest

from analysis.book.render.packing import packed, phrased, steps
from tests.published.card_data import read, rows_of

LONG = "число проверок: прогнозы по рядам территорий, которые получились бы в году"


def observation(row, **more):
    return {"table": "data/t.csv", "name": "Занято", "unit": "чел.", "row": row, "year": 2000 + row, **more}


@pytest.fixture
def told():
    """Return what chapters tell of ten observations, ten numbers that rest on all, and one on two."""
    rows = [f"a{row}" for row in range(10)]
    numbers = {f"d{row}": {"kind": "datum", "from": [f"a{row}"]} for row in range(10)}
    numbers |= {
        f"n{row}": {"kind": "value", "words": f"{LONG} {row}", "value": f"{row},25", "unit": "%", "from": rows[::2]}
        for row in range(10)
    }
    numbers["two"] = {"kind": "value", "words": "разность  двух", "value": "1", "unit": "чел.", "from": ["a3", "a2"]}
    return {
        "numbers": numbers,
        "observations": {name: observation(at, value=f"{at},5", source="one") for at, name in enumerate(rows)},
        "places": [
            {"number": name, "text": "5 %" if name == "n5" else "7" if name != "n7" else "7,25"} for name in numbers
        ],
    }


def test_cards_are_read_back(told):
    names, data = packed(told["numbers"], told, {"one": ("Росстат", "2022", "01.02.2022")})
    back = read(json.loads(json.dumps(data)))
    texts, numbers = back["texts"], back["numbers"]
    assert [names[f"d{row}"] for row in range(3)] == ["r0", "r1", "r2"]
    assert len(numbers) == 11  # observations as they stand are told by their rows alone
    for row in range(10):
        formula, unit, _, exact = numbers[int(names[f"n{row}"])]
        assert texts[formula] == f"{LONG} {row}"
        assert exact == ("" if row == 7 else f"{row},25")
        assert not exact or texts[unit] == ("" if row == 5 else "%")
        assert rows_of(names[f"n{row}"], numbers) == [0, 2, 4, 6, 8]
    assert texts[numbers[int(names["two"])][0]] == "разность  двух"
    assert rows_of(names["two"], numbers) == [3, 2]
    assert [(row[1], row[4], row[5]) for row in back["rows"]] == [(at, 2000 + at, f"{at},5") for at in range(10)]
    assert {texts[series[0]] for series in back["series"]} == {"data/t.csv"}


def test_what_recurs_stands_once(told):
    _, data = packed(told["numbers"], told, {})
    text = json.dumps(data, ensure_ascii=False)
    assert text.count("проверок") == 1 and text.count("0,2,4,6,8") == 1
    assert len(data["texts"]) < 100  # the sentence that ten numbers share is one place in each


def test_the_same_is_packed_the_same(told):
    turned = told | {"observations": dict(reversed(told["observations"].items()))}
    assert packed(told["numbers"], told, {}) == packed(told["numbers"], turned, {})


def test_a_page_without_numbers_of_its_own():
    names, data = packed([], {"numbers": {}, "observations": {}, "places": []}, {})
    assert (names, read(data)) == ({}, {"texts": [], "series": [], "rows": [], "numbers": []})


def test_phrases_name_earlier_ones_only_and_none_is_used_once():
    texts = [[*"abcdefg", str(at)] for at in range(4)] + [[*"abcxy"], [*"xyabc"], [*"aaaa"]]
    phrases, spelled = phrased(texts)
    plain = []

    def whole(parts):
        return [one for part in parts for one in ([part] if isinstance(part, str) else plain[part])]

    for at, parts in enumerate(phrases):
        assert all(isinstance(part, str) or part < at for part in parts)
        plain.append(whole(parts))
    assert [whole(parts) for parts in spelled] == texts
    used = [part for parts in [*phrases, *spelled] for part in parts if isinstance(part, int)]
    assert phrases and all(used.count(at) > 1 for at in range(len(phrases)))


def test_numbers_stand_as_steps():
    assert steps([7, 7, 8, 3, 0, 0]) == "7;;1;-5;-3;"
