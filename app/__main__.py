"""``python3 -m app``: set up once, then start the program from this checkout."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from build_spec import bootstrap  # noqa: E402

bootstrap.ensure("app", bootstrap.RUN)
bootstrap.ensure_guide(HERE)
sys.path.insert(0, str(HERE))

from fieldguide import cli, main  # noqa: E402

OPTIONS = cli.parse(sys.argv[1:])
if main.opens_window(OPTIONS):
    bootstrap.require_screen()
elif OPTIONS.self_test:
    bootstrap.require_qt()
sys.exit(main.start(OPTIONS))
