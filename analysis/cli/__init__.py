"""The command `report`: arguments in, one plain sentence out."""

from analysis.cli.app import app
from analysis.cli.run import main

__all__ = ["app", "main"]
