"""What a command is asked to write: over nothing but its own earlier output, and whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import stat
import subprocess
from pathlib import Path

import pytest

from analysis.base import paths
from analysis.base.errors import UsageError
from analysis.base.files import whole
from analysis.base.files.output import Kind, check_output, write_output
from analysis.base.files.tables import for_excel
from analysis.base.files.whole import write_whole
from analysis.cli.commands.ledger import LATER, NOW
from analysis.cli.commands.ledger import WRITTEN as LEDGER
from analysis.cli.differences import WRITTEN as DIFFERENCES
from analysis.cli.findings import WRITTEN as FINDINGS
from analysis.cli.findings import Scope
from analysis.forecast.files import WRITTEN as FORECASTS
from analysis.ingest.templates.template_files import WRITTEN as TEMPLATE

KINDS = {"check": FINDINGS, "ingest": DIFFERENCES, "ledger": LEDGER, "forecast": FORECASTS}
KIND = Kind(heads=(("Что", "Где"),))
OWN = for_excel(["Что", "Где"], [["а", "б"]])
STRANGE = b"name,phone\nanna,1\n"


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Return a small project kept in Git, the folder the command is called in."""
    root = tmp_path / "project"
    for name in ("data/editions", "chapters", "analysis", "docs", "build/cache", "_book/x", "figures", "mine"):
        (root / name).mkdir(parents=True)
    (root / "_quarto.yml").write_text("project: {type: book}\n", encoding="utf-8")
    (root / "chapters/one.ipynb").write_text("{}", encoding="utf-8")
    for name in ("data/table.csv", "kept.csv", "gone.csv", "mine/kept.csv"):
        (root / name).write_bytes(OWN)  # even what looks like our own output
    for command in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *command], cwd=root, check=True)
    (root / "gone.csv").unlink()
    monkeypatch.setenv("REPORT_ROOT", str(root))
    monkeypatch.chdir(root)
    return root


def state(root):
    return {
        path: path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not path.is_symlink() and ".git" not in path.parts
    }


def refused(file, kind=KIND, inputs=()) -> str:
    """Return the one sentence in which a file is refused, before and at writing, and see that nothing changed."""
    before = state(paths.project_root())
    said = []
    for ask in (lambda: check_output(file, kind, inputs), lambda: write_output(OWN, file, kind, inputs)):
        with pytest.raises(UsageError) as refusal:
            ask()
        said.append(str(refusal.value))
    assert state(paths.project_root()) == before
    assert said[0] == said[1] and "\n" not in said[0] and refusal.value.exit_status == 2
    return said[0]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("chapters/one.ipynb", "другого рода"),
        ("_quarto.yml", "другого рода"),
        ("requirements.lock", "другого рода"),
        ("новый.txt", "другого рода"),
        ("без-окончания", "другого рода"),
        (".csv", "другого рода"),
        ("t.csv.bak", "другого рода"),
        ("t.xlsx", "другого рода"),
        ("data/table.csv", "лежит в папке data"),
        ("data/new.csv", "лежит в папке data"),
        ("./mine/../data/new.csv", "лежит в папке data"),
        ("data/editions/../new.csv", "лежит в папке data"),
        ("DATA/new.csv", "DATA"),
        ("chapters/new.csv", "chapters"),
        ("analysis/new.csv", "analysis"),
        ("docs/new.csv", "docs"),
        ("tools/new.csv", "tools"),
        ("build/cache/new.csv", "build"),
        ("_book/x/new.csv", "_book"),
        ("figures/new.csv", "figures"),
        (".git/new.csv", ".git"),
        ("kept.csv", "хранится в Git"),
        ("KEPT.csv", "хранится в Git"),
        ("Kept.CSV", "хранится в Git"),
        ("gone.csv", "хранится в Git"),
        ("mine/kept.csv", "хранится в Git"),
        ("mine", "это папка"),
        (".", "это папка"),
        ("", "это папка"),
        ("/dev/null", "устройство"),
        ("нет/такой/папки.csv", "такого файла или папки нет"),
        ("_quarto.yml/t.csv", "это не папка"),
        ("о" * 300 + ".csv", "имя слишком длинное"),
        ("a\0b.csv", "такого имени не может быть"),
        ("~нетникого/t.csv", "не записать"),
    ],
)
def test_place_that_is_not_for_output_is_refused(project, name, said):
    assert said in refused(Path(name))
    assert said in refused(project / name) or name in ("", ".") or name.startswith("~")


@pytest.mark.parametrize(
    "content",
    [
        STRANGE,
        OWN.replace(b";", b","),
        "Что;Где;Ещё\r\n".encode(),
        "Что\r\n".encode(),
        "Где;Что\r\n".encode(),
        b"\xff\xfe\x00",
        b"\n" + OWN,
        "Что;Где\r\n".encode("cp1251"),
        b"\0" * 9000,
        b'"',
        b"PK\x03\x04",
        b" ",
    ],
    ids=repr,
)
def test_file_of_another_is_kept(project, content):
    (project / "mine/t.csv").write_bytes(content)
    assert "записан он не этой командой" in refused(project / "mine/t.csv")


