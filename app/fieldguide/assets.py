"""Where the shipped files lie: fonts, icons, themes, licences and the built guide."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """Path of ``name`` below resources: in the package once installed, in a checkout two above."""
    packed = _HERE / "resources"
    return (packed if packed.is_dir() else _HERE.parents[1] / "resources") / name


def guide(asked: str | None) -> Path:
    """The guide that was asked for, else the bundled one."""
    return Path(asked) if asked else path("guide.db")
