"""One line for a follow-up: what is to do, who does it, until when, for whom."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QCompleter, QLineEdit, QPushButton

from fieldguide.services.addressees import Addressee
from fieldguide.services.follow_ups import Task
from fieldguide.ui.desk import Look
from fieldguide.ui.line_form import LineForm
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme


class FollowUpForm(LineForm):
    """Enter keeps it, Escape leaves it; the words of a line are changed in its note alone."""

    kept = Signal(object, str, str, str, str)
    """The Task or None for a new one; its text, owner, date and person as they were typed."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._task: Task | None = None
        self._begun: tuple[str, ...] = ()
        self.words, self.owner, self.due, self.whom = (QLineEdit() for _ in range(4))
        for field, name, hint in (
            (self.words, self.tr("What is to do"), self.tr("What is to do")),
            (self.owner, self.tr("Who does it"), self.tr("Who")),
            (
                self.due,
                self.tr("Until when: a day, or +1w, +3m, +12m after the mission"),
                self.tr("5 June, Fri, +3m"),
            ),
            (
                self.whom,
                self.tr("For whom: a person kept here or of the guide"),
                self.tr("For whom"),
            ),
        ):
            field.setAccessibleName(name)
            field.setToolTip(name)
            field.setPlaceholderText(hint)
            field.returnPressed.connect(self._keep)
        self._button = QPushButton(self.tr("Keep"))
        self._button.clicked.connect(self._keep)
        self._problem = ScriptLabel("", look.theme, "body", "danger", wrap=True)
        self._problem.hide()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for part, stretch in (
            (self.words, 5),
            (self.owner, 3),
            (self.due, 3),
            (self.whom, 3),
            (self._button, 0),
        ):
            self._row.addWidget(part, stretch)
        self.within.addLayout(self._row)
        self.within.addWidget(self._problem)
        self.set_theme(look.theme)

    @property
    def changed(self) -> bool:
        """Whether something is typed here that is not kept."""
        return not self.isHidden() and self._typed() != self._begun

    def begin(
        self, task: Task | None, owners: Sequence[str], name: str = "", first: str = "words"
    ) -> None:
        """Ask for a new one, or for what is missing of one; ``name`` is whom it is for.

        ``first`` has the keys.
        """
        self._task = task
        value = task.value if task else None
        self.words.setText(value.text if value else "")
        self.words.setEnabled(task is None or task.line is None)
        self.owner.setText(value.owner if value else "")
        self.due.setText(value.due if value else "")
        self.whom.setText(name)
        self._begun = self._typed()
        self._complete(self.owner, owners)
        self.say("")
        self.show()
        fields = {"owner": self.owner, "due": self.due, "whom": self.whom}
        field = fields.get(first, self.words)
        field.setFocus()
        field.selectAll()

    def offer(self, people: Mapping[str, Addressee]) -> None:
        """Offer these for whom it may be."""
        self._complete(self.whom, sorted({one.label for one in people.values()}))

    def say(self, problem: str) -> None:
        """Say why it cannot be kept so."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def set_theme(self, theme: Theme) -> None:
        """Set the distances; large text has each field on a line of its own."""
        super().set_theme(theme)
        way = QBoxLayout.Direction.TopToBottom if theme.scale >= 1.5 else None
        self._row.setDirection(way or QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(theme.px(8))

    def _typed(self) -> tuple[str, ...]:
        return tuple(
            field.text().strip() for field in (self.words, self.owner, self.due, self.whom)
        )

    def _keep(self) -> None:
        if not self.words.text().strip():
            self.say(self.tr("Say what is to do."))
            self.words.setFocus()
            return
        self.kept.emit(
            self._task,
            self.words.text(),
            self.owner.text(),
            self.due.text(),
            self.whom.text(),
        )

    def _complete(self, field: QLineEdit, offered: Sequence[str]) -> None:
        completer = QCompleter(list(offered), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        field.setCompleter(completer)
