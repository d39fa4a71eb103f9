"""Derived faces, kept: recipes in; TrueType files with their coverage out, made on all cores if need be."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Location
from reportgen.errors import MissingError
from reportgen.render.font.characters import HALF_WIDTH, common_characters, full_width_characters
from reportgen.render.font.coverage import Coverage
from reportgen.render.font.files import FontFile
from reportgen.render.font.outlines import EM, HALF, Glyph, advances, assemble, trace
from reportgen.render.font.store import Store, read_sealed, seal

if TYPE_CHECKING:
    from concurrent.futures import Future

RECIPE: Final = "1"
"""To be raised whenever the same sources give other bytes; a test with a small face says when."""

CHUNK: Final = 500
INDEX: Final = "index.json"

Progress = Callable[[int, int], None]
"""Called with the work done and the whole work, in glyphs."""


def silent(*_: int) -> None:
    """The progress nobody is shown."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a derived face is made of: `characters` from the first font of the chain, `letters` from `latin`.

    What a font lacks the next one gives. A `common` face holds the common characters too; in a `half` one
    digits are half as wide as characters (半角), whatever the font makes them.
    """

    family: str
    chain: tuple[FontFile, ...]
    characters: frozenset[int]
    latin: FontFile | None = None
    letters: frozenset[int] = frozenset()
    common: bool = False
    half: bool = False

    @property
    def key(self) -> str:
        """The name under which the face is kept: another one for any other source, character or recipe."""
        sources = [(font.sha256, font.index) for font in self.sources]
        codes = sorted(self.characters), sorted(self.letters), self.common, *(("half",) if self.half else ())
        stated = json.dumps([RECIPE, self.family, sources, codes])
        return f"{self.family}-{hashlib.sha256(stated.encode()).hexdigest()[:24]}"

    @property
    def sources(self) -> tuple[FontFile, ...]:
        """The fonts it is made of, the Latin one first."""
        return (self.latin, *self.chain) if self.latin else self.chain

    @property
    def licence(self) -> str:
        """What the face is derived from, with the licences; kept in the face."""
        stated = dict.fromkeys(f"{font.path.name}: {font.licence or 'its own'}" for font in self.sources)
        return "Derived for embedding in documents made on this machine, from " + "; ".join(stated)

    @property
    def rooms(self) -> Mapping[int, int]:
        """The advances of the code points whose source does not say them: a whole em, or half of one."""
        if not self.common and not self.half:
            return {}
        half = HALF_WIDTH if self.half else frozenset()
        return {**dict.fromkeys(full_width_characters() - self.letters, EM), **dict.fromkeys(half, HALF)}

    @property
    def parts(self) -> tuple[tuple[FontFile, frozenset[int]], ...]:
        """The fonts in the order they are asked, with the code points wanted of each."""
        wanted = (self.characters | common_characters() if self.common else self.characters) - self.letters
        chain = tuple((font, wanted) for font in self.chain)
        return ((self.latin, self.letters), *chain) if self.latin else chain


@dataclass(frozen=True, slots=True)
class DerivedFace:
    """A face that was made: its file, and what it covers."""

    path: Path
    coverage: Coverage


def read_face(store: Store, recipe: Recipe) -> DerivedFace | None:
    """The face of a recipe from the store, nothing when it is not there whole."""
    folder = store.get(recipe.key)
    index = read_sealed(folder / INDEX) if folder else None
    if folder is None or not isinstance(index, dict):
        return None
    path = folder / f"{recipe.family}.ttf"
    if not path.is_file() or path.stat().st_size != index["size"]:
        return None
    return DerivedFace(path, Coverage.read(index["runs"]))


def read_coverage(store: Store, source: FontFile) -> Coverage | None:
    """What a source font covers, from the store."""
    folder = store.get(coverage_key(source))
    index = read_sealed(folder / INDEX) if folder else None
    return Coverage.read(index["runs"]) if isinstance(index, dict) else None


def coverage_key(source: FontFile) -> str:
    """The name under which a source's coverage is kept."""
    return f"coverage-{RECIPE}-{source.sha256[:24]}-{source.index}"


