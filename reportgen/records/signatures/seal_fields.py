"""A PDF and the places of its seals in; the same file out with a tagged signature field at each place.

A field made while signing stands outside the structure of the document, and the signed page is not
accessible any more (ISO 14289-1, 7.18.4). So it is made before, as a Form element.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NumberObject,
    StreamObject,
    TextStringObject,
    pdf_name,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from reportgen.records.signatures.places import SealPlace

PRINTED: Final = 4
LOCKED: Final = 128
BOTH_SIGNATURES: Final = 3
"""SignaturesExist and AppendOnly (ISO 32000-1, table 219)."""


def add_fields(writer: IncrementalPdfFileWriter, places: Sequence[SealPlace]) -> None:
    """Put an empty signature field at every place."""
    form = form_of(writer)
    for place in places:
        form["/Fields"].append(add_field(writer, place))
    writer.update_container(form["/Fields"])


def form_of(writer: IncrementalPdfFileWriter) -> Any:
    """The form of a document, made when there is none."""
    root = writer.root
    if "/AcroForm" not in root:
        root["/AcroForm"] = writer.add_object(DictionaryObject())
        writer.update_root()
    form = root["/AcroForm"]
    if "/Fields" not in form:
        form[pdf_name("/Fields")] = ArrayObject()
    form[pdf_name("/SigFlags")] = NumberObject(BOTH_SIGNATURES)
    writer.update_container(form)
    return form


def add_field(writer: IncrementalPdfFileWriter, place: SealPlace) -> IndirectObject:
    """An empty signature field on its page, in the structure of the document when it is seen."""
    page_ref, _ = writer.find_page_for_modification(place.page)
    page = page_ref.get_object()
    words = TextStringObject(place.words or place.field)
    field = DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Widget"),
            pdf_name("/FT"): pdf_name("/Sig"),
            pdf_name("/T"): TextStringObject(place.field),
            pdf_name("/TU"): words,
            pdf_name("/Rect"): ArrayObject([FloatObject(f"{number:.3f}") for number in place.box]),
            pdf_name("/F"): NumberObject(PRINTED | LOCKED),
            pdf_name("/P"): page_ref,
        }
    )
    if place.is_seen:
        field[pdf_name("/Contents")] = words
        field[pdf_name("/AP")] = DictionaryObject({pdf_name("/N"): empty_look(writer, place)})
    own = writer.add_object(field)
    if "/Annots" not in page:
        page[pdf_name("/Annots")] = ArrayObject()
    page["/Annots"].append(own)
    page[pdf_name("/Tabs")] = pdf_name("/S")
    writer.update_container(page["/Annots"])
    writer.update_container(page)
    if place.is_seen and "/StructTreeRoot" in writer.root:
        tag(writer, own, page_ref, words)
    return own


def empty_look(writer: IncrementalPdfFileWriter, place: SealPlace) -> IndirectObject:
    """What is seen before a seal is there: nothing, which has to be said (ISO 19005-3, 6.3.3)."""
    sides = (0, 0, place.box[2] - place.box[0], place.box[3] - place.box[1])
    form = {
        pdf_name("/Type"): pdf_name("/XObject"),
        pdf_name("/Subtype"): pdf_name("/Form"),
        pdf_name("/BBox"): ArrayObject([FloatObject(f"{side:.3f}") for side in sides]),
    }
    return writer.add_object(StreamObject(form, stream_data=b""))


def tag(
    writer: IncrementalPdfFileWriter, field: IndirectObject, page: IndirectObject, words: TextStringObject
) -> None:
    """Put a field into the structure of the document, last of all."""
    tree = writer.root["/StructTreeRoot"]
    document, parent = top_of(tree)
    element = writer.add_object(
        DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/StructElem"),
                pdf_name("/S"): pdf_name("/Form"),
                pdf_name("/P"): parent,
                pdf_name("/Pg"): page,
                pdf_name("/Alt"): words,
                pdf_name("/K"): DictionaryObject(
                    {
                        pdf_name("/Type"): pdf_name("/OBJR"),
                        pdf_name("/Obj"): field,
                        pdf_name("/Pg"): page,
                    }
                ),
            }
        )
    )
    children = document.raw_get("/K") if "/K" in document else ArrayObject()
    inner = children.get_object() if isinstance(children, IndirectObject) else children
    if isinstance(inner, ArrayObject):
        inner.append(element)
        writer.update_container(inner)
        document[pdf_name("/K")] = children
    else:
        document[pdf_name("/K")] = ArrayObject([children, element])
    writer.update_container(document)
    key = number(writer, tree, element)
    field.get_object()[pdf_name("/StructParent")] = NumberObject(key)
    writer.update_container(field.get_object())


def top_of(tree: Any) -> tuple[Any, Any]:
    """The first element of a structure, and the reference to it."""
    first = tree.raw_get("/K")
    inner = first.get_object() if isinstance(first, IndirectObject) else first
    if isinstance(inner, ArrayObject):
        first = inner.raw_get(0)
        inner = first.get_object()
    return inner, first


def number(writer: IncrementalPdfFileWriter, tree: Any, element: IndirectObject) -> int:
    """A number for an element in the table that leads from the page to the structure."""
    table = tree["/ParentTree"]
    key = int(tree["/ParentTreeNextKey"]) if "/ParentTreeNextKey" in tree else next_key(table)
    target = table
    if "/Kids" in table:
        target = DictionaryObject({pdf_name("/Limits"): ArrayObject([NumberObject(key)] * 2)})
        target[pdf_name("/Nums")] = ArrayObject()
        table["/Kids"].append(writer.add_object(target))
        writer.update_container(table["/Kids"])
    elif "/Nums" not in table:
        table[pdf_name("/Nums")] = ArrayObject()
    target["/Nums"].extend([NumberObject(key), element])
    writer.update_container(target["/Nums"])
    tree[pdf_name("/ParentTreeNextKey")] = NumberObject(key + 1)
    writer.update_container(tree)
    return key


def next_key(table: Any) -> int:
    """The first number that is free in a table of numbers."""
    if "/Kids" in table:
        return max((next_key(kid) for kid in table["/Kids"]), default=0)
    numbers = [int(item) for item in list(table["/Nums"])[::2]] if "/Nums" in table else []
    return max(numbers, default=-1) + 1
