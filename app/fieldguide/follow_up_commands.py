"""What the command line does with follow-ups and questions: listed, begun, done."""

import argparse
from contextlib import closing
from datetime import date

from fieldguide import assets, shapes
from fieldguide.asking import own_notes, unlocked
from fieldguide.domain.due import read_due
from fieldguide.domain.entries import Asked, FollowUp, Progress
from fieldguide.domain.notes import storable
from fieldguide.domain.trips import parse_moment
from fieldguide.errors import BadRequest
from fieldguide.services import follow_ups
from fieldguide.services.follow_ups import Task
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import Notebook
from fieldguide.services.programme import mission_end
from fieldguide.shapes import print_json


def follow_up_list(options: argparse.Namespace) -> None:
    """Print all follow-ups, also lines of notes that nothing was done with yet."""
    with own_notes(options) as notebook:
        found = follow_ups.tasks(notebook)
    if options.json:
        print_json([shapes.follow_up_json(task) for task in found])
        return
    for task in found:
        value = task.value
        when = " · ".join(part for part in (value.owner, value.due, value.state) if part)
        print(f"{task.name}  {value.text}  ({when})")


def follow_up_add(options: argparse.Namespace) -> None:
    """Keep one that was typed."""
    text = storable(options.text).strip()
    if not text:
        raise BadRequest("The follow-up is empty; nothing was written.")
    due, promised = _due(options)
    value = FollowUp(text, owner=storable(options.owner).strip(), due=due, promised=promised)
    with closing(unlocked(options).open_notebook(create=True)) as notebook:
        added = follow_ups.add(notebook, value).entry
    if options.json:
        print_json({"id": added})
    else:
        print(added)


def follow_up_done(options: argparse.Namespace) -> None:
    """Say that one is done."""
    with own_notes(options) as notebook:
        done = follow_ups.set_state(notebook, _task(notebook, options.id), Progress.DONE).entry
    if options.json:
        print_json({"id": done})
    else:
        print(done)


def question_list(options: argparse.Namespace) -> None:
    """Print the questions that nobody has answered yet, or all."""
    with own_notes(options) as notebook:
        found = notebook.questions.all()
    waiting = (Asked.OPEN, Asked.ASKED)
    shown = [one for one in found if options.all or one.value.state in waiting]
    if options.json:
        print_json([shapes.question_json(entry) for entry in shown])
        return
    for entry in shown:
        print(f"{entry.id}  {entry.value.text}  ({entry.value.state})")


def _due(options: argparse.Namespace) -> tuple[str, str]:
    today = parse_moment(options.today).date() if options.today else date.today()
    if not options.due.strip().startswith("+"):
        return read_due(options.due, today, today)
    with closing(Guide.open(assets.guide(options.guide))) as guide:
        return read_due(options.due, today, mission_end(guide))


def _task(notebook: Notebook, name: str) -> Task:
    for task in follow_ups.tasks(notebook):
        if name == task.name:
            return task
    raise BadRequest(f"There is no follow-up “{storable(name[:80])}”.")
