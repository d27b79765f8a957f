"""`python -m bpc.cli`, and what bin/install makes `.venv/bin/bpc` call."""

import sys

from bpc.cli.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
