"""The language of the interface chosen, and its words in that language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportgen.diagnostics import Language
from reportgen.words import WORDS


def word(key: str, language: Language, **arguments: object) -> str:
    """A text of the interface, with its values filled in."""
    return WORDS[key].fill(language, {name: str(value) for name, value in arguments.items()})


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """`en` when asked for or when the locale is English, else `zh`."""
    wanted = asked(arguments, "--lang")
    if wanted in ("zh", "en"):
        return wanted
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "")
    return "en" if locale.partition(".")[0].partition("_")[0] == "en" else "zh"


def asked(arguments: Sequence[str], option: str) -> str:
    """The value of an option, found before the arguments are parsed, since parsing already needs words."""
    value = ""
    for argument, follower in zip(arguments, (*arguments[1:], ""), strict=False):
        if argument == "--":
            break
        if argument == option:
            value = follower
        elif argument.startswith(f"{option}="):
            value = argument.removeprefix(f"{option}=")
    return value
