"""`report diff` as a person types it: what it says, what it writes, how it ends."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from analysis.base import scratch
from tests.compare.conftest import FIRST, NEXT, OTHER, change

WAGES = f"data/editions/{FIRST}/wages.csv"


def of(out: str, part: str) -> str:
    """Return what was printed of a part, without the blanks of tables."""
    found = re.search(rf"(?ms)^{part}$\n(.*?)(?=^(?:Числа|Таблицы слов|Утверждения|Прогнозы и исходы|Текст)$|\Z)", out)
    assert found, out[:2000]
    return " ".join(found[1].split())


def left() -> set[Path]:
    return set(scratch._place().glob(f"{scratch.PREFIX}*"))


@pytest.fixture(autouse=True)
def own_scratch(tmp_path, monkeypatch):
    """Other processes of this machine have scratch folders too."""
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))


def test_the_same_twice_has_no_differences(report, copied):
    code, out, err = report("diff", FIRST, FIRST, "--only", "numbers,words,prose")
    assert (code, err) == (0, "") and "\x1b" not in out
    assert "наблюдений столько же" in out
    assert of(out, "Таблицы слов") == "Различий нет." and of(out, "Текст").startswith("Главы у изданий общие")


def test_next_year_against_last_year(report, editions):
    next_year = editions / "data" / "editions" / NEXT
    change(next_year / "wages.csv", "2017,39167,", "2017,39200,")
    change(next_year / "support_measures.csv", "Ярмарки вакансий", "Ярмарки рабочих мест")
    for name, text in ((FIRST, "Занятость снизилась. Так было."), (NEXT, "Занятость выросла. Так было.")):
        fragment = editions / "data" / "editions" / name / "prose" / "11" / "labour.md"
        fragment.parent.mkdir(parents=True, exist_ok=True)
        fragment.write_text(text, encoding="utf-8")
    code, out, err = report("diff", FIRST, NEXT, "--all")
    assert (code, err) == (0, "")
    first, *short = out.splitlines()[:6]
    assert first == f"Сравнение: издание {FIRST} → издание {NEXT}"
    assert [line.split("  ")[1] for line in short] == [
        "Числа",
        "Таблицы слов",
        "Утверждения",
        "Прогнозы и исходы",
        "Текст",
    ]
    numbers = of(out, "Числа")
    assert "Кузбасс, 2020 → Кузбасс, 2021" in numbers
    assert "Уровень безработицы % 6,7 5,4 −1,3 п. п. regions2022" in numbers
    assert "Заработная плата Россия 2017 руб. 39167 39200 +0,1 report2021" in numbers
    assert "Уровень безработицы Кузбасс 2021 % 5,4 regions2022" in numbers
    assert "Ярмарки [-вакансий-]{+рабочих мест+}, специальностей" in of(out, "Таблицы слов")
    assert "строка «year», столбец «value» – изменилось [-2020-]{+2021+}" in of(out, "Таблицы слов")
    verdicts = of(out, "Утверждения")
    assert "Больше не держится" in verdicts and "Нечем проверить" in verdicts
    assert "Занятость в Кузбассе снизилась за 2020 год на 2,4 % По данным было: 2,4 %; стало: −0,4 %" in verdicts
    assert "Уровень безработицы % 2021 6,7 4,7…8,7 3,0…10,4 5,4 −1,3 −23,9 внутри 80 %" in of(out, "Прогнозы и исходы")
    prose = of(out, "Текст")
    assert "11/labour.md изменилось Занятость [-снизилась-]{+выросла+}." in prose and "Так было" not in prose


def test_regions_are_compared_each_by_its_own(report, editions):
    code, out, err = report("diff", FIRST, OTHER)
    assert (code, err) == (0, "")
    numbers = of(out, "Числа")
    assert "Регион каждого издания в его отчётном году: Кузбасс, 2020 → Томская область, 2020" in numbers
    assert "Уровень безработицы % 6,7 8,6 +1,9 п. п. regions2022" in numbers
    # Rows of one region are no former state of another's.
    assert "Наблюдения" not in numbers
    for part in ("Утверждения", "Прогнозы и исходы"):
        assert "разных регионах" in of(out, part)


def test_a_commit_against_the_folder_as_it_is(report, repository):
    root, _ = repository
    change(root / WAGES, "2017,39167,", "2017,39200,")
    change(root / "chapters" / "30-conclusion.ipynb", "Система СПО меняется", "Система СПО растёт")
    change(root / "data" / "codes" / "sections.csv", "Добыча полезных ископаемых", "Добыча")
    before, folders = _state(root), left()
    code, out, err = report("diff", "HEAD", "--edition", FIRST)
    assert (code, err) == (0, "")
    assert re.match(r"Сравнение: коммит HEAD \([0-9a-f]{10}\) от \d{4}-\d\d-\d\d → нынешнее состояние папки\n", out)
    assert "Заработная плата Россия 2017 руб. 39167 39200 +0,1 report2021" in of(out, "Числа")
    assert "строка «B», столбец «name» – изменилось" in of(out, "Таблицы слов")
    assert "chapters/30-conclusion.ipynb Заключение – изменилось **Система СПО [-меняется-]{+растёт+}.**" in of(
        out, "Текст"
    )
    # What the first edition foretold of 2021 is known by now.
    assert "внутри 80 %" in of(out, "Прогнозы и исходы")
    assert (_state(root), left()) == (before, folders)


def test_two_commits_do_not_see_what_is_in_the_folder(report, repository):
    root, commit = repository
    change(root / WAGES, "2017,39167,", "2017,39200,")
    commit("two")
    (root / WAGES).unlink()
    code, out, err = report("diff", "HEAD~1", "HEAD", "--only", "numbers")
    assert (code, err) == (0, "")
    assert "изменилось 1 (показателей 1)" in out and "39167 39200" in of(out, "Числа")


def test_data_that_this_program_cannot_take_are_compared_as_far_as_can_be(report, repository):
    root, commit = repository
    change(root / f"data/editions/{FIRST}/edition.yml", "region: kemerovo", "region: kemerovo\nforgotten: 1")
    schema = root / "data" / "schemas" / "units.json"
    described = json.loads(schema.read_text(encoding="utf-8"))
    described["fields"] = [field for field in described["fields"] if field["name"] != "scale"]
    described.pop("missingValues", None)
    kept = schema.read_bytes()
    schema.write_text(json.dumps(described), encoding="utf-8")
    commit("two")
    schema.write_bytes(kept)
    change(root / f"data/editions/{FIRST}/edition.yml", "\nforgotten: 1", "")
    code, out, err = report("diff", "HEAD", "--only", "words,verdicts")
    assert (code, err) == (0, "")
    assert "строка «forgotten» – исчезла" in of(out, "Таблицы слов")
    assert "Коммит HEAD" in of(out, "Утверждения") and "forgotten" in of(out, "Утверждения")


def test_data_as_they_were_before_an_acceptance(report, copied):
    # What the project itself has accepted later would be a difference of its own.
    for later in (copied / "data" / "vintages").glob("20*-*-*-*"):
        shutil.rmtree(later)
    kept = copied / "data" / "vintages" / "2022-03-01-1"
    file = copied / "data" / "statistics" / "unemployment_rate.csv"
    (kept / "statistics").mkdir(parents=True)
    old = file.read_text(encoding="utf-8")
    (kept / "statistics" / file.name).write_text(old, encoding="utf-8")
    manifest = {"replaced": [f"statistics/{file.name}"], "created": []}
    (kept / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    row = next(line for line in old.splitlines() if line.startswith("unemployment_rate,kemerovo,,2020,"))
    cells = row.split(",")
    change(file, row, ",".join([*cells[:4], "9.9", *cells[5:]]))
    for when, changed in (("2022-03-01-1", True), ("2022-02-28", True), ("2022-03-01", False)):
        code, out, err = report("diff", when, "--only", "numbers,prose", "--all")
        assert (code, err) == (0, "")
        assert (f"Кузбасс 2020 % {cells[4].replace('.', ',')} 9,9" in of(out, "Числа")) is changed
        assert "это таблицы" in of(out, "Текст")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["tomsk-2012"], "Возможно, имелось в виду «tomsk-2021»"),
        (["no-such-branch"], "состояний Git тоже нет"),
        ([FIRST], "Назовите второе издание (есть: kemerovo-2022, tomsk-2021)"),
        ([FIRST, "2022-03-01"], "Одно издание в двух состояниях: report diff 2022-03-01 now --edition kemerovo-2021"),
        ([FIRST, "tomsk-2012"], "Возможно, имелось в виду «tomsk-2021»"),
        (["2022-13-45"], "такого дня нет"),
        (["2022-03-01-7"], "Нет приёма данных «2022-03-01-7»"),
        (["2022-03-01", "--only", "numbrs"], "Нет части «numbrs». Возможно, имелось в виду «numbers»."),
        (["2022-03-01", "--edition", "tomsk-2012"], "Возможно, имелось в виду «tomsk-2021»"),
        ([FIRST, NEXT, "--edition", FIRST], "Ключ --edition"),
        ([FIRST, OTHER, "--only", "verdicts"], "разных регионах"),
        ([FIRST, NEXT, "--html", "a.txt"], "a.txt: имя должно кончаться на .html"),
        ([FIRST, NEXT, "--html", "data/a.html"], "она – часть проекта"),
        ([], "Не хватает «А»"),
    ],
)
def test_bad_input_gets_one_sentence_and_leaves_nothing(report, editions, monkeypatch, arguments, said):
    monkeypatch.chdir(editions)
    before, folders = _state(editions), left()
    code, out, err = report("diff", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1) and said in err
    assert (_state(editions), left()) == (before, folders)


def test_a_commit_that_is_not_there_or_holds_no_data_gets_one_sentence(report, repository):
    root, commit = repository
    code, out, err = report("diff", "HEAD~7")
    assert (code, out, err.count("\n")) == (2, "", 1) and "Нет ни издания, ни состояния Git «HEAD~7»" in err
    subprocess.run(["git", "-C", root, "rm", "-rqf", "--cached", "data"], check=True)
    (root / ".gitignore").write_text("data\n", encoding="utf-8")
    commit("no data")
    code, out, err = report("diff", "HEAD")
    assert (code, out, err.count("\n")) == (2, "", 1) and "нет папки data" in err


class Page(HTMLParser):
    """The tags of a page and their addresses; what stands in those of a kind."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.inside: dict[str, list[str]] = {"del": [], "ins": [], "style": []}
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self._open.append(tag)
        self.addresses += [value for name, value in attrs if name in ("src", "href", "srcset", "action")]

    def handle_endtag(self, tag):
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data):
        if self._open and self._open[-1] in self.inside:
            self.inside[self._open[-1]].append(data)


