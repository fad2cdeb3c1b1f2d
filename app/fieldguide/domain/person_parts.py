"""Where a line about a person is cut: signs, line ends, words for fields, brackets of lists."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from fieldguide.domain.person_words import FAR_LETTER, FIELD_LABELS, LEGAL_FORMS, REGIONS
from fieldguide.domain.script import fold

_PARTS: Final = re.compile(
    r"[\n\t;|、。•]|,(?!\s*(?:Ltd|Inc|LLC|Corp|GmbH|S\.?A|S\.?L|Limited|L\.?P)\b)"
    rf"|—|\s[-–—/·]+\s(?!{REGIONS}\s*(?:$|[,;|，；]|\s[-–—/·]))",
    re.IGNORECASE,
)
_LIST_IN_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]\n]{1,80}[,;|、][^()\[\]\n]{1,80})[)\]]")
LABEL: Final = re.compile(
    "|".join(rf"(?P<{kind}>{label})" for kind, label in FIELD_LABELS.items()).join(
        (r"(?:", r")\s?:\s*")
    ),
    re.IGNORECASE,
)
_MD_BEFORE_DEGREE: Final = re.compile(r"\bMD,\s*(?=(?:Ph\.?\s?D|MBA|M\.?Sc)\b)")
"""A doctor of medicine, not a managing director."""
_TIGHT: Final = re.compile(
    rf"(?<={FAR_LETTER})\s*[/\\>_]+\s*(?=\w)|(?<=[\w)])\s*[/\\>_]+\s*(?={FAR_LETTER})"
    rf"|(?<={FAR_LETTER})[-–—]+(?={FAR_LETTER})"
)
"""Signs that part hanzi without any space around them."""
_SLASH: Final = re.compile(r"(?<=\w)/(?=\w)")
_SLASHED: Final = re.compile(r"[^/\n]*\w\s\w[^/\n]*/[^/\n]+/[^/\n]*|[^/\n]+/[^/\n]+/[^/\n]*\w\s\w")
"""Words of which some have a space, with more than one slash between them."""
_TIGHT_BRACKET: Final = re.compile(
    rf"(?<={FAR_LETTER})(\([A-Za-z][A-Za-z .'-]*\))|(\([A-Za-z][A-Za-z .'-]*\))(?=\w)"
)
_AT: Final = re.compile(r"\s@\s+(?=\w)")
_QUOTES: Final = str.maketrans(
    {"„": "“", "‟": "”", "「": "“", "」": "”", "『": "“", "』": "”", "【": "\n", "】": "\n"}
)


def parts_of(text: str) -> Iterator[str]:
    """Every part of a line, trimmed, in the order in which it was typed."""
    text = _LIST_IN_BRACKETS.sub(r"\n\1\n", _MD_BEFORE_DEGREE.sub("MD ", text.translate(_QUOTES)))
    text = _TIGHT_BRACKET.sub(lambda match: f" {match[1] or match[2]} ", _TIGHT.sub("\n", text))
    text = _before_labels(_AT.sub("\n@ ", text))
    for part in _PARTS.split(text):
        several = _SLASH.split(part) if "/" in part and _SLASHED.match(part) else [part]
        yield from map(_trimmed, several)


def _before_labels(text: str) -> str:
    """With a line's end before each word for a field, when several are said."""
    starts = [match.start() for match in LABEL.finditer(text)]
    starts = [one for one in starts if one == 0 or not text[one - 1].isalnum()]
    if len(starts) < 2:
        return text
    cuts = [0, *starts, len(text)]
    return "\n".join(text[one:other] for one, other in pairwise(cuts))


def _trimmed(part: str) -> str:
    """Without the signs around it; the dot of an abbreviation stays."""
    part = part.strip(" :,/").lstrip(".")
    last = part.rpartition(" ")[2].rstrip(".")
    abbreviated = "." in last or len(last) < 4 or fold(last) in LEGAL_FORMS
    return part if abbreviated else part.rstrip(". ")
