"""The clauses of PDF/A-3a (ISO 19005-3:2012) that the objects of a PDF show."""

from __future__ import annotations

import re
from typing import Any, Final

from reportgen.diagnostics import Bilingual
from reportgen.verify.conformance.clauses import ARCHIVE, Clause, Found, Material
from reportgen.verify.conformance.pdf_tree import PdfTree
from reportgen.verify.conformance.xmp import PDFA

HEADER: Final = re.compile(rb"%PDF-1\.[0-7]\s*?[\r\n]+%[\x80-\xff]{4}")
FORBIDDEN_ACTIONS: Final = frozenset(
    {
        *("/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState"),
        *("/Rendition", "/Trans", "/GoTo3DView", "/JavaScript", "/SubmitForm", "/RichMediaExecute"),
    }
)
ELSEWHERE: Final = frozenset({"/URI", "/GoToR", "/GoToE", "/Thread"})
MULTIMEDIA: Final = frozenset({"/3D", "/Sound", "/Screen", "/Movie", "/RichMedia", "/Model3D"})
ACTIVE_KEYS: Final = ("/AA", "/JS", "/XFA", "/NeedsRendering", "/OpenAction")
ADDRESSES: Final = ("/URI", "/FS")


def is_damaged(material: Material) -> Found:
    """The head of the file."""
    if not HEADER.match(material.tree.content):
        yield {"name": "%PDF-1.x"}


def is_encrypted(material: Material) -> Found:
    """A lock of any sort."""
    if "/Encrypt" in material.tree.trailer:
        yield {}


def lacks_identifier(material: Material) -> Found:
    """The identifier of the file."""
    if len(material.tree.items(material.tree.trailer.get("/ID"))) != 2:
        yield {}


def is_unnamed(material: Material) -> Found:
    """The mark of the format, in the XMP packet."""
    part, level = (material.properties.get(f"{PDFA}{name}", "") for name in ("part", "conformance"))
    if (part, level) != ("3", "A"):
        yield {"wanted": "PDF/A-3a", "found": f"PDF/A-{part}{level.lower()}" if part else "—"}


def lacks_colours(material: Material) -> Found:
    """The colours the document is meant for: an output intent with its profile."""
    tree = material.tree
    intents = [tree.dictionary(item) for item in tree.items(tree.root.get("/OutputIntents"))]
    if not any(
        item.get("/S") == "/GTS_PDFA1" and tree.dictionary(item.get("/DestOutputProfile")) for item in intents
    ):
        yield {}


def smooths_pictures(material: Material) -> Found:
    """Pictures that readers would draw in ways of their own."""
    for _ in (thing for thing in material.tree.dictionaries if thing.get("/Interpolate") is True):
        yield {}


def lacks_unicode(material: Material) -> Found:
    """Fonts whose glyphs cannot be read as text."""
    for thing in material.tree.dictionaries:
        identity = str(material.tree.value(thing.get("/Encoding"))).startswith("/Identity")
        coded = thing.get("/Type") == "/Font" and (identity or thing.get("/Subtype") == "/Type3")
        if coded and not material.tree.dictionary(thing.get("/ToUnicode")):
            yield {"name": str(thing.get("/BaseFont", thing.get("/Name", "/Type3")))[1:]}


def acts(material: Material) -> Found:
    """Scripts, actions and forms that change."""
    for thing in material.tree.dictionaries:
        if is_action(thing) and str(thing.get("/S")) in FORBIDDEN_ACTIONS:
            yield {"name": str(thing["/S"])[1:]}
        for key in ACTIVE_KEYS:
            if key in thing and not is_destination(material.tree, key, thing[key]):
                yield {"name": key[1:]}
    if "/JavaScript" in material.tree.dictionary(material.tree.root.get("/Names")):
        yield {"name": "JavaScript"}


def is_action(thing: Any) -> bool:
    """Whether a dictionary is an action; a tag may bear the same letter."""
    return "/S" in thing and thing.get("/Type") in (None, "/Action") and "/K" not in thing


def is_destination(tree: PdfTree, key: str, value: Any) -> bool:
    """Whether what a document opens with is only a place in it."""
    found = tree.value(value)
    return key == "/OpenAction" and (isinstance(found, list) or tree.dictionary(found).get("/S") == "/GoTo")


