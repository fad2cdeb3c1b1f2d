"""What a person typed in one line is understood as, while it is typed."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from fieldguide.domain.people import WAYS, one_line
from fieldguide.domain.person_line import Parsed, parsed
from fieldguide.ui.desk import Look
from fieldguide.ui.text import ScriptLabel


class Understood(ScriptLabel):
    """Each field with its name, and what nothing was made of; hidden while nothing is typed."""

    def __init__(self, look: Look) -> None:
        super().__init__("", look.theme, "caption", "t2", wrap=True)
        self.hide()

    def show_line(self, text: str) -> None:
        """Say how a line is understood."""
        typed = bool(text.strip())
        self.setText(" · ".join(_parts(parsed(text))) if typed else "")
        self.setVisible(typed)


def _parts(line: Parsed) -> Iterator[str]:
    person = line.person
    names = one_line((one.text for one in person.names), " ")
    yield _tr("Name: {text}").format(text=names) if names else _tr("No name understood")
    for said in person.honorifics:
        yield _tr("Title: {text}").format(text=said.text)
    for role in person.roles:
        title = one_line((role.title, role.title_zh), " ")
        at = one_line((role.organisation, role.organisation_zh), " ")
        for form, text in (
            (_tr("Role: {text}"), title),
            (_tr("At: {text}"), at),
            (_tr("Department: {text}"), one_line((role.department, role.department_zh))),
        ):
            if text:
                yield form.format(text=text)
    for way in person.ways:
        yield f"{WAYS[way.kind]}: {way.value}"
    for rest in line.rest:
        yield _tr("Kept as a remark: {text}").format(text=rest)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Understood", text)
