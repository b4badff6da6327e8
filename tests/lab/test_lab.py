"""What JupyterLab is told when it starts: settings that it has, an extension it can load, notebooks kept clean."""

from __future__ import annotations

import copy
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from analysis.base import desk, desk_prose
from analysis.show import prose
from lab.__main__ import FOLDER, main, options
from lab.saving import stripped
from tools import differences

EXTENSION = FOLDER / "labextensions" / "spo-report"
SCHEMAS = Path(sys.prefix) / "share" / "jupyter" / "lab" / "schemas"


@pytest.fixture
def ran():
    """Return a notebook as JupyterLab has it after a run."""
    outputs = [new_output("stream", text="1\n")]
    checked = {"tags": ["nbval-check-output"]}
    cells = [
        new_code_cell("x", outputs=copy.deepcopy(outputs), execution_count=3),
        new_code_cell("y", outputs=copy.deepcopy(outputs), execution_count=4, metadata=checked),
    ]
    return new_notebook(cells=cells, metadata={"language_info": {"name": "python", "version": "3.12.1"}})


def test_a_chapter_is_saved_without_outputs_that_nobody_checks(ran):
    stripped({"type": "notebook", "content": ran}, "chapters/one.ipynb", contents_manager=None)
    assert [(bool(cell.outputs), cell.execution_count) for cell in ran.cells] == [(False, None), (True, 1)]
    assert ran.metadata == {"language_info": {"name": "python"}}
    nbformat.validate(ran)


@pytest.mark.parametrize(("kind", "path"), [("notebook", "проба.ipynb"), ("file", "chapters/a.qmd")])
def test_what_is_no_chapter_is_saved_as_it_is(ran, kind, path):
    before = copy.deepcopy(ran)
    stripped({"type": kind, "content": ran}, path)
    assert ran == before


def test_settings_are_those_that_jupyterlab_has():
    file = FOLDER / "config" / "labconfig" / "default_setting_overrides.json"
    for plugin, settings in json.loads(file.read_text(encoding="utf-8")).items():
        package, name = plugin.split(":")
        schema = SCHEMAS / package / f"{name}.json"
        if not schema.exists():
            pytest.skip("JupyterLab lies elsewhere")
        assert settings.keys() <= json.loads(schema.read_text(encoding="utf-8"))["properties"].keys()


def test_the_start_names_what_there_is(monkeypatch, tmp_path):
    app = pytest.importorskip("jupyterlab.labapp").LabApp
    given = []
    monkeypatch.setattr(app, "launch_instance", given.append)
    monkeypatch.setattr(differences, "switch_on", lambda: given.append("differences"))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path))
    main(["--no-browser"])
    assert given == ["differences", [*options(), "--no-browser"]]
    first, *others = os.environ["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    assert Path(first).is_dir() and others == [str(tmp_path)]
    traits = {f"{known.__name__}.{name}" for known in [*app.classes, app] for name in known.class_trait_names()}
    named = [option.partition("=")[0].removeprefix("--") for option in options()]
    assert [name for name in named if name not in traits and not name.startswith("ContentsManager.")] == []


def test_without_jupyterlab_one_sentence_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "jupyterlab.labapp", None)
    with pytest.raises(SystemExit, match="JupyterLab не установлен"):
        main([])


def test_the_extension_is_what_its_package_says():
    build = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))["jupyterlab"]["_build"]
    script = (EXTENSION / build["load"]).read_text(encoding="utf-8")
    assert f"'{build['extension']}': async" in script and f"'{build['style']}': async" in script
    name = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))["name"]
    assert f"NAME = '{name}'" in script and EXTENSION.name == name
    assert f"__import__('{desk_prose.__name__}', fromlist=['{desk_prose.cell.__name__}'])" in script


def test_the_extension_is_small_plain_and_closed():
    """No address, no HTML of its own making: a value comes to the page as sanitized Markdown alone."""
    script, style = (
        (EXTENSION / "static" / name).read_text(encoding="utf-8") for name in ("remoteEntry.js", "style.css")
    )
    assert len(script.splitlines()) < 350
    assert not re.search(r"innerHTML|insertAdjacentHTML|eval\(|Function\(|trusted: true", script)
    assert not re.search(r"https?:|//[a-z]+\.|url\(|@import", script + style)


def test_what_is_shown_has_its_style():
    style = (EXTENSION / "static" / "style.css").read_text(encoding="utf-8")
    for name in (desk_prose.VALUE, desk_prose.GAP, desk_prose.ERROR, prose.WAY, desk.EXHIBIT):
        assert re.search(rf"\.{name}\b", style), name


@pytest.mark.skipif(shutil.which("node") is None, reason="no node to read the script with")
def test_the_script_is_sound():
    done = subprocess.run(
        ["node", "--check", EXTENSION / "static" / "remoteEntry.js"], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
