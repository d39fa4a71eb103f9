"""The arguments of the process in, its exit code out."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False  # nothing that takes time is imported before an interruption can be caught
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> int:
    """Run the command line and give its exit code."""
    try:
        heed_endings()
        from reportgen.cli import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # before or after the command itself
        return 130
    except Exception as error:  # noqa: BLE001 (not even the telling worked)
        sys.stderr.write(f"reportgen: {type(error).__name__}\n")
        return 70


def heed_endings() -> None:
    """Let whoever ends the process, or closes its terminal, interrupt it: what it started ends with it."""
    import signal

    for ending in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(ending) is signal.SIG_DFL:  # not under nohup
            signal.signal(ending, signal.default_int_handler)


def start() -> NoReturn:
    """Be the process: run the command line and end, without collecting garbage or tidying memory.

    Both cost a sixth of a `validate`; `build`, which makes much garbage, collects all the same.
    """
    gc.disable()
    code = main()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, BrokenPipeError):  # closed from the start, or nobody reads any more
            continue
        except (OSError, ValueError):
            code = code or 5
    os._exit(code)


if __name__ == "__main__":
    start()
