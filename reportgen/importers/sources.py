"""A report with figures put in; the same with a comment over each table naming its workbooks out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from reportgen.importers.collected import Collected
from reportgen.importers.plan import make_plan
from reportgen.model.edits.edit import Remark
from reportgen.model.edits.editing import edit_file
from reportgen.model.misshapes import plain
from reportgen.model.source import read_source


def name_sources(data: bytes, collected: Collected) -> bytes:
    """The file with the workbooks of every sum in a comment, in the place of what an earlier sum left."""
    word = make_plan(collected.kind).word("sources", files="{files}")
    named = dict(sources(collected))
    cleared = clear(data, word.partition("{")[0], named)
    sums = {table: files for table, files in named.items() if len(files) > 1}
    remarks = [Remark((table,), word.format(files="、".join(files))) for table, files in sums.items()]
    return edit_file(cleared, remarks).data


def sources(collected: Collected) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The top keys that hold figures, each with the names of the workbooks its figures came from."""
    tables = dict.fromkeys(path.partition(".")[0] for path in collected.figures)
    for table in tables:
        entries = (e for path, e in collected.figures.items() if path.partition(".")[0] == table)
        names = (one_line(place.file) for entry in entries for place, _ in entry.parts)
        yield table, tuple(dict.fromkeys(names))


def one_line(file: str) -> str:
    """The name of a workbook without its folders, fit for a comment."""
    return re.sub(r"[^\S ]|[^\w\s.,()（）〔〕【】《》—·、，+\-]", "_", PurePath(file).name)


def clear(data: bytes, beginning: str, tables: Iterable[str]) -> bytes:
    """The file without the comment of an earlier sum over these tables; unchanged should it hold anything."""
    keys = "|".join(map(re.escape, tables))
    pattern = rf"(?m)^# {re.escape(beginning)}[^\r\n]*\r?\n(?=(?:{keys}):)".encode()
    cleared = re.sub(pattern, b"", data) if keys else data
    before, after = (read_source(each, "")[0] for each in (data, cleared))
    same = before is not None and after is not None and plain(before) == plain(after)
    return cleared if same else data
