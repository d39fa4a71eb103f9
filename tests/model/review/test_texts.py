"""What a reviewer finds in the texts, and above all what is right and must not be found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.diagnostics import Severity
from reportgen.model.guidebook import codes_of
from reportgen.model.review.numbering import spelt_like, value
from reportgen.model.review.privacy import CHECKS, WEIGHTS, is_card, is_identity, kind_of
from reportgen.model.review.similarity import likeness, told_apart
from tests.clocks import within
from tests.model.reports import disclosure
from tests.model.review.conftest import SOUND, Found

OPEN = "正文: 及时公开政策文件和办事信息。"
PROBLEMS = "存在的问题：一是部分信息更新不够及时；二是解读形式较为单一。"
MEASURES = "改进措施：一是每月检查一次；二是增加图解和视频。"


def tasks() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """The checks of texts that the kind asks for."""
    for form, entries in disclosure().review.items():
        yield from ((form, name, entry) for name, entry in entries.items())


FEE = "本年度未发出收费通知，收取信息处理费0元。"


OWN = {
    *(code for form, name, entry in tasks() for code in codes_of(form, name, entry)),
    *disclosure().catalogue,
}
"""The codes of checks of texts and of rules."""


def codes(found: Found, *pairs: tuple[str, str], tail: str = "") -> list[str]:
    """The codes found after changes, those of other checks left out."""
    return [finding.code for finding in found(*pairs, tail=tail) if finding.code in OWN]


@pytest.mark.parametrize(
    "sentence",
    [
        "新收申请5件，比2022年增加2件。",
        "与2022年相比，申请数量持平。",
        "较2022年度下降。",
        "2022年结转3件均已办结。",
        "2022年底前建成的专区继续开放。",
        "自2022年起实行月报制度。",
        "2022年收到3件，2023年收到5件。",
        "执行《关于2022年工作要点的通知》。",
        "依据2019年修订的条例，继续做好工作。",
        "2024年，我局将继续做好公开工作。",
        "2023年1月至12月共公开100条。",
        "上一年度（2022年）报告已经备案。",
        "围绕2021—2023年三年行动计划公开信息。",
    ],
)
def test_other_years_in_their_place_are_right(found: Found, sentence: str) -> None:
    assert codes(found, (OPEN, f"正文: {sentence}")) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "2022年，我局公开信息100条。",
        "2022年全年收到申请5件。",
        "2024年，全局公开信息100条。",
        "2022年度，本机关主动公开信息100条。",
        "二〇二二年，我局公开信息100条。",
        "２０２２年，我局公开信息100条。",
    ],
)
def test_the_wrong_year_of_a_statement_is_found_where_it_stands(found: Found, sentence: str) -> None:
    (finding,) = (f for f in found((OPEN, f"正文: {sentence}")) if f.code in OWN)
    assert (finding.code, finding.level) == ("wrong-year", Severity.ERROR)
    assert finding.location.end_column - finding.location.column == 4


@pytest.mark.parametrize(
    "sentence",
    [
        "开设“12345”专栏，发布图解XX期".replace("XX", "12"),
        "网址为www.xxgk.gov.cn，邮箱xx@example.gov.cn。",
        "落实三审三校制度（见附件）。",
        "政府集中采购信息全部公开。",
        "办理时间为每月31日。",
        "逐年逐月公开，按年、月统计。",
        "公开第3年度的数据。",
    ],
)
def test_what_only_looks_like_a_leftover_or_a_broken_date_is_right(found: Found, sentence: str) -> None:
    assert codes(found, (OPEN, f"正文: {sentence}")) == []


@pytest.mark.parametrize(
    ("text", "found_codes"),
    [
        ("存在的问题：部分信息公开不够及时，解读形式不够多样化。改进措施：加强培训，完善制度。", []),
        ("一是更新不及时，改进措施：建立台账。二是人员少、业务不熟，改进措施：组织培训。", []),
        ("公开内容与群众期盼还有差距，队伍力量薄弱。下一步，我局将加强学习、健全机制，充实人员。", []),
        (
            "征地信息历史数据不完整。规划公示的互动性不强。改进措施：补录批文213份；在公示期内开通意见征集。",
            [],
        ),
        ("一是政策宣传有盲区，将请专家进村入户；二是公开形式单一，将制作方言版短视频。", []),
        ("问题一是解读不够通俗，二是公开不够及时。改进措施：一是请专家撰写，二是设置提醒。", []),
        ("其一，认识不足；其二，解读面窄。为此我局：其一，列入目标考核；其二，利用社区宣讲面对面解读。", []),
        ("问题有二：意识不强；内容单一。对策有二：举办专题讲座；围绕河湖长制增设栏目3个。", []),
        ("一是更新不及时。已将时限压缩。\n  - 二是形式单一。已与融媒体中心合作。", []),
        ("数据发布与需求还有距离；解读深度不足。\n  - 我局公布了全年发布日程表；组建解读专家库。", []),
        ("问题方面：人手紧；素材旧。改进方面：明确AB岗；每月收集群众关切并逐项公开。", []),
        ("主要问题：公开形式单一。改进情况：增加图解。", ["problems-few"]),
        ("存在更新不及时、形式单一、人员不足等问题。", ["measures-few"]),
        ("存在不足，不够，不高，不强。加强，完善，提高，落实。", ["measures-few", "problems-few"]),
        ("一是；二是；三是。改进措施：一是；二是。", ["measures-few", "problems-few"]),
        ("一是更新不及时；二是更新不及时。改进措施：加强检查，加强检查。", ["problems-few"]),
        ("不存在更新不及时、形式单一的问题，人员不足。改进措施：充实人员，加强培训。", ["problems-few"]),
        ("更新不及时，形式单一。今后将进一步加强相关工作，不断完善。", ["measures-few"]),
        ("本年度无。", ["problems-none"]),
        ("不存在主要问题", ["problems-none"]),
        ("暂无", ["problems-none"]),
    ],
)
def test_problems_and_measures_are_counted(found: Found, text: str, found_codes: list[str]) -> None:
    assert codes(found, (f"{PROBLEMS}\n  - {MEASURES}", text)) == found_codes


@pytest.mark.parametrize(
    ("organ", "found_codes"), [("某街道办事处", []), ("某镇人民政府", ["assessment-missing"])]
)
def test_an_outpost_of_a_government_is_not_assessed_like_one(
    found: Found, organ: str, found_codes: list[str]
) -> None:
    office = next(line for line in SOUND.split("\n") if line.startswith("机关: ")) + "\n"
    organ_line, street = f"机关: {organ}\n", ("类型: 部门", "类型: 乡镇街道")
    changes = ((office, organ_line), street, ("考核评议，未发生责任追究情形", "考察"))
    assert codes(found, *changes) == found_codes


@pytest.mark.parametrize(
    "said",
    ["年度考评得分93.5，村民代表评议满意率97%，无人被问责", "群众测评居全市前列，列入绩效，未约谈负责人"],
)
def test_assessment_may_be_told_in_other_words(found: Found, said: str) -> None:
    office = next(line for line in SOUND.split("\n") if line.startswith("机关: ")) + "\n"
    changes = ((office, "机关: 某镇人民政府\n"), ("类型: 部门", "类型: 乡镇街道"))
    assert codes(found, *changes, ("考核评议，未发生责任追究情形", said)) == []


@pytest.mark.parametrize(
    ("lead", "is_strange"),
    [
        ("现公布某市某区财政局2023年政府信息公开工作年度报告。", False),
        ("现公布区财政局2023年政府信息公开工作年度报告。", False),
        ("我局2023年政府信息公开工作年度报告由六部分组成。", False),
        ("根据市人民政府办公室2023年政府信息公开工作年度报告编制要求，制定本报告。", False),
        ("现公布某区审计局2023年政府信息公开工作年度报告。", True),
        ("现公布2023年某区审计局政府信息公开工作年度报告。", True),
    ],
)
def test_the_report_of_another_office_is_told(found: Found, lead: str, is_strange: bool) -> None:
    office = next(line for line in SOUND.split("\n") if line.startswith("机关: ")) + "\n"
    made = codes(found, (office, f"机关: 某区财政局\n引言: {lead}\n"))
    assert made == ["other-organ"] * is_strange


def test_problems_and_measures_may_stand_under_headings_and_in_lists(found: Found) -> None:
    text = (
        "小标题: 存在的问题\n    正文:\n      - 列表: [更新不及时。, 形式单一。]\n"
        "  - 小标题: 改进情况\n    正文:\n      - 列表: [建立台账。, 增加图解。]"
    )
    assert codes(found, (f"{PROBLEMS}\n  - {MEASURES}", text)) == []


@pytest.mark.parametrize(
    ("text", "found_codes"),
    [
        ("本年度未收取信息处理费。", []),
        ("依申请提供政府信息未收取任何费用。", []),
        ("发出收费通知3件，总金额400元，实际收取400元。", []),
        ("没有其他需要报告的事项。", ["fee-missing"]),
        ("信息处理费已上缴财政。", ["fee-amount-missing"]),
    ],
)
def test_the_fee_is_reported_also_when_it_is_nothing(found: Found, text: str, found_codes: list[str]) -> None:
    assert codes(found, (FEE, text)) == found_codes


@pytest.mark.parametrize(
    ("kind", "day", "late"),
    [
        ("部门", "2024-01-31", False),
        ("部门", "2024-02-01", True),
        ("政府", "2024-03-31", False),
        ("政府", "2024-04-01", True),
    ],
)
def test_deadlines_depend_on_the_kind_of_body(found: Found, kind: str, day: str, late: bool) -> None:
    body = ("机关类型: 部门", f"机关类型: {kind}")
    assert codes(found, body, ("2024-01-12", day)) == (["published-late"] if late else [])


def test_a_body_that_reconsiders_is_reminded_of_the_notice(found: Found) -> None:
    suits = ("复议诉讼: {其余: 0}", "复议诉讼: {其余: 0, 复议后起诉: {结果维持: 1}}")
    assert codes(found, suits) == []
    assert codes(found, suits, ("机关类型: 部门", "机关类型: 政府")) == ["co-defendant-cases"]


def test_a_draft_is_warned_of_all_this_and_stopped_by_nothing(found: Found) -> None:
    found_now = found(("状态: 定稿", "状态: 草稿"), (OPEN, "正文: XX公众号。"), (FEE, "无。"))
    assert {(f.code, f.level) for f in found_now} == {
        ("leftover", Severity.WARNING),
        ("fee-missing", Severity.WARNING),
    }


@pytest.mark.parametrize(
    ("text", "found_codes"),
    [
        ("一是公开；二是解读；三是回应。", []),
        ("一是公开；二是解读。一是登记；二是答复。", []),
        ("一是公开；三是解读。", ["numbering-broken"]),
        ("一是公开；二是解读；二是回应。", ["numbering-broken"]),
        ("第一，公开；第三，解读。", ["numbering-broken"]),
        ("统一是关键，不一是问题。", []),
    ],
)
def test_numbers_of_clauses_go_on_unbroken(found: Found, text: str, found_codes: list[str]) -> None:
    assert codes(found, (OPEN, f"正文: {text}")) == found_codes


def test_a_break_of_numbers_is_told_in_their_own_style(found: Found) -> None:
    (finding,) = found((OPEN, "正文: 一是公开；三是解读。"))
    assert finding.message("zh") == "序号到了“三是”，应当是“二是”"


@given(st.integers(1, 39))
def test_small_numbers_are_read_as_they_are_written(number: int) -> None:
    numerals = " 一二三四五六七八九"
    tens, ones = divmod(number, 10)
    text = (numerals[tens] if tens > 1 else "") + ("十" if tens else "") + numerals[ones]
    assert value(text.replace(" ", "")) == number
    assert value(str(number)) == number
    assert spelt_like("二", number) == text.replace(" ", "")
    assert spelt_like("（2）", number) == str(number)


@given(st.integers(100000, 659999), st.dates(), st.integers(0, 999))
def test_an_identity_number_is_known_by_its_date_and_check_digit(area: int, born: object, order: int) -> None:
    number = f"{area}{str(born).replace('-', '')}{order:03}"
    check = CHECKS[sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=True)) % 11]
    assert is_identity(number + check)
    assert kind_of(number + check.lower()) == "personal-identity"
    others = [digit for digit in "0123456789X" if digit != check]
    assert not any(is_identity(number + digit) for digit in others)


def test_cards_are_known_by_their_check_digit() -> None:
    assert is_card("6222021234567890128") is (kind_of("6222021234567890128") == "personal-card")
    assert sum(is_card(f"622202123456789012{digit}") for digit in range(10)) == 1
    assert not is_card("1234567890123452")


def test_the_contact_may_be_a_mobile(found: Found) -> None:
    call = (OPEN, "正文: 咨询请拨打13812345678。")
    assert codes(found, call) == ["personal-mobile"]
    assert codes(found, call, tail="联系方式: {电话: 138-1234-5678}\n") == []
    lead = ("总体情况:\n", "引言: 联系电话：13812345678。\n总体情况:\n")
    assert codes(found, lead) == []


@pytest.mark.parametrize("call", ["84368888 13812345678", "+8613812345678", "138 1234 5678"])
def test_a_mobile_is_found_in_other_company_and_forms(found: Found, call: str) -> None:
    assert codes(found, (OPEN, f"正文: 请拨打{call}。")) == ["personal-mobile"]


def test_a_number_of_a_register_with_a_late_date_is_nobodys(found: Found) -> None:
    body = f"32000020230112{12:03}"
    number = body + CHECKS[sum(int(d) * weight for d, weight in zip(body, WEIGHTS, strict=True)) % 11]
    assert codes(found, (OPEN, f"正文: 办件编号为{number}。")) == []
    assert codes(found, (OPEN, f"正文: 身份证号码为{number}。")) == ["personal-identity"]


@pytest.mark.parametrize(
    "text",
    [
        "网址为http://www.example.gov.cn/t20230112_13812345678.html。",
        "全年浏览量13812345678次。",
        "听取当事人陈述、申辩。",
        "告知申请人何时、何地查阅，当事人金额、申请人丁家村。",
        "文号为20230101123456789号。",
        "全年访问量12345678901次。",
        "统一社会信用代码11440700007071234X。",
        "申请人应当补正，申请人可以申请复议。",
        "当事人对答复不服的，告知救济途径。",
    ],
)
def test_other_long_numbers_and_words_are_nobodys(found: Found, text: str) -> None:
    assert codes(found, (OPEN, f"正文: {text}")) == []


@given(st.text("信息公开工作年度报告", min_size=2), st.text("信息公开工作年度报告", min_size=2))
def test_likeness_is_a_share_that_does_not_depend_on_the_order(one: str, other: str) -> None:
    assert likeness(one, one) == 1
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1


def test_a_report_of_the_same_name_is_told_with_its_folder() -> None:
    assert told_apart(Path("2023/r.yaml"), Path("2024/r.yaml")) == "2023/r.yaml"
    assert told_apart(Path("2023/old.yaml"), Path("2024/r.yaml")) == "old.yaml"


def test_two_long_texts_are_compared_at_once() -> None:
    one, other = ("".join(chr(0x4E00 + n * step % 5000) for n in range(20_000)) for step in (7, 11))
    with within(1):
        assert likeness(one, other) < 0.5
