"""Unfold a zip archive without believing it: sizes are counted while unfolding, not read from its list."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from analysis.ingest.opening import limits
from analysis.ingest.opening.refusal import AGAIN, DAMAGED, IN_PARTS, refusal

_CHUNK = 256 * 1024
_LOCAL_HEADER = struct.Struct("<4s22x2H")
_BOMB = ("при распаковке непомерно разрастается (похоже на «архивную бомбу»)", "не открывайте его; " + AGAIN)
_TOO_BIG = (f"при распаковке занимает больше {limits.INFLATED_BYTES // limits.MIB} МБ", IN_PARTS)


class Archive:
    """A zip archive whose list of parts is sound and promises a bearable size.

    Raises
    ------
    DataError
        The archive is truncated, encrypted, holds too much or the same part twice.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._inflated: dict[str, int] = {}
        try:
            with zipfile.ZipFile(path) as archive:
                self.parts = {_plain(part.filename): part for part in archive.infolist()}
                listed = len(archive.infolist())
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError, EOFError):
            raise refusal(path, *DAMAGED) from None
        if listed > limits.PARTS:
            raise refusal(path, f"состоит из {listed} частей, предел – {limits.PARTS}", AGAIN)
        if len(self.parts) != listed:
            raise refusal(path, "содержит две части с одним именем", AGAIN)
        if any(part.flag_bits & 1 for part in self.parts.values()):
            raise refusal(path, "зашифрован", "снимите пароль и сохраните его заново")
        if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in self.parts.values()):
            raise refusal(path, "сжат способом, которого у книг Excel не бывает", AGAIN)
        if any(_swollen(part.file_size, part.compress_size) for part in self.parts.values()):
            raise refusal(path, *_BOMB)
        if sum(part.file_size for part in self.parts.values()) > limits.INFLATED_BYTES:
            raise refusal(path, *_TOO_BIG)

    def inflate(self, name: str) -> Iterator[bytes]:
        """Unfold one part piece by piece, as far as it really goes.

        zipfile stops at the size the list promises; the library that reads the workbook does not, so this counts what
        comes.

        Raises
        ------
        DataError
            The part is damaged, is not as long as the list says, or unfolds beyond bounds.
        """
        part, seen = self.parts[name], 0
        for piece in self._raw(part):
            seen += len(piece)
            self._inflated[name] = max(seen, self._inflated.get(name, 0))
            if _swollen(seen, part.compress_size):
                raise refusal(self.path, *_BOMB)
            if sum(self._inflated.values()) > limits.INFLATED_BYTES:
                raise refusal(self.path, *_TOO_BIG)
            yield piece
        if seen != part.file_size:
            raise refusal(self.path, *DAMAGED)

    def read(self, name: str) -> bytes:
        """Unfold one small part whole."""
        return b"".join(self.inflate(name))

    def _raw(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        unfold = zlib.decompressobj(-zlib.MAX_WBITS) if part.compress_type == zipfile.ZIP_DEFLATED else None
        try:
            with self.path.open("rb") as file:
                file.seek(part.header_offset)
                mark, name_length, extra_length = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
                if mark != b"PK\x03\x04":
                    raise refusal(self.path, *DAMAGED)
                file.seek(name_length + extra_length, 1)
                left = part.compress_size
                while left > 0 and (folded := file.read(min(left, _CHUNK))):
                    left -= len(folded)
                    if unfold is None:
                        yield folded
                        continue
                    while folded:
                        yield unfold.decompress(folded, _CHUNK)
                        folded = unfold.unconsumed_tail
                if left or (unfold is not None and not unfold.eof):
                    raise refusal(self.path, *DAMAGED)
        except (zlib.error, struct.error, OSError):
            raise refusal(self.path, *DAMAGED) from None


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _swollen(inflated: int, folded: int) -> bool:
    return inflated > limits.RATIO_FROM_BYTES and inflated > folded * limits.INFLATION_RATIO