@pytest.mark.parametrize(
    "content",
    [OWN, OWN.replace(b"\r\n", b"\n"), OWN[3:], OWN + "ещё;строка\r\n".encode() * 5000, b""],
    ids=["own", "LF", "no mark", "long", "empty"],
)
def test_own_earlier_output_is_replaced(project, content):
    file = project / "mine/t.csv"
    file.write_bytes(content)
    write_output(OWN, file, KIND)
    assert file.read_bytes() == OWN and sorted(path.name for path in file.parent.iterdir()) == ["kept.csv", "t.csv"]


@pytest.mark.parametrize("command", KINDS)
def test_each_command_knows_its_own_table_and_no_other(project, command):
    file = project / "mine/t.csv"
    for other, kind in KINDS.items():
        for head in kind.heads:
            file.write_bytes(for_excel(head, []) if kind.delimiter == ";" else (",".join(head) + "\n").encode())
            if other == command:
                check_output(file, KINDS[command])
            else:
                refused(file, KINDS[command])


def test_ledger_writes_either_of_its_tables_over_the_other():
    assert set(LEDGER.heads) == {NOW, LATER}


def test_filled_template_is_never_written_over(project):
    (project / "t.xlsx").write_bytes(b"PK")
    assert "могут быть данные" in refused(project / "t.xlsx", TEMPLATE)


def test_capital_suffix_and_odd_names_are_fine(project, tmp_path):
    for file in (project / "T.CSV", project / "mine/a b;ц😀.csv", tmp_path / "-rf.csv", project / ".мой.csv"):
        write_output(OWN, file, KIND)
        assert file.read_bytes() == OWN


def test_home_is_understood(project, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    write_output(OWN, Path("~/t.csv"), KIND)
    assert (tmp_path / "t.csv").read_bytes() == OWN and not (project / "~").exists()
    monkeypatch.setenv("HOME", str(project / "data"))
    assert "лежит в папке data" in refused(Path("~/t.csv"))


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("data/table.csv", "data"),
        ("data/absent.csv", "data"),
        ("chapters/one.ipynb", "другого рода"),
        ("kept.csv", "Git"),
        ("mine", "папка"),
        ("/dev/null", "устройство"),
        ("_quarto.yml", "другого рода"),
        ("mine/strange.csv", "не этой командой"),
    ],
)
def test_link_is_what_it_leads_to(project, tmp_path, target, said):
    (project / "mine/strange.csv").write_bytes(STRANGE)
    (tmp_path / "link.csv").symlink_to(project / target)
    (tmp_path / "links.csv").symlink_to(tmp_path / "link.csv")
    assert said in refused(tmp_path / "link.csv") and said in refused(tmp_path / "links.csv")


def test_linked_folder_is_what_it_leads_to(project, tmp_path):
    (tmp_path / "away").symlink_to(project / "data")
    assert "data" in refused(tmp_path / "away/new.csv")


def test_links_in_a_circle_are_refused(project):
    (project / "a.csv").symlink_to(project / "b.csv")
    (project / "b.csv").symlink_to(project / "a.csv")
    assert refused(project / "a.csv")


def test_link_to_own_output_stays_a_link(project):
    (project / "mine/t.csv").write_bytes(OWN)
    (project / "t.csv").symlink_to("mine/t.csv")
    write_output(OWN * 2, project / "t.csv", KIND)
    assert (project / "t.csv").is_symlink() and (project / "mine/t.csv").read_bytes() == OWN * 2


def test_second_name_of_a_file_leaves_the_first_alone(project, tmp_path):
    os.link(project / "data/table.csv", tmp_path / "t.csv")
    write_output(b"new", tmp_path / "t.csv", KIND)
    assert (project / "data/table.csv").read_bytes() == OWN


def test_pipes_and_sockets_are_no_files(project):
    os.mkfifo(project / "mine/t.csv")
    assert "устройство" in refused(project / "mine/t.csv")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("mine/s.csv")
        assert "устройство" in refused(project / "mine/s.csv")


@pytest.mark.parametrize("way", ["same", "dots", "link", "second name", "absent"])
def test_input_is_not_written_over(project, way):
    source = project / "mine/in.csv"
    if way != "absent":
        source.write_bytes(OWN)
    file = {"dots": project / "mine/../mine/in.csv", "link": project / "l.csv", "second name": project / "h.csv"}.get(
        way, source
    )
    if way == "link":
        file.symlink_to(source)
    if way == "second name":
        os.link(source, file)
    assert "который читают" in refused(file, inputs=[project / "mine/none.csv", source])


def test_place_in_a_git_hook_is_judged_by_its_own_repository(project, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    assert "Git" in refused(project / "kept.csv")


@pytest.mark.skipif(os.name == "nt", reason="a script in place of Git")
def test_file_that_git_keeps_for_another_user_is_kept(project, tmp_path, monkeypatch):
    real = shutil.which("git")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/git").write_text(
        f'#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec "{real}" "$@"\n', encoding="utf-8"
    )
    (tmp_path / "bin/git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    assert subprocess.run(
        ["git", "status"], cwd=project, capture_output=True, check=False
    ).returncode  # Git itself refuses such a folder
    assert "хранится в Git" in refused(project / "kept.csv")


