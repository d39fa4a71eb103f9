"""A report in; a record of it as revision 1 out, its source and kind real, its documents a few bytes."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path

from reportgen import cli
from reportgen.files.disk import Disk
from reportgen.files.reading import digest
from reportgen.imprint import identify
from reportgen.model.report import read_report
from reportgen.records.deposit import Deposit, contents_of, enter, freeze
from reportgen.records.dossier import Dossier, dossier_of, held
from reportgen.records.inputs import read_inputs
from reportgen.records.ledger import Entry
from reportgen.render.revision import NONE_BEFORE


def freeze_report(path: Path) -> Dossier:
    """The record of a report, begun without building anything."""
    report = read_report(path.read_bytes(), path).report
    assert report
    pdf = b"%PDF"
    manifest = {
        "outputs": {f"{path.stem}.pdf": {"sha256": digest(pdf)}},
        "revision": {"number": 1, "previous": NONE_BEFORE},
    }
    own, *others = read_inputs(report)
    files = [
        freeze("output", f"{path.stem}.pdf", pdf),
        freeze("output", "manifest.json", json.dumps(manifest).encode()),
        freeze("source", own.record.name, report.source),
    ]
    for item in others:
        is_kind = any(item.path.is_relative_to(folder) for folder in report.kind.folders)
        files.append(freeze("kind" if is_kind else "input", item.record.name, item.path.read_bytes()))
    frozen = tuple(item for item, _ in files)
    entry = Entry(1, NONE_BEFORE, "issued", 1, "2025-01-20T08:30:00Z", "张三", "", identify(report), frozen)
    dossier = dossier_of(path)
    with held(dossier, "张三", Disk()):
        enter(dossier, Deposit(entry, contents_of(files)), Disk())
    return dossier


CASE = "收到和处理申请:\n  其余: 0\n  本年新收: {自然人: 1}\n  结转下年度: {自然人: 1}"
WHY = "漏计一件申请"


@cache
def issued_and_corrected(folder: Path) -> Path:
    """A report in a folder, issued and corrected through the command line, once in a session."""
    folder.mkdir()
    path = Path(shutil.copy("fixtures/qingxi-township-2024.yaml", folder / "r.yaml"))
    arguments = ("issue", str(path), "--by", "张三", "--at", "2025-01-20T16:30+08:00")
    assert cli.run(arguments) == 0
    path.write_text(path.read_text("utf-8").replace("收到和处理申请:\n  其余: 0", CASE), "utf-8")
    further = ("correct", str(path), "--by", "李四", "--at", "2025-03-01T10:00+08:00", "--reason", WHY)
    assert cli.run(further) == 0
    return path
