"""Pieces of a line about a person that say several things without a sign between them."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from fieldguide.domain.person_pieces import (
    Kind,
    Piece,
    is_department_word,
    is_part,
    is_remark,
    is_title,
    kind_of,
    plain,
)
from fieldguide.domain.person_words import (
    CONNECTORS,
    HEADS,
    HONORIFICS,
    LEGAL_FORMS,
    MAYBE_PLACED,
    NAME_PLACED,
    NO_NAME_STARTS,
    OPENINGS,
    ORGANISATIONS,
    PLACED,
    PLACES,
    QUALIFIERS,
    REGIONS,
    REMARKS,
    SHORT_TITLES,
    ZH_DEPARTMENT,
    ZH_FIELDS,
    ZH_HEAD,
    ZH_OFFICE,
    ZH_ORGANISATION,
    ZH_TITLE,
)
from fieldguide.domain.script import HANZI

Said = tuple[Kind, str]
_REGION: Final = re.compile(REGIONS, re.IGNORECASE)
_QUOTED_END: Final = re.compile(r"\s*([«“\"][^«»“”\"]{2,60}[»”\"])$")
_DEPUTIES: Final = frozenset({"vice", "deputy", "assistant", "adjoint", "adjointe", "stellv"})
_WITHIN_PLACES: Final = CONNECTORS | ORGANISATIONS
_ENDS_OF_PLACES: Final = LEGAL_FORMS | ORGANISATIONS
_NO_NAMES: Final = ORGANISATIONS | NO_NAME_STARTS | QUALIFIERS | PLACES
_LONGEST_NAME: Final = 4
"""Words of a name."""
_LONGEST_FIELD: Final = 3
"""Capitals of what somebody works at, as BD, HR or R&D."""


def without_opening(line: str) -> str:
    """A line without the words that only introduce whom it is about: met, 我是."""
    return OPENINGS.sub("", line, count=1)


def joined(text: str, *, naming: bool, small: bool, placed: bool) -> list[Said]:
    """What a piece says one after the other; nothing when it says one thing only.

    ``naming`` tells that a name may be in it, ``small`` that the line has no capital letters,
    ``placed`` that the organisation is known.
    """
    if HANZI.search(text):
        return _of_hanzi(text)
    rules: list[Callable[[str, bool], list[Said]]] = [
        _place_then_title,
        _placed,
        _quoted,
        _title_then_place,
        _place_then_department,
    ]
    if not placed:
        rules.append(_small_title_then_place)
    if naming:
        rules = [
            _short_title_first,
            _title_then_name,
            _name_then_title,
            _placed_name,
            _name_then_small_title,
            *rules,
        ]
    return next((found for rule in rules if (found := rule(text, small))), [])


def _short_title_first(text: str, small: bool) -> list[Said]:
    """As in ``GM Li Wei``."""
    words = text.split()
    others = words[1:]
    if len(others) < 2 or plain(words[0]) not in SHORT_TITLES or plain(others[0]) in CONNECTORS:
        return []
    named = _is_name(others, small)
    return [(Kind.NAME, " ".join(others)), (Kind.TITLE, words[0])] if named else []


def _title_then_name(text: str, small: bool) -> list[Said]:
    """As in ``Oberarzt Dr. Weber``, ``Console Generale Stefano Bruni``."""
    words = text.split()
    for start in range(1, min(len(words), _LONGEST_NAME + 1)):
        before, after = " ".join(words[:start]), " ".join(words[start:])
        courtesy = HONORIFICS.match(after)
        if courtesy and courtesy.end() < len(after):
            titled = kind_of(Piece(before), ()) is Kind.TITLE
            named = _is_name(after[courtesy.end() :].split(), small)
            return [(Kind.NAME, after), (Kind.TITLE, before)] if titled and named else []
    end = _end_of_title(words, 0)
    name = words[end:]
    several = end and 2 <= len(name) < _LONGEST_NAME and plain(name[0]) not in CONNECTORS
    if several and _is_name(name, small):
        return [(Kind.NAME, " ".join(name)), (Kind.TITLE, " ".join(words[:end]))]
    return []


def _name_then_title(text: str, small: bool) -> list[Said]:
    """As in ``Chen Lei vice GM Kunshan Medtech Park``."""
    words = text.split()
    for start in range(2, min(len(words), _LONGEST_NAME + 1)):
        end = _end_of_title(words, start)
        if end and _is_name(words[:start], small):
            return [
                (Kind.NAME, " ".join(words[:start])),
                *_title_and_place(words, start, end, small),
            ]
    return []


def _name_then_small_title(text: str, small: bool) -> list[Said]:
    """As in ``Philippa Grant category manager``: capitals tell the name."""
    words = text.split()
    cut = next((place for place, word in enumerate(words) if not _is_capital(word)), 0)
    title = " ".join(words[cut:])
    named = 1 < cut < _LONGEST_NAME and words[cut][0].isalpha() and _is_name(words[:cut], small)
    if small or not named or kind_of(Piece(title), ()) is not Kind.TITLE:
        return []
    after = _title_then_place(title, small) or _small_title_then_place(title, small)
    return [(Kind.NAME, " ".join(words[:cut])), *(after or [(Kind.TITLE, title)])]


def _title_and_place(words: Sequence[str], start: int, end: int, small: bool) -> list[Said]:
    end = end if small else _end_of_small(words, end)
    whole, rest = " ".join(words[start:]), words[end:]
    if not rest:
        return [(Kind.TITLE, whole)]
    if placed := _placed(whole, small):
        return placed
    if plain(rest[0]) in CONNECTORS or not (small or _is_capital(rest[0])):
        return [(Kind.TITLE, whole)]
    return [(Kind.TITLE, " ".join(words[start:end])), (Kind.ORGANISATION, " ".join(rest))]


def _placed_name(text: str, small: bool) -> list[Said]:
    """As in ``Tom Barker from Novalis at the reception``; what follows the place is a remark."""
    match = NAME_PLACED.search(text)
    if not match or not _is_name(text[: match.start()].split(), small):
        return []
    where = text[match.end() :].split()
    if not (small or _is_capital(where[0])):
        return []
    tail = (
        place
        for place, word in enumerate(where)
        if place and not small and word[0].islower() and plain(word) not in _WITHIN_PLACES
    )
    end = next(tail, len(where))
    found = [
        (Kind.NAME, text[: match.start()]),
        (Kind.ORGANISATION, " ".join(where[:end])),
        (Kind.UNKNOWN, " ".join(where[end:])),
    ]
    return [one for one in found if one[1]]


def _placed(text: str, small: bool) -> list[Said]:
    """As in ``ricercatrice presso Valchiara SpA``, ``founder of Nanoptics``."""
    for pattern, sure in ((PLACED, True), (MAYBE_PLACED, False)):
        match = pattern.search(text)
        if not match:
            continue
        title, where = text[: match.start()], text[match.end() :]
        doing = sure and title[0].islower() and not small and len(title.split()) < _LONGEST_NAME
        doing = doing and not REMARKS.match(title) and not is_remark(title, small=small)
        if kind_of(Piece(title), ()) is not Kind.TITLE and not doing:
            continue
        own = _heads(title.split()) and not is_department_word(plain(where.split()[0]))
        if sure or own or kind_of(Piece(where), ()) is Kind.ORGANISATION:
            return [(Kind.TITLE, title), (Kind.ORGANISATION, where)]
    return []


def _quoted(text: str, small: bool) -> list[Said]:
    """As in ``директор «Вектор»``."""
    match = _QUOTED_END.search(text)
    title = text[: match.start()] if match else ""
    if not match or not title or kind_of(Piece(title), ()) is not Kind.TITLE:
        return []
    words = title.split()
    if plain(words[-1]) in ORGANISATIONS:
        return []
    return [(Kind.TITLE, title), (Kind.ORGANISATION, match[1].strip('«»“”"'))]


def _title_then_place(text: str, small: bool) -> list[Said]:
    """As in ``Sales Director Contimed GmbH``; one word alone may belong to the firm's name."""
    words = text.split()
    end = _end_of_title(words, 0)
    end = _end_of_small(words, end) if end else 0
    rest = words[end:]
    begun = rest and (small or _is_capital(rest[0]) or plain(rest[0]) in ORGANISATIONS)
    if not end or not begun:
        return []
    heads = _heads(words[:end])
    place = " ".join(rest)
    sure = heads or plain(words[0]) in SHORT_TITLES or is_part(place)
    if end == 1 and words[0][0].isupper() and not sure:
        return []
    kind = kind_of(Piece(place), ())
    own = heads and kind is Kind.UNKNOWN and _may_be_place(place)
    if plain(rest[0]) in CONNECTORS or not (own or kind is Kind.ORGANISATION):
        return []
    return [(Kind.TITLE, " ".join(words[:end])), (Kind.ORGANISATION, place)]


