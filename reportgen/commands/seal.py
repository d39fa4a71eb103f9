"""`seal check`: the picture of a seal in, whether it can be printed out."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from reportgen.console import Console


def run(options: Namespace, console: Console) -> int:
    """Tell everything that is wrong with a picture; 7 when it cannot be used."""
    from reportgen.errors import SignatureError
    from reportgen.files.reading import read_file
    from reportgen.records.signatures.seal_picture import MOST_BYTES, SealPicture, read_seal

    path = Path(options.picture)
    found = read_seal(read_file(path, MOST_BYTES), str(path), options.size)
    if not isinstance(found, SealPicture):
        console.complain(found, to_out=True, json=options.format == "json")
        return SignatureError.exit_code
    if options.format == "json":
        console.complain((), json=True)
        return 0
    console.show(
        console.word(
            "seal good",
            name=path,
            pixels=f"{found.width}×{found.height}",
            resolution=found.resolution,
            size=f"{found.millimetres:g}",
        )
    )
    return 0
