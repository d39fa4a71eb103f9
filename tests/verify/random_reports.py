"""A seed in; a right report of random texts, made to break lines at every awkward place, out."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import yaml

FIXTURE = Path(__file__).parents[2] / "fixtures" / "suqian-city-2023.yaml"
HAN = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面"
LATIN = ("Word", "PDF", "GB/T 9704", "A4", "www.example.gov.cn", "OFD", "APP")
MARKS = (*"，，，。。、、；：？！", "……", "——", "％", "—", "～", "·")
PAIRS = ("“{}”", "‘{}’", "《{}》", "（{}）", "〔{}〕", "【{}】", "「{}」", "“《{}》”", "〈{}〉")
UNITS = ("件", "%", "万元", "年", "条", "个百分点", "℃", "项", "‰")


def make_report(seed: int) -> str:
    """The YAML of a report."""
    random = Random(seed)
    report = yaml.safe_load(FIXTURE.read_text("utf-8"))
    report["总体情况"] += [block(random, depth=0) for _ in range(random.randint(6, 14))]
    report["存在的主要问题及改进"] += [prose(random) for _ in range(random.randint(1, 4))]
    if random.random() < 0.5:
        report["署名"] = [f"甲乙丙{'丁' * random.randint(0, 12)}局", "戊己庚委员会"][: random.randint(1, 2)]
    if random.random() < 0.5:
        report["附件"] = [appendix(random) for _ in range(random.randint(1, 3))]
    return yaml.safe_dump(report, allow_unicode=True, sort_keys=False, width=10_000)


def prose(random: Random, most: int = 160) -> str:
    """A paragraph."""
    pieces = [piece(random) for _ in range(random.randint(1, most // 6))]
    return "本" + "".join(pieces).replace("{", "").replace("}", "") + "。"


def piece(random: Random) -> str:
    """Some characters: a word, a number, a Latin word, something in brackets, and a mark now and then."""
    han = "".join(random.choices(HAN, k=random.randint(1, 9)))
    form = random.randrange(8)
    if form < 3:
        han += number(random) + random.choice(UNITS)
    elif form == 3:
        han += random.choice(PAIRS).format(piece(random))
    elif form == 4 and random.random() < 0.3:
        han += random.choice(LATIN)
    return han + (random.choice(MARKS) if random.random() < 0.6 else "")


def number(random: Random) -> str:
    """A number as reports have them."""
    whole = random.randint(0, 10 ** random.randint(1, 6))
    return random.choice((str(whole), str(whole), f"{whole % 100}.{random.randint(1, 99):02}", f"{whole:,}"))


def block(random: Random, depth: int) -> Any:
    """A block of any form."""
    form = random.randrange(9 if depth == 0 else 4)
    if form < 3:
        return prose(random)
    if form == 3:
        return {"列表": [prose(random, 60) for _ in range(random.randint(2, 4))]}
    if form < 6:
        return {"小标题": heading(random), "正文": prose(random)}
    if form == 6:
        body = [prose(random), *(block(random, 1) for _ in range(random.randint(0, 2)))]
        return {"小标题": heading(random), "另起一行": "是", "正文": body}
    return table(random) if form == 7 else chart(random)


def heading(random: Random) -> str:
    """A short title without marks."""
    return "".join(random.choices(HAN, k=random.randint(4, 12)))


def table(random: Random) -> dict[str, Any]:
    """A free table."""
    rows = [
        [heading(random), str(random.randint(0, 9999)), prose(random, 40)]
        for _ in range(random.randint(1, 6))
    ]
    return {
        "附表": {
            "标题": heading(random),
            "表头": ["项目", "数量", "说明"],
            "行": rows,
            "注": prose(random, 30),
        }
    }


def chart(random: Random) -> dict[str, Any]:
    """A chart."""
    data = {f"{name}类": random.randint(1, 500) for name in "甲乙丙丁"[: random.randint(2, 4)]}
    form = random.choice(("饼图", "柱状图", "折线图"))
    return {
        "图表": {"类型": form, "标题": heading(random), "单位": "件", "说明": heading(random), "数据": data}
    }


def appendix(random: Random) -> dict[str, Any]:
    """An attachment with pages of its own."""
    return {
        "标题": heading(random) + heading(random),
        "正文": [block(random, 0) for _ in range(random.randint(1, 4))],
    }
