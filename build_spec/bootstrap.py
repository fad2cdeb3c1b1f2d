"""From a fresh checkout to a running program, with nothing but the standard library.

Makes ``.venv`` from a hash-locked list, then runs the same module inside it. The first run needs a
network for the packages, no later one does.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = ROOT / "build_spec"
RUN, DEV, MAP = "requirements-run.lock", "requirements-dev.lock", "requirements-map.lock"
LISTS = (RUN, DEV, MAP)
"""What the program needs, what its tests need too, what the base map is made from too."""
OLDEST = (3, 11)

QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
"""Shared library -> package of Debian and Ubuntu, for Qt without a screen."""
X_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""The same for an X screen."""


def ensure(module: str, lock: str) -> None:
    """Return inside the environment; outside make it if needed and run ``module`` in it."""
    if sys.version_info < OLDEST:
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    if Path(sys.prefix).resolve() == VENV.resolve():
        return
    if not _is_current(lock):
        _install(lock)
    arguments = [str(PYTHON), "-m", module, *sys.argv[1:]]
    if os.name == "nt":
        sys.exit(subprocess.call(arguments, cwd=ROOT))
    os.environ["PYTHONPATH"] = os.pathsep.join(
        part for part in (str(ROOT), os.environ.get("PYTHONPATH", "")) if part
    )
    os.execv(PYTHON, arguments)


def require_qt() -> None:
    """Make sure that Qt can start without a screen; installs or says what is missing."""
    _require(QT_LIBRARIES, "qt")


def require_screen() -> None:
    """Make sure that a window can open here; exits with what to do when it cannot."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if not sys.platform.startswith("linux") or platform.startswith(("offscreen", "minimal", "vnc")):
        _require(QT_LIBRARIES, "qt")
        return
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        sys.exit(
            "There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set); start the "
            "program from a desktop, or use its commands: python3 -m app --help"
        )
    if os.environ.get("WAYLAND_DISPLAY"):
        _require(QT_LIBRARIES, "qt")
    else:
        _require(QT_LIBRARIES | X_LIBRARIES, "x")


def ensure_guide(folder: Path) -> None:
    """Build the guide when its text or its builder is newer than the file."""
    guide = ROOT / "resources" / "guide.db"
    built = guide.exists()
    if built and is_fresh(guide):
        return
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT)))}
    done = subprocess.run(
        [sys.executable, "-m", "db"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    if done.returncode and not built:
        sys.exit(done.stderr.strip() or "The guide could not be built.")
    if done.returncode:
        print(f"The guide stays as it was: {done.stderr.strip()}", file=sys.stderr)


def is_fresh(guide: Path) -> bool:
    """Whether a guide is newer than its text, its builder, and the values that it is made of."""
    rooms = (ROOT / "app" / "fieldguide" / name for name in ("domain", "storage"))
    return guide.stat().st_mtime_ns >= max(_changed(folder) for folder in (ROOT / "db", *rooms))


def _changed(folder: Path) -> int:
    """When anything in a folder last changed, in nanoseconds."""
    newest = folder.stat().st_mtime_ns
    for entry in os.scandir(folder):
        if entry.name == "__pycache__":
            continue
        if entry.is_dir():
            newest = max(newest, _changed(Path(entry.path)))
        elif not entry.name.endswith(".pyc"):
            newest = max(newest, entry.stat().st_mtime_ns)
    return newest


def _stamp(lock: str) -> Path:
    return VENV / f"{lock}.stamp"


def _wanted(lock: str) -> str:
    digest = hashlib.sha256((LOCKS / lock).read_bytes()).hexdigest()
    return f"{digest} {sys.version.split()[0]}"


def _is_current(lock: str) -> bool:
    """Whether the environment holds what a lock asks for; a longer list holds the shorter."""
    wanted = [(name, _wanted(name)) for name in LISTS[LISTS.index(lock) :]]
    return PYTHON.exists() and any(
        _stamp(name).exists() and _stamp(name).read_text() == text for name, text in wanted
    )


def _install(lock: str) -> None:
    began = time.monotonic()
    print("Setting up (once, this needs a network) …", file=sys.stderr, flush=True)
    uv = shutil.which("uv")
    if uv:
        _call([uv, "venv", "-q", "--allow-existing", "--python", sys.executable, str(VENV)])
        _call([uv, "pip", "install", "-q", "--python", str(PYTHON), *_strict(lock)])
    else:
        _make_venv()
        pip = [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        _call([*pip, *_strict(lock)])
    for name in LISTS:
        _stamp(name).unlink(missing_ok=True)
    _stamp(lock).write_text(_wanted(lock))
    print(f"Set up in {time.monotonic() - began:.0f} s.", file=sys.stderr, flush=True)


def _strict(lock: str) -> list[str]:
    return ["--require-hashes", "--only-binary", ":all:", "-r", str(LOCKS / lock)]


def _make_venv() -> None:
    if not _has_venv():
        _install_packages(["python3-venv"], "Python's venv module is not complete here.")
    if not PYTHON.exists():
        _call([sys.executable, "-m", "venv", str(VENV)])


def _has_venv() -> bool:
    check = "import ensurepip, venv"
    return subprocess.run([sys.executable, "-c", check], capture_output=True).returncode == 0


def _call(command: list[str]) -> None:
    try:
        subprocess.run(command, check=True)
    except (OSError, subprocess.CalledProcessError):
        sys.exit(
            "The packages could not be installed; the lines above say why. With a network at hand, "
            "try again: nothing is left half done."
        )


def _require(libraries: dict[str, str], name: str) -> None:
    stamp = VENV / f"{name}.libraries"
    if not sys.platform.startswith("linux") or stamp.exists():
        return
    if packages := _missing(libraries):
        _install_packages(packages, "Qt needs system libraries that are not here.")
        if packages := _missing(libraries):
            sys.exit(f"Qt still misses {', '.join(packages)}.")
    stamp.write_text("found\n")


def _missing(libraries: dict[str, str]) -> list[str]:
    packages = []
    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            packages.append(package)
    return packages


def _install_packages(packages: Iterable[str], reason: str) -> None:
    """As root on Debian: install, saying so. Otherwise: exit with the line to type."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print(f"{reason} Installing {' '.join(packages)} …", file=sys.stderr, flush=True)
        if _quietly(["apt-get", "update", "-qq"]) and _quietly(command):
            return
    if not shutil.which("apt-get"):
        sys.exit(f"{reason} Install what Debian calls {' '.join(packages)}, then try again.")
    sys.exit(f"{reason} Type this once, then try again:\n  sudo {' '.join(command)}")


def _quietly(command: list[str]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, stdout=subprocess.DEVNULL, env=environment)
    return done.returncode == 0
