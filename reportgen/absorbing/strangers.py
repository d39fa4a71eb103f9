"""What stands in a copy and is no text of the report in; a finding for each out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from reportgen.absorbing.pairing import Paired
from reportgen.absorbing.plan import Plan
from reportgen.absorbing.tables import as_table, table_of
from reportgen.diagnostics import Bilingual
from reportgen.edited.copy import EditedCopy, Strange
from reportgen.model.forms import Plain
from reportgen.model.quoting import write_value

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
        "hidden": Bilingual("隐藏的文字", "hidden text"),
    }
)
SAVED: Final = "pictures/1.png"
"""Where a picture could be saved."""


def plan_strangers(plan: Plan, copy: EditedCopy) -> None:
    """Tell everything that is no text, and what was written into headers and footers."""
    plan.merged_tables = copy.merged
    furniture: set[str] = set()
    for paired in plan.pairing.paragraphs:
        for strange in paired.paragraph.strange:
            tell(plan, paired, strange)
        plan_pictures(plan, paired)
        if paired.paragraph.part != copy.paragraphs[0].part:
            plan_furniture(plan, paired, furniture)
    for strange in copy.strange:
        if not any(found.kind == strange.kind for p in copy.paragraphs for found in p.strange):
            tell(plan, None, strange)
    plan_tables(plan)


def tell(plan: Plan, paired: Paired | None, strange: Strange) -> None:
    """Tell one thing that is no text; of a picture also how it is written in the report."""
    words = {"kind": KINDS[strange.kind], "text": strange.text}
    if strange.kind != "picture":
        plan.ask("absorb-strange", paired, None, path="", **words)
        return
    file, said = (plan.draft.block("picture", part) for part in ("file", "alt"))
    form = {plan.draft.block("picture"): {file: SAVED, said: strange.text}}
    plan.ask("absorb-exhibit", paired, None, path="", form=as_item(form), **words)


def as_item(value: Plain) -> Bilingual:
    """How a block is written in the report, on one line."""
    written = f"- {write_value(value, flow=True)}"
    return Bilingual(written, written)


def plan_pictures(plan: Plan, paired: Paired) -> None:
    """Tell the pictures that the report has not."""
    known = [p for base in paired.currents if base and base.paragraph for p in base.paragraph.pictures]
    for said in paired.paragraph.pictures[len(known) :]:
        tell(plan, paired, Strange("picture", said))


def plan_furniture(plan: Plan, paired: Paired, told: set[str]) -> None:
    """Tell what reads otherwise in a header or footer, once for those of right and left pages."""
    known = "".join(base.text for base in paired.bases)
    now = [current.text for current in paired.currents if current is not None]
    said = paired.text.strip()
    if said not in (known.strip(), *(text.strip() for text in now), *told):
        told.add(said)
        plan.ask("absorb-strange", paired, None, path="", kind=KINDS["header"], text=paired.text)
    plan.told.add(paired.number)


def plan_tables(plan: Plan) -> None:
    """Tell the tables of which the report knows no cell and that cannot become one of the author's."""
    first = plan.pairing.paragraphs[0].paragraph.part
    for paired in plan.pairing.paragraphs:
        if paired.number not in plan.told and paired.paragraph.square is not None:
            cells = table_of(plan, paired)
            if cells and (as_table(plan, cells) is None or paired.paragraph.part != first):
                tell_table(plan, cells)


def tell_table(plan: Plan, cells: Sequence[Paired]) -> None:
    """Tell a new table, and how it is written in the report where it can be."""
    words = {"kind": KINDS["table"], "text": " | ".join(cell.text for cell in cells if cell.text.strip())}
    block = as_table(plan, cells)
    if block is None:
        plan.ask("absorb-strange", cells[0], None, path="", **words)
    else:
        plan.ask("absorb-exhibit", cells[0], None, path="", form=as_item(block), **words)
    plan.told |= {cell.number for cell in cells}
