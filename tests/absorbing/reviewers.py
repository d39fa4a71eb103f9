"""Single changes that reviewers make: each edits a copy and says what has to come of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from reportgen.absorbing.draft import Draft, steps_of
from reportgen.model.values import State
from reportgen.render.bookmarks import Bookmark
from tests.absorbing.copies import AUTHOR, Copy, Element, element, letters_of, q, text_run

WORDS = ("进一步", "认真", "持续", "全面", "及时", "统一", "规范", "（含下属单位）", "、统筹", "和督促")


@dataclass
class Review:
    """A copy under review. `codes` are the findings there must be, `kept` places that must stay as they were.

    `used` are paragraphs that another change has touched already.
    """

    draft: Draft
    copy: Copy
    random: Random
    codes: list[str] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    comments: list[str] = field(default_factory=list)
    figures: bool = False
    free: bool = False

    def choose(self, fits: Callable[[Bookmark], bool]) -> Bookmark | None:
        """A paragraph that fits and was not touched yet."""
        marks = [b for b in self.draft.copy.bookmarks if b.name not in self.used and b.text and fits(b)]
        if not marks:
            return None
        found = self.random.choice(marks)
        self.used.add(found.name)
        return found

    def use_around(self, bookmark: Bookmark) -> None:
        """Leave the paragraphs beside one alone."""
        names = [b.name for b in self.draft.copy.bookmarks]
        place = names.index(bookmark.name)
        self.used |= set(names[max(0, place - 1) : place + 2])

    def neighbours_free(self, bookmark: Bookmark) -> bool:
        """Whether nothing beside a paragraph was touched."""
        names = [b.name for b in self.draft.copy.bookmarks]
        place = names.index(bookmark.name)
        return not self.used & set(names[max(0, place - 1) : place + 2])

    def report(self, code: str, bookmark: Bookmark | None = None) -> bool:
        """Expect a finding, and a place as it was."""
        self.codes.append(code)
        if bookmark is not None:
            self.kept.add(bookmark.name)
        return True


def prose_of(review: Review, bookmark: Bookmark) -> str:
    """The path of the one text of the author's that a paragraph prints, if it prints one alone."""
    paths = [piece.path for piece in bookmark.pieces if piece.path]
    return paths[0] if len(paths) == 1 and paths[0] in review.draft.prose else ""


def is_item(review: Review, bookmark: Bookmark) -> bool:
    """Whether a paragraph is a text that is an item of a list of running text, one of several."""
    path = prose_of(review, bookmark)
    if not path or not path.endswith("]") or "附表" in path or ".注" in path or path.startswith("附件"):
        return False
    steps = steps_of(path)
    holder = review.draft.sheet.spots[steps[:-1]].node
    return "列表" not in path and not bookmark.text.startswith("注") and len(holder.items) > 1  # type: ignore[union-attr]


def written_places(review: Review, bookmark: Bookmark) -> list[int]:
    """The places in a paragraph where words can be put in."""
    from reportgen.absorbing.zones import Make, zones_of

    zones = [
        zone for zone in zones_of(bookmark, review.draft) if zone.make is Make.WRITTEN and zone.path != "机关"
    ]
    places = [p for zone in zones for p in range(zone.start + 1, zone.end)]
    return [p for p in places if not re.match(r"[\dA-Za-z.,]{2}|[一-十百千万]", bookmark.text[p - 1 : p + 1])]


def plain(review: Review, bookmark: Bookmark) -> bool:
    """Whether a paragraph can be reworded: not the title of an attachment, which stands in two places."""
    roots = ("附件", "标题", "机关", "状态", "署名", "主送机关")
    path = bookmark.path
    single = not (path.startswith(roots) and path.count(".") == 0)
    return single and bool(written_places(review, bookmark))


def add_words(review: Review) -> bool:
    """Words put in."""
    mark = review.choose(lambda b: plain(review, b))
    if mark is None:
        return False
    place = review.random.choice(written_places(review, mark))
    review.copy.replace(review.copy.find(mark.name), place, place, review.random.choice(WORDS))
    return True


def change_words(review: Review) -> bool:
    """Some characters replaced or deleted."""
    mark = review.choose(lambda b: plain(review, b) and len(written_places(review, b)) > 8)
    if mark is None:
        return False
    places = written_places(review, mark)
    start = review.random.choice([p for p in places[:-3] if p + 2 in places and p + 1 in places])
    new = review.random.choice(("", *WORDS))
    review.copy.replace(review.copy.find(mark.name), start, start + 2, new)
    return True


