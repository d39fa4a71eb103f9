"""The folder of a kind in; the data files of it and of the kinds it extends, merged, out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location
from reportgen.errors import KindError
from reportgen.files.failures import explained
from reportgen.files.reading import read_file
from reportgen.model import nodes
from reportgen.model.forms import Steps
from reportgen.model.misfits import Misfit
from reportgen.model.shipped import checked_digests, package_folder, recall
from reportgen.model.source import read_source, read_trusted

FILES: Final = (
    "kind",
    "schema",
    "tables",
    "rules",
    "review",
    "text",
    "layout",
    "fonts",
    "figures",
    "lint",
    "draft",
)
OWN: Final = ("abstract", "extends")
"""Keys of kind.yaml that are not inherited."""

LARGEST: Final = 1_000_000

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Chain:
    """The folders of a kind, its own first, and each data file with what it inherits, by the file's stem."""

    folders: tuple[Path, ...]
    data: Data
    contents: tuple[bytes, ...] = ()
    """Every file as it was read: two chains of the same folders and contents are the same kind."""

    @property
    def is_checked(self) -> bool:
        """Whether the kind is one that came with the program, as it came: its tests have checked it."""
        return self.digest in checked_digests()

    @property
    def digest(self) -> str:
        """The SHA-256 of all its files as they were read, in order."""
        return sha256(b"\0".join(self.contents)).hexdigest()

    def locate(self, path: Steps) -> Location:
        """Where `("tables", "某表", "rows")` stands in the file that gives it, or what is nearest to it."""
        stem, *steps = path
        files = [folder / f"{stem}.yaml" for folder in self.folders]
        found = [_seek(file, steps) for file in files if file.is_file()]
        best = max(found, key=lambda place: place[0], default=(0, Location(str(files[0]))))
        return best[1]


def kind_folders(folders: Sequence[Path]) -> Iterator[Path]:
    """Every folder that holds a kind: `folders` (kinds, or folders of kinds) first, then the package's."""
    for root in (*folders, package_folder()):
        inside = sorted(root.iterdir()) if root.is_dir() and not (root / "kind.yaml").is_file() else [root]
        yield from (folder for folder in inside if (folder / "kind.yaml").is_file())


def read_chain(folder: Path, folders: Sequence[Path], stems: Sequence[str] = FILES) -> Chain:
    """The merged data of a kind, of some of its files or of all.

    Raises KindError when a file cannot be read as YAML or a base is missing.
    """
    return chain_of(folder, lambda: kind_folders(folders), lambda place: read_step(place, stems))


def chain_of(folder: Path, places: Callable[[], Iterable[Path]], read: Callable[[Path], Chain]) -> Chain:
    """The merged data of a kind: `places` are where bases are looked for, `read` gives a folder's own data.

    Raises what `read` raises, and KindError when a base is missing.
    """
    chain = list(_climb(folder, places, read))
    merged: Data = {}
    for step in reversed(chain):
        merged = forget(merge(_without_own(merged), step.data), step.data.get("schema"))
    contents = tuple(content for step in chain for content in step.contents)
    return Chain(tuple(step.folders[0] for step in chain), merged, contents)


def _without_own(data: Data) -> Data:
    kind = data.get("kind")
    return (
        {**data, "kind": {k: v for k, v in kind.items() if k not in OWN}} if isinstance(kind, dict) else data
    )


def forget(merged: Data, schema: Any) -> Data:
    """The data without the checks of texts that looked only at fields which a schema takes away."""
    properties = schema.get("properties") if isinstance(schema, dict) else None
    gone = (
        {key for key, value in properties.items() if value is None} if isinstance(properties, dict) else set()
    )
    return {**merged, "review": _left(merged["review"], gone)} if gone and "review" in merged else merged


def _left(value: Any, gone: set[str]) -> Any:
    """Checks without names in their lists; those that look at fields and have none left are gone."""
    if isinstance(value, list):
        return [item for item in value if not (isinstance(item, str) and item in gone)]
    if not isinstance(value, dict):
        return value
    left = {key: _left(inner, gone) for key, inner in value.items()}
    return {
        key: inner
        for key, inner in left.items()
        if not (isinstance(inner, dict) and inner.get("fields") == [])
    }


