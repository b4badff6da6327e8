"""`_quarto.yml` holds what every renderer honours, at every depth; anything else is refused by name."""

from __future__ import annotations

import pytest
import yaml

from analysis.base.errors import UsageError
from analysis.book.config import read_config


def changed(folder, path: str, value) -> None:
    """Set one key of the project's `_quarto.yml`."""
    file = folder / "_quarto.yml"
    tree = yaml.safe_load(file.read_text(encoding="utf-8"))
    *above, last = path.split("/")
    node = tree
    for key in above:
        node = node.setdefault(key, {})
    node[last] = value
    file.write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")


REFUSED = {
    "filters": ["x.lua"],
    "execute/warning": True,
    "execute/eval": False,
    "execute/freeze": True,
    "execute/echo": "fenced",
    "execute/cache": True,
    "execute": "default",
    "format/html/theme": "cosmo",
    "format/html/toc": False,
    "format/html/css": "my.css",
    "format/html/code-fold": True,
    "format/html/number-sections": True,
    "format/html/include-in-header": "x.html",
    "format/html/html-math-method": "katex",
    "format/pdf": {"documentclass": "book"},
    "format/revealjs": {},
    "format/epub": "default",
    "format/typst/mainfont": "Arial",
    "format/docx/reference-doc": "my.docx",
    "format": "html",
    "project/type": "website",
    "project/output-dir": "out",
    "project/pre-render": "x.py",
    "lang": "en",
    "book/sidebar": {},
    "book/subtitle": ["a"],
    "book/title": True,
    "book/downloads": ["pdf"],
    "crossref/chapters": True,
    "crossref/lst-title": "Листинг",
    "bibliography": ["a.bib", "b.bib"],
    "csl": "apa.csl",
    "params": {"x": 1},
    "toc": True,
    "metadata-files": ["x.yml"],
    "author": "Я",
}


@pytest.mark.parametrize("path", REFUSED)
def test_a_key_or_a_value_that_is_not_honoured_is_refused_by_name(tiny, path):
    changed(tiny, path, REFUSED[path])
    with pytest.raises(UsageError) as caught:
        read_config(tiny)
    assert f"«{path.replace('/', '.')}»" in str(caught.value) and str(caught.value).startswith("Файл _quarto.yml: ")


LISTS = {
    "a text for a list": ("chapters/one.ipynb", "нужен список"),
    "no chapters": ([], "ни одной главы"),
    "a file of another kind": (["chapters/one.md"], r"\.ipynb и \.qmd"),
    "a file outside": (["../one.ipynb"], "внутри проекта"),
    "a file by its full path": (["/one.ipynb"], "внутри проекта"),
    "a chapter twice": (
        ["chapters/one.ipynb", {"part": "Часть", "chapters": ["chapters/one.ipynb"]}],
        "«chapters/one.ipynb» названа .* дважды",
    ),
    "a part with a key more": ([{"part": "Часть", "chapters": [], "number": 1}], "book.chapters.number"),
    "a part named by a file": ([{"part": "chapters/one.qmd", "chapters": ["chapters/two.ipynb"]}], "нет названия"),
    "a part in a part": ([{"part": "А", "chapters": [{"part": "Б", "chapters": []}]}], "нужно имя файла"),
    "a number": ([1], "нужно имя файла"),
    "a file under a key": ([{"file": "chapters/one.ipynb"}], "book.chapters.file"),
}


@pytest.mark.parametrize("fault", LISTS)
def test_a_list_of_chapters_that_would_be_taken_wrongly_is_refused(tiny, fault):
    value, said = LISTS[fault]
    changed(tiny, "book/chapters", value)
    with pytest.raises(UsageError, match=said):
        read_config(tiny)


def test_appendices_without_a_letter_are_refused(tiny):
    changed(tiny, "book/appendices", [f"chapters/{number}.qmd" for number in range(21)])
    with pytest.raises(UsageError, match="приложений 21, а букв"):
        read_config(tiny)


@pytest.mark.parametrize(
    "name",
    ["_quarto-draft.yml", "_metadata.yml", "chapters/_metadata.yml", "_variables.yml", "_brand.yml", "_quarto.yaml"],
)
def test_settings_beside_are_refused(tiny, name):
    (tiny / name).write_text("lang: en\n", encoding="utf-8")
    with pytest.raises(UsageError, match=name.split("/")[-1]):
        read_config(tiny)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lang: ru\nbook:\n  title: а\n  title: б\n", "строка 4: поле «title» уже дано в строке 3"),
        ("lang: ru\nlang: ru\nbook: {}\n", "строка 2: поле «lang» уже дано в строке 1"),
        ("lang: ru\nbook: {date: 2021-31-12}\n", "строка 2: «2021-31-12» – такой даты нет"),
    ],
)
def test_what_yaml_would_pass_or_die_of_is_refused_with_its_line(tiny, text, said):
    (tiny / "_quarto.yml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        read_config(tiny)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("execute", {"echo": False, "warning": False, "error": False, "eval": True}),
        ("execute", None),
        ("format/html", "default"),
        ("format/typst", None),
        ("format/docx/default-image-extension", "png"),
        ("lang", "ru"),
        ("book/date", "2021"),
        ("crossref/title-delim", " —"),
        ("bibliography", "sources.bib"),
    ],
)
def test_what_is_done_anyway_may_be_said(tiny, path, value):
    changed(tiny, path, value)
    assert not read_config(tiny).echo


def test_code_is_shown_where_the_book_says_so(tiny):
    changed(tiny, "execute/echo", True)
    assert read_config(tiny).echo
