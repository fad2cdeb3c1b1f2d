"""What somebody does, known by how the word ends, for the words that no list can hold."""

from typing import Final

from fieldguide.domain.script import fold

_PREFIXES: Final = tuple(fold("vice- vice vize co- co sub ex- ober вице- со зам").split())
_SMALL: Final = tuple(
    fold(
        # English
        "ologist ician eer ator warder trader dealer seller maker holder broker trainer builder "
        "atrist onomist grapher keeper "
        # French
        "ologue peute opathe iste trice euse teur iatre icien icienne ingénieur ngénieure "
        # Spanish and Portuguese
        "ólogo óloga ista dor dora iatra ejal ejala cnico cnica "
        # Italian
        "ologo ologa tore iere iera ttorando ttoranda onario onaria cnologo "
        # Russian
        "олог тель тельница ист истка щик щица ник ница лог граф атор ктор нер вед"
    ).split()
)
"""Ends of words in small letters."""
_ANY: Final = tuple(
    fold(
        "ologe ologin istin atorin terin nerin lerin referent referentin händler händlerin anwalt"
        " anwältin ärztin wissenschaftler wissenschaftlerin gutachter gutachterin vertreter"
        " vertreterin verwalter verwalterin entwickler entwicklerin planer planerin"
        " sprecher sprecherin forscher forscherin srat srätin grafin"
    ).split()
)
"""Ends of German words, which are in capitals like names."""
_PLACES: Final = tuple(
    fold(
        "klinikum klinik krankenhaus institut hochschule universität gesellschaft verband verein"
        " zentrum kammer stiftung ministerium agentur akademie fabrik bank verlag spital labor"
        " завод банк торг пром строй маш институт центр надзор фонд"
    ).split()
)
"""Ends of words that are made of two, of which the second is a kind of organisation."""
_LEAST: Final = 6
"""Letters of the shortest word that is judged by its end."""
_NO_TITLES: Final = frozenset(
    fold(
        "motore settore valore favore lavoro computador ordenador colore fattore reattore tumore"
        " quartiere cantiere moteur secteur valeur vecteur facteur ателье источник двигатель"
        " показатель список accelerator ventilator incubator generator respirator indicator"
        " calculator simulator"
    ).split()
)
"""Words that end like what somebody does and are none."""


def is_made_title(word: str, *, small: bool) -> bool:
    """Whether the end of a folded word says what somebody does; ``small`` if it has no capital."""
    if len(word) < _LEAST or word in _NO_TITLES:
        return False
    return (len(word) > _LEAST + 1 and word.endswith(_ANY)) or (small and word.endswith(_SMALL))


def is_made_place(word: str) -> bool:
    """Whether a folded word is made of two, of which the second is a kind of organisation."""
    return len(word) > _LEAST + 2 and word.endswith(_PLACES)


def without_prefix(word: str) -> str:
    """A folded word without what makes a deputy or one of several of a title: vice, co-."""
    if not word.startswith(_PREFIXES):
        return word
    prefix = next((one for one in _PREFIXES if word.startswith(one) and word != one), "")
    return word[len(prefix) :].lstrip("-") if prefix else word
