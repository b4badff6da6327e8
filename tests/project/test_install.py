"""Packages come by uv where it can be had and by pip otherwise, from the same places and with the same hashes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tools import install

ARGUMENTS = ["--require-hashes", "-r", "requirements.lock"]
LISTED = """\
:env:.index-url='file:///near'
global.cert='/etc/ca.pem'
global.extra-index-url='\\nfile:///second\\nfile:///third'
global.find-links='wheels more-wheels'
global.index-url='file:///far'
install.index-url='file:///nearer'
global.constraint='limits.txt'
"""


@pytest.fixture
def ran(monkeypatch, tmp_path):
    """Commands that were run instead of being run; those with a word of `failing` fail."""
    commands: list[list[str]] = []
    failing: set[str] = set()
    hushed: list[bool] = []

    def run(command, **given):
        hushed.append(given.get("stderr") == subprocess.DEVNULL)
        commands.append([str(part) for part in command])
        bad = failing & {Path(part).name for part in commands[-1]}
        return subprocess.CompletedProcess(command, int(bool(bad)), stdout="")

    monkeypatch.setattr(install.subprocess, "run", run)
    monkeypatch.setattr(install.sys, "prefix", str(tmp_path))
    monkeypatch.setattr(install.sys, "executable", str(tmp_path / "bin" / "python"))
    monkeypatch.setattr(install.shutil, "which", lambda name: f"/usr/bin/{name}")
    run.commands, run.failing, run.hushed = commands, failing, hushed
    return run


def installing(ran) -> list[list[str]]:
    return [command for command in ran.commands if "install" in command]


def test_uv_of_the_path_installs(ran, tmp_path):
    assert install.main(ARGUMENTS) == 0
    (command,) = installing(ran)
    assert command[0] == "/usr/bin/uv" and command[-3:] == ARGUMENTS
    assert not (tmp_path / ".installing").exists()


def test_what_uv_cannot_pip_does(ran):
    ran.failing.add("uv")
    assert install.main(ARGUMENTS) == 0
    assert installing(ran)[-1][1:3] == ["-m", "pip"] and installing(ran)[-1][-3:] == ARGUMENTS


def test_a_failure_of_both_is_that_of_pip(ran):
    ran.failing.update({"uv", "pip"})
    assert install.main(ARGUMENTS) == 1


def test_uv_is_brought_with_its_hashes_where_there_is_none(ran, monkeypatch, tmp_path):
    monkeypatch.setattr(install.shutil, "which", lambda _: None)
    assert install.main(ARGUMENTS) == 0
    first, last = installing(ran)
    assert {"--require-hashes", "--no-deps", str(tmp_path / "uv.lock")} < set(first)
    brought = (tmp_path / "uv.lock").read_text(encoding="utf-8")
    assert brought.startswith("uv==") and brought.count("==") == 1 and "--hash=sha256:" in brought
    assert last[1:3] == ["-m", "pip"]  # it was not to be had


def test_after_an_interrupted_installation_everything_is_laid_down_anew(ran, tmp_path):
    (tmp_path / ".installing").touch()
    assert install.main(ARGUMENTS) == 0
    assert "--reinstall" in installing(ran)[0]
    assert install.main(ARGUMENTS) == 0
    assert "--reinstall" not in installing(ran)[1]


def test_what_was_cut_off_pip_lays_down_anew_as_well(ran, tmp_path):
    (tmp_path / ".installing").touch()
    ran.failing.add("uv")
    assert install.main(ARGUMENTS) == 0
    assert "--force-reinstall" in installing(ran)[-1]


def test_what_can_be_done_without_fails_in_silence_and_leaves_nothing_to_mend(ran, tmp_path):
    ran.failing.update({"uv", "pip"})
    assert install.main(["--optional", *ARGUMENTS]) == 1
    assert installing(ran)[-1][-3:] == ARGUMENTS  # neither uv nor pip knows the word
    assert ran.hushed[-1] and not (tmp_path / ".installing").exists()
    assert install.main(ARGUMENTS) == 1
    assert not ran.hushed[-1] and (tmp_path / ".installing").exists()


def test_what_can_be_done_without_does_not_hide_that_another_installation_was_cut_off(ran, tmp_path):
    (tmp_path / ".installing").touch()
    ran.failing.update({"uv", "pip"})
    assert install.main(["--optional", *ARGUMENTS]) == 1
    assert (tmp_path / ".installing").exists()


def test_while_everything_is_laid_down_anew_nothing_counts_as_installed(ran, tmp_path):
    for name in (".installing", ".installed", ".installed-dev"):
        (tmp_path / name).touch()
    ran.failing.update({"uv", "pip"})
    assert install.main(ARGUMENTS) == 1
    assert [path.name for path in tmp_path.glob(".install*")] == [".installing"]


def test_uv_looks_where_pip_is_told_to():
    assert install.translated(LISTED) == {
        "UV_DEFAULT_INDEX": "file:///near",
        "UV_EXTRA_INDEX_URL": "file:///second file:///third",
        "UV_FIND_LINKS": "wheels,more-wheels",
        "SSL_CERT_FILE": "/etc/ca.pem",
    }


def test_uv_reads_the_settings_of_this_pip_and_fetches_no_interpreter():
    given = {"PIP_CONFIG_FILE": "/dev/null", "PIP_INDEX_URL": "file:///mirror", "UV_PYTHON_DOWNLOADS": "automatic"}
    settings = install.environment(given)
    assert (settings["UV_DEFAULT_INDEX"], settings["UV_PYTHON_DOWNLOADS"]) == ("file:///mirror", "never")


def test_what_is_set_for_uv_itself_stays():
    given = {"PIP_CONFIG_FILE": "/dev/null", "PIP_INDEX_URL": "file:///mirror", "UV_DEFAULT_INDEX": "file:///own"}
    assert install.environment(given)["UV_DEFAULT_INDEX"] == "file:///own"