def _small_title_then_place(text: str, small: bool) -> list[Said]:
    """As in ``lab manager Sinano``: small letters tell the title, a capital begins the place."""
    words = text.split()
    cut = next((place for place, word in enumerate(words) if _is_capital(word)), 0)
    place = " ".join(words[cut:])
    held = is_title(words[cut - 1]) or is_title(words[0])
    if not small and cut and held and plain(place) in PLACES:
        return [(Kind.TITLE, " ".join(words[:cut])), (Kind.UNKNOWN, place)]
    if small or not cut or not is_title(words[cut - 1]) or not _may_be_place(place):
        return []
    return [(Kind.TITLE, " ".join(words[:cut])), (Kind.ORGANISATION, place)]


def _may_be_place(text: str) -> bool:
    """Whether it may be the name of an organisation, and not a field of work or a region."""
    field = text.isupper() and len(text) <= _LONGEST_FIELD
    known = kind_of(Piece(text), ())
    return (
        known in (Kind.UNKNOWN, Kind.ORGANISATION)
        and not field
        and not _REGION.fullmatch(text)
        and plain(text) not in PLACES
    )


def _place_then_title(text: str, small: bool) -> list[Said]:
    """As in ``Harbour Trade Council senior manager``; the last word of the place tells it."""
    words = text.split()
    for start in range(2, len(words)):
        if _end_of_title(words, start) != len(words):
            continue
        last = plain(words[start - 1])
        place = " ".join(words[:start])
        if last in _ENDS_OF_PLACES and kind_of(Piece(place), ()) is Kind.ORGANISATION:
            return [(Kind.ORGANISATION, place), (Kind.TITLE, " ".join(words[start:]))]
    return []


