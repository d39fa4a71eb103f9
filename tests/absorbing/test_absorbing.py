"""Taking a reviewer's Word file back: conflicts, choices, refusals, a file that is old or new."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest

from reportgen import cli
from reportgen.absorbing.absorb import Absorption, Wish, absorb, take_in
from reportgen.absorbing.draft import draw
from reportgen.errors import FileError, ReportError, UsageError
from reportgen.files.disk import Disk
from reportgen.model.report import read_report
from reportgen.render.package import DOCUMENT
from tests.absorbing.copies import Copy, Element, element, letters_of, q, text_run
from tests.absorbing.test_reviews import word_of
from tests.test_correcting import LateDisk

FIXTURES = Path(__file__).parents[2] / "fixtures"
NAME = "qingxi-township-2024"
SOURCE = (FIXTURES / f"{NAME}.yaml").read_bytes()


@cache
def word() -> bytes:
    return word_of(NAME)


def copy_with(*changes: tuple[str, str], tracked: bool = False) -> Copy:
    """A copy in which the first paragraph that says something says something else instead."""
    copy = Copy(word(), tracked)
    for old, new in changes:
        paragraph = next(p for p in copy.paragraphs() if old in letters_of(p))
        start = letters_of(paragraph).index(old)
        copy.replace(paragraph, start, start + len(old), new)
    return copy


def paragraph_with(copy: Copy, text: str) -> Element:
    return next(p for p in copy.paragraphs() if text in letters_of(p))


def bookmarks() -> dict[str, str]:
    """The bookmarks by the places they stand for."""
    report = read_report(SOURCE, Path("r.yaml")).report
    assert report
    return {bookmark.path: bookmark.name for bookmark in draw(report).copy.bookmarks}


def absorbed(copy: Copy, source: bytes = SOURCE, *literal: str) -> Absorption:
    return take_in(copy.save(), "修改稿.docx", source, Path("r.yaml"), Wish(frozenset(literal)))


def codes(done: Absorption) -> list[str]:
    return sorted(finding.code for finding in done.diagnostics)


def test_what_nobody_changed_changes_nothing() -> None:
    done = absorbed(Copy(word()))
    assert (done.after, done.diagnostics, done.changes) == (SOURCE, (), ())


def test_comments_and_layout_stay_and_expressions_are_kept() -> None:
    done = absorbed(copy_with(("件，上年结转", "件（含电话申请），上年结转"), ("专人引导", "安排专人引导")))
    text = done.after.decode()
    assert "本年新收.总计 }}件（含电话申请），上年结转{{ 收到和处理申请.上年结转.总计 }}件" in text
    assert "安排专人引导" in text
    assert text.splitlines()[0] == SOURCE.decode().splitlines()[0]
    assert done.is_settled


@pytest.mark.slow
def test_a_change_on_the_other_side_is_merged_and_in_the_same_place_told() -> None:
    newer = SOURCE.replace("专人引导群众查阅".encode(), "专人引导群众查阅资料".encode())
    done = absorbed(copy_with(("查询终端1台", "查询终端2台")), newer)
    assert "查询终端2台，专人引导群众查阅资料" in done.after.decode()
    assert codes(done) == ["absorb-newer"]
    newer = SOURCE.replace("查询终端1台".encode(), "查询终端3台".encode())
    done = absorbed(copy_with(("查询终端1台", "查询终端2台")), newer)
    assert codes(done) == ["absorb-conflict", "absorb-newer"]
    assert done.after == newer


def test_what_is_gone_from_the_report_is_not_written_again() -> None:
    lines = SOURCE.decode().splitlines(keepends=True)
    newer = "".join(line for line in lines if "改进措施" not in line).encode()
    done = absorbed(Copy(word()), newer)
    assert (done.after, codes(done)) == (newer, ["absorb-newer"])
    done = absorbed(copy_with(("每月编制公开清单", "每周编制公开清单")), newer)
    assert codes(done) == ["absorb-conflict", "absorb-newer"]
    assert done.after == newer


@pytest.mark.parametrize("figure", ["186", "861", "8６6", "86.5", "8", "6", "-86", "−86", "－86"])
def test_a_figure_an_expression_made_never_gets_or_loses_a_digit_or_a_sign_beside_it(figure: str) -> None:
    done = absorbed(copy_with(("公开政府信息86条", f"公开政府信息{figure}条")))
    assert (codes(done), done.after) == (["absorb-expression"], SOURCE)
    assert f"改为“{figure}”" in done.diagnostics[0].message()


def test_a_figure_made_of_a_total_is_explained_by_what_the_total_adds_up() -> None:
    done = absorbed(copy_with(("本年新收政府信息公开申请0件", "本年新收政府信息公开申请4件")))
    (told,) = done.diagnostics
    assert "由收到和处理申请.本年新收.总计得来的，改为“4”" in told.message()
    assert "改收到和处理申请.本年新收.自然人、收到和处理申请.本年新收.商业企业、" in told.hint()
    assert "总计" not in told.hint()


def test_a_figure_an_expression_made_is_changed_only_when_asked() -> None:
    copy = copy_with(("公开政府信息86条", "公开政府信息88条"))
    done = absorbed(copy)
    assert codes(done) == ["absorb-expression"]
    assert done.after == SOURCE
    path = done.diagnostics[0].path
    done = absorbed(copy, SOURCE, path)
    assert "公开政府信息88条，通过政务新媒体公开{{ 其他数据.新媒体公开 }}条" in done.after.decode()
    assert done.is_settled
    with pytest.raises(UsageError, match="absorb-literal"):
        absorbed(copy, SOURCE, "没有这一处")


def test_totals_follow_their_items_and_do_not_change_alone() -> None:
    copy = Copy(word())
    names = bookmarks()
    for path in ("收到和处理申请.本年新收.自然人", "收到和处理申请.本年新收.总计"):
        copy.replace(copy.find(names[path]), 0, 1, "3")
    done = absorbed(copy)
    assert "自然人: 3" in done.after.decode()
    assert done.is_settled
    copy = Copy(word())
    copy.replace(copy.find(names["收到和处理申请.本年新收.总计"]), 0, 1, "3")
    assert codes(absorbed(copy)) == ["absorb-total"]


def test_the_office_is_renamed_when_title_and_signature_agree() -> None:
    copy = Copy(word())
    for paragraph in copy.paragraphs():
        text = letters_of(paragraph)
        if text in ("清溪县柳河乡人民政府", "清溪县柳河乡人民政府2024年"):
            copy.replace(paragraph, 3, 4, "杨")
    done = absorbed(copy)
    assert "机关: 清溪县杨河乡人民政府" in done.after.decode()
    assert done.is_settled
    copy = Copy(word())
    last = [p for p in copy.paragraphs() if letters_of(p) == "清溪县柳河乡人民政府"][-1]
    copy.replace(last, 3, 4, "杨")
    assert codes(absorbed(copy)) == ["absorb-name"]
    assert "署名: 清溪县杨河乡人民政府" in absorbed(copy, SOURCE, "署名").after.decode()


def test_what_has_no_place_is_told_with_its_own() -> None:
    copy = Copy(word())
    copy.add(paragraph_with(copy, "2025年1月10日"), "日期后面的话。")
    copy.remove(paragraph_with(copy, "本年度未发出收费通知"))
    heading = paragraph_with(copy, "五、存在的主要问题")
    copy.move(heading, paragraph_with(copy, "六、其他需要报告"))
    copy.replace(paragraph_with(copy, "（一）主动公开"), 0, 3, "（二）")
    done = absorbed(copy)
    assert set(codes(done)) == {"absorb-misplaced", "absorb-gone", "absorb-moved", "absorb-numbering"}
    assert done.after == SOURCE
    assert "第" in next(d for d in done.diagnostics if d.code == "absorb-misplaced").message()


def test_a_change_over_a_heading_and_its_text_is_not_guessed() -> None:
    done = absorbed(copy_with(("主动公开。全年", "公开情况：本年")))
    assert codes(done) == ["absorb-fixed"] or codes(done) == ["absorb-unsure"]
    assert done.after == SOURCE
    copy = Copy(word())
    copy.join(paragraph_with(copy, "（一）主动公开"), paragraph_with(copy, "（二）依申请公开"))
    assert "absorb-unsure" in codes(absorbed(copy))


def test_a_wrapped_figure_a_bad_one_and_a_label() -> None:
    copy = Copy(word())
    names = bookmarks()
    copy.replace(copy.find(names["主动公开政府信息.行政许可"]), 0, 1, "约5")
    copy.replace(paragraph_with(copy, "行政许可"), 0, 2, "政务")
    assert codes(absorbed(copy)) == ["absorb-figure", "absorb-fixed"]


def test_bookmarks_moved_out_of_their_paragraphs_are_found() -> None:
    copy = copy_with(("专人引导", "安排专人引导"))
    for paragraph in copy.paragraphs():  # as some programs write them: before the paragraph
        for mark in list(paragraph.iterchildren(q("bookmarkStart"))):
            paragraph.addprevious(mark)
    done = absorbed(copy)
    assert done.is_settled
    assert "安排专人引导" in done.after.decode()


def test_without_any_bookmark_all_is_found_by_text_and_place() -> None:
    copy = copy_with(("专人引导", "安排专人引导"))
    for paragraph in copy.paragraphs():
        copy.unmark(paragraph)
    done = absorbed(copy)
    assert codes(done) == ["absorb-by-text"]
    assert "安排专人引导" in done.after.decode()


def test_a_footnote_is_told() -> None:
    copy = Copy(word())
    paragraph_with(copy, "专人引导").append(element("r", element("footnoteReference", id="2")))
    assert codes(absorbed(copy)) == ["absorb-strange"]


def bomb() -> bytes:
    """A Word file whose parts are far larger than they look."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(DOCUMENT, b"0" * (201 * 1024 * 1024))
    return made.getvalue()


