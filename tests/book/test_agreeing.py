"""Verbs typed beside computed counts: found where they are certainly wrong for some numbers, and nowhere else."""

from __future__ import annotations

import json

import pytest

from analysis.base.agreement import predicate
from analysis.book.agreeing import typed_beside
from analysis.cli.lint import lint_chapters
from tests.conftest import copy_project

TYPED = {
    'обратились `{python} count(applied, "выпускник")` СПО.': ["обратились"],
    'На учете\nстоят `{python} count(a, "человек")`.': ["стоят"],
    'трудоустроены `{python} spelled(a, "выпускник")`': ["трудоустроены"],
    'В регионе было `{python} count(a, "организация")`.': ["было"],
    '`{python} count(a, "выпускник")` участвовали и ушли.': ["участвовали"],
}
HELD = [
    '`{python} agreed(a, "обратились", "выпускник")` `{python} count(a, "выпускник")`',
    # The count is no subject.
    'взяли `{python} count(a, "стажер", "accs")`',
    'из `{python} count(a, "выпускник", "gent")` работали все',
    # Two subjects, or no predicate that the number could change.
    'ведут `{python} spelled(a, "вуз")` и `{python} spelled(b, "филиал")`',
    'Подтверждено `{python} count(a, "утверждение")`.',
    'на человека приходится `{python} count(a, "студент")`',
    'прием составил `{python} count(a, "человек")`',
    'Работали двое: `{python} count(a, "человек")`',
    "обратились `{python} num(a)`",
    '```\nобратились `{python} count(a, "выпускник")`\n```',
]


@pytest.mark.parametrize("text", TYPED)
def test_a_typed_verb_is_found(text):
    assert [word for _, word in typed_beside(text)] == TYPED[text]


@pytest.mark.parametrize("text", HELD)
def test_nothing_else_is_told(text):
    assert list(typed_beside(text)) == []


def test_its_line_is_told():
    assert list(typed_beside('Раз.\n\nДва обратились `{python} count(a, "выпускник")`.')) == [(3, "обратились")]


@pytest.mark.parametrize(
    ("number", "verb", "noun", "form"),
    [
        (1131, "обратились", "выпускник", "обратился"),
        (1131, "обратились", "организация", "обратилась"),
        (1111, "обратились", "выпускник", "обратились"),
        (2, "обратились", "выпускник", "обратились"),
        (21, "внедряют", "организация", "внедряет"),
        (1, "вошли", "предприятие", "вошло"),
        (1, "трудоустроены", "выпускник", "трудоустроен"),
        (1, "было", "человек", "был"),
        (5, "было", "человек", "было"),
    ],
)
def test_a_verb_goes_with_the_number(number, verb, noun, form):
    assert predicate(number, verb, noun) == form


def test_check_names_the_place(desk_project):
    told = [finding for finding in lint_chapters(["kemerovo-2021"]) if finding.rule == "agreeing"]
    assert [(finding.file, finding.value) for finding in told] == [("chapters/13-support.ipynb", "побывали")]
    assert "agreed(" in told[0].remedy


@pytest.fixture
def desk_project(tmp_path, monkeypatch):
    """Give a project one chapter of which says a verb beside a count."""
    root = copy_project(tmp_path)
    monkeypatch.setenv("REPORT_ROOT", str(root))
    file = root / "chapters" / "13-support.ipynb"
    notebook = json.loads(file.read_text(encoding="utf-8"))
    cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    cell["source"] = [*cell["source"], '\n\nНа встрече побывали `{python} count(common, "выпускник")`.']
    file.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
    return root
