"""The errors that reach a user; ``str(error)`` is one sentence that can be shown as it is."""


class FieldGuideError(Exception):
    """Base of all errors that carry a sentence for the user."""


class ContentError(FieldGuideError):
    """The text of a guide is wrong; the sentence starts with ``file:line``."""


class UnknownRef(FieldGuideError):
    """A ref names a record that this guide does not hold."""


class GuideUnreadable(FieldGuideError):
    """A guide file is missing, damaged, foreign or newer than the program."""


class WorkspaceUnavailable(FieldGuideError):
    """The user's file cannot be opened or written; the guide still can be read."""


class KeyDamaged(WorkspaceUnavailable):
    """Both copies of the key are damaged."""


class PassphraseNeeded(WorkspaceUnavailable):
    """The key is there, and only a passphrase or a recovery code opens it."""


class WrongPassphrase(WorkspaceUnavailable):
    """A passphrase or a recovery code that is not the one; it can be tried again."""


class MapUnreadable(FieldGuideError):
    """A map file, or a tile in it, is damaged, of another kind, or too large to be read."""


class BadRequest(FieldGuideError):
    """A value given by the user cannot be used (a date, a kind, a format)."""


def told(problem: BaseException) -> FieldGuideError:
    """A mistake of the program becomes a sentence; its traceback goes to standard error."""
    if isinstance(problem, FieldGuideError):
        return problem
    import traceback

    traceback.print_exception(problem)
    return FieldGuideError(
        f"Something went wrong inside the program ({type(problem).__name__}); nothing was lost."
    )
