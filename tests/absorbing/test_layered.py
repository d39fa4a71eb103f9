"""Texts of several paragraphs, and blocks that go to another list: all that a reviewer did is written."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from reportgen.absorbing.absorb import Absorption, Wish, take_in
from reportgen.absorbing.draft import body_of, draw
from reportgen.building import Order, in_silence, prepare
from reportgen.documents import make_word
from reportgen.model.report import Report, read_report
from tests.absorbing.copies import Copy, Element, letters_of, q
from tests.absorbing.test_reviews import said_in, texts

FIXTURES = Path(__file__).parents[2] / "fixtures"
LEAD = """引言: |
  本报告依据《中华人民共和国政府信息公开条例》编制，由总体情况等六部分组成。
  所列数据的统计期限为2024年1月1日至12月31日。

  第二段：全年收到申请{{ 收到和处理申请.本年新收.总计 }}件，均已办结。

  第三段：本报告电子版可在网站下载，联系电话见文末说明。
"""
BODY = """    正文: |
      第一层：专区建设已经完成，群众反映良好，窗口全年无投诉。

      第二层：平台运行平稳，栏目更新及时，检查未发现问题。

      在便民服务中心"""
ITEM = """  - |
    存在的问题：本地信息偏少，
    更新不够及时，解读形式单一。

    第二点：村级公开栏需要加强。
  - 改进措施"""
pytestmark = pytest.mark.slow


@cache
def layered() -> bytes:
    text = (FIXTURES / "qingxi-township-2024.yaml").read_text("utf-8")
    lead, body = text.index("引言:"), text.index("总体情况:")
    text = text[:lead] + LEAD + text[body:]
    text = text.replace("    正文: 在便民服务中心", BODY)
    start, end = text.index("  - 存在的问题："), text.index("  - 改进措施")
    return (text[:start] + ITEM + text[end + len("  - 改进措施") :]).encode()


@cache
def source_of(name: str) -> bytes:
    return layered() if name == "layered" else (FIXTURES / f"{name}.yaml").read_bytes()


def report_of(data: bytes) -> Report:
    report = read_report(data, FIXTURES / "x.yaml").report
    assert report
    return report


@cache
def word_of(name: str) -> bytes:
    return made_from(source_of(name))


def made_from(source: bytes) -> bytes:
    order = Order(("docx",), None, (), None, in_silence, in_silence)
    return make_word(prepare(report_of(source), ("docx",), order)[0])


def take(copy: Copy, source: bytes) -> Absorption:
    return take_in(copy.save(), "x.docx", source, FIXTURES / "x.yaml", Wish())


def para(copy: Copy, text: str) -> Element:
    return next(p for p in copy.paragraphs() if text in letters_of(p))


def replace(copy: Copy, old: str, new: str) -> None:
    paragraph = para(copy, old)
    start = letters_of(paragraph).index(old)
    copy.replace(paragraph, start, start + len(old), new)


def replace_all(copy: Copy, *pairs: tuple[str, str], new: str = "") -> None:
    if new:
        copy.add(para(copy, new), NEW)
    for old, other in pairs:
        replace(copy, old, other)


def remove_all(copy: Copy, *said: str) -> None:
    for text in said:
        copy.remove(para(copy, text))


def split(copy: Copy, at: str) -> None:
    paragraph = para(copy, at)
    copy.split(paragraph, letters_of(paragraph).index(at))


def move(what: str, behind: str) -> Callable[[Copy], None]:
    return lambda copy: copy.move(para(copy, what), para(copy, behind))


def move_table(copy: Copy) -> None:
    table = next(
        t for t in copy.body.iter(q("tbl")) if "社会保险股" in "".join(map(letters_of, t.iter(q("p"))))
    )
    last = para(copy, "改进措施")
    for element in (table.getnext(), table, table.getprevious()):
        assert element is not None
        last.addnext(element)


def move_chart(copy: Copy) -> None:
    title = para(copy, "主动公开信息的渠道分布")
    last = para(copy, "改进措施")
    for element in (title, title.getprevious()):
        assert element is not None
        last.addnext(element)


NEW = "插入的一段新话，说明有关情况。"
LAYERED: dict[str, Callable[[Copy], object]] = {
    "reword": lambda c: replace_all(c, ("均已办结", "全部办结"), ("更新及时", "更新很及时")),
    "delete the first": lambda c: c.remove(para(c, "本报告依据")),
    "delete one in the middle": lambda c: c.remove(para(c, "第二段：")),
    "delete the last": lambda c: c.remove(para(c, "第三段：")),
    "delete all": lambda c: remove_all(c, "本报告依据", "第二段：", "第三段："),
    "add in the middle": lambda c: c.add(para(c, "第二段："), NEW),
    "add at the end": lambda c: c.add(para(c, "第三段："), NEW),
    "add in a body": lambda c: c.add(para(c, "第一层："), NEW),
    "add in an item": lambda c: c.add(para(c, "存在的问题："), NEW),
    "add and reword": lambda c: replace_all(c, ("均已办结", "全部办结"), new="第二段："),
    "split": lambda c: split(c, "联系电话见文末"),
    "split one laid out over lines": lambda c: split(c, "解读形式单一"),
    "join": lambda c: c.join(para(c, "第二段："), para(c, "第三段：")),
    "join in a body": lambda c: c.join(para(c, "第一层："), para(c, "第二层：")),
    "move": move("第三段：", "本报告依据"),
    "move out of a body": move("第二层：", "改进措施"),
    "move out of an item": move("第二点：", "本报告依据"),
    "move before the heading": move("第一层：", "第二层："),
    "delete behind the heading": lambda c: c.remove(para(c, "第二层：")),
    "split behind the heading": lambda c: split(c, "群众反映良好"),
}
MOVED: dict[str, Callable[[Copy], object]] = {
    "a run-in heading to another chapter": move("政府信息管理。", "改进措施"),
    "a paragraph into a body": move("2024年，我局", "申请按渠道分为"),
    "a paragraph out of a body": move("申请按渠道分为", "改进措施"),
    "a table with its title and note": move_table,
}


@pytest.mark.parametrize("tracked", [False, True], ids=["plain", "tracked"])
@pytest.mark.parametrize("name", LAYERED)
def test_paragraphs_inside_a_text_come_go_and_move(name: str, tracked: bool) -> None:
    taken(Copy(word_of("layered"), tracked), layered(), LAYERED[name])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (move("第一层：", "改进措施"), "absorb-moved"),
        (lambda c: c.remove(para(c, "第一层：")), "absorb-gone"),
    ],
    ids=["moved", "deleted"],
)
def test_a_heading_with_the_first_only_of_its_paragraphs_is_told(
    change: Callable[[Copy], None], code: str
) -> None:
    copy = Copy(word_of("layered"))
    change(copy)
    done = take(copy, layered())
    assert [finding.code for finding in done.diagnostics] == [code]
    assert done.after == layered()


@pytest.mark.parametrize("tracked", [False, True], ids=["plain", "tracked"])
@pytest.mark.parametrize("name", MOVED)
def test_blocks_go_to_other_lists_as_they_are_written(name: str, tracked: bool) -> None:
    source = source_of("everything-2024")
    done = taken(Copy(word_of("everything-2024"), tracked), source, MOVED[name])
    lines = (sorted(line.strip() for line in data.decode().splitlines()) for data in (source, done.after))
    assert next(lines) == next(lines)


def taken(copy: Copy, source: bytes, change: Callable[[Copy], object]) -> Absorption:
    """Absorb a change: the report says what the copy says then, and nothing is left to be decided."""
    change(copy)
    done = take(copy, source)
    assert done.is_settled, [d.message() for d in done.diagnostics]
    assert texts(p.text for p in body_of(draw(report_of(done.after)).copy)) == texts(iter(said_in(copy)))
    assert take(copy, done.after).after == done.after
    return done


def test_a_chart_goes_to_another_chapter() -> None:
    source, copy = source_of("everything-2024"), Copy(word_of("everything-2024"))
    move_chart(copy)
    done = take(copy, source)
    assert done.is_settled
    text = done.after.decode()
    assert (
        text.index("  - 改进措施")
        < text.index("      标题: 主动公开信息的渠道分布")
        < text.index("其他需要报告的事项")
    )
    assert sorted(text.splitlines()) == sorted(source.decode().splitlines())


def test_a_text_is_left_as_it_is_laid_out_where_nothing_in_it_came_or_went() -> None:
    copy = Copy(word_of("layered"))
    copy.add(para(copy, "改进措施"), NEW)
    assert take(copy, layered()).after.decode().replace(f"  - {NEW}\n", "") == layered().decode()


def test_a_place_named_before_its_text_became_a_list_is_found_in_it() -> None:
    copy, source = Copy(word_of("layered")), layered()
    copy.remove(para(copy, "第三段："))
    replace_all(copy, ("收到申请0件", "收到申请30件"))
    asked = take(copy, source)
    assert [d.code for d in asked.diagnostics if d.code == "absorb-expression"]
    place = next(path for path in draw(report_of(source)).prose if path.startswith("引言") and "2" in path)
    done = take_in(copy.save(), "x.docx", source, FIXTURES / "x.yaml", Wish(frozenset({place})))
    assert "全年收到申请30件" in done.after.decode()
    assert "第三段" not in done.after.decode()
    assert done.is_settled
