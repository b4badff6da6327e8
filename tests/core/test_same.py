"""An official figure is kept once: what repeats it says so, and the list of equalities says the same."""

import pytest

from analysis.editions.check import check_edition

from .conftest import LISTS


@pytest.fixture
def repeated(package):
    """Return a writer of the list of indicators: `again` repeats `rate` unless something is changed."""

    def write(**changed):
        again = {"unit": "percent", "dimension": "", "periodicity": "annual", "same_as": "rate"} | changed
        rows = [
            "rate,Уровень,Уровень,percent,1,,rate,,annual,,,,,,0,",
            f"again,Еще,Еще,{again['unit']},1,{again['dimension']},rate,,{again['periodicity']},,,,,,0,{again['same_as']}",
        ]
        head = ",".join(name for name, _ in LISTS["indicators"])
        package("data/indicators.csv", "\n".join([head, *rows]) + "\n")

    head = ",".join(name for name, _ in LISTS["identities"])
    package("data/identities.csv", f"{head}\nrepeat,=,again,rate,,,,то же\n")
    return write


def test_an_indicator_repeats_an_official_one_where_both_lists_say_so(repeated):
    repeated()
    assert check_edition("tiny") == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"unit": "people"}, "единица у again – «people», а у rate – «percent»"),
        ({"periodicity": "monthly"}, "периодичность у again"),
        ({"same_as": "again"}, "этот показатель сам повторяет другой"),
        ({"same_as": "rats"}, "нет в таблице indicators (значение «rats»). Возможно, имелось в виду «rate»."),
        ({"same_as": ""}, "показатели again и rate равны, а в indicators не сказано, какой из них официальный"),
    ],
)
def test_an_indicator_repeats_nothing_else(repeated, changed, said):
    repeated(**changed)
    assert said in " ".join(map(str, check_edition("tiny")))


def test_what_is_said_to_repeat_is_held_against_it(repeated, package):
    repeated()
    package("data/identities.csv", ",".join(name for name, _ in LISTS["identities"]) + "\n")
    assert [finding.problem for finding in check_edition("tiny")] == ["в identities нет равенства again = rate"]
