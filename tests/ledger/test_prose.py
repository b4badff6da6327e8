"""The current prose against the data, and the statements of one edition on the data of the next."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest

from analysis import cli
from analysis.base import paths
from analysis.book import build as book
from analysis.book.diagnostics import MistakesError
from analysis.catalogue import load
from analysis.ledger.later import compare
from analysis.ledger.prose import assertions, faults, sections

from .conftest import EDITION

OWN = f"editions/{EDITION}"
PRIVATE = re.compile("[\ue000-\uf8ff]")
NEXT = "kemerovo-2022"


@pytest.fixture
def chapters():
    return sorted(paths.chapters().glob("*.ipynb"))


def test_typed_words_of_the_chapters_hold(ledger, chapters):
    assert faults(ledger, chapters) == []


def test_every_typed_word_is_checked_by_a_formula_that_has_an_answer(ledger, chapters):
    found = assertions(ledger, chapters)
    assert len(found) == len(load("assertions")) + len(load("prose_assertions", EDITION)) > 30
    assert [one.id for one in found if one.part.answer is None or not one.there] == []


def test_sections_that_repeat_a_statement_are_in_the_chapters(chapters):
    adopted = set(load("claims", EDITION)["adopted"]) - {""}
    assert adopted and adopted <= set(sections(chapters, paths.prose(EDITION)))


def test_no_contradicted_statement_is_repeated(ledger):
    assert [entry.id for entry in ledger.entries.values() if entry.adopted and entry.refuted] == []


def test_changed_datum_makes_typed_words_wrong(desk, copied):
    desk.change(f"{OWN}/tension.csv", {"indicator": "tension", "territory": "kemerovo", "year": "2019"}, value="2.6")
    found = faults(desk.ledger(), sorted((copied / "chapters").glob("*.ipynb")))
    assert len(found) == 2 and "Худшим по этому показателю регион стал только в год пандемии." in found[0]
    assert "2,6" in found[0]


def test_words_of_an_editions_own_text_are_held_by_its_own_table(desk, copied, chapters):
    (own,) = (row for row in load("prose_assertions", EDITION).to_dict("records") if row["id"] == "E01")
    fragment = copied / "data" / OWN / "prose/11-conditions/services-printed.md"
    assert own["words"] in fragment.read_text(encoding="utf-8")
    chapters = sorted((copied / "chapters").glob("*.ipynb"))
    # The chapters hold them for no other edition.
    assert own["words"] not in sections(chapters)[own["section"]]
    desk.write(f"{OWN}/prose/11-conditions/services-printed.md", "Доля в печатном издании иная.")
    (fault,) = faults(desk.ledger(), chapters)
    assert own["words"] in fault and f"строку {own['id']} таблицы prose_assertions" in fault


def _assert_of_all(desk, section, words, against):
    """Have the common table hold words of a chapter against the tension of the region."""
    formula = {"basis": "edition", "reading": 1, "relation": "above", "value": 'v("tension", year=y)'}
    row = {"id": "P99", "section": section, "words": words, "against": against, **formula}
    columns = list(load("assertions").columns)
    desk.write("assertions.csv", pd.DataFrame([row], columns=columns).to_csv(index=False))


def test_words_of_a_section_that_an_edition_replaces_hold_for_nothing(desk, copied):
    section, words, folder = "sec-conditions-map", "По территориям сеть описана в разделе", f"{OWN}/prose/11-conditions"
    _assert_of_all(desk, section, words, against="100")
    chapters = sorted((copied / "chapters").glob("*.ipynb"))
    assert [one.id for one in assertions(desk.ledger(), chapters) if one.refuted] == ["P99"]
    # A fragment with a place in the section would have none.
    for name in ("map-graduates", "map-lost"):
        desk.remove(f"{folder}/{name}.md")
    desk.write(f"{folder}/{section}.replace.md", f"## Иначе {{#{section}}}\n\nПо-своему.")
    assert [one.id for one in assertions(desk.ledger(), chapters) if one.refuted] == []


def test_rewritten_words_are_missed(desk, chapters, tmp_path):
    section, words = "sec-conditions-map", "По территориям сеть описана в разделе"
    _assert_of_all(desk, section, words, against="0")
    ledger = desk.ledger()
    assert not any(words in fault for fault in faults(ledger, chapters))
    chapter = next(path for path in chapters if section in sections([path]))
    notebook = json.loads(chapter.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = [line.replace(words, "сказано иначе") for line in cell["source"]]
    changed = tmp_path / chapter.name
    changed.write_text(json.dumps(notebook), encoding="utf-8")
    others = [path for path in chapters if path != chapter]
    assert any(words in fault for fault in faults(ledger, [*others, changed]))


def test_adopting_a_contradicted_statement_is_found(desk, copied):
    desk.change(f"{OWN}/claims.csv", {"id": "T7.18"}, adopted="sec-system-territories")
    (fault,) = faults(desk.ledger(), sorted((copied / "chapters").glob("*.ipynb")))
    assert "T7.18" in fault and "96,5" in fault


def test_a_build_refuses_words_that_the_data_contradict_and_a_draft_names_them(desk, copied, monkeypatch, capsys):
    seen = []

    def build(edition, source, **_):
        if mistakes := source.check(edition):
            raise MistakesError(mistakes)
        seen.append(edition)
        return {}

    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["report", "build", EDITION, "--renderer", "builtin", "--quiet", *arguments])
        with pytest.raises(SystemExit) as end:
            cli.main()
        return end.value.code, capsys.readouterr().err

    monkeypatch.setattr(book, "build", build)
    assert run() == (0, "") and seen == [EDITION]
    desk.change(
        f"{OWN}/tension.csv",
        {"indicator": "tension", "territory": "kemerovo", "year": "2019"},
        value="2.6",
        printed="2,6",
    )
    code, said = run()
    assert (
        code == 2
        and "Худшим по этому показателю регион стал только в год пандемии." in said
        and "--draft" in said
        and re.search(r"chapters/11-conditions\.ipynb, ячейка \d+, строка \d+ .*Слова «Худшим", said)
        and "доклад не собран" in said.splitlines()[-1]
    )
    code, said = run("--draft")
    assert code == 0 and re.match(r"Черновик\. chapters/\S+, ячейка \d+, строка \d+: Слова «Худшим", said)
    assert seen == [EDITION, EDITION]


@pytest.fixture
def next_year(desk, copied):
    """Make next year's edition: every year one later, the wage of the region above that of the district."""
    source = copied / "data" / OWN
    for file in source.rglob("*"):
        if not file.is_file():
            continue
        text = file.read_text(encoding="utf-8")
        if file.name == "edition.yml":
            text = (
                text.replace(f"id: {EDITION}", f"id: {NEXT}")
                .replace("year: 2020 ", "year: 2021 ")
                .replace("published: 2021", "published: 2022")
            )
        elif file.suffix == ".csv":
            rows = pd.read_csv(file, dtype=str, keep_default_na=False)
            if {"indicator", "year"} <= set(rows.columns):
                rows["year"] = [str(int(year) + 1) if year else "" for year in rows["year"]]
            if file.name == "wages.csv":
                rows.loc[(rows["territory"] == "kemerovo") & (rows["year"] == "2021"), "value"] = "48999"
            text = rows.to_csv(index=False)
        desk.write(f"editions/{NEXT}/{file.relative_to(source)}", text)
    return NEXT