def entities() -> bytes:
    """A Word file with a document type."""
    copy = Copy(word())
    content = copy.save()
    copy.package.parts[DOCUMENT] = (
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + copy.package.parts[DOCUMENT].split(b"?>", 1)[1]
    )
    assert content
    return copy.package.write()


@pytest.mark.parametrize(
    "content", [b"", b"PK\3\4", bomb(), entities()], ids=["empty", "torn", "bomb", "entities"]
)
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    with pytest.raises(FileError, match="absorb-unreadable"):
        take_in(content, "x.docx", SOURCE, Path("r.yaml"), Wish())


@pytest.mark.slow
def test_files_of_others_are_refused() -> None:
    copy = Copy(word())
    for part in [path for path in copy.package.parts if path.startswith("customXml/item")]:
        copy.package.remove(part)
    with pytest.raises(FileError, match="absorb-no-map"):
        absorbed(copy)
    other = SOURCE.replace("年度: 2024".encode(), "年度: 2023".encode())
    with pytest.raises(FileError, match="absorb-other-report"):
        absorbed(Copy(word()), other)
    path = FIXTURES / "everything-2024.yaml"  # another office's of the same year, with as many figures
    with pytest.raises(FileError, match="absorb-other-report"):
        take_in(Copy(word()).save(), "修改稿.docx", path.read_bytes(), path, Wish(frozenset()))
    renamed = SOURCE.replace("清溪县柳河乡人民政府".encode(), "清溪县柳河镇人民政府".encode())
    assert renamed != SOURCE
    assert codes(absorbed(Copy(word()), renamed)) == ["absorb-newer"]
    with pytest.raises(ReportError, match="absorb-unloadable"):
        absorbed(Copy(word()), SOURCE + "没有这个键: 1\n".encode())


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return Path(shutil.copy(FIXTURES / f"{NAME}.yaml", tmp_path / "r.yaml"))


