"""How problems and measures are counted: sure of what is said, generous with what may be meant."""

from __future__ import annotations

import pytest

from reportgen.diagnostics import Severity
from tests.clocks import within
from tests.model.review.conftest import Found

SOUND = (
    "存在的问题：一是部分信息更新不够及时；二是解读形式较为单一。\n"
    "  - 改进措施：一是每月检查一次；二是增加图解和视频。"
)


def levels(found: Found, *paragraphs: str) -> dict[str, Severity]:
    """What is found of problems and measures in a section of these paragraphs."""
    made = found((SOUND, "\n  - ".join(f"'{text}'" for text in paragraphs)))
    return {f.code: f.level for f in made if f.code.startswith(("problems-", "measures-"))}


@pytest.mark.parametrize(
    "paragraphs",
    [
        (
            "镇村两级公开衔接不畅，村务公开栏更新慢于镇网站；同时，政务新媒体由年轻干部兼管，人一调走账号就停更。"
            "镇党政办已把村级公开纳入月度督查，对超过一个月没更新的村直接点名，并为新媒体账号配了AB岗。",
        ),
        (
            "我镇在推进公开过程中，发现个别部门报送的材料错漏较多，为此建立了“部门自审、党政办复审”的审核链条；"
            "还发现惠农补贴公示时间过短，为此将公示期延长至15天并在村民微信群同步转发。",
        ),
        (
            "一是针对解读不及时的问题，实行解读材料与文件“三同步”；"
            "二是针对群众找不到信息的问题，优化网站检索并编制公开指南。",
        ),
        (
            "社区公开信息碎片化，居民不便查阅。我街道汇编了社区公开目录，统一版式。"
            "政策宣讲进小区偏少。我街道组织网格员入户宣讲36场，覆盖居民2100余人。",
        ),
        (
            "（一）存在问题",
            "1．文件公开后的跟踪评估没有跟上。",
            "2．部分历史文件电子化率低。",
            "（二）改进举措",
            "1．每半年对政策执行效果开展一次问卷调查。",
            "2．与区档案馆协作，扫描历史文件870份。",
        ),
        (
            "我局人员更换频繁，新接手同志对办理程序不熟悉；政务微博内容与网站重复，吸引力弱。"
            "目前已建立岗位交接清单，微博已改为以便民提示为主。",
        ),
        (
            "首先是信息更新的连续性不强，节假日前后常有空档。其次是咨询答复有时过于原则，没有解决实际疑问。"
            "今年以来我们已经排出全年发布计划表；答复一律注明依据、经办科室和电话。",
        ),
        ("①平台管理有漏洞，个别链接打不开。改进：每日巡检。②回应不够快。改进：建立到期前3日提醒制度。",),
        ("检查指出的问题有：标题不规范、附件无法下载、日期写错。均已整改，并制定发布规范，实行发布前校对。",),
        ("主要是两个“跟不上”：能力跟不上新要求，平台跟不上新需求。为此安排跟班学习2人，争取资金18万元。",),
        (
            "不足之处体现在解读的通俗性、答复的规范性、更新的时效性上。改进举措包括推广案例解读、统一答复模板。",
        ),
        ("问题：1.人少；2.钱少；3.事多。措施：1.增配1人；2.列支经费；3.分流事务。",),
        ("针对人员流动大的问题，我局选派2人跟班学习；针对设备老化的问题，我局更换自助查询机3台。",),
        ("问题：公开栏目分类交叉；窗口人员流动大。", "改进：合并重复栏目9个；设置公益性岗位2个。"),
    ],
)
def test_right_texts_in_words_of_their_own_are_left_alone(found: Found, paragraphs: tuple[str, ...]) -> None:
    assert levels(found, *paragraphs) == {}


@pytest.mark.parametrize(
    ("paragraph", "code"),
    [
        ("无", "problems-none"),
        ("本年度没有需要说明的问题及改进情况。", "problems-few"),
        ("我单位政府信息公开工作规范有序，未发现问题，今后将继续保持。", "problems-few"),
        ("公开工作成绩显著，得到上级充分肯定，不断迈上新台阶，群众满意度位居全县前列。", "problems-few"),
        ("下一步，我局将加强学习培训，完善制度机制，丰富公开形式。", "problems-few"),
        ("一是加强组织领导，成立工作专班；二是加强业务培训，提升能力。", "problems-few"),
        ("一是个别信息发布不及时。下一步，将明确发布时限，落实专人负责。", "problems-few"),
        ("存在问题：1.政策解读不够深入。改进措施：1.邀请专家参与解读。", "problems-few"),
        ("存在的主要问题是信息更新不及时。我镇将加强督促检查，确保及时更新。", "problems-few"),
        ("部分栏目更新不够及时。针对上述问题，建立栏目更新台账。", "problems-few"),
        ("部分栏目更新不够及时。针对存在的问题，我局建立栏目更新台账，按月通报。", "problems-few"),
        ("我局存在的不足有：公开信息的时效性不强；工作人员的业务水平不高。", "measures-few"),
        ("问题：1.人少；2.钱少；3.事多。", "measures-few"),
        ("公开制度有待完善，公开意识有待加强，平台建设有待提升。", "measures-few"),
        ("更新不及时，形式单一。今后将进一步加强相关工作，不断完善。", "measures-few"),
    ],
)
def test_what_is_surely_missing_is_an_error(found: Found, paragraph: str, code: str) -> None:
    assert levels(found, paragraph).get(code) is Severity.ERROR


@pytest.mark.parametrize(
    ("paragraph", "code"),
    [
        ("公开平台让人找不到东西，群众意见大。我局将明确专人负责，每月检查。", "problems-unsure"),
        ("存在的问题：一是更新不够及时；二是解读形式单一。对此，已印发整改通知。", "measures-unsure"),
    ],
)
def test_a_count_of_loose_sentences_is_a_warning_at_most(found: Found, paragraph: str, code: str) -> None:
    assert levels(found, paragraph) == {code: Severity.WARNING}


@pytest.mark.parametrize("mark", ["", "，", "。", "：", "、"])
def test_long_texts_are_read_in_short_time(found: Found, mark: str) -> None:
    with within(5):
        levels(found, f"没有改进{mark}" * 4000)