def _climb(
    folder: Path, places: Callable[[], Iterable[Path]], read: Callable[[Path], Chain]
) -> Iterator[Chain]:
    """The kind and those it extends, each alone."""
    seen: set[Path] = set()
    while True:
        if folder in seen:
            raise KindError(find("kind-circle", Location(str(folder / "kind.yaml")), name=folder.name))
        seen.add(folder)
        step = read(folder)
        yield step
        base = step.data["kind"].get("extends") if isinstance(step.data["kind"], dict) else None
        if base is None:
            return
        known = (place for place in places() if place.name == base)
        found = next(known, None)
        if found is None:
            raise KindError(find("kind-base-missing", step.locate(("kind", "extends")), name=base))
        folder = found


def read_step(folder: Path, stems: Sequence[str]) -> Chain:
    """The data files of one folder; kind.yaml has to be there."""
    files = {stem: folder / f"{stem}.yaml" for stem in stems_in(folder, stems)}
    contents = {stem: read_file(file, LARGEST) for stem, file in files.items()}
    data = {stem: parse_data(files[stem], content) for stem, content in contents.items()}
    return Chain((folder,), data, tuple(contents.values()))


def stems_in(folder: Path, stems: Sequence[str]) -> Iterator[str]:
    """Those of the stems whose files are in a folder; that of kind.yaml in any case."""
    if len(stems) == 1:
        yield from (stem for stem in stems if stem == "kind" or (folder / f"{stem}.yaml").is_file())
        return
    with explained(folder):
        there = {"kind.yaml", *(file.name for file in folder.iterdir())}
    yield from (stem for stem in stems if f"{stem}.yaml" in there)


def read_data(file: Path) -> Any:
    """A data file as plain values. Raises FileError, or KindError with what is wrong in the YAML."""
    return parse_data(file, read_file(file, LARGEST))


remember = lru_cache(maxsize=64)(read_trusted)
"""The values of a content that was read before: nothing changes them, so they can be shared."""


def parse_data(file: Path, content: bytes) -> Any:
    """The plain values of a file's content; raises KindError with what is wrong in the YAML."""
    import yaml

    kept = recall(file.parent.name, file.stem, content)
    try:
        return remember(content) if kept is None else kept
    except yaml.YAMLError:
        raise KindError(*read_source(content, str(file))[1]) from None


def merge(base: Any, own: Any) -> Any:
    """The base's values with its own over them, mapping by mapping; `required` and rules are added up.

    A value left empty takes the base's away.
    """
    if not isinstance(base, dict) or not isinstance(own, dict):
        return own
    merged = dict(base)
    for key, value in own.items():
        if value is None:
            merged.pop(key, None)
        elif key in ADDED and isinstance(value, list) and isinstance(base.get(key), list):
            merged[key] = base[key] + [item for item in value if item not in base[key]]
        else:
            merged[key] = merge(base.get(key), value)
    return _without_removed(merged, own.get("properties"))


def _without_removed(merged: dict[str, Any], properties: Any) -> dict[str, Any]:
    """Lists of names without those of properties that were taken away."""
    removed = (
        [key for key, value in properties.items() if value is None] if isinstance(properties, dict) else []
    )
    for word in ("required", "order"):
        if removed and isinstance(merged.get(word), list):
            merged[word] = [name for name in merged[word] if name not in removed]
    return merged


ADDED: Final = ("required", "rules", "formulas")


def _seek(file: Path, steps: Sequence[str | int]) -> tuple[int, Location]:
    """How far a path leads in a file, and the place where it ends."""
    root, _ = read_source(read_file(file, LARGEST), str(file))
    node: nodes.Node | None = root
    place, depth = Location(str(file)), 0
    for depth, step in enumerate(steps):
        entry = _step(node, step)
        if entry is None:
            return depth, place
        node, place = entry
    return depth + 1, place


def _step(node: nodes.Node | None, step: str | int) -> tuple[nodes.Node, Location] | None:
    if isinstance(node, nodes.Mapping):
        entry = node.entry(str(step))
        return (entry.value, entry.key.location) if entry else None
    if isinstance(node, nodes.Sequence) and isinstance(step, int) and step < len(node.items):
        return node.items[step], node.items[step].location
    return None


def describe(misfits: Sequence[Misfit], chain: Chain) -> tuple[Diagnostic, ...]:
    """The findings of what does not fit in a kind, each at its place in the kind's files."""
    return tuple(find(m.code, chain.locate(m.at), ".".join(map(str, m.at)), **m.arguments) for m in misfits)
