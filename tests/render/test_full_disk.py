"""Programs that write for the renderer meet a full disk: that is told as such, not as a fault of the book."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from analysis.base.errors import RenderError, system_refusal
from analysis.book.config import read_config
from analysis.book.render.builtin.printed import compiled
from analysis.book.render.common.pandoc import pandoc
from analysis.book.render.quarto import run as quarto

FULL = Path("/dev/full")
pytestmark = pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")


def test_pandoc_on_a_full_disk():
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)) as refused:
        pandoc("-f", "markdown", "-t", "docx", "-o", str(FULL), text="Текст")
    assert refused.value.errno == errno.ENOSPC


def test_typst_on_a_full_disk(stage, tmp_path):
    source = tmp_path / "report.typ"
    source.write_text(
        '#set document(title: "Т")\n#set text(lang: "ru")\n= Текст\n#[#metadata(()) <torn>]', encoding="utf-8"
    )
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)) as refused:
        compiled(source, FULL, read_config(stage))
    assert "на диске нет места" in system_refusal(refused.value, "проект")


def test_quarto_on_a_full_disk(tmp_path):
    command = ["sh", "-c", "echo 'ERROR: No space left on device (os error 28)'; exit 1"]
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)) as refused:
        quarto.run(command, tmp_path, {}, lambda line: None)
    assert refused.value.errno == errno.ENOSPC


def test_work_folder_of_a_killed_build_is_in_nobodys_way(stage, build):
    left = stage.parent / "builtin"
    (left / "figures").mkdir(parents=True)
    (left / "figures" / "old.svg").touch()
    rendered = build(stage)
    assert not left.exists() and not (rendered.out / "figures" / "old.svg").exists()
    (stage / "index.qmd").write_text("[-@fig-nowhere]", encoding="utf-8")
    with pytest.raises(RenderError):
        build(stage)
    assert not left.exists()
