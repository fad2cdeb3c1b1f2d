"""What is done to a programme: meetings kept, moved, taken away; who was there. All with undo."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldguide.domain.plans import Meeting
from fieldguide.domain.records import Ref
from fieldguide.domain.trips import Visit
from fieldguide.ui.desk import Desk
from fieldguide.ui.toast import Toast
from fieldguide.ui.trip import LONG, day_text

if TYPE_CHECKING:
    from fieldguide.domain.entries import Closing
    from fieldguide.errors import FieldGuideError
    from fieldguide.services.guide_changes import Seen
    from fieldguide.services.notebook import Notebook
    from fieldguide.services.register import Deed


class ProgrammeDeeds(QObject):
    """Works on the thread of the notes; the planner tells everybody else."""

    done = Signal(object)
    """The Ref of the visit that is to be marked, or None; what one has written may have changed."""
    said = Signal(str)

    def __init__(self, desk: Desk, toast: Toast, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._toast = desk, toast

    def keep(
        self,
        mission: Ref,
        title: str,
        meeting: Meeting,
        visit: Visit | None,
        failed: "Callable[[FieldGuideError], None]",
    ) -> None:
        """Keep a new meeting of a mission, or what a form made of one that is there."""

        def act(book: "Notebook") -> "Deed[Meeting]":
            from fieldguide.services import planning

            if visit is None:
                return planning.add_meeting(book, mission, title, meeting)
            return planning.change_meeting(book, visit.ref, lambda _: meeting)

        words = self.tr("Kept “{meeting}”") if visit is None else self.tr("Changed “{meeting}”")
        self._meeting(act, words.format(meeting=meeting.title), failed)

    def put(self, mission: Ref, title: str, ref: Ref, day: str) -> None:
        """Make a meeting with a record of the guide, on a day whose hour is not known yet."""
        from fieldguide.services.new_mission import meeting_with

        words = self.tr("Put “{name}” into {day}")

        def made(meeting: Meeting) -> None:
            def act(book: "Notebook") -> "Deed[Meeting]":
                from fieldguide.services import planning

                return planning.add_meeting(book, mission, title, meeting)

            when = day_text(day, LONG) if day else self.tr("the programme, day not known")
            self._meeting(act, words.format(name=meeting.title, day=when))

        self._desk.guide.do(lambda guide: meeting_with(guide, ref, day), made, self._failed)

    def move(self, visit: Visit, day: str, time: str | None = None) -> None:
        """Put a meeting of one's own on another day or at another hour."""

        def act(book: "Notebook") -> "Deed[Meeting]":
            from fieldguide.services import planning

            return planning.move_meeting(book, visit.ref, day, time)

        words = self.tr("Moved “{meeting}” to {day}").format(
            meeting=visit.title, day=" ".join(filter(None, (day_text(day, LONG), time)))
        )
        self._meeting(act, words)

    def remove(self, visit: Visit) -> None:
        """Take a meeting of one's own away."""

        def act(book: "Notebook") -> "Deed[Meeting]":
            from fieldguide.services import planning

            return planning.remove_meeting(book, visit.ref)

        self._meeting(act, self.tr("Removed “{meeting}”").format(meeting=visit.title))

    def confirm(self, visit: Visit) -> None:
        """What was copied of a visit still holds."""

        def act(book: "Notebook") -> "Deed[Meeting]":
            from fieldguide.services import planning

            return planning.change_meeting(book, visit.ref, lambda one: replace(one, verify=False))

        self._meeting(act, self.tr("“{meeting}” still holds").format(meeting=visit.title))

    def attend(self, visit: Visit, *, here: bool) -> None:
        """Say that one was at a visit, or that one was not."""

        def act(book: "Notebook") -> "tuple[Deed[Closing], ...]":
            from fieldguide.domain.entries import ME
            from fieldguide.services.attendance import attend

            return attend(book, visit.ref, visit.title, ME, here)

        def done(deeds: "tuple[Deed[Closing], ...]") -> None:
            def undo(book: "Notebook") -> None:
                from fieldguide.services import attendance

                attendance.undo(book, deeds)

            words = self.tr("I was at {visit}") if here else self.tr("I was not at {visit}")
            self._offer(words.format(visit=visit.title), undo)
            self.done.emit(visit.ref)

        self._desk.notes.do(act, done, self._failed)

    def see(self, seen: "Seen") -> None:
        """What the newer guide changed was seen."""

        def act(book: "Notebook") -> "Seen | None":
            from fieldguide.services.guide_changes import mark_seen

            return mark_seen(book, seen)

        def done(before: "Seen | None") -> None:
            def undo(book: "Notebook") -> None:
                from fieldguide.services.guide_changes import mark_seen

                if before is not None:
                    mark_seen(book, before)

            self._offer(self.tr("Seen what the newer guide changed"), undo)
            self.done.emit(None)

        self._desk.notes.do(act, done, self._failed)

    def _meeting(
        self,
        act: "Callable[[Notebook], Deed[Meeting]]",
        words: str,
        failed: "Callable[[FieldGuideError], None] | None" = None,
    ) -> None:
        def done(deed: "Deed[Meeting]") -> None:
            from fieldguide.domain.plans import own_ref

            def undo(book: "Notebook") -> None:
                book.meetings.undo(deed)

            self._offer(words, undo)
            self.done.emit(None if deed.removed else own_ref(deed.entry))

        self._desk.planner.do(act, done, failed or self._failed)

    def _offer(self, words: str, undo: "Callable[[Notebook], None]") -> None:
        def taken_back(_: None) -> None:
            self.said.emit(self.tr("Taken back."))
            self.done.emit(None)

        self._toast.offer(
            words,
            self.tr("Undo"),
            lambda: self._desk.planner.do(undo, taken_back, self._failed),
        )

    def _failed(self, problem: "FieldGuideError") -> None:
        self.said.emit(str(problem))
