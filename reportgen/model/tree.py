"""A YAML parser's events in; nodes with exact places out, and what YAML allows but a report may not."""

from __future__ import annotations

import re
from typing import Final

from reportgen.diagnostics import Location, Related
from reportgen.model import limits, traps
from reportgen.model.events import CollectionEvent, Event, ScalarEvent
from reportgen.model.glued import mend_lines, note_thousands, runs_into_bracket, shortened, split_key
from reportgen.model.levels import Fault, Level
from reportgen.model.nodes import Node, Scalar
from reportgen.model.notes import Notes
from reportgen.model.offsets import Written, raw_text
from reportgen.model.places import Places

COLON: Final = re.compile(r"[ \t\r\n]*+:")


class Tree:
    """A document as far as it has been read.

    `root` is the whole once its end has come. `is_broken` says that it is not what the file means, so that
    nothing should be concluded from it; `is_stopped` that reading on is pointless.
    """

    def __init__(self, places: Places, notes: Notes) -> None:
        """Begin a document."""
        self.places = places
        self.notes = notes
        self.root: Node | None = None
        self.is_broken = self.is_stopped = False
        self.last: ScalarEvent | None = None
        self.expression: int | None = None  # where the unquoted {{ read last stands
        self.rest: int | None = None  # where something stands after the end of the document
        self._levels: list[Level] = []
        self._skipped = 0  # depth inside an unquoted {{ … }}
        self._count = 0
        self._end = (1, 1)  # line and column where the node read last ends

    @property
    def bracket(self) -> int | None:
        """Where the innermost open bracket stands."""
        return self._levels[-1].offset if self._levels and self._levels[-1].flow else None

    def path_on(self, line: int) -> str:
        """Where in the report a line is, when its key has been read; empty when it is not known."""
        keys = (level.key for level in self._levels)
        return self.path if any(key and key.location.line == line for key in keys) else ""

    @property
    def path(self) -> str:
        """Where in the report reading is: `收到和处理申请.本年新收`."""
        return "".join(level.step for level in self._levels).removeprefix(".")

    def scalar(self, event: ScalarEvent) -> None:
        """Take a key, a value or a list item."""
        if not self._counts() or self._skipped:
            return
        start, end, text, style = event.start_mark, event.end_mark, event.value, event.style or ""
        begin, stop, self.last = start.index, end.index, event
        if event.anchor or event.tag:
            begin = traps.refuse_properties(self.notes, self.places, begin, self.path)
        if not text and not style:
            self._add(self._empty(begin), stop)
            return
        if (style in ("|", ">") or begin != start.index) and stop - begin <= limits.SCALAR_CHARACTERS:
            location = self.places.span(begin, begin + len(self.places.text[begin:stop].rstrip(" \t\r\n")))
        else:
            line, column = end.line + 1, end.column + 1
            location = Location(self.places.file, start.line + 1, start.column + 1, line, column)
        node = Scalar(text, not style, location, Written(self.places, begin, stop, style, text))
        self._add(self._checked(node, begin, stop, style), stop)

    def open_mapping(self, event: CollectionEvent) -> None:
        """Take the beginning of a mapping, or of an expression that was meant as text."""
        start = event.start_mark.index
        if not self._skipped and event.flow_style and self.places.text.startswith("{{", start):
            match = traps.EXPRESSION.match(self.places.text, start)
            self._skipped, self.expression = 1, start
            place = self.places.span(*match.span()) if match else self.places.span(start, start)
            self.notes.add("unquoted-expression", place, self.path)
        else:
            self._open(event, is_mapping=True)

    def open_sequence(self, event: CollectionEvent) -> None:
        """Take the beginning of a list."""
        self._open(event, is_mapping=False)

    def close(self, event: Event) -> None:
        """Take the end of a mapping or list, or of an unquoted expression."""
        end = event.end_mark
        if self._skipped:
            self._skipped -= 1
            if not self._skipped:
                self._add(raw_text(self.places, self.expression or 0, end.index), end.index)
            return
        if event.start_mark.index < end.index:  # a closing bracket
            self._end = (end.line + 1, end.column + 1)
        self._add(self._levels.pop().finished(self.places.file, self._end), end.index)

    def alias(self, event: Event) -> None:
        """Take a reference to another part of the file, which is refused."""
        if not self._counts() or self._skipped:
            return
        start, end = event.start_mark.index, event.end_mark.index
        node = raw_text(self.places, start, end)
        self.notes.add("yaml-alias", node.location, self.path, text=shortened(node.text))
        self.is_broken = True
        self._add(node, end)

    def _counts(self) -> bool:
        """Whether one more node is within the limits."""
        self._count += 1
        if self._count > limits.NODES and not self.is_stopped:
            self._stop("too-many-values", Location(self.places.file), limits.NODES)
        return not self.is_stopped

    def _stop(self, code: str, location: Location, limit: int) -> None:
        self.is_stopped = self.is_broken = True
        self.notes.add(code, location, self.path, limit=limit)

    def _open(self, event: CollectionEvent, *, is_mapping: bool) -> None:
        mark = event.start_mark
        offset, start = mark.index, (mark.line + 1, mark.column + 1)
        if not self._counts():
            return
        if len(self._levels) + self._skipped >= limits.DEPTH:
            self._stop("nesting-too-deep", self.places.span(offset, offset + 1), limits.DEPTH)
            return
        if self._skipped:
            self._skipped += 1
            return
        if event.anchor or event.tag:
            offset = traps.refuse_properties(self.notes, self.places, offset, self.path)
            start = self.places.position(offset)
        self._levels.append(Level(offset, start, bool(event.flow_style), is_mapping))

    def _add(self, node: Node, end: int) -> None:
        """Put a finished node, which ends at the offset, where it belongs."""
        self._end = (node.location.end_line, node.location.end_column)
        if not self._levels:
            self.root = node
            return
        level = self._levels[-1]
        if not level.is_mapping or not level.expects_key:
            level.add(node)
            return
        if isinstance(node, Scalar) and node.plain:
            if node.text.startswith(traps.UNMEANT):
                node = traps.check_key(self.notes, node, self.path)
            if "{" in node.text or "[" in node.text:
                self.is_broken |= runs_into_bracket(self.notes, node, self.path)
        if fault := level.add_key(node, end):
            self._refuse_key(node, fault)

    def _refuse_key(self, key: Node, fault: Fault) -> None:
        self.is_broken |= fault.is_misread
        path = self.path
        if fault.other and isinstance(key, Scalar):
            path = f"{path}.{key.text}".removeprefix(".")
        related = (Related(fault.other, path),) if fault.other else ()
        self.notes.add(fault.code, key.location, path, related, **fault.arguments)

    def _empty(self, offset: int) -> Scalar:
        """A value that was left empty, in its place right after the colon of its key."""
        level = self._levels[-1] if self._levels else None
        if level and level.expects_value:
            colon = COLON.match(self.places.text, level.key_end)
            offset = colon.end() if colon else level.key_end
            if level.key and not colon:
                is_cut = note_thousands(self.notes, self.places, level.key, self.path)
                meant = (None, None) if is_cut else split_key(self.notes, level.key, self.path)
                level.key, value = meant
                return value or raw_text(self.places, offset, offset)
        return raw_text(self.places, offset, offset)

    def _checked(self, node: Scalar, start: int, end: int, style: str) -> Node:
        """The scalar, or what was meant by it, after noting what is wrong although its syntax is right."""
        place, level = node.location, self._levels[-1] if self._levels else None
        if end - start > limits.SCALAR_CHARACTERS:
            self._stop("value-too-long", place, limits.SCALAR_CHARACTERS)
        elif style == '"' and "\\" in self.places.text[start:end]:
            traps.check_escapes(self.notes, self.places, start, end, self.path)
        if style or not level:
            return node
        traps.check_comment(self.notes, self.places, node, end, self.path)
        traps.check_list(self.notes, self.places, place, self.path)
        if level.key and level.key.location.line < place.line:
            return self._checked_line(node, start, end)
        if not level.is_mapping and place.line < place.end_line:
            traps.check_item(self.notes, self.places, place, level.start[1], self.path)
        return node

    def _checked_line(self, node: Scalar, start: int, end: int) -> Node:
        """A plain value on a line of its own below its key."""
        traps.check_dash(self.notes, self.places, start, self.path)
        meant = mend_lines(self.notes, self.places, node, (start, end), self.path)
        self.is_broken |= meant is None
        return meant or node
