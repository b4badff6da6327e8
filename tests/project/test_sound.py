"""Data in which nothing was wrong are not checked again until they or the program change."""

from __future__ import annotations

import shutil

import pytest

from analysis.base import paths
from analysis.catalogue import clear_cache
from analysis.cli import findings, sound

EDITION = "tatarstan-2022"


@pytest.fixture
def project(tmp_path, monkeypatch, root):
    for name in ("data", "chapters"):
        shutil.copytree(root / name, tmp_path / name)
    for name in ("_quarto.yml", "requirements.lock"):
        shutil.copy(root / name, tmp_path / name)
    monkeypatch.setenv("REPORT_ROOT", str(tmp_path))
    clear_cache()
    yield tmp_path
    clear_cache()


@pytest.fixture
def checks(monkeypatch):
    """Count the checks of data."""
    counted = []
    check = findings.check_edition
    monkeypatch.setattr(findings, "check_edition", lambda edition: counted.append(edition) or check(edition))
    return counted


def test_sound_data_are_checked_once_and_changed_ones_again(project, checks):
    for _ in range(2):
        assert findings.in_chapters(EDITION) == []
    assert checks == [EDITION]
    file = paths.data() / "statistics/unemployment_rate.csv"
    file.write_bytes(file.read_bytes() + b"unemployment_rate,nowhere,,2020,1,A,,,\n")
    clear_cache()
    for _ in range(2):
        with pytest.raises(findings.FoundError, match=r"unemployment_rate\.csv, строка \d+"):
            findings.in_chapters(EDITION)
    assert checks == [EDITION] * 3


def test_chapters_are_read_each_time(project):
    assert findings.in_chapters(EDITION) == []
    chapter = paths.chapters() / "13-support.ipynb"
    text = chapter.read_text(encoding="utf-8")
    assert "{#sec-support}" in text
    chapter.write_text(text.replace("{#sec-support}", "{#sec-support} 77 мер", 1), encoding="utf-8")
    assert "chapters/13-support.ipynb" in {one.file for one in findings.in_chapters(EDITION)}


def test_a_damaged_note_is_not_believed(project, checks):
    findings.in_chapters(EDITION)
    file = paths.cache() / f"sound-{EDITION}.txt"
    file.write_bytes(file.read_bytes()[:-1] + b"0")
    findings.in_chapters(EDITION)
    assert checks == [EDITION] * 2
    assert not sound.known(EDITION, b"another state")
