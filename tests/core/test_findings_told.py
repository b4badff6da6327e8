"""How findings are headed, and by what words a person knows a fragment of prose again."""

import pytest

from analysis.catalogue.findings import Finding
from analysis.cli.findings import listed
from analysis.cli.screen import console
from analysis.editions.review import spoken


@pytest.mark.parametrize(
    ("severities", "title"),
    [
        (["warning", "warning"], "Предупреждения"),
        (["error"], "Ошибки"),
        (["error", "warning"], "Ошибки и предупреждения"),
    ],
)
def test_a_table_of_findings_is_called_by_what_is_in_it(severities, title):
    found = [Finding("a.csv", 2, None, "1", "не так", "Исправьте.", severity=severity) for severity in severities]
    assert str(listed(found, console()).title) == title


def test_a_fragment_is_known_by_its_words_and_not_by_its_code():
    assert spoken("```{python}\ny = 1\n```\n\nСлова `{python} y`.\n") == "Слова `{python} y`."
    assert spoken('```{python}\nreport.figure("x")\n```\n') == '```{python}\nreport.figure("x")\n```\n'
