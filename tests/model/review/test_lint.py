"""Slips of punctuation and numerals are found where they are surely slips, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from reportgen.diagnostics import Diagnostic, Severity
from reportgen.model.edits.edit import Replace
from reportgen.model.edits.editing import edit_file
from reportgen.model.report import read_report, reviewed
from reportgen.model.review.references import NOTHING
from tests.clocks import within
from tests.model.reports import FINAL, disclosure

CODES = yaml.safe_load(Path("reportgen/findings/lint.yaml").read_text("utf-8"))
SLIPS = [
    ("收到申请,办结22件", "half-width-mark", "收到申请，办结22件"),
    ("收到22件, 均已办结.", "half-width-mark", "收到22件，均已办结。"),
    ("主要有:公开;答复", "half-width-mark", "主要有：公开；答复"),
    ("公开Word,共3份", "half-width-mark", "公开Word，共3份"),
    ("办结(含结转)22件", "half-width-bracket", "办结（含结转）22件"),
    ("办结（含结转)22件", "half-width-bracket", "办结（含结转）22件"),
    ('坚持"公开为常态"的原则', "straight-quote", "坚持“公开为常态”的原则"),
    ("收到申请２２件，占５．５％。", "full-width-letter", "收到申请22件，占5.5%。"),
    ("ＷＯＲＤ版", "full-width-letter", "WORD版"),
    ("依据国办公开办函[2021]30号", "document-number-brackets", "依据国办公开办函〔2021〕30号"),
    ("依据国办公开办函（2021）30号", "document-number-brackets", "依据国办公开办函〔2021〕30号"),
    ("2020-2023年", "range-mark", "2020—2023年"),
    ("每月3-5条", "range-mark", "每月3～5条"),
    ("每月3~5条", "range-mark", "每月3～5条"),
    ("占20%-30%", "range-mark", "占20%～30%"),
    ("占20—30%", "range-percent", "占20%—30%"),
    ("2024年01月05日印发", "date-zero", "2024年1月5日印发"),
    ("截至12月01日", "date-zero", "截至12月1日"),
    ("从23年1月起", "short-year", None),
    ("一.加强学习", "ordinal-mark", "一、加强学习"),
    ("（一）、加强学习", "ordinal-mark", "（一）加强学习"),
    ("1、加强学习", "ordinal-mark", "1.加强学习"),
    ("（1）、加强学习", "ordinal-mark", "（1）加强学习"),
    ("第一、加强学习", "ordinal-comma", "第一，加强学习"),
    ("加强学习，，提高认识。。", "doubled-mark", "加强学习，提高认识。"),
    ("加强学习，。", "doubled-mark", None),
    ("加强的的学习", "doubled-word", "加强的学习"),
    ("进行进行公开", "doubled-word", "进行公开"),
    ("组织组织培训4期", "doubled-word", "组织培训4期"),
    ("坚持“公开为常态的原则", "unpaired-mark", None),
    ("依照《条例规定", "unpaired-mark", None),
    ("依照条例）规定", "unpaired-mark", None),
    ("加强 学习， 提高认识", "blank-in-text", "加强学习，提高认识"),
    ("公报12期（ 含增刊 ）", "blank-in-text", "公报12期（含增刊）"),
    ("占 20 %", "blank-before-unit", "占 20%"),
    ("“三审”、“三校”", "comma-between-quotes", "“三审”“三校”"),
    ("《条例》、《规定》", "comma-between-quotes", "《条例》《规定》"),
    ("网站、公众号、等渠道", "comma-before-etc", "网站、公众号等渠道"),
    ("教育、医疗...", "ellipsis-form", "教育、医疗……"),
    ("教育、医疗。。。", "ellipsis-form", "教育、医疗……"),
    ("公开--服务的基础", "dash-form", "公开——服务的基础"),
    ("依照<<条例>>规定", "title-brackets", "依照《条例》规定"),
    ("印发《条例(试行)》", "half-width-bracket", "印发《条例（试行）》"),
]
RIGHT = [
    "收到1,023件，占3.5%，时间为12:30至13:00，比例3:2。",
    "见https://www.example.gov.cn/a,b;c?d=1、邮箱a.b@example.gov.cn，电话0750-3831000。",
    "依照GB/T 9704-2012、GB/T 15834-2011和DA/T 46-2009执行。",
    "粤府办〔2021〕5号、（2021）粤0703行初30号、（2023）号",
    "政府信息公开的目的的确是为了了解社情民意，参与与否自愿，以及及时答复。",
    "A, B and C (see it's here); \"quoted\" text.",
    "2023年1月1日至12月31日，10月5日，20日，2000年，近20年，20个月。",
    "第一、第二季度各3期；第三、四季度各2期；一、二年级；1、2、3号窗口。",
    "张 三、李 四参加；政策咨询综合服务平台—问答知识库；每月3～5条，2020—2023年。",
    "1）公开；2）答复。a)公开",
    "“关于‘十四五’规划”的《关于印发〈办法〉的通知》【重要】（含“一函两书”（试点））",
    "教育、医疗……公开——服务。真的？！是的！",
    "三、等级评定；公开、等候答复",
    "印发《2021-2023年工作要点》《关于2023年01月05日会议的通知》《目  录》《3-5条》，见《甲、乙等》。",
    "索引号530000/2025-00008，ISO(2015)，f(x)，5'，it's，TCP/IP:80。",
]  # fmt: skip


def report_of(*texts: str) -> bytes:
    """A report whose review of the year holds these paragraphs."""
    lines = "".join(f"\n  - |\n    {text}" for text in texts)
    return FINAL.replace("总体情况: 全年工作平稳。", f"总体情况:{lines}").encode()


def found(data: bytes) -> tuple[Diagnostic, ...]:
    """What the lint finds."""
    loaded = reviewed(read_report(data, Path("r.yaml"), kind=disclosure()), NOTHING, ())
    assert loaded.report, loaded.diagnostics
    return tuple(
        finding for finding in loaded.diagnostics if "reportgen" and finding.type.source and is_lint(finding)
    )


def is_lint(finding: Diagnostic) -> bool:
    """Whether a finding is the lint's."""
    return "context" in finding.arguments and "meant" in finding.arguments


