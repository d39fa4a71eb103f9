"""Tracked changes between two Word files: accepting all gives the new one, rejecting all the old one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

import pytest

from reportgen import cli
from reportgen.building import Order, in_silence, prepare
from reportgen.documents import make_word
from reportgen.edited.reading import CopyError, read_copy, tree_of
from reportgen.model.report import read_report
from reportgen.redlining.redline import TrackedError, count_changes, redline
from reportgen.render.bookmarks import paragraph_text
from reportgen.render.package import DOCUMENT, read_package
from reportgen.verify.conformance.tools import find_sdk
from reportgen.verify.libreoffice import find_office
from tests.absorbing import reviewers
from tests.absorbing.copies import Copy, Element, q
from tests.absorbing.test_reviews import draft_of, word_of
from tests.office import carry_out
from tests.packages import archived, copied, issued_once
from tests.validators import faults_of_word

FIXTURES = Path(__file__).parents[2] / "fixtures"
EVERYTHING = "everything-2024"
AT = "2024-01-15T08:00:00Z"
KINDS = (
    reviewers.add_words, reviewers.change_words, reviewers.change_figure, reviewers.change_label,
    reviewers.delete_paragraph, reviewers.add_paragraph, reviewers.add_first, reviewers.add_heading,
    reviewers.split_paragraph, reviewers.join_paragraphs, reviewers.move_paragraph, reviewers.move_heading,
    reviewers.change_date, reviewers.change_cell, reviewers.add_row, reviewers.delete_row, reviewers.add_note,
)  # fmt: skip


def edited(name: str, seed: int, count: int = 5) -> bytes:
    """A file with some changes of many kinds."""
    random = Random(seed)
    review = reviewers.Review(draft_of(name), Copy(word_of(name)), random)
    for change in random.sample(KINDS, count):
        change(review)
    return review.copy.save()


def texts(content: bytes) -> list[str]:
    """All paragraphs of a document."""
    return [paragraph_text(p) for p in tree_of(read_package(content), DOCUMENT).iter(q("p"))]


def rejected(content: bytes) -> list[str]:
    """All paragraphs when every change is taken back, read on our own."""
    tree = tree_of(read_package(content), DOCUMENT)
    found, held = [], ""
    for paragraph in tree.iter(q("p")):
        row = next(paragraph.iterancestors(q("tr")), None)
        if row is not None and row.find(f"{q('trPr')}/{q('ins')}") is not None:
            continue
        held += "".join(old_letters(paragraph))
        added = [paragraph.find(f"{q('pPr')}/{q('rPr')}/{q(tag)}") for tag in ("ins", "moveTo")]
        if added == [None, None]:
            found.append(held)
            held = ""
    return found


def old_letters(node: Element) -> Iterator[str]:
    for child in node:
        if child.tag in (q("t"), q("delText")):
            yield child.text or ""
        elif child.tag not in (q("ins"), q("moveTo"), q("pPr")):
            yield from old_letters(child)


def accepted(content: bytes) -> list[str]:
    """All paragraphs with every change accepted."""
    return [p.text for p in read_copy(content).paragraphs if p.part == DOCUMENT]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40))
def test_accepting_gives_the_new_and_rejecting_the_old(seed: int) -> None:
    name = (EVERYTHING, "qingxi-township-2024", "jiangmen-fgj-2023")[seed % 3]
    old, new = word_of(name), edited(name, seed)
    made = redline(old, new, "张三", AT)
    assert accepted(made) == texts(new)
    assert rejected(made) == texts(old)
    assert made == redline(old, new, "张三", AT)
    back = redline(new, old, "张三", AT)
    assert accepted(back) == texts(old)
    assert rejected(back) == texts(new)


@pytest.mark.slow
@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
def test_libreoffice_accepts_to_the_new_and_rejects_to_the_old(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs = [(word_of(EVERYTHING), edited(EVERYTHING, seed)) for seed in range(5)]
    pairs.append((word_of(EVERYTHING), rebuilt()))
    made = [redline(old, new, "张三", AT) for old, new in pairs]
    done = carry_out([(content, step) for content in made for step in ("accept", "reject")], tmp_path)
    assert len(done) == 2 * len(pairs)
    for number, (old, new) in enumerate(pairs):
        assert texts(done[2 * number]) == texts(new), number
        assert texts(done[2 * number + 1]) == texts(old), number
        assert not count_changes(done[2 * number])
    with capsys.disabled():
        print(f"\nredlines accepted and rejected by LibreOffice: {len(pairs)}")


@cache
def rebuilt() -> bytes:
    """The full example with another figure, another chart, a row less and a block elsewhere."""
    path = FIXTURES / f"{EVERYTHING}.yaml"
    text = path.read_text("utf-8").replace("行政许可: 12345678", "行政许可: 12345680")
    text = text.replace("{第一季度: 310", "{第一季度: 333").replace(
        "        - [就业促进股, '806', '35.04%', —]\n", ""
    )
    start, end = text.index("  - 小标题: 政府信息管理"), text.index("  - 附表:\n      标题: 各股室")
    later = text.index("  - 小标题: 监督保障")
    text = text[:start] + text[end:later] + text[start:end] + text[later:]
    report = read_report(text.encode(), path).report
    assert report
    order = Order(("docx",), None, (), None, in_silence, in_silence)
    return make_word(prepare(report, ("docx",), order)[0])


@pytest.mark.slow
@pytest.mark.skipif(find_sdk() is None, reason="the Open XML SDK is not installed")
def test_the_open_xml_sdk_finds_nothing(tmp_path: Path) -> None:
    for number, new in enumerate((edited(EVERYTHING, 1), edited(EVERYTHING, 2), rebuilt())):
        file = tmp_path / f"{number}.docx"
        file.write_bytes(redline(word_of(EVERYTHING), new, "张三", AT))
        assert faults_of_word(file) == []


def test_numbers_and_words_are_exchanged_whole() -> None:
    copy = Copy(word_of("qingxi-township-2024"))
    paragraph = next(p for p in copy.paragraphs() if "组织培训2次" in paragraph_text(p))
    start = paragraph_text(paragraph).index("2次")
    copy.replace(paragraph, start, start + 1, "12")
    made = redline(word_of("qingxi-township-2024"), copy.save(), "张三", AT)
    tree = tree_of(read_package(made), DOCUMENT)
    assert [e.text for e in tree.iter(q("delText"))] == ["2"]
    assert ["".join(t.text or "" for t in e.iter(q("t"))) for e in tree.iter(q("ins"))] == ["12"]
    marks = {(e.get(q("author")), e.get(q("date"))) for e in tree.iter(q("ins"), q("del"))}
    assert marks == {("张三", AT)}


@pytest.mark.slow
def test_a_moved_paragraph_is_told_as_moved() -> None:
    made = redline(word_of(EVERYTHING), rebuilt(), "张三", AT)
    tree = tree_of(read_package(made), DOCUMENT)
    names = [[e.get(q("name")) for e in tree.iter(q(f"{tag}RangeStart"))] for tag in ("moveFrom", "moveTo")]
    assert names[0] == names[1] == ["move1"]


def test_the_same_has_no_changes_and_what_is_tracked_is_refused() -> None:
    word = word_of("qingxi-township-2024")
    assert count_changes(redline(word, word, "张三", AT)) == 0
    tracked = redline(word, edited("qingxi-township-2024", 3), "张三", AT)
    with pytest.raises(TrackedError):
        redline(word, tracked, "张三", AT)
    with pytest.raises(CopyError):
        redline(b"", word, "张三", AT)


def test_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.docx").write_bytes(word_of("qingxi-township-2024"))
    Path("b.docx").write_bytes(edited("qingxi-township-2024", 3))
    end = ("--by", "张三", "--at", AT)
    assert cli.run(("redline", "a.docx", "b.docx", "-o", "x.docx", *end)) == 0
    assert accepted(Path("x.docx").read_bytes()) == texts(Path("b.docx").read_bytes())
    assert cli.run(("redline", "a.docx", "a.docx", "-o", "y.docx", *end)) == 0
    assert "一样" in capfd.readouterr().err
    assert not Path("y.docx").exists()
    assert cli.run(("redline", "a.docx", "x.docx", "-o", "y.docx", *end)) == 5
    assert "redline-tracked" in capfd.readouterr().err
    Path("c.docx").write_bytes(b"PK")
    assert cli.run(("redline", "a.docx", "c.docx", "-o", "y.docx", *end)) == 5
    assert "redline-unreadable" in capfd.readouterr().err
    assert cli.run(("redline", "a.docx", "b.docx", "-o", "y.txt", *end)) == 2
    assert "redline-output" in capfd.readouterr().err
    monkeypatch.setattr("reportgen.verify.libreoffice.find_office", lambda: None)
    assert cli.run(("redline", "a.docx", "b.docx", "-o", "y.pdf", *end)) == 4
    assert "redline-no-office" in capfd.readouterr().err


@pytest.mark.slow
def test_the_command_takes_the_word_file_of_a_record_and_of_a_package(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    report = copied(issued_once(tmp_path / "once"), tmp_path / "issued")
    package = tmp_path / "包"
    archived(report, package)
    record = str(report.with_name("年报.记录"))
    for old, new in ((f"{report}@1", record), (record, str(package)), (str(package), f"{report}@1")):
        assert cli.run(("redline", old, new, "-o", str(tmp_path / "x.docx"))) == 0
        assert "一样" in capfd.readouterr().err
    newer = tmp_path / "b.docx"
    newer.write_bytes(edited("qingxi-township-2024", 3))
    assert cli.run(("redline", str(package), str(newer), "-o", str(tmp_path / "x.docx"))) == 0
    assert accepted((tmp_path / "x.docx").read_bytes()) == texts(newer.read_bytes())
    assert cli.run(("redline", str(tmp_path / "issued"), str(newer), "-o", str(tmp_path / "y.docx"))) == 5