def test_last_years_statements_on_this_years_data(desk, next_year):
    old, new = desk.ledger(), desk.ledger(next_year, statements=EDITION)
    found = {one.id: one for one in compare(old, new, ["A43a", "A57a", "T7.18", "B37"])}
    assert found["A43a"].outcome == "holds"
    assert found["A57a"].outcome == "no-longer"
    assert (found["A57a"].before, found["A57a"].now) == ("43\u202f429\u00a0руб.", "48\u202f999\u00a0руб.")
    assert "в 2021 году" in found["A57a"].right
    assert found["T7.18"].outcome == "never"
    assert found["B37"].outcome == "unknown"


@pytest.fixture
def asked(report):
    """Run `report ledger …`; returns exit status, stdout and stderr with plain spaces."""

    def run(*arguments):
        code, out, err = report("ledger", *arguments)
        return code, out.replace("\u00a0", " ").replace("\u202f", " "), err.replace("\u00a0", " ")

    return run


def test_command_prints_counts_verdicts_and_what_is_right(asked, desk):
    code, out, err = asked(EDITION, "--verdict", "contradicted", "--section", "табл. 7")
    assert (code, err) == (0, "")
    assert out.startswith("Утверждений: 1\n") and "T7.18" in out and "96,5, а не 85,4 %" in out and "T7.5" not in out


