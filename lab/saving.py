"""What JupyterLab writes of a chapter: its text and code, no output that nobody checks."""

from __future__ import annotations

from typing import Any

from tools.strip import strip

FOLDER = "chapters/"


def stripped(model: dict[str, Any], path: str, **_: object) -> None:
    """Take out of a chapter what is not to be kept, before it is written; what is on the screen stays there.

    Parameters
    ----------
    model : dict
        What JupyterLab is about to write, as its contents manager has it.
    path : str
        Where, from the folder of the project.
    **_ : object
        What else the contents manager tells.
    """
    if model["type"] == "notebook" and path.startswith(FOLDER):
        strip(model["content"])
