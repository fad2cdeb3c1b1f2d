"""What is shipped beside the code: colours, licences, drawings."""

import re
import tomllib
from pathlib import Path

import pytest

from fieldguide import assets

ROOT = Path(__file__).resolve().parents[2]
TOKENS = tomllib.loads(assets.path("themes/tokens.toml").read_text(encoding="utf-8"))
LICENCES = tomllib.loads(assets.path("licences/index.toml").read_text(encoding="utf-8"))["part"]
SCHEMES = ("light", "dark")
ON_SURFACE = {
    "line": (1.3, 1.3),
    "line2": (3.5, 4.2),
    "t1": (17.4, 14.3),
    "t2": (8.3, 9.0),
    "t3": (5.4, 6.0),
    "accent": (6.8, 8.2),
    "danger": (6.5, 7.1),
    "warning": (6.3, 8.9),
    "ok": (5.9, 8.6),
    "info": (7.0, 8.4),
    "mine": (6.7, 8.1),
    "organiser": (7.0, 7.9),
    "publishable": (5.8, 8.4),
    "fact": (7.0, 8.6),
    "quote": (6.9, 8.1),
    "opinion": (6.3, 8.9),
    "action": (5.9, 8.6),
    "question": (6.6, 7.8),
}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(scheme: str, one: str, other: str) -> float:
    low, high = sorted(luminance(TOKENS[scheme][name]) for name in (one, other))
    return (high + 0.05) / (low + 0.05)


def test_both_schemes_have_the_same_tokens() -> None:
    assert list(TOKENS["light"]) == list(TOKENS["dark"])
    assert len(TOKENS["light"]) == 53


@pytest.mark.parametrize("name", ON_SURFACE)
def test_a_colour_has_the_contrast_that_the_look_promises(name: str) -> None:
    for scheme, wanted in zip(SCHEMES, ON_SURFACE[name], strict=True):
        assert round(ratio(scheme, name, "surface"), 1) == wanted, scheme


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_can_be_read_on_every_ground_it_stands_on(scheme: str) -> None:
    for ground in ("window", "surface", "sunken", "raised", "accent-weak"):
        for text in ("t1", "t2", "t3"):
            assert ratio(scheme, text, ground) >= 4.5, (text, ground)
    for name in ("danger", "warning", "ok", "info"):
        assert ratio(scheme, name, f"{name}-weak") >= 4.5, name
    assert round(ratio(scheme, "on-accent", "accent"), 1) >= 6.8
    assert ratio(scheme, "t1", "warning-weak") >= 7


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_can_be_pressed_has_an_edge_that_can_be_seen(scheme: str) -> None:
    for ground in ("surface", "raised", "sunken", "window"):
        assert ratio(scheme, "line2", ground) >= 3, ground
        assert ratio(scheme, "accent", ground) >= 3, ground


@pytest.mark.parametrize(
    ("scheme", "numeral", "land", "water"), [("light", 4.8, 4.3, 3.2), ("dark", 6.3, 5.2, 4.5)]
)
def test_a_day_is_seen_on_the_map_and_its_numeral_on_the_day(
    scheme: str, numeral: float, land: float, water: float
) -> None:
    for day in range(1, 8):
        assert ratio(scheme, f"day-{day}", "on-day") >= numeral - 0.05, day
        assert ratio(scheme, f"day-{day}", "land") >= land - 0.05, day
        assert ratio(scheme, f"day-{day}", "water") >= water - 0.05, day


def test_every_package_that_is_shipped_has_a_licence_of_its_version() -> None:
    lock = (ROOT / "build_spec" / "requirements-run.lock").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([a-z0-9][\w.-]*)==([^\s;\\]+)", lock, flags=re.MULTILINE))
    listed = {part["package"]: part["version"] for part in LICENCES if "package" in part}
    assert len(locked) > 10
    assert listed == locked


def test_every_licence_text_is_there_and_listed() -> None:
    named = {name for part in LICENCES for name in part["files"]}
    present = {file.name for file in assets.path("licences").glob("*.txt")}
    assert named == present
    for name in named:
        text = assets.path(f"licences/{name}").read_text(encoding="utf-8")
        assert len(text) > 100, name
        assert "\r" not in text, name


def test_every_part_says_what_it_is_for() -> None:
    for part in LICENCES:
        assert part["name"], part
        assert part["licence"], part
        assert part["used_for"], part


def test_every_resource_has_a_source() -> None:
    sources = assets.path("SOURCES.md").read_text(encoding="utf-8")
    folders = {entry.name for entry in assets.path("").iterdir() if entry.is_dir()}
    assert {"fonts", "icons", "themes", "licences"} <= folders
    for font in assets.path("fonts").iterdir():
        assert font.name in sources, font.name


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_drawing_of_a_theme_is_the_icon_in_a_colour_of_the_theme(scheme: str) -> None:
    strokes = {"check": "on-accent", "minus": "on-accent"}
    for drawing in assets.path(f"themes/{scheme}").glob("*.svg"):
        text = drawing.read_text(encoding="utf-8")
        if drawing.stem.startswith("ring"):
            colours = set(re.findall("#[0-9A-F]{6}", text))
            assert colours == {TOKENS[scheme]["accent"]}, drawing.name
            continue
        colour = TOKENS[scheme][strokes.get(drawing.stem, "t2")]
        icon = assets.path(f"icons/{drawing.name}").read_text(encoding="utf-8")
        assert text == icon.replace("currentColor", colour), drawing.name


def test_an_icon_takes_its_colour_from_the_theme() -> None:
    icons = list(assets.path("icons").glob("*.svg"))
    assert len(icons) >= 76
    for icon in icons:
        text = icon.read_text(encoding="utf-8")
        assert "currentColor" in text, icon.name
        assert 'stroke-width="2"' in text, icon.name
