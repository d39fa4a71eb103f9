"""`schema`: a kind in, the JSON Schema of its reports out."""

from __future__ import annotations

from argparse import Namespace

from reportgen.console import Console


def run(options: Namespace, console: Console) -> int:
    """Print the schema."""
    import json

    from reportgen.model.json_schema import json_schema
    from reportgen.model.kind import load_kind

    schema = json_schema(load_kind(options.kind, options.kinds))
    console.show(schema if isinstance(schema, str) else json.dumps(schema, ensure_ascii=False, indent=2))
    return 0