def change_figure(review: Review) -> bool:
    """A figure of a statutory table."""
    cells, totals = review.draft.cells, {f.total for f in review.draft.report.kind.formulas}
    mark = review.choose(lambda b: b.path in cells and b.path not in totals)
    if mark is None:
        return False
    review.figures = True
    new = str(review.random.randrange(1, 5000))
    review.copy.replace(review.copy.find(mark.name), 0, len(mark.text), new)
    return True


def spoil_figure(review: Review) -> bool:
    """A figure that is none."""
    cells, totals = review.draft.cells, {f.total for f in review.draft.report.kind.formulas}
    mark = review.choose(lambda b: b.path in cells and b.path not in totals)
    if mark is None:
        return False
    review.copy.replace(
        review.copy.find(mark.name),
        0,
        len(mark.text),
        review.random.choice(("1,234", "约30", "１２", "05", "12件")),
    )
    return review.report("absorb-figure", mark)


def change_total(review: Review) -> bool:
    """A computed total alone."""
    totals = {f.total for f in review.draft.report.kind.formulas}
    computed = {p for p, c in review.draft.cells.items() if p in totals and c.state is State.COMPUTED}
    mark = review.choose(lambda b: b.path in computed)
    if mark is None:
        return False
    review.copy.replace(review.copy.find(mark.name), 0, len(mark.text), str(int(mark.text) + 7))
    return review.report("absorb-total", mark)


def change_label(review: Review) -> bool:
    """A fixed heading or label."""
    mark = review.choose(lambda b: not b.path and len(b.text) > 3 and "—" not in b.text)
    if mark is None:
        return False
    review.copy.replace(review.copy.find(mark.name), 2, 3, "改")
    return review.report("absorb-fixed", mark)


def change_expression(review: Review) -> bool:
    """What an expression made."""
    from reportgen.absorbing.zones import Make, zones_of

    def made(bookmark: Bookmark) -> list[tuple[int, int]]:
        zones = zones_of(bookmark, review.draft)
        return [(z.start, z.end) for z in zones if z.make is Make.EXPRESSION and z.text.isdecimal()]

    mark = review.choose(lambda b: bool(made(b)))
    if mark is None:
        return False
    start, end = review.random.choice(made(mark))
    review.copy.replace(review.copy.find(mark.name), start, end, str(int(mark.text[start:end]) + 3))
    return review.report("absorb-expression", mark)


def delete_paragraph(review: Review) -> bool:
    """A whole paragraph."""
    mark = review.choose(lambda b: is_item(review, b) and review.neighbours_free(b))
    if mark is None or not still_filled(review, mark):
        return False
    review.use_around(mark)
    review.copy.remove(review.copy.find(mark.name))
    return True


def still_filled(review: Review, mark: Bookmark) -> bool:
    """Whether its list has other texts that no change has touched."""
    holder = steps_of(prose_of(review, mark))[:-1]
    others = [b for b in review.draft.copy.bookmarks if b.path and steps_of(b.path)[: len(holder)] == holder]
    return sum(b.name not in review.used for b in others) >= 1


def add_paragraph(review: Review) -> bool:
    """A new paragraph after another."""
    mark = review.choose(lambda b: is_item(review, b) and review.neighbours_free(b))
    if mark is None:
        return False
    review.use_around(mark)
    number = review.random.randrange(1000)
    review.copy.add(review.copy.find(mark.name), f"新增的第{number}件事项，已经办理完毕{{{{ 原样 }}}}。")
    return True


def add_first(review: Review) -> bool:
    """A new paragraph right under a fixed heading."""
    heads = [b for b in review.draft.copy.bookmarks if re.match("[一五六]、(?!本年)", b.text) and not b.path]
    mark = review.choose(lambda b: b in heads and review.neighbours_free(b))
    if mark is None:
        return False
    review.use_around(mark)
    review.copy.add(review.copy.find(mark.name), f"本部分第{review.random.randrange(1000)}项说明如下。")
    return True


