"""From no passphrase to the first: a new file with a new key takes the place of the old one."""

import os
import secrets
from pathlib import Path

from sqlcipher3.dbapi2 import Connection

from fieldguide.errors import FieldGuideError, WorkspaceUnavailable
from fieldguide.storage import files, key_files, soundness, sqlite
from fieldguide.storage.backups import mark_of
from fieldguide.storage.key_files import PRIVATE
from fieldguide.storage.key_names import NEXT_FILE, NOTES_FILE
from fieldguide.storage.sqlite import KEY_BYTES
from fieldguide.storage.vault import Vault
from fieldguide.storage.workspace_db import connect

_SUBJECT = "The notes file “workspace.db”"


def renew(keys: Vault, passphrase: str, code: str) -> str:
    """Put notes that lie open under a passphrase; they must be closed, and are kept out of use.

    Killed at any moment, the old file opens as before or the new one with the passphrase.
    Raises WorkspaceUnavailable; then nothing was changed. The answer is a sentence when it is
    done but for the old key, which the next opening tries again to remove.
    """
    key = secrets.token_bytes(KEY_BYTES)
    # This takes longest, so it comes before anyone is kept out.
    content = keys.new_content(key, passphrase, code)
    profile = keys.profile
    conn = connect(keys)
    try:
        with sqlite.translated(WorkspaceUnavailable, _SUBJECT):
            sqlite.hold_alone(conn, profile / NOTES_FILE)
        key_files.drop_next(profile)
        try:
            _copy(conn, profile / NEXT_FILE, key)
            key_files.write_next(profile, content)
            _swap(conn, profile)
        except FieldGuideError:
            key_files.drop_next(profile)
            raise
    finally:
        conn.close()
    keys.hold(key)
    try:
        key_files.finish_next(profile)
    except FieldGuideError as problem:
        return f"The passphrase is set, but the old key is still there. {problem}"
    return ""


def _copy(conn: Connection, path: Path, key: bytes) -> None:
    """All of it under another key, checked page by page, text by text, and beside the old one."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE))
    except OSError as error:
        raise WorkspaceUnavailable(
            f"The new file of your notes cannot be made: {files.reason(error)}."
        ) from error
    sqlite.copy_workspace(conn, path, key)
    copy = sqlite.connect_copy(path, key)
    try:
        soundness.check(copy, "The new file of your notes")
        if mark_of(copy) != mark_of(conn):
            raise WorkspaceUnavailable("The new file of your notes is not like the old one.")
    finally:
        copy.close()


def _swap(conn: Connection, profile: Path) -> None:
    if os.name == "nt":
        # There no file takes the name of one that is open.
        conn.close()
    try:
        (profile / NEXT_FILE).replace(profile / NOTES_FILE)
        files.sync_folder(profile)
    except OSError as error:
        raise WorkspaceUnavailable(
            f"The new file of your notes cannot take its place: {files.reason(error)}."
        ) from error
