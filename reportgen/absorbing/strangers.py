"""What stands in a copy and is no text of the report in; a finding for each out."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from reportgen.absorbing.pairing import Paired
from reportgen.absorbing.plan import Plan
from reportgen.diagnostics import Bilingual
from reportgen.edited.copy import EditedCopy, Strange

KINDS: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "footnote": Bilingual("脚注或尾注", "a footnote or endnote"),
        "object": Bilingual("嵌入的对象", "an embedded object"),
        "symbol": Bilingual("符号字体的符号", "a symbol of a symbol font"),
        "formula": Bilingual("公式", "a formula"),
        "text box": Bilingual("文本框", "a text box"),
        "picture": Bilingual("图片", "a picture"),
        "table": Bilingual("表格", "a table"),
        "header": Bilingual("页眉或页脚", "a header or footer"),
        "line break": Bilingual("段内的手动换行或制表符", "a manual line break or tab inside a paragraph"),
        "comment": Bilingual("批注", "a comment"),
    }
)


def plan_strangers(plan: Plan, copy: EditedCopy) -> None:
    """Tell everything that is no text, and what was written into headers and footers."""
    for paired in plan.pairing.paragraphs:
        for strange in paired.paragraph.strange:
            tell(plan, paired, strange)
        plan_pictures(plan, paired)
        if paired.paragraph.part != copy.paragraphs[0].part:
            plan_furniture(plan, paired)
    for strange in copy.strange:
        if not any(found.kind == strange.kind for p in copy.paragraphs for found in p.strange):
            tell(plan, None, strange)
    plan_tables(plan)


def tell(plan: Plan, paired: Paired | None, strange: Strange) -> None:
    """Tell one thing that is no text."""
    plan.ask("absorb-strange", paired, None, path="", kind=KINDS[strange.kind], text=strange.text)


def plan_pictures(plan: Plan, paired: Paired) -> None:
    """Tell the pictures that the report has not."""
    known = [p for base in paired.currents if base and base.paragraph for p in base.paragraph.pictures]
    for said in paired.paragraph.pictures[len(known) :]:
        tell(plan, paired, Strange("picture", said))


def plan_furniture(plan: Plan, paired: Paired) -> None:
    """Tell what reads otherwise in a header or footer, all of which the program prints."""
    known = "".join(base.text for base in paired.bases)
    now = [current.text for current in paired.currents if current is not None]
    if paired.text.strip() not in (known.strip(), *(text.strip() for text in now)):
        plan.ask("absorb-strange", paired, None, path="", kind=KINDS["header"], text=paired.text)
    plan.told.add(paired.number)


def plan_tables(plan: Plan) -> None:
    """Tell the tables of which the report knows no cell."""
    tables: dict[tuple[str, int], list[Paired]] = {}
    for paired in plan.pairing.paragraphs:
        if paired.paragraph.square is not None:
            tables.setdefault((paired.paragraph.part, paired.paragraph.square[0]), []).append(paired)
    for cells in tables.values():
        if not any(cell.bases or cell.number in plan.current for cell in cells):
            said = " | ".join(cell.text for cell in cells if cell.text.strip())
            plan.ask("absorb-strange", cells[0], None, path="", kind=KINDS["table"], text=said)
            plan.told |= {cell.number for cell in cells}
