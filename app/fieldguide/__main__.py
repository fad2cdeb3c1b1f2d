"""``python -m fieldguide``."""

import sys

from fieldguide.main import main

sys.exit(main())
