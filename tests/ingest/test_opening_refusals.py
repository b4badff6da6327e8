"""One small file a fault: each is refused with one sentence, quickly and within bounds."""

import json
import os
import struct
import subprocess
import sys
import zipfile

import pytest

from analysis.base.errors import DataError
from analysis.ingest.opening import limits, open_file
from tests.ingest import containers as made

ONE = made.sheet_xml("<row><c><v>1</v></c></row>")
LAUGHS = '<!DOCTYPE a [<!ENTITY a "ха"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FILES = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def truncated(path, keep):
    made.xlsx(path, {"Л": ONE})
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])


def write(content):
    return lambda path: path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def archive(parts):
    def build(path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            for name, content in parts.items():
                file.writestr(name, content)

    return build


def bomb(path):
    made.xlsx(path, {"Л": ONE}, {"xl/media/zero.bin": bytes(limits.RATIO_FROM_BYTES + limits.MIB)})


def lying_bomb(path):
    """A bomb whose list of parts promises a few bytes: only unfolding shows what it is."""
    bomb(path)
    content = path.read_bytes()
    true, small = struct.pack("<I", limits.RATIO_FROM_BYTES + limits.MIB), struct.pack("<I", 100)
    assert content.count(true) >= 2
    path.write_bytes(content.replace(true, small))


def lying_part(path):
    """A part a little bigger than the list says, checksum and all."""
    made.xlsx(path, {"Л": ONE}, {"xl/media/zero.bin": bytes(54_321)})
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", 54_321), struct.pack("<I", 100)))


def wide(path):
    made.xlsx(
        path,
        {
            "Л": made.sheet_xml(
                '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
            )
        },
    )


def million(path):
    made.xlsx(path, {"Л": made.sheet_xml("<row><c><v>1</v></c><c><v>2</v></c></row>" * 1_000_000)}, level=1)


def million_in_xls(path):
    made.xls(path, {"Л": made.number(65535, 255, 1.0)})


def million_in_ods(path):
    cell = '<table:table-cell office:value-type="float" office:value="1"/>'
    made.ods(
        path,
        '<table:table table:name="Л"><table:table-row'
        f' table:number-rows-repeated="1048576">{cell * 2}</table:table-row></table:table>',
    )


def damaged_xls(path):
    made.xls(path, {"Л": made.cells([["Томск", 1]])})
    path.write_bytes(path.read_bytes()[:2000])


def boundless_xls(path):
    """A sheet that promises two thousand million rows.

    The library asks for their memory at once, and aborts without it.
    """
    made.xls(path, {"Л": made.record(0x0200, struct.pack("<IIHHH", 0, 0x7FFFFFFF, 0, 255, 0)) + made.cells([[1]])})


# Fault: how the file is made, its name, words of the sentence.
FAULTS = {
    "empty": (write(b""), "a.xlsx", "пуст"),
    "blank": (write(b"\xef\xbb\xbf \r\n"), "a.csv", "пуст"),
    "truncated half": (lambda path: truncated(path, 0.5), "a.xlsx", "поврежден"),
    "truncated end": (lambda path: truncated(path, 0.99), "a.xlsx", "поврежден"),
    "page as xls": (write("<html><body><table><tr><td>1</td></tr></table></body></html>"), "a.xls", "веб-страница"),
    "page with bom": (write("\ufeff\n<!DOCTYPE html>\n<html></html>"), "a.xls", "веб-страница"),
    "page in utf-16": (write("\ufeff<html></html>".encode("utf-16-le")), "a.xls", "веб-страница"),
    "xhtml": (
        write('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"></html>'),
        "a.xls",
        "веб-страница",
    ),
    "page in mime": (write("MIME-Version: 1.0\nX-Document-Type: Workbook\n"), "a.xls", "веб-страница"),
    "excel 2003 xml": (
        write('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
        "a.xls",
        "XML 2003",
    ),
    "pdf": (write(b"%PDF-1.7\n\x00"), "a.xlsx", "PDF"),
    "image": (write(b"\x89PNG\r\n\x1a\n\x00"), "a.xlsx", "изображение"),
    "rar": (write(b"Rar!\x1a\x07\x00"), "a.xlsx", "архив"),
    "binary": (write(bytes(range(256))), "a.csv", "не текст"),
    "docx": (archive({"word/document.xml": "<w/>"}), "a.xlsx", "Word"),
    "doc": (lambda path: made.compound(path, {"WordDocument": b"x"}), "a.xls", "Word"),
    "archive of a workbook": (archive({"a.xlsx": b"PK\x03\x04"}), "a.zip", "распакуйте"),
    "encrypted xlsx": (lambda path: made.compound(path, {"EncryptedPackage": b"x"}), "a.xlsx", "парол"),
    "encrypted xls": (
        lambda path: made.xls(path, {"Л": made.cells([[1]])}, made.record(0x002F, bytes(6))),
        "a.xls",
        "парол",
    ),
    "damaged xls": (damaged_xls, "a.xls", "поврежден"),
    "boundless xls": (boundless_xls, "a.xls", "поврежден"),
    "zip bomb": (bomb, "a.xlsx", "бомб"),
    "zip bomb that lies": (lying_bomb, "a.xlsx", "бомб"),
    "part that lies": (lying_part, "a.xlsx", "поврежден"),
    "too wide": (wide, "a.xlsx", "ячеек"),
    "too wide xls": (million_in_xls, "a.xls", "ячеек"),
    "too long ods": (million_in_ods, "a.ods", "ячеек"),
    "million rows": (million, "a.xlsx", "больше 1 000 000 ячеек"),
    "million lines": (write("а;б;в\n" + "1;2;3\n" * 1_000_000), "a.csv", "больше 1 000 000 ячеек"),
    "entities in a sheet": (lambda path: made.xlsx(path, {"Л": made.sheet_xml("", LAUGHS)}), "a.xlsx", "DTD"),
    "entities beside": (
        lambda path: made.xlsx(path, {"Л": ONE}, {"docProps/core.xml": f"{FILES}<a>&x;</a>"}),
        "a.xlsx",
        "DTD",
    ),
    "broken sheet": (lambda path: made.xlsx(path, {"Л": ONE[:-20]}), "a.xlsx", "поврежденный XML"),
    "laughs": (write(f'<?xml version="1.0"?>{LAUGHS}<a>&b;</a>'), "a.xml", "DTD"),
    "external entity": (write(f"{FILES}<a>&x;</a>"), "a.xml", "DTD"),
    "external dtd": (write('<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>'), "a.xml", "DTD"),
    "broken xml": (write("<a><b></a>"), "a.xml", "поврежденный XML"),
    "koi8-r": (write("Территория;Год\nТомская область;2020\n".encode("koi8-r")), "a.csv", "кодировке"),
    "koi8-r in small letters": (write("территория;год\nтомская область;2020\n".encode("koi8-r")), "a.csv", "кодировке"),
    "mac": (write("территория;год\nтомская волость, вся;2020\n".encode("mac_cyrillic")), "a.csv", "кодировке"),
    "dos": (write("Территория;Год\nТомская область;2020\n".encode("cp866")), "a.csv", "кодировке"),
    "broken utf-8": (
        write("Территория;Год\nТомская ".encode() + b"\xd0;" + "область;2020\n".encode()),
        "a.csv",
        "кодировке",
    ),
    "half of utf-16": (write("а;б\n".encode("utf-16") + b"\x00"), "a.csv", "поврежден"),
    "open quote": (write('a;b\n"1;2\n3;4\n'), "a.csv", "кавычка"),
    "prose": (write("Это письмо.\nВ нем нет таблицы.\n"), "a.txt", "без столбцов"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_bad_file_is_one_sentence(tmp_path, fault):
    build, name, words = FAULTS[fault]
    build(tmp_path / name)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(DataError) as refused:
        open_file(tmp_path / name)
    sentence = str(refused.value)
    assert refused.value.exit_status == 2
    assert sentence.startswith(f"Файл «{name}» ") and sentence.endswith(".") and words in sentence
    assert "\n" not in sentence and ". " not in sentence.replace(name, ""), "one sentence"
    assert sorted(tmp_path.iterdir()) == before, "nothing is written"


def test_missing_files_and_folders_are_named(tmp_path):
    with pytest.raises(DataError, match=r"«нет\.xlsx» не найден"):
        open_file(tmp_path / "нет.xlsx")
    (tmp_path / "папка").mkdir()
    with pytest.raises(DataError, match="«папка» – папка"):
        open_file(tmp_path / "папка")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DataError, match="не обычный файл"):
        open_file(tmp_path / "pipe")


def test_a_file_too_big_is_not_read(tmp_path):
    with (tmp_path / "a.csv").open("wb") as file:
        file.truncate(limits.FILE_BYTES + 1)
    with pytest.raises(DataError, match="больше 64 МБ"):
        open_file(tmp_path / "a.csv")


def test_what_unfolds_in_small_parts_counts_as_a_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "INFLATED_BYTES", 100_000)
    made.xlsx(tmp_path / "a.xlsx", {"Л": ONE}, {f"xl/media/{at}.bin": bytes(10_000) for at in range(20)})
    with pytest.raises(DataError, match="при распаковке"):
        open_file(tmp_path / "a.xlsx")


def test_too_many_parts_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "PARTS", 10)
    made.xlsx(tmp_path / "a.xlsx", {"Л": ONE}, {f"xl/media/{at}.bin": b"x" for at in range(10)})
    with pytest.raises(DataError, match="частей"):
        open_file(tmp_path / "a.xlsx")


def test_a_reader_that_hangs_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "READER_SECONDS", 0.001)
    with pytest.raises(DataError, match="не прочитан за"):
        open_file(made.xlsx(tmp_path / "a.xlsx", {"Л": ONE}))