def add_after_run_in(review: Review) -> bool:
    """A new paragraph after one that begins with its heading."""
    mark = review.choose(lambda b: len(b.pieces) == 4 and review.neighbours_free(b))
    if mark is None or mark.path.startswith("附件"):
        return False
    review.use_around(mark)
    review.copy.add(review.copy.find(mark.name), f"另有{review.random.randrange(1000)}项工作正在推进。")
    return True


def add_heading(review: Review) -> bool:
    """A new sub-heading with its text."""
    marks = [
        b
        for b in review.draft.copy.bookmarks
        if len(b.pieces) == 4 and b.path.startswith("总体情况") and b.path.count("[") == 1
    ]
    mark = review.choose(lambda b: b in marks and review.neighbours_free(b))
    if mark is None:
        return False
    review.use_around(mark)
    review.copy.add(
        review.copy.find(mark.name), f"（九）新增方面{review.random.randrange(1000)}。有关情况另行报告。"
    )
    return True


def split_paragraph(review: Review) -> bool:
    """A paragraph broken in two."""
    mark = review.choose(
        lambda b: (
            is_item(review, b) and len(b.text) > 20 and "。" in b.text[8:-6] and review.neighbours_free(b)
        )
    )
    places = [m.end() for m in re.finditer("[。；]", mark.text)] if mark else []
    allowed = set(written_places(review, mark)) if mark else set()
    places = [p for p in places if p in allowed and 5 < p < len(mark.text) - 5] if mark else []
    if mark is None or not places:
        return False
    review.use_around(mark)
    review.copy.split(review.copy.find(mark.name), review.random.choice(places))
    return True


def join_paragraphs(review: Review) -> bool:
    """Two paragraphs run together."""
    names = list(review.draft.copy.bookmarks)

    def fits(bookmark: Bookmark) -> bool:
        place = names.index(bookmark)
        after = names[place + 1] if place + 1 < len(names) else None
        return (
            after is not None
            and is_item(review, bookmark)
            and is_item(review, after)
            and not {bookmark.name, after.name} & review.used
        )

    mark = review.choose(lambda b: b.name not in review.used and fits(b) and review.neighbours_free(b))
    if mark is None:
        return False
    after = names[names.index(mark) + 1]
    review.use_around(mark)
    review.use_around(after)
    review.copy.join(review.copy.find(mark.name), review.copy.find(after.name))
    return True


def move_paragraph(review: Review) -> bool:
    """A paragraph moved behind another of its list."""
    mark = review.choose(lambda b: is_item(review, b) and review.neighbours_free(b))
    if mark is None:
        return False
    holder = steps_of(prose_of(review, mark))[:-1]
    others = [
        b for b in review.draft.copy.bookmarks
        if is_item(review, b) and steps_of(b.path)[:-1] == holder and b.name not in {mark.name, *review.used}
    ]  # fmt: skip
    if not others:
        return False
    other = review.random.choice(others)
    review.use_around(mark)
    review.use_around(other)
    review.copy.move(review.copy.find(mark.name), review.copy.find(other.name))
    return True


def move_heading(review: Review) -> bool:
    """A run-in heading with its text, moved behind another."""

    def fits(b: Bookmark) -> bool:
        single = (
            len(b.pieces) == 4
            and b.path.count("[") == 1
            and b.path.startswith("总体情况")
            and b.path.endswith("正文")
        )
        return single and review.neighbours_free(b)

    mark = review.choose(fits)
    other = review.choose(fits) if mark else None
    if mark is None or other is None:
        return False
    review.use_around(mark)
    review.use_around(other)
    review.copy.move(review.copy.find(mark.name), review.copy.find(other.name))
    review.free = True
    return True


def change_date(review: Review) -> bool:
    """The date."""
    mark = review.choose(lambda b: b.path == "成文日期")
    if mark is None:
        return False
    new = f"2025年{review.random.randrange(1, 13)}月{review.random.randrange(1, 29)}日"
    review.copy.replace(review.copy.find(mark.name), 0, len(mark.text), new)
    return True


def change_recipient(review: Review) -> bool:
    """Whom the report is for."""
    mark = review.choose(lambda b: b.path == "主送机关")
    if mark is None:
        return False
    review.copy.replace(review.copy.find(mark.name), len(mark.text) - 4, len(mark.text) - 1, "政务公开办")
    return True


def change_signature(review: Review) -> bool:
    """The name under the report."""
    marks = [b for b in review.draft.copy.bookmarks if b.path in ("署名", "机关")]
    mark = review.choose(lambda b: b in marks)
    if mark is None:
        return False
    review.copy.replace(review.copy.find(mark.name), 2, 3, "新")
    return True if mark.path == "署名" else review.report("absorb-name", mark)