@pytest.mark.slow
def test_the_command_shows_writes_and_counts(
    report: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    copy = copy_with(("查询终端1台", "查询终端2台"), tracked=True)
    copy.comment(paragraph_with(copy, "专人引导"), "数量请核对")
    Path("x.docx").write_bytes(copy.save())
    before = report.read_bytes()
    assert cli.run(("absorb", "x.docx", "r.yaml", "--check")) == 0
    out, err = capfd.readouterr()
    assert "查询终端[-1-]{+2+}台" in out
    assert "张三 2024-01-15" in out
    assert "没有写入" in err
    assert report.read_bytes() == before
    assert cli.run(("absorb", "x.docx", "r.yaml", "--format", "json")) == 0
    told = json.loads(capfd.readouterr().out)
    assert told["written"] is True
    assert told["changes"][0]["by"] == [{"author": "张三", "date": "2024-01-15"}]
    assert told["comments"][0]["text"] == "数量请核对"
    assert "# 批注（张三 2024-01-15）：数量请核对\n" in report.read_text("utf-8")
    after = report.read_bytes()
    capfd.readouterr()
    assert cli.run(("absorb", "x.docx", "r.yaml")) == 0
    assert capfd.readouterr().out.startswith("没有改动\n")
    assert report.read_bytes() == after
    copy.comment(paragraph_with(copy, "专人引导"), "再请核对")
    Path("x.docx").write_bytes(copy.save())
    assert cli.run(("absorb", "x.docx", "r.yaml")) == 0
    assert capfd.readouterr().out.startswith("批注 1\n[批注] ")
    report.write_bytes(after)
    copy = copy_with(("公开政府信息86条", "公开政府信息88条"))
    Path("x.docx").write_bytes(copy.save())
    assert cli.run(("absorb", "x.docx", "r.yaml")) == 1
    assert "absorb-expression" in capfd.readouterr().out


def sweep(run: Callable[[Disk], None]) -> int:
    """How many steps a run takes on the disk."""
    steps: list[str] = []
    run(Disk(lambda step, _: steps.append(step)))
    return len(steps)


def kill_absorbing(report: Path, copy: Path) -> int:
    """Kill at every step: it leaves the old or the new text. How many steps there were."""
    old = report.read_bytes()

    def run(disk: Disk) -> None:
        absorb(copy, report, Wish(disk=disk))

    count = sweep(run)
    new = report.read_bytes()
    assert new != old
    assert count >= 5
    for number in range(count):
        report.write_bytes(old)
        child = os.fork()
        if not child:
            left = [number]

            def kill(_step: str, _path: Path, left: list[int] = left) -> None:
                if not left[0]:
                    os.kill(os.getpid(), signal.SIGKILL)
                left[0] -= 1

            with suppress(BaseException):
                run(Disk(kill))
            os._exit(0)
        os.waitpid(child, 0)
        assert report.read_bytes() in (old, new)
        absorb(copy, report, Wish())
        assert report.read_bytes() == new
    return count


@pytest.mark.parametrize("number", range(6))
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EIO])
@pytest.mark.slow
def test_a_failing_disk_leaves_the_old_or_the_new_text(
    report: Path, tmp_path: Path, number: int, code: int
) -> None:
    copy = tmp_path / "x.docx"
    copy.write_bytes(copy_with(("查询终端1台", "查询终端2台")).save())
    old, left = report.read_bytes(), [number]

    def fail(_step: str, path: Path) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(code, os.strerror(code), str(path))

    with suppress(FileError):
        absorb(copy, report, Wish(disk=Disk(fail)))
    now = report.read_bytes()
    assert now == old or "查询终端2台".encode() in now


