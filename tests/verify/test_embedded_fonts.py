"""The fonts of a PDF against those declared."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from reportgen.verify.embedded_fonts import EmbeddedFont, check_fonts, embedded_fonts, plain_name


def pdf_with(*fonts: tuple[str, str]) -> bytes:
    """A PDF with composite fonts of a name, their outlines under a key."""
    document = pikepdf.new()
    for name, key in fonts:
        descriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name(f"/{name}"))
        if key:
            descriptor[key] = document.make_stream(b"outlines")
        inner = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name(f"/{name}"), FontDescriptor=descriptor
        )
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type0, DescendantFonts=Array([document.make_indirect(inner)])
        )
        document.Root[f"/Test{len(document.objects)}"] = document.make_indirect(font)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.mark.parametrize("key", ["/FontFile", "/FontFile2", "/FontFile3"])
def test_fonts_are_read_with_their_names(key: str) -> None:
    assert embedded_fonts(pdf_with(("ABCDEF+rg-fang", key))) == (EmbeddedFont("rg-fang", True),)


def test_what_is_foreign_or_missing_is_found() -> None:
    fonts = embedded_fonts(pdf_with(("ABCDEF+rg-fang", "/FontFile2"), ("Arial", ""), ("GHIJKL+rg-kai", "")))
    findings = check_fonts(fonts, frozenset({"rg-fang", "rg-kai"}), "a.pdf")
    assert [(finding.code, finding.arguments["name"]) for finding in findings] == [
        ("foreign-font", "Arial"),
        ("font-not-embedded", "Arial"),
        ("font-not-embedded", "rg-kai"),
    ]


@pytest.mark.parametrize(
    ("name", "plain"),
    [("/ABCDEF+x", "x"), ("/x", "x"), ("/AB+x", "AB+x"), ("/abcdef+x", "abcdef+x"), ("/ABCDEF+a+b", "a+b")],
)
def test_only_the_prefix_of_a_subset_is_taken_off(name: str, plain: str) -> None:
    assert plain_name(name) == plain
