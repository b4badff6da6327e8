"""Who borders on whom: both ways, as the outlines say, and as everybody knows."""

import pytest

from analysis.base import paths
from analysis.catalogue.territories import neighbours_of
from analysis.show.outlines import outlines
from bench import neighbours


def test_the_table_is_what_the_outlines_say():
    pairs = neighbours.neighbours(outlines())
    assert neighbours.written(pairs) == (paths.data() / "codes" / neighbours.TABLE).read_text(encoding="utf-8")
    assert {(other, one) for one, other in pairs} == set(pairs)


@pytest.mark.parametrize(
    ("territory", "expected"),
    [
        ("kemerovo", "altai-republic khakassia altai-krai krasnoyarsk novosibirsk tomsk"),
        ("moscow", "kaluga moscow-oblast"),
        ("saint-petersburg", "leningrad"),
        ("adygea", "krasnodar"),
        ("crimea", "sevastopol"),  # the strait parts it from Krasnodar
        ("nenets", "komi arkhangelsk yamalo-nenets"),
        ("khanty-mansi", "komi sverdlovsk tyumen yamalo-nenets krasnoyarsk tomsk"),
        ("tatarstan", "bashkortostan mari-el udmurtia chuvashia kirov orenburg samara ulyanovsk"),
        ("orenburg", "bashkortostan tatarstan samara chelyabinsk"),  # Saratov in a point only
        ("chukotka", "sakha kamchatka magadan"),
        ("jewish", "khabarovsk amur"),
        ("kaliningrad", ""),
        ("sakhalin", ""),
    ],
)
def test_well_known_neighbours(territory, expected):
    assert neighbours_of(territory) == tuple(expected.split())
