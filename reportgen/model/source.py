"""The bytes of a YAML file in; its tree with exact places out, or everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location, Related
from reportgen.model.characters import check_characters
from reportgen.model.constants import constant, scalar
from reportgen.model.encoding import decode
from reportgen.model.glued import glued_lines, note_colons, shortened
from reportgen.model.limits import RECOVERED_CHARACTERS, RECOVERIES
from reportgen.model.mistakes.recognition import UNSURE, UNSURE_LATER, recognise
from reportgen.model.mistakes.trouble import Mistake, Trouble
from reportgen.model.nodes import Mapping, Scalar
from reportgen.model.notes import Notes, settled
from reportgen.model.places import Places
from reportgen.model.tree import Tree

if TYPE_CHECKING:
    from yaml.error import MarkedYAMLError

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


def read_shipped(data: bytes) -> Any:
    """The values of `read_trusted` for a file that the program brings along, read in a tenth of the time.

    Raises yaml.YAMLError where the YAML is broken, bears anchors or names a key twice.
    """
    from yaml import CSafeLoader, YAMLError, compose

    try:
        root = compose(data.decode(), Loader=CSafeLoader)
    except UnicodeDecodeError as error:
        raise YAMLError(str(error)) from error
    return composed(root, set())


def composed(node: Any, seen: set[int]) -> Any:
    """The values of a composed node; `seen` are the nodes met before."""
    from yaml import MappingNode, ScalarNode, YAMLError

    if id(node) in seen:
        raise YAMLError("alias")
    seen.add(id(node))
    if isinstance(node, ScalarNode):
        return node.value if node.style else scalar(node.value)
    if isinstance(node, MappingNode):
        values = {key.value: composed(value, seen) for key, value in node.value}
        if len(values) < len(node.value):
            raise YAMLError("duplicate key")
        return values
    return [composed(item, seen) for item in node.value]


def read_text(places: Places) -> tuple[Mapping | None, tuple[Diagnostic, ...]]:
    """The tree of a text and its findings; a line broken in a known way is mended to find the next one."""
    findings: list[Diagnostic] = []
    for attempt in range(RECOVERIES + 1):
        tree, trouble = read_once(places)
        findings += (found for found in tree.notes.findings if not (attempt and found.code in UNSURE_LATER))
        mended = attempt or any(found.code in ("wide-space", "wide-colon") for found in findings)
        if not trouble:
            root = tree.root if isinstance(tree.root, Mapping) and not tree.is_broken else None
            return (None if attempt else root), tuple(findings)
        mistake = recognise(trouble)
        if mistake.code and not (mended and mistake.code in UNSURE):
            findings.append(finding(mistake, tree))
        if not mistake.patch or len(places.text) > RECOVERED_CHARACTERS:
            break
        places = places.patched(*mistake.patch)
    return None, tuple(findings)


def finding(mistake: Mistake, tree: Tree) -> Diagnostic:
    """The finding of a recognised mistake."""
    places = [tree.places.span(*span) for span in (mistake.place, *mistake.related)]
    related = tuple(Related(place, "") for place in places[1:])
    arguments: dict[str, Any] = dict(mistake.arguments)
    return find(mistake.code, places[0], tree.path_on(places[0].line), related=related, **arguments)


def read_once(places: Places) -> tuple[Tree, Trouble | None]:
    """The tree as far as it can be read, and what ended the reading before the end."""
    from yaml.error import MarkedYAMLError

    notes = Notes()
    places = comment_directives(places, notes)
    tree = Tree(places, notes)
    try:
        read_events(tree)
    except MarkedYAMLError as error:
        return tree, trouble_at(error, tree)
    if tree.rest is not None:
        return tree, trouble_after(tree.rest, tree)
    if not tree.is_stopped:
        check_root(tree)
    return tree, None


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


def trouble_at(error: MarkedYAMLError, tree: Tree) -> Trouble:
    """Where and why the parser gave up; at the end of the file, that is after its last character."""
    end = len(tree.places.text.rstrip(" \t\r\n"))
    offset = min(error.problem_mark.index, end) if error.problem_mark else end
    origin = min(error.context_mark.index, end) if error.context_mark else offset
    return trouble(tree, offset, origin, error.context or "", error.problem or "")


def trouble_after(offset: int, tree: Tree) -> Trouble:
    """Something that follows the whole document, where the parser need not even be asked."""
    first = NOTHING_MORE.match(tree.places.text)
    return trouble(tree, offset, first.end() if first else 0, "", "did not find expected key")


def trouble(tree: Tree, offset: int, origin: int, context: str, problem: str) -> Trouble:
    """What the tree adds to a place where reading ended."""
    last, style = tree.last, (tree.last.style or "") if tree.last else ""
    span = (last.start_mark.index, last.end_mark.index) if last else None
    return Trouble(tree.places, offset, context, problem, origin, span, style, tree.bracket, tree.expression)
