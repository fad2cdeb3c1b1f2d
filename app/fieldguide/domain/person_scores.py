"""Which part of a line about a person is likeliest the name, where the first one need not be."""

import re
from collections.abc import Sequence
from typing import Final

from fieldguide.domain.person_evidence import Evidence
from fieldguide.domain.person_given import is_given
from fieldguide.domain.person_names import is_patronymic, looks_eastern
from fieldguide.domain.person_pieces import Kind, Piece, kind_of, plain
from fieldguide.domain.person_words import HONORIFICS, PLACES
from fieldguide.domain.script import HANZI

_BRACKETS: Final = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_MARGIN: Final = 2.5
"""By how much a later part has to be likelier than the first that may be a name."""
_SURE: Final = 3.0
"""How likely the first part is when no other one is asked."""
_LONGEST_NAME: Final = 4


def likeliest_name(parts: Sequence[str], evidence: Evidence) -> int:
    """The part before which none is taken for the name; 0 when the order tells enough."""
    if not parts or any(map(HANZI.search, parts)):
        return 0
    if _score(parts[0], evidence) >= _SURE:
        return 0
    scores = [_score(part, evidence) for part in parts]
    first = next((place for place, part in enumerate(parts) if _may_be_taken(part)), 0)
    best = max(range(len(scores)), key=scores.__getitem__)
    surely = scores[best] > 0 and scores[best] >= scores[first] + _MARGIN
    return best if surely else 0


def _may_be_taken(part: str) -> bool:
    """Whether nothing but the other parts speaks against taking it for the name."""
    return any(map(str.isalpha, part)) and kind_of(Piece(part), ()) is Kind.UNKNOWN


def _score(part: str, evidence: Evidence) -> float:
    """How likely a part is, or starts with, somebody's name; less than nothing when hardly."""
    text = _BRACKETS.sub("", part).strip()
    courtesy = HONORIFICS.match(text)
    bare = text[courtesy.end() :].strip() if courtesy else text
    words = bare.split()
    if not words:
        return -1.0
    score = 3.0 if courtesy else 0.0
    several = len(words) > 1 and (words[1][0].isupper() or words[0].islower())
    if is_given(words[0]):
        score += 3 if several else 1.5
    elif any(map(is_given, words)) or looks_eastern(bare) or any(map(is_patronymic, words)):
        score += 2
    elif kind_of(Piece(bare), ()) is not Kind.UNKNOWN:
        score -= 4
    if evidence.tells_name(bare):
        score += 2
    elif evidence.tells_place(bare):
        score -= 3
    score -= sum(plain(word) in PLACES for word in words) + (len(words) > _LONGEST_NAME)
    return score - 3 * (kind_of(Piece(bare), ()) is Kind.ORGANISATION)
