"""The arguments of the process in, its exit code out."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line and give its exit code."""
    try:
        from reportgen.cli import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # before or after the command itself
        return 130
    except Exception as error:  # noqa: BLE001 (not even the telling worked)
        sys.stderr.write(f"reportgen: {type(error).__name__}\n")
        return 70


if __name__ == "__main__":
    sys.exit(main())
