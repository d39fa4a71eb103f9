"""`history`: a report in; its revisions, and whether its record holds, out."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.console import Console

if TYPE_CHECKING:
    from reportgen.records.history import History


def run(options: Namespace, console: Console) -> int:
    """Print the events and the answer; 8 when the record does not hold or that cannot be told."""
    from reportgen.console import put
    from reportgen.errors import LedgerError
    from reportgen.records.dossier import dossier_of
    from reportgen.records.history import Standing, read_history, with_report
    from reportgen.reporters.history import history_json, history_text

    path = Path(options.report)
    dossier = dossier_of(path)
    history: History = read_history(dossier)
    if path != dossier.folder:
        history = with_report(history, path)
    for witness in options.witness:
        from reportgen.verify.witness import with_witness

        history = with_witness(history, Path(witness))
    if any(entry.event == "signed" for entry in history.entries):
        history = with_signatures(history, options)
    if options.format == "json":
        put(console.out, history_json(history, console.language))
    else:
        console.complain(history.diagnostics)
        console.show(history_text(history, console.language))
    return 0 if history.standing is Standing.HOLDS else LedgerError.exit_code


def with_signatures(history: History, options: Namespace) -> History:
    """The history with what its signatures say now, by the roots that are trusted."""
    from datetime import UTC, datetime

    from reportgen.commands.verify import trust_of
    from reportgen.records.signatures import events

    return events.with_signatures(history, trust_of(options, datetime.now(UTC)))