def make_coverages(store: Store, sources: Iterable[FontFile]) -> dict[FontFile, Coverage]:
    """What these source fonts cover, read from the files where the store does not know it."""
    found = {}
    for source in dict.fromkeys(sources):
        coverage = read_coverage(store, source)
        if coverage is None:
            with reading(source):
                coverage = Coverage.of(advances(source.path, source.index))
            store.discard(coverage_key(source))
            store.put(coverage_key(source), {INDEX: seal({"runs": coverage.runs})})
        found[source] = coverage
    return found


def make_faces(store: Store, recipes: Iterable[Recipe], progress: Progress) -> tuple[DerivedFace, ...]:
    """The faces of these recipes, made where the store lacks them; two makers at once do the work once.

    Raises FileError when they have to be made and no folder of the store can be written.
    """
    wanted = tuple(recipes)
    kept = tuple(read_face(store, recipe) for recipe in wanted)
    if None not in kept:
        return tuple(face for face in kept if face)
    with store.locked():
        missing = tuple(recipe for recipe in wanted if read_face(store, recipe) is None)
        coverages = make_coverages(store, (font for recipe in missing for font in recipe.sources))
        for recipe, content, coverage in derive(missing, coverages, progress):
            store.discard(recipe.key)
            digest = hashlib.sha256(content).hexdigest()
            index = {"size": len(content), "sha256": digest, "runs": coverage.runs}
            store.put(recipe.key, {f"{recipe.family}.ttf": content, INDEX: seal(index)})
    return tuple(face for recipe in wanted if (face := read_face(store, recipe)))


@contextmanager
def reading(font: FontFile) -> Iterator[None]:
    """Whatever goes wrong inside is the font file's fault: raises MissingError that names it."""
    from concurrent.futures import BrokenExecutor

    try:
        yield
    except BrokenExecutor:
        raise
    except Exception as error:
        raise MissingError(find("font-unreadable", Location(font.path.name), file=font.path.name)) from error


def share_out(
    recipe: Recipe, coverages: Mapping[FontFile, Coverage]
) -> Iterator[tuple[FontFile, tuple[int, ...]]]:
    """Which source gives which code points, in pieces of even size."""
    given: set[int] = set()
    for source, codes in recipe.parts:
        mine = sorted(code for code in codes - given if code in coverages[source])
        given.update(mine)
        for start in range(0, len(mine), CHUNK):
            yield source, tuple(mine[start : start + CHUNK])


def derive(
    recipes: tuple[Recipe, ...], coverages: Mapping[FontFile, Coverage], progress: Progress
) -> Iterator[tuple[Recipe, bytes, Coverage]]:
    """The bytes and coverage of each face as they become ready; large work is done on all cores."""
    from concurrent.futures import as_completed

    from reportgen.render.font.workers import workers

    pieces = [(recipe, *piece) for recipe in recipes for piece in share_out(recipe, coverages)]
    total = sum(len(codes) for _, _, codes in pieces)
    with workers(spread=total > CHUNK) as pool:
        tracing = {
            pool.submit(trace, font.path, font.index, codes, recipe.rooms): (recipe, font)
            for recipe, font, codes in pieces
        }
        left = Counter(recipe for recipe, _ in tracing.values())
        glyphs: dict[Recipe, list[Glyph]] = {recipe: [] for recipe in recipes}
        assembling: dict[Future[bytes], Recipe] = {}
        done = 0
        for traced in as_completed(tracing):
            recipe, font = tracing[traced]
            with reading(font):
                glyphs[recipe].extend(traced.result())
            left[recipe] -= 1
            done += len(traced.result())
            progress(done, total)
            if not left[recipe]:
                assembling[pool.submit(assemble, recipe.family, glyphs[recipe], recipe.licence)] = recipe
        for assembled in as_completed(assembling):
            recipe = assembling[assembled]
            coverage = Coverage.of({glyph.code: glyph.advance for glyph in glyphs.pop(recipe)})
            yield recipe, assembled.result(), coverage
