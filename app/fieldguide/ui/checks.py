"""Checks of facts as they are shown, and the small form that says what is wrong now."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QLineEdit, QPushButton

from fieldguide.domain.checks import fact_name, told
from fieldguide.domain.entries import Verdict
from fieldguide.domain.records import Fact
from fieldguide.domain.series import date_words
from fieldguide.services.checking import Checked
from fieldguide.ui.desk import Look
from fieldguide.ui.line_form import LineForm
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check in words, with its icon and colour."""

    text: str
    icon: str
    color: str


def check_line(checked: Checked, fact: Fact | None) -> CheckLine:
    """What somebody found of a fact; of another statement than this one it says so."""
    tr = QCoreApplication.translate
    check = checked.check
    right = check.verdict is Verdict.RIGHT
    made = ", ".join(
        part for part in (date_words(check.on) if check.on else "", checked.by) if part
    )
    if right:
        said = tr("Check", "Right on {day}") if check.on else tr("Check", "Right, {day}")
        text = said.format(day=made)
    elif check.value:
        text = tr("Check", "Wrong now: {value} ({day})").format(value=check.value, day=made)
    else:
        text = tr("Check", "Wrong on {day}").format(day=made)
    parts = [text, " ".join(check.remark.split())]
    if check.said and fact is not None and check.said != told(fact):
        parts.append(tr("Check", "the guide said {value} then").format(value=check.said))
    icon, color = ("circle-check", "ok") if right else ("circle-alert", "warning")
    return CheckLine(" · ".join(part for part in parts if part), icon, color)


class CheckForm(LineForm):
    """What holds now and a remark; Enter keeps both, Escape leaves. Each may stay empty."""

    kept = Signal(object, str, str, bool)
    """The Fact, what holds now, a remark, and whether the organiser may read it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._fact: Fact | None = None
        self._begun = ("", "")
        self._title = ScriptLabel("", look.theme, "body", "t2", wrap=True)
        self.value, self.remark = QLineEdit(), QLineEdit()
        for field, name in (
            (self.value, self.tr("What holds now")),
            (self.remark, self.tr("Remark: who said so, where it was seen")),
        ):
            field.setAccessibleName(name)
            field.setPlaceholderText(name)
            field.returnPressed.connect(self._keep)
        self.shared = QCheckBox(self.tr("For the organiser too"))
        keep = QPushButton(self.tr("Wrong now"))
        keep.clicked.connect(self._keep)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.addWidget(self.value, 3)
        self._row.addWidget(self.remark, 4)
        self._row.addWidget(self.shared)
        self._row.addWidget(keep)
        self.within.addWidget(self._title)
        self.within.addLayout(self._row)
        self.set_theme(look.theme)

    def begin(self, fact: Fact, value: str, remark: str, *, shared: bool) -> None:
        """Ask what is wrong with a fact; what was said of it before stands there."""
        self._fact = fact
        words = self.tr("The guide says {fact}: {value}")
        self._title.setText(words.format(fact=fact_name(fact), value=told(fact)))
        self.value.setText(value)
        self.remark.setText(remark)
        self.shared.setChecked(shared)
        self._begun = value, remark
        self.show()
        self.value.setFocus()
        self.value.selectAll()

    def settle(self) -> None:
        """Something else shows next: what was typed is kept, and the form goes."""
        if not self.isHidden() and (self.value.text(), self.remark.text()) != self._begun:
            self._keep()
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Set the distances; large text has each field on a line of its own."""
        super().set_theme(theme)
        large = theme.scale >= 1.5
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if large else ways.LeftToRight)
        self._row.setSpacing(theme.px(8))

    def _keep(self) -> None:
        self.kept.emit(
            self._fact, self.value.text(), self.remark.text(), self.shared.isChecked()
        )  # fmt: skip
