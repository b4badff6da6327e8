"""A name in prose: every form there is, and one sentence where there is none."""

from __future__ import annotations

import pytest

from analysis.base.errors import DataError
from analysis.base.russian import CASES
from analysis.catalogue import load
from analysis.quantities import Quantity
from analysis.quantities.text import Text
from analysis.report import open_report


@pytest.fixture(scope="module")
def report():
    return open_report("kemerovo-2021")


@pytest.mark.parametrize(
    ("territory", "form", "text"),
    [
        ("tatarstan", "inside", "в Республике Татарстан"),
        ("tatarstan", "short_inside", "в Татарстане"),
        ("vladimir", "inside", "во Владимирской области"),
        ("crimea", "short_inside", "в Крыму"),
        ("kabardino-balkaria", "short_ins", "Кабардино-Балкарией"),
        ("moscow", "gen", "Москвы"),
        ("moscow", "short_acc", "Москву"),
        ("khanty-mansi", "short_gen", "ХМАО – Югры"),
        ("khanty-mansi", "ins", "Ханты-Мансийским автономным округом – Югрой"),
        ("sakha", "gen", "Республики Саха (Якутия)"),
        ("north-ossetia", "acc", "Республику Северная Осетия – Алания"),
        ("chuvashia", "dat", "Чувашской Республике – Чувашии"),
        ("kemerovo", "short", "Кузбасс"),
        ("kemerovo", "loc", "Кемеровской области – Кузбассе"),
        ("tomsk", "short_dat", "Томской области"),  # the short name is the full one
        ("tomsk", "adjective_pl", "томские"),
        ("kostroma", "adjective_ins", "костромским"),
        ("moscow-oblast", "adjective_pl_gen", "подмосковных"),
        ("mari-el", "short_gender", "f"),
        ("myski", "gender", "pl"),
    ],
)
def test_a_name_has_every_form(report, territory, form, text):
    assert getattr(report.territory(territory), form) == text


def test_every_subject_answers_every_form_but_the_adjective(report):
    territories = load("territories")
    for name in territories["id"]:
        place = report.territory(name)
        for form in dir(place):
            if not form.startswith("adjective") or place.given["adjective"]:
                assert getattr(place, form), (name, form)


def test_a_verb_agrees_with_the_short_name(report):
    forms = ("занял", "заняла", "заняло", "заняли")
    said = [report.territory(name).agree(*forms) for name in ("kemerovo", "sakha", "belovo", "osinniki")]
    assert said == list(forms)


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (
            lambda report: report.region.prepositional,
            ["«Кузбасс»", "«prepositional»", "имелось в виду «loc»", "loc (предложный)", "inside"],
        ),
        (lambda report: report.region.short_lok, ["«short_lok»", "имелось в виду «short_loc»"]),
        (
            lambda report: report.territory("jewish").adjective_pl,
            ["«territories»", "«Еврейская автономная область» (jewish)", "прилагательного", "«adjective»"],
        ),
        (
            lambda report: report.name("azot").ins,
            ["«names»", "(azot)", "творительного падежа полного наименования", "«ins»"],
        ),
        (lambda report: report.name("azot").inside, ["«names»", "предлога «где»", "«preposition»"]),
    ],
)
def test_a_form_that_is_not_there_is_told_in_one_sentence(report, ask, told):
    with pytest.raises(DataError) as caught:
        ask(report)
    said = str(caught.value)
    assert caught.value.exit_status == 2 and said.endswith(".") and "\n" not in said and ". " not in said
    assert [word for word in told if word not in said] == []


def test_objects_are_asked_for_what_they_are_without_harm(report):
    place = report.region
    assert not hasattr(place, "dtype") and not hasattr(place, "_repr_html_")
    assert {"name", "inside", "short_gen", "adjective_pl", *CASES} <= set(dir(place))


def test_every_form_remembers_the_choice(report):
    chosen = Text.of("tomsk", Quantity(1.0, "count", 0))
    place = report.territory(chosen)
    for form in ("name", "gen", "short_gen", "inside", "short_inside", "adjective_pl"):
        assert getattr(place, form).quantities == chosen.quantities, form
    assert str(place.inside) == "в Томской области"
