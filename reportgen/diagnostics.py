"""What reportgen has to say: findings with a code, a severity, a place and a remedy, as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

Language = str
"""`zh` or `en`."""

NOTHING: Mapping[str, str] = MappingProxyType({})
SILENCE: Mapping[str, Bilingual] = MappingProxyType({})


class Severity(Enum):
    """How much a finding weighs: an error stops, a warning asks for a decision, a hint helps."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A stretch of a file: lines and columns count characters from 1; the end is exclusive.

    Line 0 stands for the file as a whole; `cell` is a place in a workbook: `收到和处理申请!D7`.
    """

    file: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    cell: str = ""

    def __str__(self) -> str:
        """`file:line:column`, `file:sheet!cell`, or the file alone."""
        if self.cell:
            return f"{self.file}:{self.cell}"
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


def whole_line(file: str, number: int, source: str) -> Location:
    """The place of a line of a text, from its first to its last character that is not blank."""
    lines = source.split("\n")
    text = lines[number - 1] if 0 < number <= len(lines) else ""
    end = len(text.rstrip())
    return Location(file, number, min(len(text) - len(text.lstrip()), end) + 1, number, end + 1)


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in both languages of the interface; `{name}` marks a value to fill in."""

    zh: str
    en: str

    def fill(self, language: Language, arguments: Mapping[str, str]) -> str:
        """The text in that language with its values; a value is never read as a pattern."""
        text = self.spoken(language)
        return text.format_map(dict(arguments)) if arguments else text.replace("{{", "{").replace("}}", "}")

    def spoken(self, language: Language) -> str:
        """The text in that language as it stands."""
        return self.en if language == "en" else self.zh


class Listed(str):
    """Names in a row as one text, told apart by “、”; in English by commas, those in Chinese in quotes."""

    __slots__ = ("names",)
    names: tuple[str, ...]

    def __new__(cls, names: Iterable[object]) -> Listed:
        """Put the names in a row."""
        texts = tuple(map(str, names))
        listed = super().__new__(cls, "、".join(texts))
        listed.names = texts
        return listed

    def __str__(self) -> str:
        """The row itself, which stays one where arguments are made texts."""
        return self

    def __reduce__(self) -> tuple[type[Listed], tuple[tuple[str, ...]]]:
        """The names, of which a copy is made: a text alone does not tell where one ends."""
        return Listed, (self.names,)


def spoken(text: str | Bilingual, language: Language) -> str:
    """A text in one of the languages, whatever it is made of."""
    if isinstance(text, Bilingual):
        return text.spoken(language)
    if language == "en" and isinstance(text, Listed):
        return ", ".join(name if name.isascii() or name[0] == "“" else f"“{name}”" for name in text.names)
    return text


@dataclass(frozen=True, slots=True)
class FindingType:
    """A catalogue entry: everything about a code that does not depend on the one case.

    `explanation` is what `explain CODE` prints; `source` names the clause, notice or promise it rests on.
    """

    code: str
    severity: Severity
    message: Bilingual
    hint: Bilingual
    explanation: Bilingual
    source: str = ""
    hints: Mapping[str, Bilingual] = field(default_factory=lambda: MappingProxyType({}))
    """Hints for cases of their own, by the argument `case`; `hint` is for all others."""
    waivable: bool = False
    """Whether an error of this code becomes a warning when the office gives a reason."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that belongs to a finding, such as an addend of a sum."""

    location: Location
    path: str
    note: str | Bilingual = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding at one place. `path` is the place in the report: `收到和处理申请.本年新收.自然人`.

    `words` are arguments of the message that read differently in each language. `fix` is what should stand
    at the place instead of what stands there, when that is certain.
    """

    type: FindingType
    location: Location
    path: str = ""
    arguments: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    related: tuple[Related, ...] = ()
    severity: Severity | None = None
    words: Mapping[str, Bilingual] = field(default_factory=lambda: SILENCE)
    fix: str | None = None
    reason: str = ""
    """Why the office leaves it as it is, when it said so."""

    @property
    def code(self) -> str:
        """The stable kebab-case code."""
        return self.type.code

    @property
    def level(self) -> Severity:
        """The severity here: the code's own unless this case was raised or lowered."""
        return self.severity or self.type.severity

    def message(self, language: Language = "zh") -> str:
        """What was found, in official terms."""
        return self.type.message.fill(language, self.spoken(language))

    def hint(self, language: Language = "zh") -> str:
        """What to do about it."""
        hint = self.type.hints.get(self.arguments.get("case", ""), self.type.hint)
        return hint.fill(language, self.spoken(language))

    def spoken(self, language: Language) -> Mapping[str, str]:
        """The arguments of the message in that language."""
        texts: Mapping[str, str | Bilingual] = {**self.arguments, **self.words}
        return {name: spoken(text, language) for name, text in texts.items()}

    def __str__(self) -> str:
        """`place: severity[code] message`."""
        return f"{self.location}: {self.level.value}[{self.code}] {self.message()}"


def is_fatal(diagnostics: tuple[Diagnostic, ...]) -> bool:
    """Whether any of them is an error."""
    return any(diagnostic.level is Severity.ERROR for diagnostic in diagnostics)


def in_file_order(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """The findings sorted by file, place, then code, each once; the sheets of a workbook as they came."""
    unique = {(d.location, d.code, d.path, d.message()): d for d in diagnostics}
    keys = sorted(unique)
    if any(key[0].cell for key in keys):
        sheets = list(dict.fromkeys(key[0].cell.partition("!")[0] for key in unique))
        keys.sort(key=lambda key: (key[0].file, sheets.index(key[0].cell.partition("!")[0]), square(key[0])))
    return tuple(unique[key] for key in keys)


def square(place: Location) -> tuple[int, int, str]:
    """The row and the column of a place in a workbook, as they sort: B before AA, row 9 before row 10."""
    address = place.cell.partition("!")[2]
    column = address.rstrip("0123456789")
    return int(address[len(column) :] or 0), len(column), column
