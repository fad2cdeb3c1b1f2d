"""The walls of ARCHITECTURE.md, held by reading every import."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parents[2] / "app"
PACKAGE = APP / "fieldguide"
FORBIDDEN = {
    "domain": (
        "PySide6",
        "fieldguide.storage",
        "fieldguide.services",
        "fieldguide.ui",
        "sqlcipher3",
    ),
    "storage": ("PySide6", "fieldguide.services", "fieldguide.ui", "fieldguide.maps"),
    "services": ("PySide6", "fieldguide.ui", "sqlcipher3", "sqlite_utils"),
    "maps": ("PySide6", "fieldguide.storage", "fieldguide.services", "fieldguide.ui", "sqlcipher3"),
    "ui": ("fieldguide.storage", "sqlcipher3", "sqlite3", "sqlite_utils"),
}
NETWORK = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "asyncio", "xmlrpc"}
SQL = ("select ", "insert into", "update ", "delete from", "create table", "pragma ")
MODULES = sorted(PACKAGE.rglob("*.py"))


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def starts(name: str, roots: tuple[str, ...]) -> bool:
    return any(name == root or name.startswith(root + ".") for root in roots)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0]
    names = imports(path)
    crossed = {name for name in names if starts(name, FORBIDDEN.get(room, ()))}
    assert not crossed
    assert not {name for name in names if name.split(".")[0] in {"db", "tests", "build_spec"}}
    assert not {name for name in names if name.split(".")[0] in NETWORK or "QtNetwork" in name}
    if path.name != "tasks.py":
        threads = {"threading", "concurrent", "multiprocessing"}
        assert not {name for name in names if name.split(".")[0] in threads}


def test_sql_is_spoken_only_in_storage() -> None:
    for path in MODULES:
        if path.relative_to(PACKAGE).parts[0] == "storage":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not node.value.lower().lstrip().startswith(SQL), f"{path.name}: {node.value}"


def test_the_walls_can_be_seen_to_fall(tmp_path: Path) -> None:
    breach = tmp_path / "breach.py"
    breach.write_text("from PySide6.QtCore import QObject\nimport urllib.request\n")
    assert starts("PySide6.QtCore", FORBIDDEN["domain"])
    assert imports(breach) == {"PySide6.QtCore", "urllib.request"}


def test_everything_but_the_screen_runs_without_qt() -> None:
    modules = [
        "fieldguide." + ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        for path in MODULES
        if path.relative_to(PACKAGE).parts[0] != "ui" and not path.name.startswith("__")
    ]
    code = (
        "import sys\nsys.modules['PySide6'] = None\n"
        + "".join(f"import {module}\n" for module in modules)
        + "slow = {'sqlite_utils', 'pypinyin', 'asyncio', 'logging'} & set(sys.modules)\n"
        + "assert not slow, slow\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=APP, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr


def test_the_window_starts_without_its_pages_and_the_editor() -> None:
    code = (
        "import sys\nimport fieldguide.ui.application\n"
        "late = ('editor', 'note_view', 'person_form', 'pages.today', 'palette')\n"
        "found = [one for one in late if f'fieldguide.ui.{one}' in sys.modules]\n"
        "assert not found, found\n"
        "assert 'fieldguide.domain.people' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=APP, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
