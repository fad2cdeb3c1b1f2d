"""What the program is made of, and under which licences: read from the shipped table."""

import tomllib
from dataclasses import dataclass

from fieldguide import assets

FOLDER = "licences"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the program; ``files`` are the names of its licence texts."""

    name: str
    version: str
    licence: str
    used_for: str
    files: tuple[str, ...]


def parts() -> list[Part]:
    """Everything shipped that others made, in the order of the table."""
    table = tomllib.loads(assets.path(f"{FOLDER}/index.toml").read_text("utf-8"))
    return [
        Part(row["name"], row["version"], row["licence"], row["used_for"], tuple(row["files"]))
        for row in table["part"]
    ]


def text(part: Part) -> str:
    """All licence texts of a part, one after another."""
    return "\n\n".join(
        assets.path(f"{FOLDER}/{name}").read_text("utf-8").strip() for name in part.files
    )


def sources() -> str:
    """Where every shipped file comes from: the rows of the shipped table, without its marks."""
    lines = assets.path("SOURCES.md").read_text("utf-8").replace("`", "").splitlines()
    rows = [
        [cell.strip() for cell in line.strip("| ").split(" | ")]
        for line in lines
        if line.startswith("| ")
    ]
    heads, *rest = rows
    return "\n\n".join(
        "\n".join(
            [row[0], *(f"{head}: {cell}" for head, cell in zip(heads[1:], row[1:], strict=True))]
        )
        for row in rest
    )
