"""`schema`: a kind in, the JSON Schema of its reports out."""

from __future__ import annotations

from argparse import Namespace

from reportgen.console import Console


def run(options: Namespace, console: Console) -> int:
    """Print the schema."""
    from reportgen.model.json_schema import json_schema
    from reportgen.model.kind import load_kind

    console.show(json_schema(load_kind(options.kind, options.kinds)))
    return 0
