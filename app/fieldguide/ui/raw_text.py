"""Texts on their way into Qt's document and back: what Qt would change travels under a stand-in."""

import re
from typing import Final

# Noncharacters: no text holds them for what they mean, and those that do are marked.
_MARK, _HALF = "\ufdd2", "\ufdd3"
_STANDS: Final = {
    "\r": "\ufdd4",
    "\u2029": "\ufdd5",
    "\ufdd0": "\ufdd6",
    "\ufdd1": "\ufdd7",
    "\ufeff": "\ufdd8",
}
_BACK: Final = {stand: char for char, stand in _STANDS.items()}
_CHANGED: Final = re.compile("[\r\u2029\ufdd0-\ufdd8\ufeff\ud800-\udfff]")
_STOOD: Final = re.compile("\ufdd2([\ufdd2-\ufdd8])|\ufdd3([\ue000-\ue7ff])|[\ufdd4-\ufdd8]")
_HALVES: Final = 0xE000 - 0xD800

STAND_INS: Final = re.compile("\ufdd2[\ufdd2-\ufdd8]|\ufdd3[\ue000-\ue7ff]|[\ufdd4-\ufdd8]")
"""What of a line in the document is not to be seen."""


def to_document(text: str) -> str:
    """The text as Qt keeps it unchanged; lines end in a line feed, as before."""
    return _CHANGED.sub(_put, text)


def from_document(raw: str) -> str:
    """The text that ``to_document`` was given, from the document's raw text."""
    text = raw.replace("\u2029", "\n")
    return _STOOD.sub(_take, text) if _STOOD.search(text) else text


def _put(found: re.Match[str]) -> str:
    char = found[0]
    if char in _STANDS:
        return _STANDS[char]
    if char >= "\ufdd2":
        return _MARK + char
    return _HALF + chr(ord(char) + _HALVES)


def _take(found: re.Match[str]) -> str:
    if found[1]:
        return found[1]
    if found[2]:
        return chr(ord(found[2]) - _HALVES)
    return _BACK[found[0]]
