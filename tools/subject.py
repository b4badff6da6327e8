"""Hold the message of a commit to its form: a subject of at most 72 characters, an empty line, the why.

python tools/subject.py .git/COMMIT_EDITMSG
"""

from __future__ import annotations

import sys
from pathlib import Path

LONGEST = 72
# Git writes these itself, or takes them away again.
OF_GIT = ("Merge ", "Revert ", "fixup! ", "squash! ", "amend! ")


def fault(message: str) -> str:
    """Return what is wrong with a message, nothing where it is well."""
    subject, *rest = [line for line in message.splitlines() if not line.startswith("#")] or [""]
    if subject.startswith(OF_GIT):
        return ""
    if len(subject) > LONGEST:
        return f"заголовок коммита – {len(subject)} знаков, а должно быть не больше {LONGEST}: причину пишут ниже"
    if rest and rest[0].strip():
        return "вторая строка сообщения коммита должна быть пустой"
    return ""


if __name__ == "__main__":
    sys.exit(fault(Path(sys.argv[1]).read_text(encoding="utf-8")) or None)
