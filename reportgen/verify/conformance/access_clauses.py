"""The clauses of PDF/UA-1 (ISO 14289-1:2014) and of conformance level A that the objects of a PDF show."""

from __future__ import annotations

from typing import Any, Final

from reportgen.diagnostics import Bilingual
from reportgen.verify.conformance.clauses import ACCESS, ARCHIVE, Clause, Found, Material
from reportgen.verify.conformance.pdf_tree import PdfTree
from reportgen.verify.conformance.structure import STANDARD, Part
from reportgen.verify.conformance.xmp import DC, PDFUA


def is_unnamed(material: Material) -> Found:
    """The mark of the format, in the XMP packet."""
    part = material.properties.get(f"{PDFUA}part", "")
    if part != "1":
        yield {"wanted": "PDF/UA-1", "found": f"PDF/UA-{part}" if part else "—"}


def lacks_tags(material: Material) -> Found:
    """A document that is only a picture of its text."""
    marked = material.tree.dictionary(material.tree.root.get("/MarkInfo")).get("/Marked")
    if marked is not True or not material.structure.kids:
        yield {}


def lacks_language(material: Material) -> Found:
    """The language of the document."""
    if not material.tree.text(material.tree.root.get("/Lang")):
        yield {}


def hides_title(material: Material) -> Found:
    """The title, in the XMP packet and in the window's frame."""
    shown = material.tree.dictionary(material.tree.root.get("/ViewerPreferences")).get("/DisplayDocTitle")
    if shown is not True or not material.properties.get(f"{DC}title"):
        yield {}


def knows_no_role(material: Material) -> Found:
    """Tags that are of the standard by no way."""
    for part in material.structure.within():
        if part.role not in STANDARD:
            yield {"name": part.role, "page": part.page}


def lacks_alternative(material: Material) -> Found:
    """Pictures and formulas that cannot be heard."""
    for part in material.structure.within():
        if part.role in ("Figure", "Formula"):
            texts = (material.tree.text(part.entries.get(key)).strip() for key in ("/Alt", "/ActualText"))
            if not any(texts):
                yield {"page": part.page}


def skips_headings(material: Material) -> Found:
    """A heading two levels below the one before it."""
    level = 0
    for part in material.structure.within():
        if len(part.role) == 2 and part.role[0] == "H" and part.role[1].isdigit():
            found = int(part.role[1])
            if found > level + 1:
                yield {"level": found, "before": level, "page": part.page}
            level = found


def lacks_headers(material: Material) -> Found:
    """Tables whose cells do not say what heads them, or where the label of a row claims a column."""
    tables = [part for part in material.structure.within() if part.role == "Table"]
    for number, table in enumerate(tables, 1):
        cells = [part for part in table.within() if part.role in ("TH", "TD")]
        heads = [part for part in cells if part.role == "TH"]
        scoped = heads and all("/Scope" in attributes(material.tree, part.entries) for part in heads)
        named = [part for part in cells if "/Headers" in attributes(material.tree, part.entries)]
        if (not scoped and not (heads and named)) or any(
            claims_a_column(row, material) for row in table.within()
        ):
            yield {"number": number, "page": table.page}


def claims_a_column(row: Part, material: Material) -> bool:
    """Whether a heading with cells behind it in its row says that it heads what is below it."""
    roles = [part.role for part in row.kids]
    if row.role != "TR" or "TD" not in roles:
        return False
    last = len(roles) - 1 - roles[::-1].index("TD")
    scopes = [
        material.tree.dictionary(item).get("/Scope")
        for part in row.kids[:last]
        if part.role == "TH"
        for item in material.tree.items(part.entries.get("/A"))
    ]
    return "/Column" in scopes


def attributes(tree: PdfTree, entries: Any) -> set[str]:
    """The keys of the attributes of an element."""
    return {key for item in tree.items(entries.get("/A")) for key in tree.dictionary(item)}


def tabs_at_will(material: Material) -> Found:
    """Pages whose notes and links are not visited in the order of the text."""
    for reference, number in material.tree.pages.items():
        page = material.tree.dictionary(reference)
        if material.tree.items(page.get("/Annots")) and page.get("/Tabs") != "/S":
            yield {"page": number}


CLAUSES: Final = (
    Clause(f"{ACCESS} 5", Bilingual("声明为 PDF/UA-1", "named PDF/UA-1"), "pdf-not-identified", is_unnamed),
    Clause(f"{ARCHIVE} 6.7.2, {ACCESS} 7.1", Bilingual("有结构标记", "tagged"), "pdf-not-tagged", lacks_tags),
    Clause(
        f"{ARCHIVE} 6.7.3, {ACCESS} 7.1",
        Bilingual("标记都有标准含义", "roles are standard"),
        "pdf-tag-unknown",
        knows_no_role,
    ),
    Clause(
        f"{ARCHIVE} 6.7.4, {ACCESS} 7.2",
        Bilingual("注明语言", "language is named"),
        "pdf-no-language",
        lacks_language,
    ),
    Clause(f"{ACCESS} 7.1", Bilingual("窗口显示标题", "title is shown"), "pdf-title-hidden", hides_title),
    Clause(
        f"{ACCESS} 7.3",
        Bilingual("图有替代文字", "figures have a text"),
        "pdf-figure-no-text",
        lacks_alternative,
    ),
    Clause(
        f"{ACCESS} 7.4.2",
        Bilingual("标题不跳级", "no level is skipped"),
        "pdf-heading-skipped",
        skips_headings,
    ),
    Clause(
        f"{ACCESS} 7.5",
        Bilingual("表头指明所管的格", "table headers say their cells"),
        "pdf-table-no-headers",
        lacks_headers,
    ),
    Clause(
        f"{ACCESS} 7.18.3",
        Bilingual("按结构次序跳转", "tabs follow the structure"),
        "pdf-tab-order",
        tabs_at_will,
    ),
)
