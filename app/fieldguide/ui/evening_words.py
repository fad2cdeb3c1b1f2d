"""The words of the evening list: what a step is called, and how it stands."""

from PySide6.QtCore import QCoreApplication

from fieldguide.domain.notes import Visibility
from fieldguide.services.day_close import Evening, Step


def tr(text: str) -> str:
    """Translate what these functions say."""
    return QCoreApplication.translate("Evening", text)


def step_name(step: Step) -> str:
    """What a step is called."""
    return {
        Step.VISITS: tr("Visits"),
        Step.UNFILED: tr("File"),
        Step.SPEAKERS: tr("Who said it"),
        Step.ACTIONS: tr("Owner and date"),
        Step.QUESTIONS: tr("Questions"),
        Step.CARDS: tr("Cards"),
        Step.READERS: tr("What the organiser gets"),
        Step.BACKUP: tr("Backup"),
    }[step]


def standing(evening: Evening, step: Step) -> tuple[str, bool]:
    """How much of a step is left, and whether it is done."""
    rest, visits = len(evening.parts[step]), len(evening.plan.subjects)
    if step is Step.VISITS:
        said = tr("{done} of {count} closed").format(done=visits - rest, count=visits)
        return said if visits else tr("None on this day"), not rest
    words = {
        Step.UNFILED: (
            tr("Every note belongs to something"),
            tr("1 note belongs to nothing"), tr("{n} notes belong to nothing"),
        ),
        Step.SPEAKERS: (
            tr("Every quote has its speaker"),
            tr("1 quote without a speaker"), tr("{n} quotes without a speaker"),
        ),
        Step.ACTIONS: (
            tr("Every action has owner and date"),
            tr("1 action without owner or date"), tr("{n} actions without owner or date"),
        ),
        Step.QUESTIONS: (
            tr("None without an answer"), tr("1 without an answer"), tr("{n} without an answer"),
        ),
        Step.CARDS: (tr("No card to type"), tr("1 card to type"), tr("{n} cards to type")),
    }  # fmt: skip
    return words[step][min(rest, 2)].format(n=rest), not rest


def readers_text(evening: Evening) -> str:
    """How many lines of the day are for whom."""
    words = tr("{organiser} lines for the organiser, {publishable} publishable. {mine} stay mine.")
    return words.format(**{each.value: evening.readers.get(each, 0) for each in Visibility})
