"""A draft of an e-mail on a follow-up: what was said, what was promised; nothing is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Final

from fieldguide.domain.due import last_day
from fieldguide.domain.markdown import plain
from fieldguide.domain.notes import NoteLine, Visibility
from fieldguide.domain.tables import printable
from fieldguide.domain.uri import quoted
from fieldguide.errors import BadRequest
from fieldguide.services.follow_ups import Task
from fieldguide.storage import files

_AT: Final = b"@"
_AT_MOST: Final = 254
"""Letters of an address."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A draft; ``kept_back`` holds the visibilities of quotes that are not for everybody."""

    to: str
    subject: str
    body: str
    kept_back: tuple[Visibility, ...] = ()


def draft(
    task: Task, quotes: Sequence[NoteLine], name: str, to: str = "", dear: str = ""
) -> Letter:
    """Words to begin with: each quote with who said it where, the promise, until when."""
    parts = [f"Dear {dear or '…'},"]
    if quotes:
        parts.append("this is what I wrote down:")
        parts += [f"“{plain(one.text)}”\n{_source(one)}" for one in quotes]
    promised = f"What I noted to do: {plain(task.value.text)}"
    day = last_day(task.value.due)
    parts.append(f"{promised}\nBy {_day(day)}." if day else promised)
    parts.append(f"Kind regards\n{name}".rstrip())
    kept = dict.fromkeys(
        one.visibility for one in quotes if one.visibility is not Visibility.PUBLISHABLE
    )
    subject = " ".join(plain(task.value.text).split())
    return Letter(to, subject[:120], "\n\n".join(parts), tuple(kept))


def checked(to: str) -> str:
    """One plain address; raises BadRequest for anything else, so that no header can hide in it."""
    name, at, host = to.strip().rpartition("@")
    simple = to.isascii() and printable(to) == to and not any(c in to.strip() for c in ' \t,;<>"?&')
    if not (at and name and "." in host and simple and "@" not in name and len(to) <= _AT_MOST):
        raise BadRequest(f"“{to.strip()[:60]}” is not an e-mail address.")
    return to.strip()


def eml(letter: Letter) -> bytes:
    """A message that mail programs open as a draft."""
    message = EmailMessage(policy=SMTP)
    if letter.to:
        message["To"] = checked(letter.to)
    message["Subject"] = " ".join(letter.subject.split())
    message["X-Unsent"] = "1"
    message.set_content(letter.body.encode("utf-8", "replace").decode("utf-8"))
    return message.as_bytes()


def save_eml(letter: Letter, path: Path) -> None:
    """Write the draft as one whole file."""
    files.write_whole(path, eml(letter))


def mailto(letter: Letter) -> str:
    """The address that a mail program opens with the draft in it (RFC 6068)."""
    lines = "\r\n".join(letter.body.split("\n"))
    words = {"subject": " ".join(letter.subject.split()), "body": lines}
    query = "&".join(f"{name}={quoted(text, b'@')}" for name, text in words.items())
    return f"mailto:{quoted(checked(letter.to), b'@')}?{query}"


def _source(line: NoteLine) -> str:
    said = [line.speaker or "speaker not noted", line.title, _day(line.created.date())]
    return ", ".join(part for part in said if part)


def _day(day: date) -> str:
    return f"{day:%d %B %Y}".lstrip("0")
