"""The files, fonts and events of a package in; the lists of them that people read out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from reportgen.records.archive.pieces import Piece


def write_list(title: str, pieces: Sequence[Piece]) -> bytes:
    """目录文件: every file of the payload with its size in bytes and what it is, tabs between."""
    lines = [f"{title}　目录", "序号\t文件\t字节数\t说明"]
    lines += [
        f"{number}\tdata/{piece.name}\t{len(piece.content)}\t{piece.what}"
        for number, piece in enumerate(pieces, 1)
    ]
    lines.append(f"合计\t{len(pieces)}个文件\t{sum(len(piece.content) for piece in pieces)}\t")
    return ("\n".join(lines) + "\n").encode()


def write_log(title: str, events: Sequence[Mapping[str, str]]) -> bytes:
    """过程记录: what happened, when, by whom and why."""
    lines = [f"{title}　过程记录", "序号\t时间（世界时）\t版次\t事项\t经办人\t原因"]
    lines += [
        f"{number}\t{event['at']}\t第{event['revision']}版\t{event['what']}\t{event['by']}\t{event['why']}"
        for number, event in enumerate(events, 1)
    ]
    return ("\n".join(lines) + "\n").encode()


def write_fonts(manifest: Mapping[str, Any], declared: Mapping[str, Any]) -> bytes:
    """字体清单: the fonts of each role with their digests, their origins and licences."""
    origins = {entry["file"]: entry for entry in declared.get("files", {}).values()}
    lines = [
        "字体清单",
        "PDF和网页里嵌有所用的字形；以下是字形的来源。",
        "角色\t字体文件\t来源（Debian 软件包）\t许可\tSHA-256",
    ]
    for role, fonts in manifest.get("fonts", {}).items():
        for font in fonts:
            origin = origins.get(font["file"], {})
            facts = (
                role,
                font["file"],
                origin.get("package", "自备"),
                origin.get("licence", "自备"),
                font["sha256"],
            )
            lines.append("\t".join(facts))
    libraries = "，".join(f"{name} {version}" for name, version in manifest.get("libraries", {}).items())
    return ("\n".join((*lines, "", f"生成程序：{software(manifest)}", f"程序库：{libraries}", ""))).encode()


def software(manifest: Mapping[str, Any]) -> str:
    """The program that made the documents."""
    engine = manifest.get("engine", {})
    return f"{engine.get('name', '')} {engine.get('version', '')}".strip()


def write_results(verification: bytes) -> bytes:
    """核验结果: the verification of the documents when they were issued, a line for each check."""
    content = json.loads(verification)
    verdicts = {"holds": "通过", "fails": "不通过", "cannot-be-told": "不能判定", "not-made": "未做"}
    lines = [
        "定稿时的核验结果",
        f"结论：{'通过' if content['passed'] else '不通过'}",
        "结果\t项目\t做法\t依据",
    ]
    lines += [
        "\t".join((verdicts.get(check["verdict"], ""), check["title"], check["summary"], check["source"]))
        for check in content["checks"]
    ]
    return ("\n".join(lines) + "\n").encode()