@pytest.mark.parametrize("late", [1, 2])
def test_a_drive_that_renames_late_loses_nothing(report: Path, tmp_path: Path, late: int) -> None:
    copy = tmp_path / "x.docx"
    copy.write_bytes(copy_with(("查询终端1台", "查询终端2台")).save())
    waiting: list[list[object]] = []
    plain = LateDisk(late=late, waiting=waiting)
    with suppress(FileError):
        absorb(copy, report, Wish(disk=LateDisk(before=plain.note, late=late, waiting=waiting)))
    while waiting:
        plain.note("", Path())
    assert "查询终端2台" in report.read_text("utf-8")
    assert absorb(copy, report, Wish()).changes == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.yaml", "x.docx"]


def test_an_editor_that_saved_in_between_is_noticed(report: Path, tmp_path: Path) -> None:
    copy = tmp_path / "x.docx"
    copy.write_bytes(copy_with(("查询终端1台", "查询终端2台")).save())
    mine = report.read_bytes() + "# 刚刚保存\n".encode()

    def save(step: str, _: Path) -> None:
        if step == "write":
            report.write_bytes(mine)

    with pytest.raises(FileError, match="file-changed"):
        absorb(copy, report, Wish(disk=Disk(save)))
    assert report.read_bytes() == mine


def test_a_picture_beside_a_text_is_told() -> None:
    copy = Copy(word())
    box = element("pict", element("txbxContent", element("p", text_run("框里的话"))))
    paragraph_with(copy, "专人引导").append(element("r", box))
    (found,) = absorbed(copy).diagnostics
    assert "框里的话" in found.message()


