"""Values a Word template prints in; marks that stand for them until the document is finished out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reportgen.model.values import Cell, Prose, Segment
from reportgen.render.items import FreeTableView, Image
from reportgen.render.printing import printed

TARGET = "rg"


@dataclass(frozen=True, slots=True)
class Imprint:
    """One printed value: where it stands in the report, the text it prints, or the picture or table it is."""

    path: str
    segments: tuple[Segment, ...]
    thing: Image | FreeTableView | None = None

    @property
    def text(self) -> str:
        """The text it prints."""
        return "".join(segment.text for segment in self.segments)


@dataclass(frozen=True, slots=True)
class Imprints:
    """The values one rendering prints, in the order they were printed.

    The template engine gets `<?rg NUMBER?>` for a value, never its text: nothing in a report can then be
    mistaken for markup or a tag, and nothing is lost unseen when the engine's output is parsed.
    """

    texts: Mapping[str, object]
    printed: list[Imprint] = field(default_factory=list)

    def mark(self, value: object) -> str:
        """The mark of a value; raises TypeError for one that has no printed form."""
        if isinstance(value, Image | FreeTableView):
            imprint = Imprint(value.path, (), value)
        else:
            path = value.path if isinstance(value, Prose | Cell) else ""
            imprint = Imprint(path, printed(value, self.texts))
        self.printed.append(imprint)
        return f"<?{TARGET} {len(self.printed) - 1}?>"
