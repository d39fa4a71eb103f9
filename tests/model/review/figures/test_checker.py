"""What texts say of the tables: right sentences raise nothing, wrong ones are found at their figure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportgen.diagnostics import Severity
from reportgen.model.report import Report, read_report
from reportgen.model.review.figures.checker import check_figures
from reportgen.model.review.figures.listing import list_figures
from reportgen.model.review.review import Review
from tests.clocks import within
from tests.model.reports import disclosure, figure_at

SOURCE = Path("benchmarks/truth/reports/suqian-city-2023.yaml")
"""New 3511, carried in 96, answered 3486 (1191, 328, 142, 1078, 406, 341), carried out 121; 440 and 113."""


def report_with(sentence: str, title: str = "依申请公开方面") -> Report:
    text = SOURCE.read_text("utf-8")
    end = text.index("\n", text.index("正文: ", text.index(f"小标题: {title}")))
    report = read_report(f"{text[:end]}{sentence}{text[end:]}".encode(), SOURCE, kind=disclosure()).report
    assert report
    return report


def found(sentence: str, title: str = "依申请公开方面") -> list[tuple[str, str]]:
    """The codes found and the figures they point at."""
    return found_in(report_with(sentence, title))


def found_in(report: Report) -> list[tuple[str, str]]:
    """The codes found in a report and the figures they point at."""
    lines = report.source.decode().split("\n")
    return [
        (
            finding.code.removeprefix("prose-"),
            lines[finding.location.line - 1][finding.location.column - 1 : finding.location.end_column - 1],
        )
        for finding in check_figures(Review(report))
    ]


RIGHT = (
    *(
        "全年共收到申请三千五百一十一件，结转一百二十一件。",
        "办结近3500件，新收3500余件，结转约100件。",
        "共受理申请3607件（含上年结转96件）。",
    ),
    *(
        "予以公开、部分公开、不予公开分别为1191件、328件和142件。",
        "予以公开和部分公开共1519件，占办结数的43.57%。",
    ),
    *(
        "收到申请3511件，其中网上申请3000件、信函申请511件。",
        "收到申请3511件，其中市教育局50件、市公安局160件。",
    ),
    *(
        "共收到自然人申请3402件。",
        "其中自然人3402件、法人和其他组织109件。",
        "印发文件412件，主动公开96件，依申请公开20件，不予公开296件。",
    ),
    *(
        "行政复议440件，其中尚未审结26件，其余414件已审结。",
        "收到申请3511件，其中网上申请3000件，其余511件书面提出。",
        "新收申请3511件（不含上年结转的96件），自然人3402件、法人或其他组织109件。",
        "收到申请3511件，3486件已答复，其余121件结转下年。",
        "收到申请3511件，其中上年结转96件，96件均已答复。",
        "予以公开1191件、部分公开328件，二者合计占办结总数的43.6%。",
        "办理申请3607件，办结率96.6%，公开率43.6%。热线办结率为98.2%。",
        "制定规章2件、规范性文件109件。",
        "作出许可决定、处罚决定，较2022年分别增长4.1%、下降7.5%。",
        "收到申请3511件，自然人占96.9%，共3402件；法人和其他组织占3.1%，共109件。",
        "来自商业企业、法律服务机构的申请各有99件和6件。",
        "信息公开行政复议应诉案件440件。",
        "一季度收到申请800件，办结790件。",
    ),
    *(
        "办理行政复议案件1200件，办结1100件。",
        "组织行政处罚案卷评查50件。",
        "收到12345热线工单90件，办结90件。",
    ),
    *(
        "2022年新收政府信息公开申请3000件。",
        "办理人大建议200件、政协提案300件，全部公开200件。",
        "减免行政事业性收费1200万元。",
    ),
    *("信访举报投诉类申请305件，重复申请39件。", "行政复议维持309件，纠正17件，其他结果88件，尚未审结26件。"),
    *(
        "复议后起诉89件，未经复议直接起诉24件。",
        "审查合同90件，办结90件。",
        "以公开为常态、不公开为例外，培训3次。",
    ),
    *(
        "公开信息386条，比上年增加41条，增长11.88%，其中预算124条、补贴98条、采购87条、其他77条。",
        "汇编规章11件、行政规范性文件597件，公开11件规章、597件行政规范性文件的文本。",
        "3607件申请已办结3486件，应办理3607件。",
        "从申请人看，自然人3402件，法人或其他组织109件。",
        "网上申请301宗、邮寄申请71宗，分别占80.91%、19.09%。",
        "对36个部门、9个县（区）开展考核，满意度98.1%。",
        "由不予公开转为主动公开2件。",
        "其中，市政府部门受理742件、县（区）受理1063件。",
    ),
    *(
        "发生的440件行政复议和113件行政诉讼中，26件撤诉。",
        "受理建设工程规划许可申请612件，核发许可证598本。",
        "10个工作日内答复1400件、11至20个工作日答复2086件。",
        "受理低保救助申请90件、助学补助申请30件。",
    ),
    *(
        "办结历年结转申请3件、今年新收申请24件。",
        "累计主动公开信息2.1万条，当年新增2,304条。",
        "保留行政权力841项，其中行政许可24项、行政处罚765项、其他权力52项。",
        "受理线上申请65件，办结62件，结转下年度3件，受理线下申请9件。",
        "主动公开信息988条，其他方式公开73条。",
        "通过来信收到申请4件。",
    ),
    *(
        "新收申请3511件（2022年为3000件）；另有上年结转96件。",
        "新收申请3511件，同比增长17.0%（2022年为3000件）。",
        "废止行政规范性文件402件、失效87件。",
        "公开信息79条，其中公告20件、动态59条。",
        "共办结申请3486件，其中予以公开或部分公开占43.6%，因不掌握等原因无法提供占30.9%。",
        "收到申请3511件，其余121件按程序结转。",
    ),
)
WRONG = (
    ("新收申请3402件。", "3402件"),
    ("新收申请３５１０件。", "３５１０件"),
    ("新收申请三千五百一十件。", "三千五百一十件"),
    ("共受理政府信息公开申请3510件。", "3510件"),
    ("办结（含上年结转）3485件。", "3485件"),
    ("对143件申请作出不予公开答复。", "143件"),
    ("予以公开、部分公开、不予公开分别为1191件、329件和142件。", "329件"),
    ("予以公开和部分公开共1518件。", "1518件"),
    ("尚有122件结转下年度继续办理。", "122件"),
    ("2022年结转至本年办理的申请97件。", "97件"),
    ("规章12件现行有效。", "12件"),
    ("收到申请3511件，其中自然人3401件、法人或其他组织109件。", "3401件"),
    ("新收申请3500余件，办结3600余件。", "3600余件"),
    ("公开信息30条；全年作出许可15.2万件（152038件），行政处罚决定2822653件。", "2822653件"),
    ("共办理行政处罚282.3万件（2822653件）。", "2822653件"),
    ("应办理3608件。", "3608件"),
    ("行政诉讼结果维持为主；其中复议后起诉88件。", "88件"),
    ("从申请人看，自然人3403件，法人或其他组织109件。", "3403件"),
    ("新收申请3511件，较2022年减少19件，共办结3487件。", "3487件"),
    ("新收申请3511件，内容集中在征地、规划、收费等三个方面，已办结3487件。", "3487件"),
    ("行政事业性收费5.9亿元。行政事业性收费6.9亿元。", "6.9亿元"),
    ("收到申请3511件，余122件按程序结转。", "122件"),
    ("行政复议440件，除27件尚未审结外，均有结果。", "27件"),
    ("制定行政规范性文件109件，修订2件，废止488件。", "488件"),
    ("制发行政规范性文件109件，清理废止文件488件。", "488件"),
    ("制发行政规范性文件109件，制作图解8个；废止488件。", "488件"),
    ("因不掌握相关信息无法提供1046件。", "1046件"),
    ("答复申请3486件。其中公开1190件，部分公开328件。", "1190件"),
    ("答复申请3486件，其他342件。", "342件"),
    ("新收申请3511件（不含上年结转的96件），自然人3403件。", "3403件"),
    ("收到申请3511件，3485件已答复。", "3485件"),
    ("制定规章2件、规范性文件108件。", "108件"),
    ("行政复议440件，已审结415件。", "415件"),
    ("行政复议440件，其中司法部维持310件。", "310件"),
    ("行政诉讼113件，25件为直接起诉。", "25件"),
    ("收到的申请绝大多数由自然人提出，计3403件。", "3403件"),
    ("作出1808594件行政许可。", "1808594件"),
    ("收到申请3511件（其中企业98件、律师事务所5件）。", "98件"),
    ("2022年收到、结转至2023年答复的申请97件。", "97件"),
    ("收到申请3511件，其中自然人3493件、商业企业99件、法律服务机构5件。", "3493件"),
)
COMPUTED = (
    ("新收申请3511件，与上年的3000件相比，增长17.04%。", "change-differs", "17.04%"),
    ("新收申请3511件，较上年（3000件）增加510件。", "change-differs", "510件"),
    ("新收申请3511件，同比增长17.1%（2022年为3000件）。", "change-differs", "17.1%"),
    ("共办结申请3486件，其中予以公开占34.3%。", "share-differs", "34.3%"),
    ("办理申请3607件，办结率95.6%。", "share-differs", "95.6%"),
    ("收到申请3511件，其中自然人占95.9%。", "share-differs", "95.9%"),
    ("予以公开1191件、部分公开328件，二者合计占办结总数的44.6%。", "share-differs", "44.6%"),
    ("行政复议440件，尚未审结26件，其余415件已审结。", "parts-differ", "440件"),
    ("新收申请3511件，其中自然人3402件，占96.9%；法人109件，占3.0%。", "share-differs", "3.0%"),
)


@pytest.mark.parametrize("sentence", RIGHT)
@pytest.mark.parametrize("title", ["依申请公开方面", "主动公开方面"])
def test_a_right_sentence_raises_nothing(sentence: str, title: str) -> None:
    assert found(sentence, title) == []


@pytest.mark.parametrize(("sentence", "code", "figure"), COMPUTED)
def test_a_change_or_share_that_does_not_come_out_is_found_at_its_place(
    sentence: str, code: str, figure: str
) -> None:
    assert found(sentence) == [(code, figure)]


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("公告0件，其中动态0件，占0%。", []),
        ("公告0件，其中动态0件，占5%。", ["5%"]),
        ("公告0件，其中动态0件，占50%，图解0件，占50%。", ["50%", "50%"]),
    ],
)
def test_nothing_is_no_whole_of_a_share(sentence: str, figures: list[str]) -> None:
    assert found(sentence) == [("share-differs", figure) for figure in figures]


@pytest.mark.parametrize(
    ("row", "sentence", "figure"),
    [
        ("部分公开", "办理申请3607件，公开率40.6%。", "40.6%"),
        ("上年结转", "办理申请，办结率为93.1%。", "93.1%"),
        ("上年结转", "其中予以公开占31.3%。", "31.3%"),
        ("上年结转", "收到网上申请300件，占8.2%。", "8.2%"),
    ],
)
def test_a_share_of_what_is_still_to_be_filled_in_contradicts_nothing(
    row: str, sentence: str, figure: str
) -> None:
    known = report_with(sentence)
    text = re.sub(rf"(?m)^  {row}: .*$", f"  {row}: 待填", known.source.decode().replace("定稿", "草稿"))
    unknown = read_report(text.encode(), SOURCE, kind=disclosure()).report
    assert unknown
    assert ("share-differs", figure) in found_in(known)
    assert ("share-differs", figure) not in found_in(unknown)


@pytest.mark.parametrize(("sentence", "figure"), WRONG)
def test_a_wrong_figure_is_found_at_its_place(sentence: str, figure: str) -> None:
    assert found(sentence) == [("figure-differs", figure)]


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("申请均已全部办结。", "claim-differs"),
        ("全年未发生行政复议。", "claim-differs"),
        ("公开信息276条，其中网站216条，微信公众号50条。", "parts-differ"),
        ("公开信息276条，其中网站216条，微信公众号80条。", "parts-differ"),
        ("予以公开1191件，占33.17%。", "share-differs"),
        ("网上申请301宗、邮寄申请71宗，分别占80.91%、19.19%。", "share-differs"),
        ("微信公众号发布信息173769万条。", "unit-implausible"),
        ("现行有效的行政规范性文件。", "figure-missing"),
        ("发布监测报告24期。会议要求加强工作。发布监测报告25期。", "told-twice"),
    ],
)
def test_what_does_not_come_out_is_found(sentence: str, code: str) -> None:
    assert [each for each, _ in found(sentence)] == [code]


def test_parts_that_are_said_to_be_some_need_not_be_all() -> None:
    assert found("公开信息276条，其中网站216条，微信公众号50条等。") == []
    assert found("公开信息276条，其中网站100条，微信公众号50条。") == []


def test_what_is_listed_as_published_may_differ() -> None:
    (finding,) = check_figures(Review(report_with("公开抽检信息1246条、行政处罚案件信息2822538件。")))
    assert (finding.code, finding.level) == ("prose-figure-differs", Severity.WARNING)


BUREAU = "机关: 宿迁市水务局\n机关类型: 部门\n"


@pytest.mark.parametrize(
    ("organ", "sentence", "level"),
    [
        (BUREAU, "全市共收到政府信息公开申请5200件。", Severity.WARNING),
        (BUREAU, "全市行政复议机构审结政府信息公开类复议案件75件。", Severity.WARNING),
        (BUREAU, "全市作出许可90件，我局作出行政处罚5件。", Severity.ERROR),
        (BUREAU, "新收申请5200件。", Severity.ERROR),
        ("", "全市共收到政府信息公开申请5200件。", Severity.ERROR),
        ("", "3511件新收申请办结3400件。", Severity.WARNING),
        ("", "3511件新收申请，办结3400件。", Severity.ERROR),
    ],
)
def test_what_may_be_of_a_wider_area_or_a_part_is_a_warning(
    organ: str, sentence: str, level: Severity
) -> None:
    report = report_with(sentence)
    text = report.source.decode()
    if organ:
        start = text.index("机关: ")
        text = text[:start] + organ + text[text.index("\n", text.index("机关类型: ")) + 1 :]
    made = read_report(text.encode(), SOURCE, kind=disclosure()).report
    assert made
    found = [
        f.level for f in check_figures(Review(made)) if sentence in text.split("\n")[f.location.line - 1]
    ]
    assert found[-1:] == [level]


def test_the_slip_is_named_when_the_tables_tell_it() -> None:
    (finding,) = check_figures(Review(report_with("新收申请3402件。")))
    assert "自然人" in finding.hint("zh")
    (finding,) = check_figures(Review(report_with("无法提供1047件。")))
    assert "其中一行" in finding.hint("zh")
    assert [related.path for related in finding.related] == [
        "收到和处理申请.无法提供.本机关不掌握相关政府信息.总计",
        "收到和处理申请.无法提供.没有现成信息需要另行制作.总计",
        "收到和处理申请.无法提供.补正后申请内容仍不明确.总计",
    ]


def test_a_figure_that_is_still_unknown_contradicts_nothing() -> None:
    text = SOURCE.read_text("utf-8").replace("定稿", "草稿").replace("行政许可: 1808595", "行政许可: 待填")
    report = read_report(text.encode(), SOURCE, kind=disclosure()).report
    assert report
    assert list(check_figures(Review(report))) == []


def test_changes_are_computed_from_last_years_report() -> None:
    text = SOURCE.with_name("suqian-city-2024.yaml").read_text("utf-8")
    last = report_with("")
    for sentence, codes in (
        ("新收申请3525件，同比增长0.40%，比上年增加14件。", []),
        ("新收申请3525件，同比下降0.40%。", ["prose-change-differs"]),
        ("新收申请3525件，比上年增加15件。", ["prose-change-differs"]),
    ):
        changed = text.replace("全年新收", sentence + "全年新收")
        report = read_report(changed.encode(), SOURCE, kind=disclosure()).report
        assert report
        assert [finding.code for finding in check_figures(Review(report, last))] == codes


def test_every_number_is_listed_with_its_verdict() -> None:
    rows = list_figures(Review(report_with("新收申请3402件，占12%。政策解读20条。")))
    told = {row.written: (row.cell, row.value, row.verdict) for row in rows}
    assert told["3402件"] == ("收到和处理申请.本年新收.总计", "3511件", "differs")
    assert told["1808595件"] == ("主动公开政府信息.行政许可", "1808595件", "agrees")
    assert told["20条"] == ("", "", "free")
    assert told["2023"][2] == "year"


@pytest.mark.parametrize(
    "piece", ["予以公开、", "（", "其中1件、", "分别为", "1，", "百分之", "上年结转3件，占5%；", "一", "９"]
)
def test_hostile_texts_are_read_in_bounded_time(piece: str) -> None:
    report = report_with((piece * 6000)[:5000])
    with within(5):
        list(check_figures(Review(report)))


def found_beside_last(sentence: str) -> list[tuple[str, str, str]]:
    """The codes found, the figures they point at, the values named; the same report is last year's."""
    text = SOURCE.read_text("utf-8").replace("年度: 2023", "年度: 2022", 1)
    last = read_report(text.encode(), Path("last.yaml"), kind=disclosure()).report
    report = report_with(sentence)
    lines = report.source.decode().split("\n")
    return [
        (
            finding.code,
            lines[finding.location.line - 1][finding.location.column - 1 : finding.location.end_column - 1],
            finding.arguments.get("value", ""),
        )
        for finding in check_figures(Review(report, last))
    ]