def _place_then_department(text: str, small: bool) -> list[Said]:
    """As in ``hôpital Huashan neurochirurgie``."""
    place, _, last = text.rpartition(" ")
    if small or not last.islower() or kind_of(Piece(place), ()) is not Kind.ORGANISATION:
        return []
    part = (
        kind_of(Piece(last), ()) is Kind.DEPARTMENT and plain(place.split()[-1]) not in CONNECTORS
    )
    return [(Kind.ORGANISATION, place), (Kind.DEPARTMENT, last)] if part else []


def _heads(title: Sequence[str]) -> bool:
    """Whether a title is held of a whole organisation, and not by a deputy."""
    words = [plain(word) for word in title]
    return words[-1] in HEADS and not any(word in _DEPUTIES for word in words)


def _end_of_title(words: Sequence[str], start: int) -> int:
    """Where the title ends that begins with this word; 0 when none does."""
    end = 0
    for place in range(start, len(words)):
        word = plain(words[place])
        within = end and plain(words[place - 1]) in CONNECTORS
        area = is_department_word(word) or _REGION.fullmatch(word) is not None
        after = end == place and bool(end) and (word in QUALIFIERS or area)
        if is_title(words[place]) or after or (within and is_department_word(word)):
            end = place + 1
        elif not (
            is_department_word(word) or word in QUALIFIERS or (place > start and word in CONNECTORS)
        ):
            break
    return end


def _end_of_small(words: Sequence[str], end: int) -> int:
    """The same with the small words that follow, as in ``directrice scientifique Optimed``."""
    further = next((place for place in range(end, len(words)) if _is_capital(words[place])), end)
    named = further > end and plain(words[further - 1]) in ORGANISATIONS
    if named and (further - 1 == end or plain(words[further - 2]) not in CONNECTORS):
        return further - 1
    return further if further > end and plain(words[further - 1]) not in CONNECTORS else end


def _is_name(words: Sequence[str], small: bool) -> bool:
    plains = [plain(word) for word in words]
    return 1 <= len(words) <= _LONGEST_NAME and all(
        (small or _is_capital(word) or one in CONNECTORS)
        and not any(map(str.isdigit, word))
        and not (is_title(word) or is_department_word(one))
        and one not in _NO_NAMES
        for word, one in zip(words, plains, strict=True)
    )


def _is_capital(word: str) -> bool:
    return word.strip('«“"(')[:1].isupper()


def _of_hanzi(text: str) -> list[Said]:
    """As in 仁济医院心内科主任: where, in which part, as what."""
    if "兼" in text or " " in text:
        return []
    title = next(
        (
            cut
            for cut in range(len(text) - 1, 1, -1)
            if ZH_TITLE.search(text[cut:]) and any(_parts_of_place(text[:cut]))
        ),
        0,
    )
    if title:
        return [*_parts_of_place(text[:title]), (Kind.TITLE, text[title:])]
    if (held := ZH_HEAD.fullmatch(text)) and not held["place"].endswith(("区", "部", "副")):
        return [(Kind.ORGANISATION, held["place"]), (Kind.TITLE, held["title"])]
    several = ZH_DEPARTMENT.search(text) or ZH_OFFICE.fullmatch(text)
    parts = list(_parts_of_place(text)) if several else []
    return parts if len(parts) > 1 else []


def _parts_of_place(text: str) -> Iterator[Said]:
    """An organisation of at least four signs, its department, or both; nothing when it is less."""
    if ZH_FIELDS.fullmatch(text):
        return
    if office := ZH_OFFICE.fullmatch(text):
        yield Kind.ORGANISATION, office["place"]
        yield Kind.DEPARTMENT, office["office"]
        return
    if ZH_ORGANISATION.search(text) and (len(text) > 4 or not ZH_DEPARTMENT.search(text)):
        if len(text) > 3 or (text.endswith(("局", "院", "委")) and len(text) > 2):
            yield Kind.ORGANISATION, text
        return
    if not ZH_DEPARTMENT.search(text):
        return
    for cut in range(len(text) - 2, 2, -1):
        before = text[:cut]
        if ZH_ORGANISATION.search(before) and not ZH_FIELDS.fullmatch(before):
            yield Kind.ORGANISATION, before
            yield Kind.DEPARTMENT, text[cut:]
            return
    yield Kind.DEPARTMENT, text
