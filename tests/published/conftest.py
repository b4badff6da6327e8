"""The documents of the report built once, read back."""

import pytest

from .documents import Paper, Web, Word


@pytest.fixture(scope="session")
def web(built):
    return Web(built.book)


@pytest.fixture(scope="session")
def word(built):
    return Word(built.book / "report.docx")


@pytest.fixture(scope="session")
def paper(built):
    return Paper(built.book / "report.pdf")