@pytest.mark.parametrize(("text", "code", "mended"), SLIPS)
def test_a_slip_is_found_and_mended_where_the_remedy_is_sure(
    text: str, code: str, mended: str | None
) -> None:
    data = report_of(text)
    findings = found(data)
    assert {finding.code for finding in findings} == {code}
    assert all(finding.level is not Severity.ERROR for finding in findings)
    fixes = [Replace(finding.location, finding.fix) for finding in findings if finding.fix is not None]
    after = edit_file(data, fixes)
    assert after.refused == ()
    assert after.data == report_of(mended or text)
    assert bool(fixes) == (mended is not None)
    if mended is not None:
        assert found(after.data) == ()


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert [(finding.code, finding.message()) for finding in found(report_of(text))] == []


def test_a_quotation_of_several_paragraphs_opens_in_each_and_closes_in_the_last() -> None:
    assert found(report_of("“第一段。", "“第二段。”")) == ()
    assert [finding.code for finding in found(report_of("“第一段。", "第二段。"))] == ["unpaired-mark"]


def test_what_an_expression_made_is_nobodys_slip() -> None:
    text = report_of("办结{{ 机关 }}件").decode().replace("机关: 某市某局", "机关: 某市,某局")
    assert [finding.path for finding in found(text.encode())] == []


@pytest.mark.parametrize("path", sorted(Path("fixtures").glob("*.yaml")), ids=lambda path: path.stem)
def test_reports_as_offices_write_them_raise_nothing(path: Path) -> None:
    assert found(path.read_bytes()) == ()


HOSTILE = [
    *(letter * 20_000 for letter in ("，", "（", "0", "a", "的", "[")),
    *(pair * 10_000 for pair in ("1-", "中 ", "<<", ". ", "'\"", "中,", "1.", "年0")),
    *(both * 4_000 for both in ("a.b@", "www.", "A/B 1", "1.1%", "（1)、")),
    "(" * 10_000 + "]" * 10_000,
    "“" * 10_000 + "）" * 10_000,
    "<<" + "中" * 19_000,
]


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:4])
def test_hostile_texts_take_no_longer_than_others(text: str) -> None:
    data = report_of(*([text] * 5))
    with within(3):
        reviewed(read_report(data, Path("r.yaml"), kind=disclosure()), NOTHING, ())
