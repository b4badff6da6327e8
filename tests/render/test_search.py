"""The search finds word forms, in the browser as in the index."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
import snowballstemmer

from analysis.book.render.search import ASSETS, add_search, build_index, told_words, words

PAGE = """<!DOCTYPE html><html><head><title>Т</title></head><body><nav>меню</nav><main>
<h1 id="a">Занятость</h1><p>Число <b>вы</b>пускников выросло.</p>
<h2 id="b">Ещё раздел <a class="anchor" href="#b">#</a></h2>
<table><tr><td>Томск</td><td>480,1</td></tr></table><script>secret()</script></main></body></html>"""


@pytest.fixture
def index(tmp_path) -> dict:
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    return build_index([tmp_path / "index.html"])


def stem(word: str) -> str:
    return snowballstemmer.stemmer("russian").stemWord(word)


def sections_of(index: dict, word: str) -> list[int]:
    return index["stems"].get(stem(word), [])[::2]


def test_word_forms_are_found(index):
    for form in ("выпускник", "выпускниками", "выпускникам"):
        assert sections_of(index, form) == [0]


def test_headings_divide_the_page(index):
    assert [(section[1], section[2]) for section in index["sections"]] == [("a", "Занятость"), ("b", "Ещё раздел")]
    assert sections_of(index, "томску") == [1]
    assert sections_of(index, "480") == [1]


def test_what_is_not_text_is_not_found(index):
    assert not sections_of(index, "secret") and not sections_of(index, "меню")


def test_yo_and_ye_are_one_letter():
    assert list(words("Ещё ещё")) == ["еще", "еще"]


def test_pages_are_changed_only_if_asked(tmp_path):
    page = tmp_path / "index.html"
    page.write_text(PAGE, encoding="utf-8")
    add_search(tmp_path)
    assert page.read_text(encoding="utf-8") == PAGE
    add_search(tmp_path, inject=True)
    assert page.read_text(encoding="utf-8").count("search/search.js") == 1


def test_index_is_a_script_not_data_to_fetch(rendered):
    text = (rendered.out / "search/index.js").read_text(encoding="utf-8")
    assert text.startswith("window.BOOK_SEARCH=")
    pages = json.loads(text.removeprefix("window.BOOK_SEARCH=").rstrip(";\n"))["pages"]
    assert len(pages) == 6 and all(title for _, title in pages)


@pytest.mark.skipif(shutil.which("node") is None, reason="node is needed to run the browser's stemmer")
def test_browser_cuts_words_as_the_index_does(rendered):
    data = json.loads((rendered.out / "search/index.js").read_text(encoding="utf-8")[len("window.BOOK_SEARCH=") : -2])
    vocabulary = sorted(
        {word for section in data["sections"] for text in section[2:] for word in words(text)} | set(FORMS)
    )
    script = (ASSETS / "russian-stemmer.js").read_text(encoding="utf-8")
    script += ";const s=new RussianStemmer();const w=JSON.parse(require('fs').readFileSync(0,'utf8'));"
    script += "console.log(JSON.stringify(w.map(x=>s.stemWord(x))))"
    done = subprocess.run(
        ["node", "-e", script], input=json.dumps(vocabulary).encode(), capture_output=True, check=True, timeout=60
    )
    assert json.loads(done.stdout) == [stem(word) for word in vocabulary]


FORMS = [
    "выпускников",
    "трудоустроенных",
    "занятости",
    "среднемесячная",
    "профессионального",
    "образования",
    "предприятиями",
    "увеличившийся",
    "безработица",
    "безработными",
    "важнейшая",
    "красивейшими",
    "работавшим",
    "обучающиеся",
    "мигрантов",
    "промышленность",
]


def test_a_section_is_found_by_what_the_cards_of_its_numbers_tell(tmp_path):
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    facts = tmp_path / "facts.csv"
    facts.write_text(
        "INDICATOR,CATEGORY,REF_AREA,OBS_VALUE,PLACES\n"
        "Уровень безработицы,женщины,Кузбасс,59.3686,index#b; index#tbl-x\n",
        encoding="utf-8",
    )
    index = build_index([tmp_path / "index.html"], told_words(facts))
    for word in ("безработица", "женщин", "кузбасса", "3686"):
        assert sections_of(index, word) == [1]
    assert not sections_of(build_index([tmp_path / "index.html"], told_words(tmp_path / "none.csv")), "безработица")