_MEASURE = """
import json, resource, sys
from pathlib import Path
from analysis.ingest.opening import open_file
from analysis.base.errors import DataError
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for name in sys.argv[1:]:
    try:
        open_file(Path(name))
    except DataError:
        pass
processes = ((resource.RUSAGE_SELF, base), (resource.RUSAGE_CHILDREN, 0))
print(json.dumps([resource.getrusage(who).ru_maxrss - less for who, less in processes]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured on Linux")
def test_memory_stays_bounded(tmp_path):
    names = []
    for fault in (
        "zip bomb",
        "zip bomb that lies",
        "too wide",
        "too wide xls",
        "too long ods",
        "million rows",
        "boundless xls",
        "laughs",
    ):
        build, name, _ = FAULTS[fault]
        (tmp_path / fault).mkdir()
        build(tmp_path / fault / name)
        names.append(str(tmp_path / fault / name))
    done = subprocess.run([sys.executable, "-c", _MEASURE, *names], capture_output=True, encoding="utf-8", check=True)
    grown, children = json.loads(done.stdout)
    # Kilobytes: less than any of these files would take, were it taken at its word.
    assert grown < 60_000 and children < 250_000
    assert done.stderr == "", "the library's own messages stay off the screen"


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
@pytest.mark.parametrize("sign", ["\n", "\x1b", "\x85", "\u2028", "\u202e", "\udc80"])
def test_a_name_that_cannot_be_printed_is_told_in_one_line(tmp_path, sign):
    path = tmp_path / f"а{sign}б.csv"
    path.write_text("показатель;2020\nа;1\n", encoding="utf-8")
    with pytest.raises(DataError) as told:
        open_file(path)
    assert str(told.value) == "Файл «а?б.csv» назван со знаком, который нельзя напечатать: переименуйте его."
