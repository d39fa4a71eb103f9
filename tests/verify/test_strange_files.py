"""Files that nobody can read, or that others made, end in findings with a remedy and never break off."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from reportgen.errors import FileError
from reportgen.verify.verification import Verdict, Verification
from reportgen.verifying import verify
from tests.verify.strangers import stranger_word


def pdf(**saving: Any) -> bytes:
    """A PDF of one empty page."""
    target = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.pages[0].Contents = document.make_stream(b"q Q")
        document.save(target, **saving)
    return target.getvalue()


def verified(folder: Path, name: str, content: bytes) -> Verification:
    (folder / name).write_bytes(content)
    return verify(folder / name, prove=False)


def codes(made: Verification) -> set[str]:
    return {found.code for found in made.diagnostics}


def test_a_document_that_is_not_there_is_no_document_that_is_right(tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        verify(tmp_path / "lost.pdf")
    assert [found.code for found in caught.value.diagnostics] == ["file-missing"]


def test_a_pdf_with_numbers_among_its_objects_is_examined(tmp_path: Path) -> None:
    made = verified(tmp_path, "a.pdf", pdf(qdf=True))
    assert "check-broke-off" not in codes(made)
    assert {"archive-format", "embedded-fonts"} <= {check.name for check in made.checks}


def test_a_pdf_locked_by_a_password_is_told_as_one_that_cannot_be_read(tmp_path: Path) -> None:
    made = verified(tmp_path, "a.pdf", pdf(encryption=pikepdf.Encryption(user="a", owner="b")))
    assert [found.code for found in made.diagnostics] == ["pdf-unreadable"]


def test_pages_without_text_have_no_text_layer_to_judge(tmp_path: Path) -> None:
    made = verified(tmp_path, "a.pdf", pdf())
    assert next(check.verdict for check in made.checks if check.name == "text-layer") is Verdict.LEFT_OUT


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.html"])
@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff" * 500, b"PK\x03\x04broken", b"%PDF-1.7\nbroken"], ids=repr
)
def test_what_is_no_document_fails_without_breaking_off(name: str, content: bytes, tmp_path: Path) -> None:
    made = verified(tmp_path, name, content)
    assert not made.passed
    assert "check-broke-off" not in codes(made)


@pytest.mark.parametrize("name", ["a.pdf", "a.docx"])
def test_what_cannot_be_read_is_told_once_and_no_other_program_is_asked(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"broken")
    asked: list[str] = []
    made = verify(tmp_path / name, on_step=asked.append)
    assert [found.code[-10:] for found in made.diagnostics] == ["unreadable"]
    assert "validators" not in asked


def test_a_word_file_of_others_is_not_held_to_promises_that_are_only_ours(tmp_path: Path) -> None:
    made = verified(tmp_path, "a.docx", stranger_word(right=False))
    verdicts = {check.name: check.verdict for check in made.checks}
    assert verdicts["word-breaks"] is verdicts["word-texts"] is Verdict.LEFT_OUT
    told = {found.message() for found in made.diagnostics if found.code == "word-page-number-differs"}
    assert told == {
        "Word文件页脚（单页）的页码应为“— 1 —”，实为“- 1 -”",
        "Word文件页脚（双页）的页码应为“— 2 —”，实为“—”",
    }


def test_a_check_says_what_it_could_not_compare(tmp_path: Path) -> None:
    made = verified(tmp_path, "a.pdf", pdf())
    fonts = next(check for check in made.checks if check.name == "embedded-fonts")
    assert "只核验是否嵌入" in fonts.summary.zh