def comment_on(review: Review) -> bool:
    """A comment."""
    mark = review.choose(lambda b: bool(b.path) and b.path not in ("状态",))
    if mark is None:
        return False
    said = f"请核对{review.random.randrange(10000)}：数据来源 # 见台账"
    review.copy.comment(review.copy.find(mark.name), said)
    review.comments.append(f"# 批注（{AUTHOR} 2024-01-15）：{said}")
    return True


def change_cell(review: Review) -> bool:
    """A cell of a table of the author's own."""
    mark = review.choose(
        lambda b: ".附表.行" in b.path and not review.draft.prose[b.path].computed and len(b.text) > 2
    )
    if mark is None:
        return False
    review.copy.replace(
        review.copy.find(mark.name), 0, len(mark.text), f"改为{review.random.randrange(1000)}"
    )
    return True


def row_of(paragraph: Element) -> Element:
    return next(paragraph.iterancestors(q("tr")))


def free_rows(review: Review) -> list[Bookmark]:
    return [b for b in review.draft.copy.bookmarks if re.search(r"\.附表\.行\[\d+\]\[0\]$", b.path)]


def use_row(review: Review, mark: Bookmark) -> None:
    prefix = mark.path[: mark.path.rindex("[")]
    review.used |= {b.name for b in review.draft.copy.bookmarks if b.path.startswith(prefix)}


def add_row(review: Review) -> bool:
    """A new row of such a table."""
    rows = free_rows(review)
    mark = review.choose(lambda b: b in rows)
    if mark is None:
        return False
    use_row(review, mark)
    row = row_of(review.copy.find(mark.name))
    from copy import deepcopy

    made = deepcopy(row)
    for number, paragraph in enumerate(made.iter(q("p"))):
        review.copy.unmark(paragraph)
        for child in list(paragraph):
            if child.tag != q("pPr"):
                paragraph.remove(child)
        paragraph.append(text_run(f"新{review.random.randrange(1000)}格{number}"))
    if review.copy.tracked:
        properties = made.find(q("trPr"))
        if properties is None:
            properties = element("trPr")
            made.insert(0, properties)
        properties.append(review.copy.change("ins"))
    row.addnext(made)
    return True


def delete_row(review: Review) -> bool:
    """A row of such a table taken away."""
    rows = free_rows(review)
    mark = review.choose(lambda b: b in rows)
    if mark is None:
        return False
    prefix = mark.path[: mark.path.rindex(".行")]
    names = [b.name for b in review.draft.copy.bookmarks if b.path.startswith(prefix)]
    if review.used & set(names) - {mark.name}:
        return False
    review.used |= set(names)
    row = row_of(review.copy.find(mark.name))
    if review.copy.tracked:
        properties = row.find(q("trPr"))
        assert properties is not None
        properties.append(review.copy.change("del"))
        for paragraph in row.iter(q("p")):
            for run in review.copy.runs(paragraph):
                review.copy.erase(run)
    else:
        row.getparent().remove(row)  # type: ignore[union-attr]
    return True


def add_note(review: Review) -> bool:
    """A note under a statutory table that has one below already, or under a text's note."""
    mark = review.choose(lambda b: ".注" in b.path and "表内" not in b.path and review.neighbours_free(b))
    if mark is None:
        return False
    group = mark.path[: mark.path.rindex(".注")]
    last = [
        b for b in review.draft.copy.bookmarks if b.path.startswith(f"{group}.注") and "表内" not in b.path
    ][-1]
    review.used |= {b.name for b in review.draft.copy.bookmarks if b.path.startswith(f"{group}.注")}
    review.copy.add(
        review.copy.find(last.name), f"注：第{review.random.randrange(1000)}条补充说明。", "TableNote"
    )
    return True


