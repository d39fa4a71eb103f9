"""`watch`: a report in; its findings and its preview out, anew whenever it is saved, until Ctrl-C."""

from __future__ import annotations

import gc
import time
from argparse import Namespace
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.console import Console
from reportgen.errors import ReportgenError

if TYPE_CHECKING:
    from reportgen.diagnostics import Diagnostic
    from reportgen.model.review.references import Against

INTERRUPTED: Final = 130


def run(options: Namespace, console: Console) -> int:
    """Watch until interrupted, which is how it ends; raises FileError when there is no report."""
    from reportgen.files.reading import read_file
    from reportgen.watching import Looker, watch

    read_file(Path(options.report))
    gc.enable()  # the process stays
    bench = Bench(options, console)
    with suppress(KeyboardInterrupt):
        watch(bench.paths, bench.renew, time.sleep, Looker().look)
    return INTERRUPTED


@dataclass(slots=True)
class Bench:
    """The report that is being written, with the files it was last known to rest on."""

    options: Namespace
    console: Console
    known: list[Path] = field(default_factory=list)

    def paths(self) -> Sequence[Path]:
        """The files to look at; of a report that cannot be read those of before."""
        return self.known or [Path(self.options.report)]

    def renew(self) -> None:
        """Check the report, tell what is found, and make its preview where that can be done."""
        from reportgen.diagnostics import is_fatal
        from reportgen.model.report import load_report
        from reportgen.watching import sources

        try:
            held = self._held()
            loaded = load_report(Path(self.options.report), kinds=self.options.kinds, against=held)
            if loaded.report is not None:
                named = (path for path in (held.last, held.profile) if path)
                self.known = list(dict.fromkeys((*sources(loaded.report), *named)))
            self._tell(loaded.diagnostics)
            if is_fatal(loaded.diagnostics):
                self.console.say("preview-kept")
            else:
                self._preview()
        except ReportgenError as error:  # the report or its kind cannot be read just now
            self.console.complain(error.diagnostics)

    def _held(self) -> Against:
        """What the report is held against besides what it names itself."""
        from reportgen.model.review.references import Against

        last, profile = (Path(name) if name else None for name in (self.options.last, self.options.profile))
        return Against(last, (), profile)

    def _tell(self, found: tuple[Diagnostic, ...]) -> None:
        name = self.options.report
        if found:
            self.console.complain(found, to_out=True)
        else:
            self.console.say("sound", name=name)

    def _preview(self) -> None:
        from reportgen.building import build
        from reportgen.files.writing import write_file
        from reportgen.watching import is_preview, preview_of

        report, folder = Path(self.options.report), Path(self.options.output)
        made = build(report, outputs=("html",), fonts=self.options.fonts, kinds=self.options.kinds)
        page = preview_of(made.files[f"{report.stem}.html"])
        folder.mkdir(exist_ok=True)
        target = folder / f"{report.stem}.预览.html"
        write_file(target, page, ours=is_preview)
        self.console.show(str(target))
