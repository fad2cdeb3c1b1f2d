"""``python3 -m tests --pictures FOLDER``: what the program shows and prints, as PNG to look at."""

import subprocess
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.pictures import paper, window

USAGE = "A folder is needed: python3 -m tests --pictures FOLDER"


def main(arguments: list[str]) -> int:
    """Make all pictures and print their names; 1 when some are missing or larger than the screen."""
    if len(arguments) != 1:
        print(USAGE)
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as kept:
        profile = Path(kept) / "profile"
        wrong = _streets(profile)
        streets = not wrong
        if wrong:
            print(wrong)
        with closing(window.Sitting(profile, Path(kept))) as sitting:
            for name, picture in window.pictures(sitting, streets=streets):
                _keep(folder / name, picture.save)
                if (picture.width(), picture.height()) != window.SIZE:
                    wrong = f"{name} is larger than the screen."
                    print(wrong)
        for name, written in paper.pictures(profile):
            _keep(folder / name, written.save)
    return 1 if wrong else 0


def _keep(path: Path, save: Callable[[str], object]) -> None:
    if save(str(path)) is False:
        raise OSError(f"{path} cannot be written")
    print(path.name, flush=True)


def _streets(profile: Path) -> str:
    """Give the profile a map of streets; returns why there is none, or nothing."""
    try:
        from fieldguide.services.regions import Regions
        from tests.street_map import street_map

        Regions(profile).add(street_map())
    except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as problem:
        return f"The map of streets cannot be built, so its pictures are left out: {problem}"
    return ""
