"""The style sheet says what layout.yaml says, and nothing of its own."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
import tinycss2  # type: ignore[import-untyped]

from reportgen.diagnostics import Location
from reportgen.model.kind import load_kind
from reportgen.model.values import Prose, Segment
from reportgen.render.document_sheet import document_sheet, drawn_spacing, screen_sheet
from reportgen.render.geometry import (
    characters_per_line,
    closer,
    pitch_of,
    style_of,
    type_area_height,
    type_area_width,
)
from reportgen.render.html import document_ids, items_of, latin_faces, office_stack, pictures_of
from reportgen.render.joint_mark import JointName
from reportgen.render.signature import Line, SignaturePlacement
from reportgen.render.stylesheet import frame_rules, page_sheet, quoted, short, style_sheet, unplaced_rules
from tests.render.pages import Printed

KIND = load_kind("disclosure-annual")


@pytest.fixture
def layout() -> Any:
    return deepcopy(dict(KIND.layout))


def stack(role: str, own: bool = False) -> str:
    return {"仿宋": "rg-fang"}.get(role, "rg-other") + ("-own" if own else "")


def rules(sheet: str) -> dict[str, dict[str, str]]:
    """The declarations by selector; fails on anything that is not CSS."""
    found: dict[str, dict[str, str]] = {}
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        assert rule.type in ("qualified-rule", "at-rule"), rule
        if rule.type == "qualified-rule":
            content = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            for selector in tinycss2.serialize(rule.prelude).split(","):
                values = {item.name: tinycss2.serialize(item.value).strip() for item in content}
                found.setdefault(selector.strip(), {}).update(values)
    return found


def test_the_type_area_is_that_of_the_standard(layout: Any) -> None:
    assert type_area_width(layout) == 156
    assert type_area_height(layout) == 225
    assert characters_per_line(layout, "body") == 28
    assert characters_per_line(layout, "title") == 20


def test_every_style_of_the_layout_has_a_rule(layout: Any) -> None:
    sheet = rules(style_sheet(layout, stack))
    classes = [style["class"] for part in ("styles", "runs") for style in layout[part].values()]
    assert {f".{name}" for name in classes} <= set(sheet)


def test_body_text_is_set_on_the_grid(layout: Any) -> None:
    body = rules(style_sheet(layout, stack))[".body"]
    assert body["font"] == "16pt/28.95pt rg-fang"
    assert body["letter-spacing"] == "-0.25pt"
    assert body["text-indent"] == "31.5pt"


def test_only_letters_of_the_grid_stand_closer(layout: Any) -> None:
    sheet = rules(style_sheet(layout, stack))
    assert sheet[".title"]["letter-spacing"] == "0"
    assert closer(layout, Decimal(16)) == Decimal("0.25")
    assert closer(layout, Decimal(22)) == 0


def test_turn_lines_hang_under_the_name_of_an_attachment(layout: Any) -> None:
    rule = rules(style_sheet(layout, stack))[".attachment-only"]
    assert (rule["padding-left"], rule["text-indent"]) == ("78.75pt", "-47.25pt")


@pytest.mark.parametrize(
    ("change", "selector", "name", "value"),
    [
        (("styles", "正文段落", "size", 14), ".body", "font", "14pt/28.95pt rg-fang"),
        (("styles", "一级标题", "align", "center"), ".level-1", "text-align", "center"),
        (("styles", "公文标题", "after", 2), ".title", "margin-bottom", "57.9pt"),
        (("styles", "正文段落", "keep-next", True), ".body", "break-after", "avoid"),
        (("runs", "待填", "background", "FF0000"), ".gap", "background", "#FF0000"),
        (("tables", "cell-padding", "x", 1), "td", "padding", "0.2mm 2.585pt"),
    ],
)
def test_a_change_of_the_layout_is_a_change_of_the_sheet(
    layout: Any, change: tuple[str, str, str, object], selector: str, name: str, value: str
) -> None:
    part, style, key, new = change
    layout[part] = {**layout[part], style: {**layout[part][style], key: new}}
    assert rules(style_sheet(layout, stack))[selector][name] == value


def test_a_colour_that_is_none_is_left_out(layout: Any) -> None:
    layout["runs"] = {"待填": {"class": "gap", "background": "red;}*{display:none"}}
    assert rules(style_sheet(layout, stack))[".gap"] == {}


def test_page_numbers_titles_and_marks_have_the_digits_of_the_chinese_font(layout: Any) -> None:
    page = page_sheet(layout, KIND.texts, stack, "草稿")
    assert page.count("font:14pt/16pt rg-other-own;") == page.count("-own") == 2
    sheet = rules(style_sheet(layout, stack))
    own = {name for name, rule in sheet.items() if "-own" in rule.get("font", rule.get("font-family", ""))}
    assert own == {
        *(".title", ".attachment-title", ".attachment-mark", ".marking", ".letter-marking", ".marked"),
        *(".level-1", ".picture-title", ".table-title", ".page-number"),
    }


def test_the_page_has_a_mark_only_when_there_is_one(layout: Any) -> None:
    page = page_sheet(layout, KIND.texts, stack, "")
    assert "size:210mm 297mm;margin:37mm 26mm 35mm 28mm" in page
    assert "@top-right" not in page
    assert 'content:"草稿"' in page_sheet(layout, KIND.texts, stack, "草稿")


@pytest.mark.parametrize("text", ['"', "\\", "</style>", "&amp;", "a\nb", "草稿"])
def test_a_quoted_text_reads_back_and_is_safe_in_html(text: str) -> None:
    string = quoted(text)
    assert not {"<", "&", "\n"} & set(string)
    (token,) = tinycss2.parse_component_value_list(string)
    assert token.value == text


def test_a_line_that_is_as_high_as_it_must_has_no_pitch(layout: Any) -> None:
    assert pitch_of(layout, style_of(layout, "picture")) is None
    assert pitch_of(layout, style_of(layout, "body")) == Decimal("28.95")
    with pytest.raises(KeyError):
        style_of(layout, "unheard-of")


def test_lengths_are_short() -> None:
    assert [str(short(Decimal(text))) for text in ("31.5000", "100", "0.12345", "-3.70")] == [
        "31.5",
        "100",
        "0.123",
        "-3.7",
    ]


def test_a_report_adds_its_columns_rows_pictures_and_signature(everything: Printed) -> None:
    tables: Any = everything.context["tables"]
    ids = document_ids(everything.context)
    placement = SignaturePlacement((Line(Decimal("63.2"), 2),), Line(Decimal(63), 0))
    sheet = rules(
        document_sheet(tables, items_of(everything.context), placement, (), ids, everything.kind.layout)
    )
    shares = [sheet[f"#t1 col:nth-child({number})"]["width"] for number in range(1, 5)]
    assert shares == ["25.00000%"] * 4
    assert sheet["#t1 tr>:not([rowspan])"]["height"] == "6.924mm", "7.5 less two paddings and a border"
    assert not [name for name, rule in sheet.items() if name.endswith("tr") and "height" in rule]
    assert sheet["#signature-1"] == {"padding-right": "63.2pt", "margin-top": "57.9pt"}
    pictures = [rule for name, rule in sheet.items() if name.startswith("#p") and "height" in rule]
    images = pictures_of(everything.context)
    assert sorted(rule["width"] for rule in pictures) == sorted(
        f"{image.width}mm" for image in images.values()
    )


def test_a_page_printed_from_the_website_leaves_out_what_stands_at_the_foot_of_the_paper(layout: Any) -> None:
    assert list(unplaced_rules(layout)) == [".letter-foot{display:none}"]
    assert any(rule.startswith(".letter-foot{position:absolute") for rule in frame_rules(layout))


def test_the_letters_of_a_name_are_told_a_little_less_than_they_are_to_stand_apart() -> None:
    name = Prose("发文机关标志", (Segment("县委"),), Location("r.yaml"))
    assert round(drawn_spacing(JointName(name, Decimal(272))) * Decimal("1.012"), 6) == 272
    assert drawn_spacing(JointName(name, Decimal(0))) == 0


def test_wide_tables_scroll_on_a_screen(everything: Printed) -> None:
    tables: Any = everything.context["tables"]
    items = tuple(items_of(everything.context))
    sheet = rules(screen_sheet(tables, items, (), document_ids(everything.context)))
    assert [name for name, rule in sheet.items() if "min-width" in rule] == ["#t2", "#t3"]


def test_readers_see_the_office_fonts_they_have() -> None:
    assert office_stack(KIND.fonts, "仿宋").startswith(
        '"rg-liberation-serif","仿宋_GB2312","FangSong_GB2312","仿宋"'
    )
    assert office_stack(KIND.fonts, "仿宋").endswith(",serif")
    assert office_stack(KIND.fonts, "宋体", own=True).startswith('"宋体","SimSun",')


def test_readers_see_figures_in_letters_that_fit_their_columns() -> None:
    (rule,) = latin_faces(KIND.fonts)
    assert rule.startswith(
        '@font-face{font-family:"rg-liberation-serif";src:local("Times New Roman"),local("Liberation Serif"),'
    )
    assert "unicode-range:U+0020-007E,U+00A0," in rule
    assert "url(" not in rule


def test_a_latin_font_without_other_names_and_a_role_of_one_face_need_no_rule() -> None:
    fonts = {
        "latin": ["0020-007E"],
        "files": {"letters": {"file": "letters.ttf"}},
        "roles": {"仿宋": {"office": "仿宋", "latin": "letters"}, "页码": {"office": "宋体"}},
    }
    assert list(latin_faces(fonts)) == []
    assert office_stack(fonts, "页码") == '"宋体",serif'
