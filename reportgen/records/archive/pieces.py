"""A revision of a record in; every file that goes into its package, with its place there, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reportgen.records.dossier import LEDGER, Dossier
from reportgen.records.ledger import REVISING, Entry, Frozen
from reportgen.records.manifest import APART
from reportgen.records.restoring import thaw

ORIGINAL: Final = "正本"
"""The folder of what counts: the PDF, signed where it was signed, and the scan of the signed paper."""
ISSUED: Final = "定稿"
SOURCE: Final = "来源"
COMPARED: Final = f"{SOURCE}/比照"
KINDS: Final = "种类"
FONTS: Final = "字体/字体清单.txt"
CHECKED: Final = "核验"
PROCESS: Final = "过程"
LOG: Final = f"{PROCESS}/过程记录.txt"
CORRECTION: Final = "更正"
METADATA: Final = "元数据"
DA_T_46: Final = f"{METADATA}/metadata.xml"
PREMIS_FILE: Final = f"{METADATA}/premis.xml"
METS_FILE: Final = f"{METADATA}/mets.xml"
OFFICE: Final = f"{METADATA}/著录补充.yaml"

PLACES: Final = {
    "output": (ISSUED, "定稿的文件"),
    "source": (SOURCE, "报告的数据"),
    "input": (SOURCE, "报告所用的图片"),
    "reference": (COMPARED, "核对时比照的文件"),
    "kind": (KINDS, "报告种类的规则和版式数据"),
    "findings": (CHECKED, "核对的结果"),
    "verification": (CHECKED, "核验的结果"),
    "notice": (CORRECTION, "更正说明或撤回说明"),
    "changes": (CORRECTION, "逐项的改动"),
    "redline": (CORRECTION, "花脸稿"),
}
"""Where the files of a revision go by their role, and what they are called there."""
CALLED: Final = {
    ("output", "docx"): "定稿的Word文件",
    ("output", "html"): "定稿的网页",
    ("output", "json"): "定稿的清单：文件、校验值、程序和字体的版本",
    ("kind", "docx"): "生成Word文件的模板",
    ("kind", "html"): "生成PDF和网页的模板",
    ("kind", "css"): "生成PDF和网页的样式",
    ("kind", "json"): "报告数据的格式说明",
}
"""What they are called by role and ending, where that says more."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of a package: its name below the payload, its bytes, and what it is."""

    name: str
    content: bytes
    what: str

    @property
    def ending(self) -> str:
        """The ending of its name, without the dot."""
        return self.name.rpartition(".")[2].lower()


def events_of(entries: Sequence[Entry], revision: int, event: str) -> tuple[Entry, ...]:
    """The events of one sort that happened to a revision."""
    return tuple(entry for entry in entries if (entry.revision, entry.event) == (revision, event))


def collect(dossier: Dossier, entries: Sequence[Entry], revision: int, ledger: bytes) -> tuple[Piece, ...]:
    """Every file of a revision as the record holds it after these events; raises FileError."""
    made = next(entry for entry in entries if entry.revision == revision and entry.event in REVISING)
    frozen = [*frozen_pieces(dossier, made)]
    signed = signed_pdf(entries, revision)
    issued = next(
        (piece for piece in frozen if piece.name.startswith(f"{ISSUED}/") and piece.ending == "pdf"), None
    )
    if issued:
        frozen.remove(issued)
        name = f"{ORIGINAL}/{issued.name.removeprefix(f'{ISSUED}/')}"
        if signed:
            frozen.append(Piece(name, thaw(dossier, signed), "正本（PDF，已电子签章）"))
            frozen.append(Piece(issued.name, issued.content, "签章以前的PDF"))
        else:
            frozen.append(Piece(name, issued.content, "正本（PDF）"))
    return (
        *frozen,
        *signatures(dossier, entries, revision),
        Piece(f"{PROCESS}/{LEDGER}", ledger, "记录的台账"),
    )


def frozen_pieces(dossier: Dossier, entry: Entry) -> Iterator[Piece]:
    """The files that an event froze and that have a place in a package."""
    for item in entry.files:
        if item.role in PLACES:
            folder, what = PLACES[item.role]
            piece = Piece(f"{folder}/{item.file.name}", thaw(dossier, item), what)
            yield replace(piece, what=CALLED.get((item.role, piece.ending), what))


def signatures(dossier: Dossier, entries: Sequence[Entry], revision: int) -> Iterator[Piece]:
    """The signature of the manifest, beside it: the last one made."""
    made = [item for entry in events_of(entries, revision, "signed") for item in entry.named("output")]
    for item in [item for item in made if item.file.name == APART][-1:]:
        yield Piece(f"{ISSUED}/{APART}", thaw(dossier, item), "清单的电子签名")


def signed_pdf(entries: Sequence[Entry], revision: int) -> Frozen | None:
    """The PDF of a revision as it was signed last; None when it never was."""
    signed = [item for entry in events_of(entries, revision, "signed") for item in entry.files]
    pdfs = [item for item in signed if item.file.name.lower().endswith(".pdf")]
    return pdfs[-1] if pdfs else None
