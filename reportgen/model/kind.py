"""The name or folder of a kind of report in; everything its data files declare out, checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Bilingual, Diagnostic, FindingType, Listed, Location
from reportgen.errors import KindError, UsageError
from reportgen.files.failures import stopped
from reportgen.model.chain import Chain, chain_of, describe, kind_folders, read_chain, read_step
from reportgen.model.declarations import check_declarations, check_tables
from reportgen.model.formulas import Formula
from reportgen.model.guidebook import read_guide
from reportgen.model.review.figures.vocabulary import Words
from reportgen.model.rulebook import read_rulebook
from reportgen.model.rules import Check
from reportgen.model.scalars import Schema
from reportgen.model.schema import expand_schema, in_declared_order
from reportgen.model.tables import StatutoryTable
from reportgen.model.vocabularies import check_vocabulary

BASE: Final = "gbt9704"
"""The kind that holds what documents laid out by the standard share."""


MOST_KEPT: Final = 8
"""Kinds that are kept once they are made, for the next report of a process."""

_known: Final[dict[tuple[tuple[Path, ...], tuple[bytes, ...]], Kind]] = {}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of report: all that is particular to it, as data.

    `folders` are the kind's own and those it extends, its own first. `fields` maps a role (`organ`) to the
    key that plays it (机关), `forms` a word for the outer form (函) to what it is (`letter`); `unsigned` says
    that nothing stands under the text. `vocabulary` maps a word the engine knows to how reports write it,
    `blocks` the keys of blocks. `schema` is the declared one
    with its keys in order, `shape` the same with every figure.
    `formulas` come in the order of computing; `catalogue` holds the kind's own finding codes, `review` its
    checks of texts by their form. `texts`, `layout`, `fonts`, `figures`, `lint` and `draft` are the
    files of these names; `help` says what is counted; `waiver` and `profile` name the keys of entries that
    explain a finding and of a superior's demands. A kind whose texts have no `title` prints its own.
    """

    name: str
    title: str
    version: str
    standard: str
    description: Bilingual
    language: str
    outputs: tuple[str, ...]
    folders: tuple[Path, ...]
    fields: Mapping[str, str]
    forms: Mapping[str, str]
    unsigned: bool
    vocabulary: Mapping[str, str]
    blocks: Mapping[str, Mapping[str, Any]]
    schema: Schema
    shape: Schema
    tables: Mapping[str, StatutoryTable]
    formulas: tuple[Formula, ...]
    checks: tuple[Check, ...]
    catalogue: Mapping[str, FindingType]
    review: Mapping[str, Mapping[str, Any]]
    texts: Mapping[str, Any]
    layout: Mapping[str, Any]
    fonts: Mapping[str, Any]
    lint: Mapping[str, Any]
    draft: Mapping[str, Any]
    help: Mapping[str, str]
    waiver: Mapping[str, str]
    profile: Mapping[str, str]
    figures: Words

    @property
    def folder(self) -> Path:
        """The kind's own folder."""
        return self.folders[0]

    def find_file(self, name: str) -> Path:
        """A file of the kind, its own or inherited. Raises KindError when there is none."""
        for folder in self.folders:
            if (folder / name).is_file():
                return folder / name
        raise KindError(find("kind-file-missing", Location(str(self.folder)), name=name, kind=self.name))

    def fields_of_type(self, *forms: str) -> tuple[str, ...]:
        """The keys of a report whose `x-type` is one of these, in order."""
        return tuple(key for key, value in self.schema["properties"].items() if value.get("x-type") in forms)


@dataclass(frozen=True, slots=True)
class KindEntry:
    """One kind in the list of kinds; `key` is the key under which reports name it."""

    name: str
    key: str
    title: str
    version: str
    standard: str
    description: Bilingual
    folder: Path


def list_kinds(folders: Sequence[Path] = ()) -> tuple[KindEntry, ...]:
    """The kinds there are, those of `folders` first; of two with one name the first counts.

    A folder whose kind.yaml cannot be read is left out here; `load_kind` says what is wrong with it.
    """
    entries: dict[str, KindEntry] = {}
    places = tuple(kind_folders(folders))
    read = cache(lambda place: read_step(place, ("kind",)))  # a base is read once for all that extend it
    for folder in places:
        entry = _read_entry(folder, places, read)
        if entry:
            entries.setdefault(entry.name, entry)
    return tuple(entries.values())


def broken_kinds(folders: Sequence[Path] = ()) -> tuple[Diagnostic, ...]:
    """What is wrong with the kinds that `list_kinds` has to leave out."""
    found: list[Diagnostic] = []
    for folder in kind_folders(folders):
        try:
            read_chain(folder, folders, ("kind",))
        except KindError as error:
            found.extend(error.diagnostics)
    return tuple(found)