def test_the_page_for_reviewers_stands_alone_and_needs_no_colour(report, editions, tmp_path):
    next_year = editions / "data" / "editions" / NEXT
    change(next_year / "support_measures.csv", "Ярмарки вакансий", "Ярмарки <script>alert(1)</script> & мест")
    file = tmp_path / "различия.html"
    code, out, err = report("diff", FIRST, NEXT, "--html", str(file), "--quiet")
    assert (code, out, err) == (0, "", "")
    text = file.read_text(encoding="utf-8")
    page = Page(text)
    assert page.tags.isdisjoint({"script", "link", "img", "iframe", "object"})
    assert all(address.startswith("#") for address in page.addresses)
    style = "".join(page.inside["style"])
    assert "http" not in style and "@import" not in style and "url(" not in style
    # In grey what went and what came are told by a line and by signs.
    assert re.search(r"del\{[^}]*line-through", style) and re.search(r"ins\{[^}]*underline", style)
    assert "del::before" in style and "ins::before" in style
    assert any("вакансий" in words for words in page.inside["del"])
    assert any("<script>alert(1)</script> & мест" in words for words in page.inside["ins"])
    assert 'content="width=device-width' in text and 'lang="ru"' in text
    assert report("diff", FIRST, NEXT, "--only", "words", "--html", str(file))[0] == 0
    assert len(file.read_text(encoding="utf-8")) < len(text)
    file.write_text("моё", encoding="utf-8")
    code, out, err = report("diff", FIRST, NEXT, "--html", str(file))
    assert code == 2 and "файл уже есть" in err and file.read_text(encoding="utf-8") == "моё"


def test_a_long_list_is_cut_on_the_screen_and_says_so(report, editions):
    short, long = (report("diff", FIRST, NEXT, "--only", "numbers", *more)[1] for more in ((), ("--all",)))
    assert "Показано 40 из" in short and "--html" in short
    assert "Показано" not in long and len(long) > len(short)


def _state(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not {"build", ".git"} & set(path.relative_to(root).parts)
    }
