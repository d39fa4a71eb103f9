"""A package in; whether every byte of it is as it was packed out.

Every file but the tag manifests and the signatures has a digest in a manifest; the tag manifests and the zip
around them are compared byte by byte with the one form in which they are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from reportgen.diagnostics import Diagnostic
from reportgen.records.archive.bag import (
    DECLARED,
    INFO,
    SM3_LIST,
    has_sm3,
    is_payload,
    is_tag,
    manifest_name,
    oxum,
    read_info,
    read_list,
    tag_manifest,
    tag_manifest_name,
    write_info,
)
from reportgen.records.archive.digests import BAGIT, sm3
from reportgen.records.archive.marks import DECLARATION
from reportgen.records.archive.zipped import write_zip
from reportgen.verify.package.items import both, item
from reportgen.verify.package.parts import Parts
from reportgen.verify.verification import Check

Digest = Callable[[bytes], str]


def check_consistency(parts: Parts) -> Check:
    """1-14: everything as it was when it was packed."""
    count = len(parts.contents)
    around = "和zip文件" if parts.package.packed else ""
    done = both(
        f"{count}个文件的SHA-256、SHA-512、SM3，标签清单{around}逐字节比较",
        f"SHA-256, SHA-512 and SM3 of {count} files; what has no digest byte by byte",
    )
    return item("1-14", altered(parts), done)


def altered(parts: Parts) -> Iterator[Diagnostic]:
    """Every file that is not as it was, the quickest comparison first."""
    yield from judge_tag_manifests(parts)
    for name, digest in BAGIT.items():
        yield from judge_list(parts, tag_manifest_name(name), digest, is_tag)
        yield from judge_list(parts, manifest_name(name), digest, is_payload)
    yield from judge_list(parts, SM3_LIST, sm3, has_sm3)
    yield from judge_own(parts)


def judge_list(
    parts: Parts, listing: str, digest: Digest, covers: Callable[[str], bool]
) -> Iterator[Diagnostic]:
    """What differs from a list of digests, which covers all files of a sort."""
    content = parts.contents.get(listing)
    listed = read_list(content) if content is not None else None
    if listed is None:
        yield parts.find("package-file-missing" if content is None else "package-altered", listing)
        return
    present = {name for name in parts.contents if covers(name)}
    for name in sorted(set(listed) - present):
        yield parts.find("package-file-missing", name)
    for name in sorted(present - set(listed)):
        yield parts.find("package-file-surplus", name)
    for name in sorted(present & set(listed)):
        if digest(parts.contents[name]) != listed[name]:
            yield parts.find("package-file-altered", name, listing=listing)


def judge_tag_manifests(parts: Parts) -> Iterator[Diagnostic]:
    """Tag manifests that are not written as the files beside them ask."""
    for name in BAGIT:
        own = tag_manifest_name(name)
        if parts.contents.get(own) != tag_manifest(name, parts.contents):
            yield parts.find("package-altered" if own in parts.contents else "package-file-missing", own)


def judge_own(parts: Parts) -> Iterator[Diagnostic]:
    """What the bag says of itself, and the zip around it."""
    said = parts.contents.get(INFO, b"")
    if parts.contents.get(DECLARATION) != DECLARED:
        yield parts.find("package-altered", DECLARATION)
    if write_info(read_info(said).items()) != said:
        yield parts.find("package-altered", INFO)
    packed = parts.package.packed
    if packed is not None and (is_squeezed(parts, packed) or packed != write_zip(parts.contents)):
        yield parts.find("package-altered")


def is_squeezed(parts: Parts, packed: bytes) -> bool:
    """Whether a zip is smaller than what is in it, as none that is merely stored can be."""
    return len(packed) < sum(map(len, parts.contents.values()))


def payload_oxum(parts: Parts) -> tuple[str, str]:
    """Bytes and number of the payload as they are."""
    files: Mapping[str, bytes] = {
        name: content for name, content in parts.contents.items() if is_payload(name)
    }
    size, _, count = oxum(files)[1].partition(".")
    return size, count
