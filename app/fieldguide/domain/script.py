"""Text as the search sees it: folding, words, and terms for hanzi, without any dictionary."""

import re
import unicodedata
from typing import Final

_SPECIAL: Final = str.maketrans(
    {"ß": "ss", "ẞ": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae",
     "œ": "oe", "ı": "i", "ħ": "h", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"}
)  # fmt: skip
_HANZI: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_WORD: Final = re.compile(rf"[{_HANZI}]+|[^\W_{_HANZI}]+")
_THOUSANDS: Final = re.compile(r"(?<=\d)[,\u2009\u202f\u00a0' ](?=\d{3}(?!\d))")
_DIGIT: Final = re.compile(r"\d")
_INNER: Final = re.compile(r"(?<=\w)'(?=\w)")
CAP: Final = 8
"""Letters of the longest prefix that has an index; pinyin is stored and looked for cut to them."""
START_LETTERS: Final = 24
"""Letters that are kept of the joined start of a name, and looked for."""
HANZI: Final = re.compile(rf"[{_HANZI}]")


def is_hanzi(word: str) -> bool:
    """Whether a word starts with a Chinese character."""
    return bool(HANZI.match(word))


def fold(text: str) -> str:
    """Lower case, no accents, full width and ligatures made plain; ß, ø, ł … by table, % a word.

    Thousands separators and apostrophes inside words go, so that ``4,475`` meets ``4475`` and
    ``Fab'entech`` meets ``fabentech``.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.lower().translate(_SPECIAL))
        text = "".join(char for char in text if not unicodedata.combining(char))
    text = text.lower()
    if "%" in text:
        text = text.replace("%", " percent ")
    if "'" in text:
        text = _INNER.sub("", text)
    return _THOUSANDS.sub("", text) if _DIGIT.search(text) else text


def words(text: str) -> list[str]:
    """Folded words in order: Latin words and whole runs of hanzi."""
    return _WORD.findall(fold(text))


def terms(text: str) -> list[str]:
    """Index terms in order: folded words; of hanzi each pair and the last single character."""
    found: list[str] = []
    for word in words(text):
        if is_hanzi(word):
            found.extend(word[i : i + 2] for i in range(len(word) - 1))
            found.append(word[-1])
        else:
            found.append(word)
    return found


def singular(word: str) -> str:
    """An English plural without its ending; good enough to compare kinds of things."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "uses")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] != "s" else word


def term_queries(word: str, *, prefix: bool) -> list[str]:
    """FTS5 phrases that all must match for one folded word; ``prefix`` for the word being typed."""
    if not is_hanzi(word):
        return [f'"{word}"*' if prefix else f'"{word}"']
    if len(word) == 1:
        return [f'"{word}"*']
    return [f'"{word[i : i + 2]}"' for i in range(len(word) - 1)]


def match_expression(query: str) -> str:
    """A safe FTS5 expression for what was typed, last word as a prefix; empty when nothing."""
    found = words(query)
    parts = [
        part
        for place, word in enumerate(found)
        for part in term_queries(word, prefix=place == len(found) - 1 and len(word) > 1)
    ]
    return " AND ".join(parts)