@pytest.mark.parametrize(
    ("sentence", "figure", "value"),
    [
        ("上年收到申请20件。", "20件", "3511件"),
        ("去年新收申请3000件，今年收到申请3511件。", "3000件", "3511件"),
        ("2022年全年收到政府信息公开申请3510件。", "3510件", "3511件"),
        ("去年，我局收到申请3510件。", "3510件", "3511件"),
        ("上年予以公开1190件。", "1190件", "1191件"),
        ("全年收到申请3511件，上年度收到申请3400件。", "3400件", "3511件"),
        ("去年同期部分公开三百二十件。", "三百二十件", "328件"),
    ],
)
def test_figures_of_last_year_are_held_against_its_report(sentence: str, figure: str, value: str) -> None:
    assert found_beside_last(sentence) == [("prose-past-differs", figure, value)]
    assert found(sentence) == [], "without last year's report there is nothing to hold them against"


@pytest.mark.parametrize(
    "sentence",
    [
        "上年收到申请3511件，今年收到3511件。",
        "2022年收到申请3607件（含上年结转96件）。",
        "上年收到申请近3600件。",
        "2022年收到申请3511件，办结20件。",
        "2021年收到申请20件。",
        "上年上半年收到申请20件。",
        "去年网上收到申请20件。",
        "上年市教育局收到申请20件。",
        "上年公开行政许可20件。",
        "在上年工作基础上，共培训20人次。",
        "收到申请3511件，去年为3400件。",
        "上年收到、今年办结的申请20件。",
    ],
)
def test_figures_of_last_year_that_are_right_or_not_sure_raise_nothing(sentence: str) -> None:
    assert found_beside_last(sentence) == []


def test_figures_of_last_year_are_listed_as_held_against_its_report() -> None:
    text = SOURCE.read_text("utf-8").replace("年度: 2023", "年度: 2022", 1)
    last = read_report(text.encode(), Path("last.yaml"), kind=disclosure()).report
    rows = list_figures(Review(report_with("上年收到申请3511件，上年办结20件。"), last))
    assert [row.verdict for row in rows if row.written in ("3511件", "20件") and "上年" in row.before] == [
        "past",
        "found",
    ]


def test_a_wrong_total_of_one_column_does_not_make_the_text_wrong() -> None:
    text = SOURCE.read_text("utf-8")
    altered = re.sub(r"(\n  总计: \{自然人: )3375(.*), 总计: 3486\}", r"\g<1>3376\2}", text)
    assert altered != text
    report = read_report(altered.encode(), SOURCE, kind=disclosure()).report
    assert report
    assert figure_at(report.values, "收到和处理申请.总计.总计").figure == 3487
    assert list(check_figures(Review(report))) == []


def test_nearly_ten_is_not_four() -> None:
    assert found("结转下年度近200件。") == found("结转下年度近130件。") == []
    assert found("结转下年度近1000件。") == [("figure-differs", "1000件")]
