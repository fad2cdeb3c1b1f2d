"""Where a name ends and the name of an organisation or a remark begins, with no sign between."""

from collections.abc import Sequence
from typing import Final

from fieldguide.domain.person_evidence import Evidence
from fieldguide.domain.person_given import is_given
from fieldguide.domain.person_names import is_particle, looks_eastern
from fieldguide.domain.person_pieces import Kind, Piece, kind_of, plain
from fieldguide.domain.person_words import CONNECTORS, ORGANISATIONS, PLACES

_LONGEST: Final = 3
"""Words of a name that is read without asking whether it holds something else."""
_AT: Final = frozenset({"at", "chez", "bei", "beim", "presso", "en", "from", "in", "в", "из"})
_AND: Final = frozenset({"i", "y", "e"})
"""Between two family names."""
_OF: Final = frozenset({"de", "di", "del", "della", "von", "du", "des", "d'"})
"""Between a name and where somebody is from, when a sentence introduces them."""


def name_and_rest(
    text: str, evidence: Evidence, *, small: bool, introduced: bool
) -> tuple[str, str]:
    """A name and the words behind it that are no part of it; empty when all is name."""
    words = text.split()
    ends = (
        _before_small(words, small),
        _before_place(words, evidence, small),
        _before_of(words) if introduced or looks_eastern(" ".join(words[:2])) else 0,
    )
    for end in ends:
        if 0 < end < len(words):
            return " ".join(words[:end]), " ".join(words[end:])
    return text, ""


def place_behind(text: str, evidence: Evidence) -> tuple[str, str]:
    """A title and the organisation behind it that an address tells; empty when none is."""
    words = text.split()
    for end in range(len(words) - 1, 0, -1):
        place = " ".join(words[end:])
        named = evidence.tells_place(place) and not evidence.tells_name(words[end])
        held = kind_of(Piece(" ".join(words[:end])), ()) is Kind.TITLE
        whole = not any(plain(word) in ORGANISATIONS for word in words[:end])
        if named and held and whole and words[end][0].isupper():
            while end > 1 and plain(words[end - 1]) in CONNECTORS | _AT:
                end -= 1
            return " ".join(words[:end]), place
    return text, ""


def _before_of(words: Sequence[str]) -> int:
    """Where the organisation begins in ``I met Ana Ruiz de Farmavital``."""
    return next((end for end in range(2, len(words) - 1) if words[end] in _OF), 0)


def without_of(text: str) -> str:
    """What follows a name, without the small word before it; empty when there is none."""
    first, _, after = text.partition(" ")
    return after if first in _OF and after[:1].isupper() else ""


def _before_small(words: Sequence[str], small: bool) -> int:
    """Where words in small letters begin that no name holds."""
    if small or not words[0][0].isupper():
        return 0
    for place, word in enumerate(words):
        if place and word[0].islower() and not _within_name(words, place):
            return place
    return 0


def _within_name(words: Sequence[str], place: int) -> bool:
    """Whether a word in small letters is a particle that a capital follows sooner or later."""
    word = words[place]
    if any(map(str.isupper, word)):
        return True
    joins = is_particle(word) or plain(word) in CONNECTORS or word in _AND
    following = next((one for one in words[place + 1 :] if not is_particle(one)), "")
    return joins and following[:1].isupper()


def _before_place(words: Sequence[str], evidence: Evidence, small: bool) -> int:
    """Where the organisation begins that an address tells, or that is too much for a name."""
    for end in range(len(words) - 1, 1, -1):
        after = " ".join(words[end:])
        if evidence.tells_place(after) and not evidence.tells_name(words[end]):
            return end
    several = len(words) > _LONGEST and not any(word[0].islower() for word in words)
    if small or not several or "-" in words[1] or not is_given(words[0]):
        return 0
    end = 3 if is_given(words[1]) or len(plain(words[1])) == 1 else 2
    return end if len(words) > _LONGEST + 1 or any(map(_tells, words[end:])) else 0


def _tells(word: str) -> bool:
    """Whether a word in capitals is a city, or written as names of firms are: IBA, NeuroLab."""
    capitals = sum(map(str.isupper, word))
    return plain(word) in PLACES or (capitals > 1 and "-" not in word and not word.startswith("Mc"))
