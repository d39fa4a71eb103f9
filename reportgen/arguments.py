"""argparse in the user's language: its own words translated by one table, near misses named."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, Final, NoReturn

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
        "invalid choice: %(value)r (choose from %(choices)s)": "不能使用的值：%(value)r（可用的值：%(choices)s）",
        "unknown parser %(parser_name)r (choices: %(choices)s)": "没有命令%(parser_name)r（可用的命令：%(choices)s）",
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


class Help(argparse.RawDescriptionHelpFormatter):
    """Help of one look on every terminal: a fixed column, descriptions broken where they are written."""

    def __init__(self, prog: str) -> None:
        """Lay the help out for 100 columns, the first 26 for names."""
        super().__init__(prog, max_help_position=26, width=100)


class Parser(argparse.ArgumentParser):
    """A parser that raises our own errors, with the nearest name where one was mistyped."""

    def __init__(self, **options: Any) -> None:
        """Take argparse's options; abbreviated options are refused."""
        super().__init__(formatter_class=Help, allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        """Stop with wrong usage."""
        raise usage_error("wrong-usage", self.prog, message=message)

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse all arguments; one that is left over stops, with the option that was meant."""
        found, left = self.parse_known_args(args, namespace)
        if left:
            prog = f"{self.prog} {found.verb}" if getattr(found, "verb", None) else self.prog
            option = left[0].partition("=")[0]
            known = self.known_options(getattr(found, "verb", None))
            raise usage_error("unknown-argument", prog, argument=left[0], nearest=nearest(option, known))
        return found

    def known_options(self, verb: str | None) -> list[str]:
        """The options of this parser and of one of its verbs."""
        names = list(self._option_string_actions)
        for action in self._actions:
            if isinstance(action, argparse._SubParsersAction) and verb in action.choices:
                names += list(action.choices[verb]._option_string_actions)
        return [name for name in names if name.startswith("--")]

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse a value that is none of the choices."""
        choices = [str(choice) for choice in action.choices or ()]
        if action.choices is None or value in action.choices:
            return
        code = "unknown-command" if isinstance(action, argparse._SubParsersAction) else "unknown-choice"
        name = "/".join(action.option_strings) or self.prog
        raise usage_error(
            code, self.prog, name=name, value=value, choices=listed(choices), nearest=nearest(value, choices)
        )


def usage_error(code: str, prog: str, **arguments: str) -> Exception:
    """The error of a wrong call."""
    from reportgen.catalogue import find
    from reportgen.diagnostics import Location
    from reportgen.errors import UsageError

    return UsageError(find(code, Location(prog), **dict[str, Any](arguments)))


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that a mistyped one is most like."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, list(known), 1, 0)), "")


def listed(words: Sequence[str]) -> str:
    """Words in a row."""
    return ", ".join(words)