def test_project_without_git_guards_its_folders(project, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert "data" in refused(project / "data/new.csv")
    (project / "kept.csv").write_bytes(STRANGE)
    assert "не этой командой" in refused(project / "kept.csv")


def test_file_for_reading_only_is_kept(project, monkeypatch):
    (project / "mine/t.csv").write_bytes(OWN)
    (project / "mine/t.csv").chmod(0o444)
    monkeypatch.setattr(
        "os.access", lambda place, mode: Path(place).stat().st_mode & 0o200
    )  # what the system says to whoever is not its administrator
    assert "только для чтения" in refused(project / "mine/t.csv")


def test_name_that_steers_a_terminal_is_shown_in_one_line(project):
    said = refused(project / "data/a\nb\x1b[31m.csv")
    assert "a?b?[31m.csv" in said


# -- whole or not at all ----------------------------------------------------------------------


@pytest.mark.parametrize("failing", ["os.fsync", "os.replace", "os.chmod"])
@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()], ids=["full", "interrupted"]
)
def test_failure_leaves_the_old_file_and_no_crumbs(project, monkeypatch, failing, error):
    def fail(*_):
        raise error

    file = project / "mine/t.csv"
    file.write_bytes(OWN)
    before = sorted(path.name for path in file.parent.iterdir())
    monkeypatch.setattr(failing, fail)
    with pytest.raises(
        UsageError if isinstance(error, OSError) else KeyboardInterrupt,
        match="на диске нет места" if isinstance(error, OSError) else None,
    ):
        write_output(b"new", file, KIND)
    assert file.read_bytes() == OWN and sorted(path.name for path in file.parent.iterdir()) == before


def test_new_file_has_the_rights_of_any_other_and_a_replaced_one_keeps_its_own(tmp_path):
    (tmp_path / "other").touch()
    write_whole("а", tmp_path / "t.csv")
    assert (tmp_path / "t.csv").stat().st_mode == (tmp_path / "other").stat().st_mode
    (tmp_path / "t.csv").chmod(0o640)
    write_whole("б\r\n", tmp_path / "t.csv")
    assert (
        stat.S_IMODE((tmp_path / "t.csv").stat().st_mode) == 0o640
        and (tmp_path / "t.csv").read_bytes() == "б\r\n".encode()
    )


def test_content_is_on_the_disk_before_it_has_its_name(tmp_path, monkeypatch):
    done = []
    monkeypatch.setattr(whole.os, "fsync", lambda handle, real=os.fsync: (done.append("sync"), real(handle)))
    monkeypatch.setattr(whole.os, "replace", lambda *names, real=os.replace: (done.append("replace"), real(*names)))
    write_whole("а", tmp_path / "t.csv")
    assert done == ["sync", "replace", "sync"]


# -- the commands -----------------------------------------------------------------------------

COMMANDS = {
    "check": ("analysis.cli.findings.gather", ["--csv"]),
    "ledger": ("analysis.report.open_report", ["--csv"]),
    "ingest": ("analysis.ingest.comparing.compare_files", ["mine/in.csv", "--csv"]),
    "template": ("analysis.ingest.templates.template.make_template", ["unemployment_rate", "-o"]),
    "forecast": (
        "analysis.forecast.engine.forecast_wide",
        ["--input", "mine/in.csv", "--horizons", "mine/in.csv", "-o"],
    ),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_asks_before_it_works_and_writes_over_nothing(project, report, monkeypatch, command):
    work, arguments = COMMANDS[command]
    monkeypatch.setattr(work, lambda *_, **__: pytest.fail("worked in vain"))
    monkeypatch.setattr("analysis.ingest.targets.find_target", lambda *_: None)
    (project / "mine/in.csv").write_bytes(STRANGE)
    (project / "mine/strange.csv").write_bytes(STRANGE)
    before = state(project)
    for name in ("chapters/one.ipynb", "data/new.csv", "kept.csv", "mine/strange.csv", "mine", "_quarto.yml"):
        code, out, err = report(command, *arguments, name)
        assert (code, out, err.count("\n")) == (2, "", 1), err
        assert name in err or ".ipynb" in err or "окончания" in err or "Шаблон" in err
    assert state(project) == before


def test_the_command_of_forecasts_and_of_differences_keeps_its_inputs(project, report):
    (project / "mine/in.csv").write_bytes(STRANGE)
    for command in ("ingest", "forecast"):
        code, _, err = report(command, *COMMANDS[command][1], "mine/in.csv")
        assert code == 2 and "который читают" in err and err.count("\n") == 1


def test_repeated_check_replaces_its_own_table(project, report, monkeypatch):
    monkeypatch.setattr("analysis.cli.findings.gather", lambda _, **_asked: ([], Scope(0, 0)))
    monkeypatch.setattr("analysis.cli.lint.lint_chapters", lambda _: [])
    for _ in range(2):
        assert report("check", "--csv", "замечания.csv", "--quiet") == (0, "", "")