def as_field(run: Element, code: str) -> list[Element]:
    """A run as the result of a field of several runs."""
    mark = [element("r", element("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")]
    instruction = element("r", text_run(code, "instrText")[0])
    return [mark[0], instruction, mark[1], run, mark[2]]


def test_what_word_processors_wrap_around_texts_is_seen_through() -> None:
    copy = copy_with(("专人引导", "安排专人引导"))
    paragraph = paragraph_with(copy, "专人引导")
    copy.cut(paragraph, 12)
    copy.cut(paragraph, 20)
    first, second, *_ = copy.runs(paragraph)
    marks = as_field(second, " REF _Ref1 ")
    for before in marks[:3]:
        second.addprevious(before)
    second.addnext(marks[4])
    holder = element("sdt", element("sdtContent"))
    paragraph.addprevious(holder)
    holder[0].append(paragraph)
    properties = first.find(q("rPr"))
    if properties is None:
        properties = element("rPr")
        first.insert(0, properties)
    properties.append(copy.change("rPrChange", element("rPr", element("b"))))
    done = absorbed(copy)
    assert done.is_settled
    assert "安排专人引导" in done.after.decode()
    assert [change.path for change in done.changes] == ["总体情况[3].正文"]


@pytest.mark.slow
def test_a_number_of_the_page_and_empty_paragraphs_are_no_changes() -> None:
    copy = Copy(word())
    for part in [name for name in copy.package.parts if name.startswith("word/footer")]:
        copy.package.parts[part] = copy.package.parts[part].replace(b">1<", b">17<")
    copy.add(paragraph_with(copy, "专人引导"), "")
    assert absorbed(copy).after == SOURCE
    assert absorbed(copy).diagnostics == ()


def test_a_copy_larger_than_any_report_is_refused() -> None:
    copy = Copy(word())
    paragraph = paragraph_with(copy, "专人引导")
    for _ in range(6000):
        copy.add(paragraph, "段")
    with pytest.raises(FileError, match="absorb-unreadable"):
        absorbed(copy)


def test_a_difference_at_the_end_of_a_long_text_is_shown_even_when_it_is_a_line_break() -> None:
    copy = Copy(word())
    long = paragraph_with(copy, "六部分组成。所列数据")
    run = list(long.iter(q("r")))[-1]
    run.append(element("br"))
    done = absorbed(copy)
    assert codes(done) == ["absorb-line-break"]
    assert "“…" in done.diagnostics[0].message()
    assert "12月31日。↵”里" in done.diagnostics[0].message()


@pytest.mark.slow
def test_pictures_that_lost_their_bookmarks_are_known_by_what_is_said_of_them() -> None:
    copy = Copy(word_of("everything-2024"))
    for paragraph in copy.paragraphs():
        if next(paragraph.iter(q("drawing")), None) is not None:
            for mark in list(paragraph.iter(q("bookmarkStart"), q("bookmarkEnd"))):
                paragraph.remove(mark)
    path = FIXTURES / "everything-2024.yaml"
    done = take_in(copy.save(), "修改稿.docx", path.read_bytes(), path, Wish(frozenset()))
    assert (codes(done), done.after) == ([], done.before)


@pytest.mark.parametrize(
    ("old", "new"), [("（四）政府信息公开平台建设。在便民", "在便民"), ("（四）", "关于")]
)
def test_a_heading_that_goes_with_its_number_or_a_word_for_a_number_is_told(old: str, new: str) -> None:
    done = absorbed(copy_with((old, new)))
    assert codes(done) == ["absorb-unsure"]
    assert (done.after, done.is_settled) == (SOURCE, False)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "path"), [(0, "总体情况[5].附表.表头[0]"), (2, "收到和处理申请.本年新收.自然人")]
)
def test_a_table_that_went_is_told_once_and_stays(number: int, path: str) -> None:
    copy = Copy(word_of("everything-2024"))
    table = list(copy.body.iter(q("tbl")))[number]
    copy.body.remove(table)
    source = FIXTURES / "everything-2024.yaml"
    done = take_in(copy.save(), "修改稿.docx", source.read_bytes(), source, Wish(frozenset()))
    (told,) = done.diagnostics
    assert (told.code, told.path, done.after) == ("absorb-gone", path, done.before)
    assert " | ".join(map(letters_of, list(table.iter(q("p")))[:3])) in told.message()