def leads_away(material: Material) -> Found:
    """Links to what is not in the document, and parts kept outside of it."""
    for thing in material.tree.dictionaries:
        if is_action(thing) and str(thing.get("/S")) in ELSEWHERE:
            yield {"name": material.tree.text(thing.get("/URI"))[:80] or str(thing["/S"])[1:]}
        elif thing.get("/FS") == "/URL" or ("/Length" in thing and "/F" in thing):
            yield {"name": material.tree.text(thing.get("/F"))[:80] or "F"}


def plays(material: Material) -> Found:
    """Sound, film and space."""
    for thing in material.tree.dictionaries:
        if thing.get("/Type") in (None, "/Annot") and thing.get("/Subtype") in MULTIMEDIA:
            yield {"name": str(thing["/Subtype"])[1:]}


def holds_forbidden(material: Material) -> Found:
    """Codings and pictures that an archive cannot count on."""
    for thing in material.tree.dictionaries:
        if "/LZWDecode" in material.tree.items(thing.get("/Filter")):
            yield {"name": "LZWDecode"}
        if thing.get("/Subtype") == "/PS" or thing.get("/Subtype2") == "/PS":
            yield {"name": "PostScript"}
        if thing.get("/Type") in (None, "/XObject") and thing.get("/Subtype") in ("/Form", "/Image"):
            yield from ({"name": key[1:]} for key in ("/OPI", "/Ref", "/Alternates") if key in thing)


def attaches_loosely(material: Material) -> Found:
    """Attachments that do not say what they are to the document, or are not of it."""
    tree = material.tree
    related = {str(item) for thing in tree.dictionaries for item in listed(tree, thing.get("/AF"))}
    for reference, thing in tree.objects.items():
        if isinstance(thing, dict) and "/EF" in thing:
            name = tree.text(thing.get("/UF")) or tree.text(thing.get("/F"))
            whole = all(key in thing for key in ("/AFRelationship", "/F", "/UF"))
            if not whole or reference not in related:
                yield {"name": name}


def listed(tree: PdfTree, thing: Any) -> list[Any]:
    """The references in an array."""
    found = tree.value(thing)
    return found if isinstance(found, list) else []


CLAUSES: Final = (
    Clause(f"{ARCHIVE} 6.1.2", Bilingual("文件头", "head of the file"), "pdf-forbidden", is_damaged),
    Clause(f"{ARCHIVE} 6.1.3", Bilingual("不加密", "no encryption"), "pdf-encrypted", is_encrypted),
    Clause(f"{ARCHIVE} 6.1.3", Bilingual("文件标识", "identifier"), "pdf-no-identifier", lacks_identifier),
    Clause(
        f"{ARCHIVE} 6.6.4", Bilingual("声明为 PDF/A-3a", "named PDF/A-3a"), "pdf-not-identified", is_unnamed
    ),
    Clause(
        f"{ARCHIVE} 6.2.3",
        Bilingual("输出颜色特性文件", "output intent"),
        "pdf-no-output-intent",
        lacks_colours,
    ),
    Clause(
        f"{ARCHIVE} 6.2.8",
        Bilingual("图像不作插值", "no interpolated pictures"),
        "pdf-interpolate",
        smooths_pictures,
    ),
    Clause(
        f"{ARCHIVE} 6.2.11.7",
        Bilingual("文字可以读回", "text can be read back"),
        "pdf-font-no-unicode",
        lacks_unicode,
    ),
    Clause(f"{ARCHIVE} 6.4, 6.5", Bilingual("没有脚本和动作", "no script, no action"), "pdf-active", acts),
    Clause(
        f"{ARCHIVE} 6.1.7, 6.5.1",
        Bilingual("不指向文件以外", "nothing leads elsewhere"),
        "pdf-leads-away",
        leads_away,
    ),
    Clause(f"{ARCHIVE} 6.3.1", Bilingual("没有音像", "no sound, film or space"), "pdf-multimedia", plays),
    Clause(
        f"{ARCHIVE} 6.1.7, 6.2.9",
        Bilingual("没有禁用的编码和对象", "no coding or object that is barred"),
        "pdf-forbidden",
        holds_forbidden,
    ),
    Clause(
        f"{ARCHIVE} 6.8",
        Bilingual("附件写明关系", "attachments say their relation"),
        "pdf-attachment-loose",
        attaches_loosely,
    ),
)
