"""What the tests of reviews share: a sound final report, and what is found in it once it is changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.diagnostics import Diagnostic
from reportgen.model.report import load_report
from reportgen.model.review.references import NOTHING, Against

FIXTURES = Path(__file__).parents[3] / "fixtures"
SOUND = (FIXTURES / "invalid/review/last-2020.yml").read_text("utf-8")
"""A sound final report for 2020."""
OTHER = (
    ("窗口人员业务不熟练；二是历史文件数字化程度不高", "部分信息更新不够及时；二是解读形式较为单一"),
    ("组织两期培训；二是分批扫描上网", "每月检查一次；二是增加图解和视频"),
)
"""What this year's report says otherwise than last year's."""

Found = Callable[..., list[Diagnostic]]


def changed(*pairs: tuple[str, str], base: str = SOUND) -> str:
    """A text in which each first part, which stands there once, is replaced by the second."""
    for old, new in pairs:
        assert base.count(old) == 1, (old, base.count(old))
        base = base.replace(old, new)
    return base


@pytest.fixture
def found(tmp_path: Path) -> Found:
    """What a review finds in the sound report after changes; `last` holds the changes to last year's."""

    def find(
        *pairs: tuple[str, str],
        last: tuple[tuple[str, str], ...] | None = None,
        against: Against = NOTHING,
        tail: str = "",
    ) -> list[Diagnostic]:
        report = tmp_path / "report.yaml"
        text = changed(("年度: 2020\n", "年度: 2023\n"), ("2021-01-12", "2024-01-12"))
        report = tmp_path / "report.yaml"
        report.write_text(changed(*pairs, base=changed(*OTHER, base=text)) + tail, "utf-8")
        if last is not None:
            before = tmp_path / "last.yaml"
            before.write_text(
                changed(*last, base=text.replace("2023", "2022").replace("2024", "2023")), "utf-8"
            )
            against = Against(last=before)
        return list(load_report(report, against=against).diagnostics)

    return find
