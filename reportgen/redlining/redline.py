"""Two Word files in; one with tracked changes out: accepting all gives the new, rejecting all the old."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from lxml import etree

from reportgen.edited.opening import open_package
from reportgen.edited.reading import CopyError, printed, tree_of
from reportgen.redlining.blocks import PARAGRAPH, TABLE, Desk, redline_blocks
from reportgen.redlining.marking import Pen
from reportgen.render.package import Package, PackageError, Relation
from reportgen.render.word.markup import WP, Element, R, name, part

TRACKED: Final = tuple(name(tag) for tag in ("ins", "del", "moveFrom", "moveTo", "pPrChange", "rPrChange"))
GONE: Final = (name("del"), name("moveFrom"))
BLOCKS: Final = (PARAGRAPH, TABLE)


class TrackedError(Exception):
    """A file has tracked changes already."""


def redline(old: bytes, new: bytes, author: str, moment: str) -> bytes:
    """The new file with its differences from the old one as changes by somebody at some moment.

    Accepting all changes gives the new file, rejecting all the old one's text. `moment` is in UTC
    (`2024-01-15T08:00:00Z`). Raises CopyError when one is no Word file, TrackedError when one has tracked
    changes already.
    """
    before, after = open_file(old), open_file(new)
    pen = Pen(author, moment)
    for path in printed(after):
        tree = tree_of(after, path)
        refuse_tracked(tree)
        if path in before.parts:
            other = tree_of(before, path)
            refuse_tracked(other)
            carry_pictures(other, before, after, path)
            keys = picture_keys(after, path)
            desk = Desk(pen, keys)
            redline_part(other, tree, desk)
        after.parts[path] = part(tree)
    return after.write()


def is_same(old: bytes, new: bytes) -> bool:
    """Whether two Word files print the same; raises as `redline` does."""
    return not count_changes(redline(old, new, "", "2000-01-01T00:00:00Z"))


def count_changes(content: bytes) -> int:
    """How many tracked changes a file has."""
    package = open_file(content)
    return sum(1 for path in printed(package) for _ in tree_of(package, path).iter(*TRACKED))


def open_file(content: bytes) -> Package:
    """The parts of a Word file; raises CopyError."""
    try:
        package = open_package(content)
        for path in printed(package):
            tree_of(package, path)
    except (PackageError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise CopyError(str(error)) from error
    return package


def refuse_tracked(tree: Element) -> None:
    """Stop at a file with changes that were neither accepted nor rejected."""
    if next(tree.iter(*TRACKED), None) is not None:
        raise TrackedError


def redline_part(old: Element, new: Element, desk: Desk) -> None:
    """Put the changes of a part in."""
    before, after = holder_of(old), holder_of(new)
    blocks = [child for child in after if child.tag in BLOCKS]
    tail = [child for child in after if child.tag not in BLOCKS]
    marked = list(redline_blocks([child for child in before if child.tag in BLOCKS], blocks, desk))
    for child in list(after):
        after.remove(child)
    after.extend([*marked, *tail])
    number_pictures(after)


def number_pictures(holder: Element) -> None:
    """Give the pictures that are gone numbers of their own."""
    ours = list(holder.iter(f"{{{WP}}}docPr"))
    gone = [node for node in ours if next(node.iterancestors(*GONE), None) is not None]
    first = max((int(node.get("id") or 0) for node in ours), default=0) + 1
    for number, node in enumerate(gone, first):
        node.set("id", str(number))


def holder_of(tree: Element) -> Element:
    """What holds the paragraphs of a part."""
    body = tree.find(name("body"))
    return tree if body is None else body


def references(tree: Element) -> Iterator[tuple[Element, str]]:
    """Every attribute that refers to another part."""
    for node in tree.iter():
        for key in node.attrib:
            if str(key).startswith(f"{{{R}}}"):
                yield node, str(key)


def carry_pictures(tree: Element, before: Package, after: Package, path: str) -> None:
    """Take the pictures of the old part into the new file, and let the old part refer to them there."""
    given: dict[str, str] = {}
    for node, key in references(tree):
        identifier = str(node.get(key))
        relation = before.relations.get(path, {}).get(identifier)
        if relation is None or relation.outside or relation.target not in before.parts:
            continue
        if identifier not in given:
            given[identifier] = carry(before, after, path, relation)
        node.set(key, given[identifier])


def carry(before: Package, after: Package, path: str, relation: Relation) -> str:
    """The id by which a part of the new file may refer to a picture of the old one."""
    content = before.parts[relation.target]
    for identifier, known in after.relations.get(path, {}).items():
        if not known.outside and after.parts.get(known.target) == content:
            return identifier
    ending = relation.target.rpartition(".")[2]
    target = f"word/media/old{sha256(content).hexdigest()[:12]}.{ending}"
    after.add(target, content, before.types.get(relation.target, ""))
    return after.relate(path, Relation(relation.type, target))


def picture_keys(package: Package, path: str) -> dict[str, bytes]:
    """What the parts that a part refers to hold, by the id of the relation."""
    return {
        identifier: sha256(package.parts[relation.target]).digest()
        for identifier, relation in package.relations.get(path, {}).items()
        if relation.target in package.parts and not relation.outside
    }
