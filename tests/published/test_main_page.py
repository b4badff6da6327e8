"""«Главное» of the finished book: the first thing a reader sees, in every format."""

from __future__ import annotations

import re

from pypdf import PdfReader

from analysis.show.findings.choosing import MOST


def said(web) -> list:
    return web.pages["index"].xpath("//*[contains(@class, 'finding')]//*[contains(@class, 'said')]")


def test_each_finding_has_a_number_with_a_card_a_section_and_a_spark(web):
    findings = web.pages["index"].xpath("//*[contains(concat(' ', @class, ' '), ' finding ')]")
    assert 3 <= len(findings) <= MOST
    for one in findings:
        text = " ".join(one.text_content().split())
        assert one.xpath(".//*[@data-q]"), text
        assert one.xpath(".//*[contains(@class, 'said')]//a[contains(@href, '#sec-')]"), text
        (spark,) = one.xpath(".//img")
        assert spark.get("alt") and not re.search(r"\d", spark.get("alt"))


def test_a_finding_is_one_sentence(web):
    for one in said(web):
        text = " ".join(one.text_content().split())
        assert text.endswith(").") and not re.search(r"(?<!\bг)(?<!тыс)(?<!чел)(?<!руб)(?<!п)\. [А-Я]", text), text
        assert " – " in text.replace("\u00a0", " ")


def test_the_first_page_holds_no_hash_no_definition_and_no_warning(web):
    text = web.text("index")
    assert not re.search(r"\b[0-9a-f]{12,}\b|SHA|Git|коммит|pandoc|Typst|…|пропуск|Внимание", text)
    assert web.pages["index"].xpath("//h1 | //h2")
    links = {link.get("href") for link in web.pages["index"].iter("a")}
    assert {"brief.pdf", "report.pdf", "report.docx", "d-built.html"} <= {
        link.partition("#")[0] for link in links if link
    }


def test_all_formats_say_the_same(web, paper, word, built):
    brief = " ".join(page.extract_text() for page in PdfReader(str(built.book / "brief.pdf")).pages)
    texts = [re.sub(r"\W", "", one.text_content()) for one in said(web)]
    assert texts
    for where in (paper.text, word.text, brief):
        bare = re.sub(r"\W", "", where.replace("\u00ad", ""))
        assert [text for text in texts if text not in bare] == []


def test_print_begins_with_it(paper, built):
    assert "ГЛАВНОЕ" in paper.pages[1] and "СОДЕРЖАНИЕ" in paper.pages[2]
    assert len(PdfReader(str(built.book / "brief.pdf")).pages) <= 2


def test_how_the_issue_was_built_stands_last(web, paper):
    assert "Состав выпуска" in web.text("d-built") and "Как читать" in web.text("d-built")
    assert "КАК ПОСТРОЕН" in " ".join(paper.pages[-6:]).upper()
