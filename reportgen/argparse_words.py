"""argparse's own messages translated: a language in, a stretch of work in which argparse speaks it out."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, Final

from reportgen.diagnostics import Language

WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "usage: ": "用法：",
        "positional arguments": "参数",
        "options": "选项",
        "show this help message and exit": "显示这段帮助",
        "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
        "unrecognized arguments: %s": "不认识的参数：%s",
        "not allowed with argument %s": "不能与%s同时使用",
        "ignored explicit argument %r": "不接受值%r",
        "the following arguments are required: %s": "缺少参数：%s",
        "one of the arguments %s is required": "以下参数必须有一个：%s",
        "expected one argument": "后面要有一个值",
        "expected at most one argument": "后面最多有一个值",
        "expected at least one argument": "后面至少有一个值",
        "expected %s argument": "后面要有%s个值",
        "expected %s arguments": "后面要有%s个值",
        "ambiguous option: %(option)s could match %(matches)s": "%(option)s不明确，可能是%(matches)s",
        "unexpected option string: %s": "不认识的选项：%s",
        "invalid %(type)s value: %(value)r": "不能使用的值：%(value)r",
    }
)
"""argparse's messages that a user can meet -> Chinese. Mistakes of the programmer stay in English."""


@contextmanager
def spoken(language: Language) -> Iterator[None]:
    """Let argparse speak the language while the block runs, whatever message catalogues the machine has."""

    def one(message: str) -> str:
        return message if language == "en" else WORDS.get(message, message)

    def several(singular: str, plural: str, number: int) -> str:
        return one(singular if number == 1 else plural)

    names: dict[str, Any] = {"_": one, "ngettext": several}
    before = {name: getattr(argparse, name) for name in names}
    try:
        for name, function in names.items():
            setattr(argparse, name, function)
        yield
    finally:
        for name, function in before.items():
            setattr(argparse, name, function)
