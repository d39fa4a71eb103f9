"""`absorb`: a reviewer's Word file in; its changes in the report file, and what is to be decided, out."""

from __future__ import annotations

import gc
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.console import Console

if TYPE_CHECKING:
    from reportgen.absorbing.absorb import Absorption
    from reportgen.model.changes.change import Change


def run(options: Namespace, console: Console) -> int:
    """Take the changes over, unless only asked to look, and tell them; 1 when something is to be decided."""
    gc.enable()
    from reportgen.absorbing.absorb import Wish, absorb
    from reportgen.console import put
    from reportgen.errors import ReportError
    from reportgen.reporters.absorption import absorption_json, absorption_text

    path = Path(options.report)
    wish = Wish(frozenset(options.literal or ()), options.kinds)
    absorbed = absorb(Path(options.copy), path, wish, check=options.check)
    changes, is_new = differences(absorbed, path, options), absorbed.after != absorbed.before
    written = is_new and not options.check
    if options.format == "json":
        put(console.out, absorption_json(absorbed, changes, console.language, written=written))
    else:
        console.show(absorption_text(absorbed, changes, console.language))
        if absorbed.diagnostics:
            texts = {str(path): absorbed.after.decode("utf-8-sig")}
            console.complain(absorbed.diagnostics, to_out=True, sources=texts)
    said = "absorbed" if written else "would absorb" if is_new else "nothing to absorb"
    console.say(said, name=path)
    return 0 if absorbed.is_settled else ReportError.exit_code


def differences(absorbed: Absorption, path: Path, options: Namespace) -> tuple[Change, ...]:
    """What is other in the report, by official term."""
    from reportgen.model.changes.comparing import Side, compare
    from reportgen.model.report import read_report

    sides = []
    for data in (absorbed.before, absorbed.after):
        report = read_report(data, path, kinds=options.kinds).report
        if report is None:
            return ()
        sides.append(Side(report))
    return compare(*sides)
