"""The files of a package in; the whole bag, manifests included, in the one form this program writes, out.

The form stays as it is for good: packages are compared with it byte by byte.

Tools that know BagIt refuse a manifest of an algorithm they do not know, or leave it unread. So the list of
SM3 digests is a tag file of another name: every tool checks it as a file, and who has SM3 checks with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from reportgen.records.archive.digests import BAGIT, sm3
from reportgen.records.archive.marks import DECLARATION

DECLARED: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
INFO: Final = "bag-info.txt"
SM3_LIST: Final = "sm3-manifest.txt"
PAYLOAD: Final = "data/"
SIGNATURES: Final = "签名/"
"""The folder of detached signatures: no manifest names them, for they are made of one."""

Contents = Mapping[str, bytes]


def make_bag(payload: Contents, tags: Contents, info: Sequence[tuple[str, str]]) -> dict[str, bytes]:
    """A bag by names: the payload under `data/`, the tag files given, and everything that BagIt asks for."""
    files = {PAYLOAD + name: content for name, content in payload.items()}
    whole = {**files, **tags, DECLARATION: DECLARED, INFO: write_info((*info, oxum(files)))}
    whole |= {manifest_name(name): manifest(name, whole) for name in BAGIT}
    whole[SM3_LIST] = sm3_list(whole)
    return whole | {tag_manifest_name(name): tag_manifest(name, whole) for name in BAGIT}


def oxum(files: Contents) -> tuple[str, str]:
    """Bytes and number of the payload, as BagIt counts them."""
    return "Payload-Oxum", f"{sum(map(len, files.values()))}.{len(files)}"


def write_info(info: Iterable[tuple[str, str]]) -> bytes:
    """The bag's own metadata, one to a line."""
    return "".join(f"{name}: {value}\n" for name, value in info).encode()


def read_info(content: bytes) -> dict[str, str]:
    """The bag's own metadata back; whatever is not one to a line is left out."""
    lines = content.decode("utf-8", "replace").split("\n")
    return {name: value for name, colon, value in (line.partition(": ") for line in lines) if colon}


def manifest_name(algorithm: str) -> str:
    """The name of the manifest of the payload."""
    return f"manifest-{algorithm}.txt"


def tag_manifest_name(algorithm: str) -> str:
    """The name of the manifest of the tag files."""
    return f"tagmanifest-{algorithm}.txt"


def is_tag_manifest(name: str) -> bool:
    """Whether no digest covers it, for it holds those of all others."""
    return name in map(tag_manifest_name, BAGIT)


def is_payload(name: str) -> bool:
    """Whether it is what is archived, and not what speaks of it."""
    return name.startswith(PAYLOAD)


def manifest(algorithm: str, whole: Contents) -> bytes:
    """The manifest of the payload, in the order of names."""
    names = filter(is_payload, sorted(whole))
    return listed((BAGIT[algorithm](whole[name]), name) for name in names)


def tag_manifest(algorithm: str, whole: Contents) -> bytes:
    """The manifest of the tag files but for itself and its like and for signatures."""
    names = (name for name in sorted(whole) if is_tag(name))
    return listed((BAGIT[algorithm](whole[name]), name) for name in names)


def is_tag(name: str) -> bool:
    """Whether the tag manifests name it."""
    return not (is_payload(name) or is_tag_manifest(name) or name.startswith(SIGNATURES))


def sm3_list(whole: Contents) -> bytes:
    """The SM3 digests of everything that stands when they are made: the payload and the other tag files."""
    return listed((sm3(whole[name]), name) for name in sorted(whole) if has_sm3(name))


def has_sm3(name: str) -> bool:
    """Whether the list of SM3 digests names it."""
    return is_payload(name) or (is_tag(name) and name != SM3_LIST)


def listed(digests: Iterable[tuple[str, str]]) -> bytes:
    """Digests and names as `sha256sum -c` reads them."""
    return "".join(f"{digest}  {name}\n" for digest, name in digests).encode()


def read_list(content: bytes) -> dict[str, str] | None:
    """The digests of such a list by name; None when it is not one, or names a file twice."""
    try:
        lines = content.decode().split("\n")
    except UnicodeDecodeError:
        return None
    pairs = [line.partition("  ") for line in lines[:-1]]
    found = {name: digest for digest, _, name in pairs}
    return found if len(found) == len(pairs) and not lines[-1] and all(found) else None
