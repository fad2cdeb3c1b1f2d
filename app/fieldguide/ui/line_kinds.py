"""How lines and readers of a note are marked: a word, an icon and a colour for each."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from fieldguide.domain.notes import LineKind, Visibility


@dataclass(frozen=True, slots=True)
class Mark:
    """Word, icon and colour token; the three always stand together."""

    word: str
    icon: str
    color: str


def kind_mark(kind: LineKind) -> Mark:
    """The mark of a kind of line; a plain line has no word."""
    tr = QCoreApplication.translate
    return {
        LineKind.PLAIN: Mark("", "", "t3"),
        LineKind.FACT: Mark(tr("Kind", "Fact"), "hash", "fact"),
        LineKind.QUOTE: Mark(tr("Kind", "Quote"), "quote", "quote"),
        LineKind.OPINION: Mark(tr("Kind", "Opinion"), "lightbulb", "opinion"),
        LineKind.ACTION: Mark(tr("Kind", "Action"), "square-check-big", "action"),
        LineKind.QUESTION: Mark(tr("Kind", "Question"), "circle-question-mark", "question"),
    }[kind]


def confidence_mark(word: str) -> Mark:
    """The mark of how sure a line is."""
    tr = QCoreApplication.translate
    return {
        "sure": Mark(tr("Confidence", "Sure"), "circle-check", "ok"),
        "unsure": Mark(tr("Confidence", "Unsure"), "triangle-alert", "warning"),
    }[word]


def visibility_mark(visibility: Visibility) -> Mark:
    """The mark of who may read a note."""
    tr = QCoreApplication.translate
    return {
        Visibility.MINE: Mark(tr("Visibility", "Mine"), "lock", "mine"),
        Visibility.ORGANISER: Mark(tr("Visibility", "Organiser"), "users", "organiser"),
        Visibility.PUBLISHABLE: Mark(tr("Visibility", "Publishable"), "globe", "publishable"),
    }[visibility]
