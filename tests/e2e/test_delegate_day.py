"""A delegate's days, from what is prepared on Monday to the promise kept on Wednesday."""

from collections.abc import Callable
from pathlib import Path

from fieldguide.domain.entries import Asked, Progress, Verdict
from fieldguide.domain.records import Ref
from fieldguide.services import follow_ups
from fieldguide.services.backups import Backups
from fieldguide.services.notebook import open_notebook
from tests.e2e.conftest import TO_ITS_END, Walked

AT_BIOBAY = Ref("visit", "biobay-2013")


def test_what_is_prepared_is_asked_kept_and_promised(
    walked: Callable[[str, str], Walked], profile: Path
) -> None:
    for part in ("prepare", "meet", "evening"):
        assert walked("delegate_day", part) == TO_ITS_END
    assert Backups(profile).current() is not None
    assert walked("delegate_day", "next day") == TO_ITS_END
    book = open_notebook(profile, create=False)
    (question,) = book.questions.all()
    assert (question.value.state, question.value.answer) == (Asked.ANSWERED, "40 RMB a month")
    assert (question.value.asked_in, question.about) == (AT_BIOBAY, Ref("organisation", "biobay"))
    (person,) = book.people.all()
    assert (person.value.hanzi, person.value.met[0].on) == ("李伟", "2013-05-28")
    assert [one.value.closed for one in book.closings.all()] == [True] * 3
    (closing,) = book.closings.on(AT_BIOBAY)
    assert closing.value.heard == "Labs are full until autumn"
    assert closing.value.attended == (person.id,)
    (task,) = follow_ups.tasks(book)
    assert (task.value.text, task.value.owner) == ("send the price list to Lyon", "Marc")
    assert (task.value.due, task.visit) == ("2013-06-05", AT_BIOBAY)
    assert task.value.state is Progress.DONE
    (check,) = book.checks.all()
    assert (check.value.verdict, check.value.on) == (Verdict.RIGHT, "2013-05-29")
    book.close()
