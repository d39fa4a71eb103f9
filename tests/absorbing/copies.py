"""A Word file of ours in; the same as a reviewer would leave it out: edited in its XML, tracked or not."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from reportgen.render.package import DOCUMENT, Package, Relation, parse, read_package

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
AUTHOR, DATE = "张三", "2024-01-15T09:30:00Z"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
COMMENTS_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
Element = etree._Element


def q(tag: str) -> str:
    """A name of WordprocessingML."""
    return f"{{{W}}}{tag}"


def element(tag: str, *children: Element, **attributes: str) -> Element:
    made = etree.Element(q(tag), nsmap={"w": W})
    for key, value in attributes.items():
        made.set(q(key), value)
    made.extend(children)
    return made


def text_run(text: str, tag: str = "t", model: Element | None = None) -> Element:
    letters = element(tag)
    letters.text = text
    letters.set(SPACE, "preserve")
    run = element("r", letters)
    properties = model.find(q("rPr")) if model is not None else None
    if properties is not None:
        run.insert(0, deepcopy(properties))
    return run


@dataclass
class Copy:
    """A Word file being edited; `tracked` records every change."""

    content: bytes
    tracked: bool = False
    number: int = 900
    comments: list[tuple[str, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.package: Package = read_package(self.content)
        self.tree = parse(self.package.parts[DOCUMENT])
        body = self.tree.find(q("body"))
        assert body is not None
        self.body = body

    def paragraphs(self) -> list[Element]:
        return list(self.body.iter(q("p")))

    def find(self, name: str) -> Element:
        """The paragraph with a bookmark."""
        return next(
            p for p in self.paragraphs() for mark in p.iter(q("bookmarkStart")) if mark.get(q("name")) == name
        )

    def change(self, tag: str, *children: Element) -> Element:
        """What records a change."""
        self.number += 1
        return element(tag, *children, id=str(self.number), author=AUTHOR, date=DATE)

    def runs(self, paragraph: Element) -> list[Element]:
        return [r for r in paragraph.iter(q("r")) if r.find(q("t")) is not None]

    def cut(self, paragraph: Element, place: int) -> None:
        """Let a run end at a place of the text."""
        done = 0
        for run in self.runs(paragraph):
            letters = run.find(q("t"))
            assert letters is not None
            text = letters.text or ""
            if done < place < done + len(text):
                rest = text_run(text[place - done :], model=run)
                letters.text = text[: place - done]
                letters.set(SPACE, "preserve")
                run.addnext(rest)
                return
            done += len(text)

    def between(self, paragraph: Element, start: int, end: int) -> list[Element]:
        """The runs between two places where runs end."""
        found, done = [], 0
        for run in self.runs(paragraph):
            size = len("".join(t.text or "" for t in run.iter(q("t"))))
            if start <= done and done + size <= end and size:
                found.append(run)
            done += size
        return found

    def replace(self, paragraph: Element, start: int, end: int, new: str) -> None:
        """Put other words in the place of some."""
        self.cut(paragraph, start)
        self.cut(paragraph, end)
        old = self.between(paragraph, start, end)
        before = self.between(paragraph, 0, start)
        anchor = old[-1] if old else before[-1] if before else None
        around = [*before, *old]
        fresh = text_run(new, model=around[-1] if around else None)
        added = self.change("ins", fresh) if self.tracked else fresh
        if new:
            if anchor is not None:
                holder = anchor.getparent()
                top = holder if holder is not None and holder.tag == q("ins") and self.tracked else anchor
                top.addnext(added)
            else:
                first = next((c for c in paragraph if c.tag == q("r")), None)
                if first is not None:
                    first.addprevious(added)
                else:
                    paragraph.append(added)
        for run in old:
            self.erase(run)

    def erase(self, run: Element) -> None:
        """Delete a run."""
        holder = run.getparent()
        assert holder is not None
        if not self.tracked:
            holder.remove(run)
            return
        place = holder.index(run)
        for letters in run.iter(q("t")):
            letters.tag = q("delText")
        holder.insert(place, self.change("del", run))

    def mark_end(self, paragraph: Element, tag: str) -> None:
        """Record that the end of a paragraph was added or deleted."""
        properties = paragraph.find(q("pPr"))
        if properties is None:
            properties = element("pPr")
            paragraph.insert(0, properties)
        runs = properties.find(q("rPr"))
        if runs is None:
            runs = element("rPr")
            properties.append(runs)
        runs.insert(0, self.change(tag))

    def add(self, after: Element, text: str, style: str = "BodyParagraph") -> Element:
        """A new paragraph."""
        run = text_run(text)
        made = element("p", element("pPr", element("pStyle", val=style)))
        made.append(self.change("ins", run) if self.tracked else run)
        if self.tracked:
            self.mark_end(made, "ins")
        after.addnext(made)
        return made

    def remove(self, paragraph: Element) -> None:
        """Delete a paragraph."""
        if not self.tracked:
            holder = paragraph.getparent()
            assert holder is not None
            holder.remove(paragraph)
            return
        for run in list(self.runs(paragraph)):
            self.erase(run)
        self.mark_end(paragraph, "del")

    def split(self, paragraph: Element, place: int) -> Element:
        """Break a paragraph in two; the bookmark begins in the first and ends in the second, as in Word."""
        self.cut(paragraph, place)
        head = self.between(paragraph, 0, place)
        second = element("p")
        properties = paragraph.find(q("pPr"))
        if properties is not None:
            second.append(deepcopy(properties))
        children = list(paragraph)
        for child in children[paragraph.index(head[-1]) + 1 :]:
            second.append(child)
        paragraph.addnext(second)
        if self.tracked:
            self.mark_end(paragraph, "ins")
        return second

    def join(self, first: Element, second: Element) -> None:
        """Delete the end of a paragraph, so that the next one goes on in it."""
        if self.tracked:
            self.mark_end(first, "del")
            return
        for child in list(second):
            if child.tag != q("pPr"):
                first.append(child)
        holder = second.getparent()
        assert holder is not None
        holder.remove(second)

    def move(self, paragraph: Element, after: Element) -> None:
        """Let a paragraph stand elsewhere."""
        if not self.tracked:
            after.addnext(paragraph)
            return
        there = deepcopy(paragraph)
        for mark in [*there.iter(q("bookmarkStart")), *there.iter(q("bookmarkEnd"))]:
            mark.getparent().remove(mark)  # type: ignore[union-attr]
        for tag, one in (("moveFrom", paragraph), ("moveTo", there)):
            for run in self.runs(one):
                holder = run.getparent()
                assert holder is not None
                place = holder.index(run)
                holder.insert(place, self.change(tag, run))
            self.mark_end(one, tag)
        after.addnext(there)

    def comment(self, paragraph: Element, text: str, author: str = AUTHOR) -> None:
        """Say something in the margin."""
        identifier = str(len(self.comments))
        self.comments.append((identifier, text, author))
        start = 1 if paragraph.find(q("pPr")) is not None else 0
        paragraph.insert(start, element("commentRangeStart", id=identifier))
        paragraph.append(element("commentRangeEnd", id=identifier))
        paragraph.append(element("r", element("commentReference", id=identifier)))

    def unmark(self, paragraph: Element) -> None:
        """Lose the bookmark."""
        for mark in [*paragraph.iter(q("bookmarkStart")), *paragraph.iter(q("bookmarkEnd"))]:
            mark.getparent().remove(mark)  # type: ignore[union-attr]

    def save(self) -> bytes:
        """The file."""
        self.package.parts[DOCUMENT] = etree.tostring(
            self.tree, xml_declaration=True, encoding="UTF-8", standalone=True
        )
        if self.comments:
            root = element("comments")
            for identifier, text, author in self.comments:
                root.append(
                    element("comment", element("p", text_run(text)), id=identifier, author=author, date=DATE)
                )
            self.package.add(
                "word/comments.xml",
                etree.tostring(root, xml_declaration=True, encoding="UTF-8"),
                COMMENTS_TYPE,
            )
            self.package.relate(DOCUMENT, Relation(COMMENTS_RELATION, "word/comments.xml"))
        return self.package.write()


def letters_of(paragraph: Element) -> str:
    """What a paragraph says with its changes accepted, read on our own."""
    return "".join(iter_letters(paragraph))


def iter_letters(node: Element) -> Iterator[str]:
    for child in node:
        if child.tag in (q("del"), q("moveFrom"), q("pPr"), q("instrText"), q("txbxContent")):
            continue
        if child.tag == q("t"):
            yield child.text or ""
        else:
            yield from iter_letters(child)
