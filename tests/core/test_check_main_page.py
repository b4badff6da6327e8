"""`report check` reads the findings of the first page as it reads prose."""

from analysis.catalogue import clear_cache
from analysis.cli.lint import lint_chapters


def test_a_typed_number_and_a_typed_claim_are_told(project, monkeypatch):
    monkeypatch.setenv("REPORT_ROOT", str(project))
    file = project / "data/federal/findings.csv"
    text = file.read_text(encoding="utf-8")
    spoilt = text.replace("помощь нужно подбирать каждому", "ушло 12 млн рублей").replace(
        "заработок остается для выпускника доводом уехать", "выпускники уезжают из-за зарплаты"
    )
    assert spoilt.count("ушло 12") == spoilt.count("из-за зарплаты") == 1
    file.write_text(spoilt, encoding="utf-8")
    clear_cache()
    try:
        found = [one for one in lint_chapters(["kemerovo-2021"]) if one.file.endswith("findings.csv")]
    finally:
        clear_cache()
    assert [(one.column, one.value) for one in found] == [("up", "12"), ("down", "из-за")]