def lose_bookmark(review: Review) -> bool:
    """A paragraph that lost its bookmark and was changed besides."""
    mark = review.choose(lambda b: plain(review, b) and len(b.text) > 15 and "附表" not in b.path)
    if mark is None:
        return False
    places = written_places(review, mark)
    paragraph = review.copy.find(mark.name)
    review.copy.replace(paragraph, places[len(places) // 2], places[len(places) // 2], "切实")
    review.copy.unmark(paragraph)
    return review.report("absorb-by-text")


def double_bookmark(review: Review) -> bool:
    """A bookmark that stands twice, as after copying a paragraph."""
    mark = review.choose(lambda b: is_item(review, b) and review.neighbours_free(b))
    if mark is None:
        return False
    review.use_around(mark)
    paragraph = review.copy.find(mark.name)
    made = review.copy.add(paragraph, f"照抄之后改成的第{review.random.randrange(1000)}段。")
    start = next(paragraph.iter(q("bookmarkStart")))
    from copy import deepcopy

    made.insert(1, deepcopy(start))
    return review.report("absorb-by-text")


def shred(review: Review) -> bool:
    """Runs, marks and wrappers as word processors leave them; the text is the same."""
    mark = review.choose(lambda b: bool(b.path) and len(b.text) > 12)
    if mark is None:
        return False
    paragraph = review.copy.find(mark.name)
    was = review.copy.tracked, letters_of(paragraph)
    for place in range(3, len(mark.text), 4):
        review.copy.cut(paragraph, place)
    for number, run in enumerate(review.copy.runs(paragraph)):
        run.set(q("rsidR"), f"00{number:06X}")
        if number % 3 == 0:
            run.addprevious(element("proofErr", type="spellStart"))
        holder = run.getparent()
        if number % 4 == 1 and holder is not None:
            place = holder.index(run)
            wrapper = element(("smartTag", "hyperlink", "fldSimple")[number % 3])
            if wrapper.tag == q("fldSimple"):
                wrapper.set(q("instr"), " REF _x ")
            holder.insert(place, wrapper)
            wrapper.append(run)
        if number % 5 == 2:
            run.insert(0, element("lastRenderedPageBreak"))
    assert letters_of(paragraph) == was[1]
    return True


def reformat(review: Review) -> bool:
    """Another look, recorded; the text is the same."""
    mark = review.choose(lambda b: bool(b.path) and len(b.text) > 4)
    if mark is None:
        return False
    paragraph = review.copy.find(mark.name)
    for run in review.copy.runs(paragraph):
        properties = run.find(q("rPr"))
        if properties is None:
            properties = element("rPr")
            run.insert(0, properties)
        properties.append(element("b"))
        properties.append(review.copy.change("rPrChange", element("rPr")))
    return True


def add_footnote(review: Review) -> bool:
    """A footnote."""
    mark = review.choose(lambda b: bool(b.path) and len(b.text) > 4)
    if mark is None:
        return False
    review.copy.find(mark.name).append(element("r", element("footnoteReference", id="2")))
    return review.report("absorb-strange")


def add_box(review: Review) -> bool:
    """A box of text."""
    mark = review.choose(lambda b: bool(b.path) and len(b.text) > 4)
    if mark is None:
        return False
    box = element("pict", element("txbxContent", element("p", text_run("框里的话"))))
    review.copy.find(mark.name).append(element("r", box))
    return review.report("absorb-strange")


def add_table(review: Review) -> bool:
    """A new table."""
    mark = review.choose(lambda b: is_item(review, b) and review.neighbours_free(b))
    if mark is None:
        return False
    review.use_around(mark)
    cells = [element("tc", element("p", text_run(text))) for text in ("新表甲", "新表乙")]
    review.copy.find(mark.name).addnext(element("tbl", element("tr", *cells)))
    return review.report("absorb-strange")


def clear_blanks(review: Review) -> bool:
    """Blanks at the end, an empty paragraph: nothing that is printed."""
    mark = review.choose(lambda b: is_item(review, b) and review.neighbours_free(b))
    if mark is None:
        return False
    review.use_around(mark)
    paragraph = review.copy.find(mark.name)
    paragraph.append(text_run("  "))
    review.copy.add(paragraph, "")
    return True


CHANGES: Sequence[Callable[[Review], bool]] = (
    add_words, change_words, change_figure, spoil_figure, change_total, change_label, change_expression,
    delete_paragraph, add_paragraph, add_first, add_after_run_in, add_heading, split_paragraph,
    join_paragraphs,
    move_paragraph, move_heading, change_date, change_recipient, change_signature, comment_on, change_cell,
    add_row, delete_row, add_note, lose_bookmark, double_bookmark, shred, reformat, add_footnote, add_box,
    add_table, clear_blanks,
)  # fmt: skip
