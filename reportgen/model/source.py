"""The bytes of a YAML file in; its tree with exact places out, or everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from reportgen.diagnostics import Diagnostic, Location
from reportgen.model.characters import check_characters
from reportgen.model.constants import constant
from reportgen.model.encoding import decode
from reportgen.model.glued import glued_lines, note_colons, shortened
from reportgen.model.nodes import Mapping, Scalar
from reportgen.model.notes import Notes, settled
from reportgen.model.places import Places
from reportgen.model.tree import Tree

if TYPE_CHECKING:
    from yaml.error import MarkedYAMLError

Failure: TypeAlias = "MarkedYAMLError | int | None"
"""What ended the reading of a text: the parser's error, or the offset of what follows the whole document."""

PREAMBLE: Final = re.compile(r"(?:(?:[ \t]*(?:#[^\r\n]*)?|%[^\r\n]*)(?:\r\n|\r|\n|\Z))*+")
DIRECTIVE: Final = re.compile(r"(?:\A|(?<=[\r\n]))%[^\r\n]*")
PERCENT: Final = re.compile(r"(?:\A|(?<=[\r\n]))%")
HARMLESS: Final = re.compile(r"%YAML[ \t]+1\.[12][ \t]*(?:#.*)?")
NOTHING_MORE: Final = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*|\.\.\.(?=[ \t\r\n]|\Z))*+")


def read_source(data: bytes, file: str) -> tuple[Mapping | None, tuple[Diagnostic, ...]]:
    """The tree of a YAML file and its findings in file order; `file` is the name to show.

    There is a tree as long as it is what the file means: a repeated key is left out, an anchor, a tag or a
    control character does no harm, an alias or a syntax error does.
    """
    text, findings = decode(data, file)
    if text is None:
        return None, findings
    places, findings = check_characters(Places(file, text))
    root, more = read_text(places)
    return root, settled((*findings, *more))


def read_trusted(data: bytes) -> Any:
    """The plain values of a data file of the program or of a kind: a dict of dicts, lists and `constant`s.

    Raises yaml.YAMLError wherever `read_source` has a finding.
    """
    from yaml import YAMLError

    root, findings = read_source(data, "")
    if root is None or findings:
        raise YAMLError(*map(str, findings[:1]))
    return constant(root)


def read_text(places: Places) -> tuple[Mapping | None, tuple[Diagnostic, ...]]:
    """The tree of a text and its findings."""
    tree, failure = read_once(places)
    if failure is not None:
        from reportgen.model.mistakes.recovery import find_mistakes

        return None, find_mistakes(places, tree, failure)
    root = tree.root if isinstance(tree.root, Mapping) and not tree.is_broken else None
    return root, tuple(tree.notes.findings)


def read_once(places: Places) -> tuple[Tree, Failure]:
    """The tree as far as it can be read, and what ended the reading before the end."""
    from yaml.error import MarkedYAMLError

    notes = Notes()
    places = comment_directives(places, notes)
    tree = Tree(places, notes)
    try:
        read_events(tree)
    except MarkedYAMLError as error:
        return tree, error
    if tree.rest is None and not tree.is_stopped:
        check_root(tree)
    return tree, tree.rest


def read_events(tree: Tree) -> None:
    """Read the first document into the tree, nothing after it: what follows can be made to cost any time."""
    import yaml
    from yaml._yaml import CParser

    parser = CParser(tree.places.text)
    handlers: dict[type, Callable[[Any], None]] = {
        yaml.ScalarEvent: tree.scalar,
        yaml.MappingStartEvent: tree.open_mapping,
        yaml.MappingEndEvent: tree.close,
        yaml.SequenceStartEvent: tree.open_sequence,
        yaml.SequenceEndEvent: tree.close,
        yaml.AliasEvent: tree.alias,
        yaml.DocumentEndEvent: lambda event: check_rest(tree, event.start_mark.index, event.end_mark.index),
    }
    while not tree.is_stopped:
        event = parser.get_event()
        kind = type(event)
        if kind in handlers:
            handlers[kind](event)
        if kind in (yaml.DocumentEndEvent, yaml.StreamEndEvent):
            return


def comment_directives(places: Places, notes: Notes) -> Places:
    """Refuse the lines before the document that begin with `%`, and make comments of them."""
    head = PREAMBLE.match(places.text)
    if not head or "%" not in head[0]:
        return places
    for match in DIRECTIVE.finditer(head[0]):
        if notes.full:
            break
        if not HARMLESS.fullmatch(match[0]):
            notes.add("yaml-directive", places.span(*match.span()), text=shortened(match[0]))
    return places.patched(0, PERCENT.sub("#", head[0]))


def check_rest(tree: Tree, mark: int, end: int) -> None:
    """Note what stands after the end of the document, whose own mark is at `mark:end`."""
    text, match = tree.places.text, NOTHING_MORE.match(tree.places.text, end)
    start = match.end() if match else end
    if start == len(text):
        return
    tree.is_broken = True
    if text.startswith("---", start) or "..." in text[mark:start]:
        tree.notes.add("several-documents", tree.places.span(start, start + 1))
    else:
        tree.rest = start


def check_root(tree: Tree) -> None:
    """Note a file that holds nothing, or something other than keys with values."""
    root, text = tree.root, tree.places.text
    if isinstance(root, Mapping) or tree.notes.findings:
        return
    if root is None or (isinstance(root, Scalar) and root.empty):
        tree.notes.add("empty-file", Location(tree.places.file))
        return
    start = len(text) - len(text.lstrip(" \t\r\n"))
    if isinstance(root, Scalar) and root.plain:
        found = [glued for glued in glued_lines(text, start, len(text)) if glued]
        note_colons(tree.notes, tree.places, found, "")
    if not tree.notes.findings:
        tree.notes.add("not-a-mapping", root.location)
