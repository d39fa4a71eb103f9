"""Tables, pictures and the signature of one report in; the CSS it adds to its kind's rules out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from reportgen.render.geometry import POINTS_PER_MM, Layout, exact
from reportgen.render.grids import TableView
from reportgen.render.items import Item
from reportgen.render.joint_mark import JointMark, JointName
from reportgen.render.signature import Line, SignaturePlacement, character_of
from reportgen.render.signer_lines import SignerLine
from reportgen.render.stylesheet import short

WIDE = 6
"""Tables of more columns do not shrink to a phone: they scroll in a box of their own."""
SLACK = 1
"""Points that a name may reach beyond its place before it is cut off."""
FIRST_GAP = Decimal("0.012")
"""By how much of the spacing WeasyPrint 70.0 draws the first gap of a line too wide: it takes the offset of
the second letter, half the spacing, for thousandths though Pango counts 1024ths."""
LEAST_ON_SCREEN = "48rem"
"""Where seven digits fit a column of the widest statutory table in the type of the screen."""


def document_sheet(
    tables: Mapping[str, TableView],
    items: Iterable[Item],
    signature: SignaturePlacement,
    signers: Sequence[SignerLine],
    ids: Mapping[str, str],
    layout: Layout,
) -> str:
    """The rules of one report by id, for paper."""
    rules = [rule for table in tables.values() for rule in _statutory(table, ids[table.name], layout)]
    rules += [rule for item in items for rule in _item(item, ids, layout)]
    return "\n".join((*rules, *_signature(signature, layout), *_signers(signers, layout)))


def screen_sheet(
    tables: Mapping[str, TableView],
    items: Sequence[Item],
    signers: Sequence[SignerLine],
    ids: Mapping[str, str],
) -> str:
    """The rules of one report by id, for a screen: proportions of columns, widths of pictures, 签发人."""
    columns = [(ids[table.name], table.columns) for table in tables.values()]
    columns += [(ids[item.path], item.table.widths) for item in items if item.table]
    rules = [rule for name, widths in columns for rule in (*_columns(name, widths), *_least(name, widths))]
    rules += [f"#{ids[item.path]}{{width:{item.picture.width}mm}}" for item in items if item.picture]
    rules += [
        f"#signers-{number}{{margin-right:{short(line.right)}em}}" for number, line in enumerate(signers, 1)
    ]
    return "\n".join(rules)


def _statutory(table: TableView, name: str, layout: Layout) -> Iterator[str]:
    """Columns, and the heights of rows.

    WeasyPrint makes a row of a given height as high as the whole of a label that ends there after several
    rows; so the cells of one row have the height, not the row.
    """
    yield from _columns(name, table.columns)
    ends = _ends(layout)
    usual = Counter(row.height for row in table.rows).most_common(1)[0][0]
    yield f"#{name} tr>:not([rowspan]){{height:{short(usual - ends)}mm}}"
    yield f"#{name} .notes>td{{height:auto}}"
    for row in table.rows:
        if row.height != usual:
            yield f"#{name} .r{row.number}>:not([rowspan]){{height:{short(row.height - ends)}mm}}"


def _ends(layout: Layout) -> Decimal:
    """What a cell's padding and a rule take of the height of a row, in mm."""
    tables = layout["tables"]
    return 2 * exact(tables["cell-padding"]["y"]) + exact(tables["border"]) / POINTS_PER_MM


def _columns(name: str, widths: Sequence[Decimal]) -> Iterator[str]:
    whole = sum(widths, Decimal(0))
    for number, width in enumerate(widths, 1):
        share = (width * 100 / whole).quantize(Decimal("0.00001"))
        yield f"#{name} col:nth-child({number}){{width:{share}%}}"


def _least(name: str, widths: Sequence[Decimal]) -> Iterator[str]:
    if len(widths) > WIDE:
        yield f"#{name}{{min-width:{LEAST_ON_SCREEN}}}"


def _item(item: Item, ids: Mapping[str, str], layout: Layout) -> Iterator[str]:
    if item.picture:
        yield f"#{ids[item.path]}{{width:{item.picture.width}mm;height:{item.picture.height}mm}}"
    if item.table:
        yield from _columns(ids[item.path], item.table.widths)
        if item.table.height:
            yield f"#{ids[item.path]} td{{height:{short(item.table.height - _ends(layout))}mm}}"


def _signature(placement: SignaturePlacement, layout: Layout) -> Iterator[str]:
    lines = ((f"signature-{number}", line) for number, line in enumerate(placement.names, 1))
    for name, line in (*lines, ("signature-date", placement.date)):
        yield f"#{name}{{{_line(line, exact(layout['grid']['pitch']))}}}"


def _signers(signers: Sequence[SignerLine], layout: Layout) -> Iterator[str]:
    """What is free behind the names of a line of 签发人."""
    for number, line in enumerate(signers, 1):
        if line.right:
            yield f"#signers-{number}{{margin-right:{short(line.right * character_of(layout))}pt}}"


def joint_rules(mark: JointMark, target: str) -> Iterator[str]:
    """Where the names of several organs and their word stand on paper; a browser spreads them by itself.

    Names keep to one line: what is set behind the last letter is no reason to break it, nor to be seen.
    """
    yield f".joint{{column-gap:{short(mark.word_left - mark.left - mark.width)}pt}}"
    yield ".joint p+p{margin-top:0}"
    if target != "pdf":
        return
    yield ".joint{display:block;position:relative}"
    for number, name in enumerate(mark.names, 1):
        place = f"margin-left:{short(mark.left)}pt;width:{short(mark.width + SLACK)}pt;overflow:hidden"
        yield f"#issuer-{number}{{{place};letter-spacing:{short(drawn_spacing(name))}pt;white-space:nowrap}}"
    place = f"left:{short(mark.word_left)}pt;bottom:{short(mark.below)}pt"
    yield f"#issuer-word{{position:absolute;{place};white-space:nowrap}}"


def drawn_spacing(name: JointName) -> Decimal:
    """What the engine is told of the spacing of a name, so that its last letter stands where it should."""
    gaps = len(str(name.text)) - 1
    return name.spacing * gaps / (gaps + FIRST_GAP) if gaps else Decimal(0)


def _line(line: Line, pitch: Decimal) -> str:
    return f"padding-right:{short(line.right)}pt;margin-top:{short(line.before * pitch)}pt"