def test_command_saves_what_it_shows(asked, desk, tmp_path):
    file = tmp_path / "ledger.csv"
    assert asked("--quiet", "--csv", str(file)) == (0, "", "")
    rows = pd.read_csv(file, dtype=str, keep_default_na=False, sep=";")
    assert len(rows) == 270 and rows.set_index("id").loc["A81b", ["own", "official"]].tolist() == [
        "contradicted",
        "confirmed",
    ]


def test_nothing_but_letters_and_digits_leaves_the_command(asked, desk, tmp_path, monkeypatch):
    monkeypatch.setenv("REPORT_CARDS", "1")  # as while a book is built, when numbers carry marks
    file = tmp_path / "ledger.csv"
    _, out, _ = asked("--csv", str(file))
    assert "608,9 тыс. чел." in out and not PRIVATE.search(out + file.read_text(encoding="utf-8-sig"))
    _, out, _ = asked(EDITION, "--new", EDITION, "--csv", str(file))
    assert not PRIVATE.search(out + file.read_text(encoding="utf-8-sig")) and "было:" not in out


def test_command_fails_where_the_prose_is_contradicted(asked, desk):
    desk.change(f"{OWN}/tension.csv", {"indicator": "tension", "territory": "kemerovo", "year": "2019"}, value="2.6")
    code, _, err = asked("--quiet")
    assert code == 1 and "Худшим по этому показателю регион стал только в год пандемии." in err


def test_command_says_what_to_rewrite(asked, next_year):
    code, out, err = asked(EDITION, "--new", next_year, "--verdict", "no-longer", "--section", "1.1")
    assert code == 1 and "Перепишите" in err
    assert "A57a" in out and "было: 43 429 руб.; стало: 48 999 руб." in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["kemerovo-2012"], "имелось в виду «kemerovo-2021»"),
        (["--section", "1.4"], "Нет раздела «1.4»"),
        (["--section", "1.3", "--verdict", "confirmd"], "имелось в виду «confirmed»"),
        (["--new", "kemerovo-2020"], "имелось в виду «kemerovo-2021»"),
        (["--section", "1.3", "--csv", "нет/такой/папки.csv"], "Назовите другое место"),
    ],
)
def test_wrong_call_gets_one_sentence(asked, desk, arguments, said):
    code, out, err = asked(*arguments)
    assert (code, out) == (2, "") and said in err and err.count("\n") == 1


def test_an_edition_without_statements_is_told_so(asked, desk, copied):
    package = json.loads((copied / "data" / OWN / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [one for one in package["resources"] if not one["name"].startswith("claim")]
    desk.write(f"{OWN}/datapackage.json", json.dumps(package))
    code, _, err = asked(EDITION)
    assert code == 2 and "нет таблицы claims" in err


def test_a_broken_formula_is_named(asked, desk):
    desk.change(f"{OWN}/claim_formulas.csv", {"claim": "A36", "basis": "edition"}, value="growht(1)")
    code, _, err = asked(EDITION, "--section", "1.1")
    assert code == 2 and "A36" in err and "«growth»" in err
