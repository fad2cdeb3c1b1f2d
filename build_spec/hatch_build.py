"""Puts a freshly built guide into the wheel; without one there is no wheel."""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILD: Final = "import sys; from db.__main__ import main; sys.exit(main())"
"""``-m db`` would first set up the environment of a checkout."""


class GuideHook(BuildHookInterface[Any]):
    """Builds the guide from its text for every wheel, so that none ships an old one."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the guide to what is packed; a content that is wrong ends the build."""
        self._folder = tempfile.TemporaryDirectory()
        guide = Path(self._folder.name) / "guide.db"
        built = subprocess.run(
            [sys.executable, "-c", BUILD, "-o", str(guide)],
            cwd=self.root,
            capture_output=True,
            text=True,
        )
        if built.returncode or not guide.exists():
            self._folder.cleanup()
            sys.exit(f"The guide could not be built, so there is no wheel.\n{built.stderr.strip()}")
        build_data["force_include"][str(guide)] = "fieldguide/resources/guide.db"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the guide that is now packed."""
        self._folder.cleanup()
