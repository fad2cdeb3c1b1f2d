"""How the window looks to this user: kept in the profile as text, no private word in it."""

import tomllib
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Final, get_args

from fieldguide.domain.runs import Scripts
from fieldguide.errors import WorkspaceUnavailable

FILE: Final = "settings.toml"
SCHEMES: Final = ("system", "light", "dark")
LONGEST_IDLE: Final = 240


@dataclass(frozen=True, slots=True)
class Preferences:
    """``text`` is the text size in per cent, ``scheme`` one of SCHEMES, ``lock`` minutes or 0.

    ``discreet`` is how notes show now, ``wary`` whether they show so at each start, ``scripts``
    those of the names on maps.
    """

    text: int = 100
    scheme: str = "system"
    welcomed: bool = False
    width: int = 1280
    height: int = 800
    lock: int = 10
    discreet: bool = False
    wary: bool = False
    scripts: Scripts = "both"


def load(profile: Path) -> Preferences:
    """What the profile says; anything missing or wrong is as if never set."""
    try:
        table = tomllib.loads((profile / FILE).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return Preferences()
    read = Preferences()
    for field in fields(Preferences):
        if type(table.get(field.name)) is type(field.default):
            read = replace(read, **{field.name: table[field.name]})
    if not 0 <= read.lock <= LONGEST_IDLE:
        read = replace(read, lock=Preferences().lock)
    if read.scheme not in SCHEMES or not 80 <= read.text <= 200:
        read = replace(read, scheme=Preferences().scheme, text=Preferences().text)
    if read.scripts not in get_args(Scripts):
        read = replace(read, scripts=Preferences().scripts)
    return replace(read, discreet=read.discreet or read.wary)


def save(profile: Path, preferences: Preferences) -> None:
    """Write them whole; raises FieldGuideError when they cannot be kept."""
    from fieldguide.storage import files

    lines = [f"{name} = {_toml(value)}" for name, value in asdict(preferences).items()]
    try:
        files.make_private(profile)
    except OSError as problem:
        raise WorkspaceUnavailable(
            f"The settings cannot be kept: {files.reason(problem)}."
        ) from problem
    files.write_whole(profile / FILE, ("\n".join(lines) + "\n").encode())


def _toml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool | int) else f'"{value}"'
