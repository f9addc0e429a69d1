"""``python -m guantong`` is the command line."""

from __future__ import annotations

from guantong.cli import main

if __name__ == "__main__":
    main()