def _read_entry(folder: Path, places: tuple[Path, ...], read: Callable[[Path], Chain]) -> KindEntry | None:
    try:
        data = chain_of(folder, lambda: places, read).data["kind"]
        if data.get("abstract"):
            return None
        description = _bilingual(data["description"])
        key, title = data["fields"]["kind"], data["title"]
        return KindEntry(folder.name, key, title, data["version"], data["standard"], description, folder)
    except (KindError, AttributeError, KeyError, TypeError):
        return None


def find_kind(name: str, folders: Sequence[Path] = ()) -> Path | None:
    """The folder of a kind by its folder's name or by its title."""
    places = {folder.name: folder for folder in reversed(list(kind_folders(folders)))}
    if name in places:
        return places[name]
    return next((entry.folder for entry in list_kinds(folders) if entry.title == name), None)


def load_kind(name: str | Path, folders: Sequence[Path] = ()) -> Kind:
    """The kind of a name, a title or a folder; `folders` are searched before the package's own.

    Raises UsageError when there is none, FileError when a file cannot be read, KindError when it is broken.
    """
    folder = name if isinstance(name, Path) else find_kind(name, folders)
    if folder is None:
        known = Listed(f"{entry.title}（{entry.name}）" for entry in list_kinds(folders))
        raise UsageError(find("unknown-kind", Location(str(name)), name=name, known=known))
    if not (folder / "kind.yaml").is_file():
        raise stopped("file-missing", folder / "kind.yaml")
    chain = read_chain(folder, folders)
    key = (chain.folders, chain.contents)
    kind = _known.get(key)
    if kind is None:
        while len(_known) >= MOST_KEPT:
            del _known[next(iter(_known))]
        kind = _known[key] = _build(chain, checked=chain.is_checked)
    return kind


def load_layout(folders: Sequence[Path] = ()) -> Mapping[str, Any]:
    """The geometry of the standard itself, for documents of no known kind."""
    return load_base("layout", folders)


def load_base(stem: str, folders: Sequence[Path] = ()) -> Mapping[str, Any]:
    """One data file of the base kind (`layout`, `fonts`, `text`); empty when there is none."""
    folder = find_kind(BASE, folders)
    data: Mapping[str, Any] = read_chain(folder, folders, ("kind", stem)).data[stem] if folder else {}
    return data


def check_kind(folder: Path) -> str:
    """The digest of a kind that is found free of misfits, whether that is known already or not.

    Raises KindError with everything that does not fit.
    """
    chain = read_chain(folder, ())
    _build(chain, checked=False)
    return chain.digest


def _build(chain: Chain, *, checked: bool) -> Kind:
    """The kind of its merged data; raises KindError with everything that does not fit, unless checked."""
    if not checked:
        _stop_at(check_declarations(chain.data), chain)
    tables, misfits = check_tables(chain.data)
    _stop_at(misfits, chain)
    rules, misfits = read_rulebook(chain.data, tables, checked=checked)
    guide, codes, more = read_guide(chain.data, tables, checked=checked)
    words = () if checked else check_vocabulary(chain.data, tables)
    _stop_at((*misfits, *more, *words), chain)
    data = chain.data
    kind, schema = data["kind"], data["schema"]
    schema = {**schema, "properties": in_declared_order(schema)}
    return Kind(
        name=chain.folders[0].name,
        title=kind["title"],
        version=kind["version"],
        standard=kind["standard"],
        description=_bilingual(kind["description"]),
        language=kind["language"],
        outputs=tuple(kind["outputs"]),
        folders=chain.folders,
        fields=kind["fields"],
        forms=kind.get("forms", {}),
        unsigned=bool(kind.get("unsigned")),
        vocabulary=kind["vocabulary"],
        blocks=kind["blocks"],
        schema=schema,
        shape=expand_schema(schema, tables, kind["vocabulary"]),
        tables=tables,
        formulas=rules.formulas,
        checks=rules.checks,
        catalogue={**rules.catalogue, **codes},
        review=guide,
        texts={"title": [kind["title"]], **data.get("text", {})},
        layout=data.get("layout", {}),
        fonts=data.get("fonts", {}),
        figures=Words(data.get("figures", {})),
        lint=data.get("lint", {}),
        draft=data.get("draft", {}),
        help={
            f"{name}.{path}": text
            for name, table in data.get("tables", {}).items()
            for path, text in table.get("help", {}).items()
        },
        waiver=kind.get("waiver", {}),
        profile=kind.get("profile", {}),
    )


def _stop_at(misfits: Sequence[Any], chain: Chain) -> None:
    if misfits:
        raise KindError(*describe(misfits, chain))


def _bilingual(texts: Mapping[str, str]) -> Bilingual:
    return Bilingual(texts["zh"], texts["en"])
