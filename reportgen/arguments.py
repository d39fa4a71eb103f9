"""The arguments of the command line in, the parsed options out; near misses are named."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NoReturn, cast

from reportgen import __version__
from reportgen.console import write
from reportgen.diagnostics import Language
from reportgen.language import word

ALIKE: Final = 0.5
"""How much an unknown option must be like a known one, from 0 to 1, to be taken for it."""


def verb_in(arguments: Sequence[str]) -> str | None:
    """The first of the arguments that is no option: the command they call, if they call one."""
    befores = ("", *arguments)
    words = (word for before, word in zip(befores, arguments, strict=False) if before != "--lang")
    return next((word for word in words if not word.startswith("-")), None)


def make_parser(language: Language, called: str | None = None) -> Parser:
    """The parser of all commands, with its help in that language; of one command alone when that is called.

    The options of the others take longer to make than all else in starting.
    """

    def parser_of(**options: Any) -> Parser | Uncalled:
        return Parser(**options) if called is None or options["prog"].endswith(f" {called}") else Uncalled()

    def say(key: str) -> str:
        return word(key, language)

    parser = Parser(prog="reportgen", description=say("about"), epilog=say("exit codes"))
    version = f"reportgen {__version__}"
    parser.add_argument("--version", action="version", version=version, help=say("--version"))
    add_common(parser, language, None)
    verbs = parser.add_subparsers(
        dest="verb",
        metavar="COMMAND",
        required=True,
        title=say("commands"),
        parser_class=cast("type[Parser]", parser_of),
    )

    def verb(name: str, *options: str) -> Parser:
        made: Parser = verbs.add_parser(name, help=say(name), description=say(name))
        add_common(made, language, argparse.SUPPRESS)
        add_options(made, language, options)
        return made

    validate = verb("validate", *HELD, "--strict", "--fix", "--dry-run", "--kinds", "--format")
    validate.add_argument("reports", nargs="+", metavar="REPORT.yaml", help=say("REPORTS"))
    validate.add_argument("--figures", action="store_true", help=say("--figures"))
    new = verb("new", "--force", "--kinds")
    new.add_argument("kind", metavar="KIND", help=say("KIND"))
    new.add_argument("--from", metavar="LAST.yaml", dest="last", help=say("--from"))
    new.add_argument("--year", metavar="YEAR", type=year, help=say("--year"))
    new.add_argument("-o", "--output", metavar="NEW.yaml", required=True, help=say("new -o"))
    build = verb("build", "--to", "-o", "--force", "--report", *HELD, "--fonts", "--kinds", "--format")
    build.add_argument("report", metavar="REPORT.yaml", help=say("REPORT"))
    build.add_argument("--prove", action="store_true", help=say("--prove"))
    evidence = ("--trust", "--crl", "--ocsp")
    check = verb("verify", "--quick", "--report", *evidence, "--at", "--fonts", "--kinds", "--format")
    check.add_argument("path", metavar="PATH", help=say("PATH"))
    check.add_argument("--require-signature", action="store_true", help=say("--require-signature"))
    check.add_argument("--record", metavar="REPORT.yaml", help=say("--record"))
    watch = verb("watch", "--last", "--profile", "-o", "--fonts", "--kinds")
    watch.add_argument("report", metavar="REPORT.yaml", help=say("REPORT"))
    form = verb("form", "--force", "--kinds")
    form.add_argument("kind", metavar="KIND", help=say("KIND"))
    form.add_argument("-o", "--output", metavar="FILE.xlsx", required=True, help=say("form -o"))
    add_import(verb("import", "--force", "--kinds", "--format"), language)
    issue = verb("issue", "--by", "--at", *HELD, "--fonts", "--kinds", "--format")
    issue.add_argument("report", metavar="REPORT.yaml", help=say("REPORT"))
    add_archive(verb("archive", "--by", "--at", "--kinds", "--format"), language)
    correct = verb("correct", "--by", "--at", *HELD, "--fonts", "--kinds", "--format")
    correct.add_argument("report", metavar="REPORT.yaml", help=say("REPORT"))
    correct.add_argument("--reason", metavar="TEXT", required=True, help=say("--reason"))
    correct.add_argument("--approved", metavar="NAME", action="append", default=[], help=say("--approved"))
    correct.add_argument("--next", metavar="FILE", help=say("--next"))
    correct.add_argument("--withdraw", action="store_true", help=say("--withdraw"))
    add_sign(verb("sign", "--by", "--kinds", "--format"), language)
    add_seal(verb("seal", "--kinds"), language)
    history = verb("history", "--kinds", "--format")
    for name in evidence:
        history.add_argument(name, help=say(name), **SIGNING[name])
    history.add_argument("report", metavar="REPORT.yaml", help=say("history REPORT"))
    history.add_argument("--witness", metavar="FILE", action="append", default=[], help=say("--witness"))
    rebuild = verb("rebuild", "-o", "--fonts", "--kinds", "--format")
    rebuild.add_argument("report", metavar="REPORT.yaml", help=say("history REPORT"))
    rebuild.add_argument("--revision", metavar="N", type=int, help=say("--revision"))
    taken = verb("absorb", "--kinds", "--format")
    taken.add_argument("copy", metavar="COPY.docx", help=say("absorb COPY"))
    taken.add_argument("report", metavar="REPORT.yaml", help=say("REPORT"))
    taken.add_argument("--check", action="store_true", help=say("absorb --check"))
    taken.add_argument("--literal", metavar="PLACE", action="append", help=say("--literal"))
    redline = verb("redline", "--at", "--force", "--fonts", "--kinds")
    redline.add_argument("old", metavar="OLD", help=say("redline OLD"))
    redline.add_argument("new", metavar="NEW", help=say("redline NEW"))
    redline.add_argument("-o", "--output", metavar="FILE", required=True, help=say("redline -o"))
    redline.add_argument("--by", metavar="NAME", help=say("redline --by"))
    diff = verb("diff", "--kinds")
    diff.add_argument("old", metavar="OLD", help=say("diff OLD"))
    diff.add_argument("new", metavar="NEW", nargs="?", help=say("diff NEW"))
    forms = ("text", "json", "html")
    diff.add_argument("--format", choices=forms, default="text", help=say("diff --format"))
    verb("schema", "--kinds").add_argument("kind", metavar="KIND", help=say("KIND"))
    add_kinds(verb("kinds", "--kinds"), language)
    verb("explain", "--kinds", "--markdown").add_argument("code", nargs="?", metavar="CODE", help=say("CODE"))
    verb("doctor", "--fonts", "--kinds")
    return parser


def year(text: str) -> int:
    """A year of four digits; raises ValueError."""
    if not (text.isascii() and text.isdecimal() and len(text) == 4 and text[0] in "12"):
        raise ValueError(text)
    return int(text)


def seal_size(text: str) -> float:
    """The diameter of a seal in millimetres, of any that there are; raises ValueError."""
    size = float(text)
    if not 10 <= size <= 100:
        raise ValueError(text)
    return size


def add_common(parser: Parser, language: Language, default: Any) -> None:
    """Add what may stand before or behind the command."""
    parser.add_argument("--lang", choices=("zh", "en"), default=default, help=word("--lang", language))
    for short, long in (("-q", "--quiet"), ("-v", "--verbose")):
        text = word(short, language)
        parser.add_argument(short, long, action="store_true", default=default or False, help=text)


OPTIONS: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "--to": {"metavar": "FORMATS"},
        "-o": {"metavar": "DIR", "dest": "output", "default": "out"},
        "--force": {"action": "store_true"},
        "--last": {"metavar": "FILE"},
        "--compare": {"metavar": "FILE", "action": "append"},
        "--profile": {"metavar": "FILE"},
        "--by": {"metavar": "NAME"},
        "--at": {"metavar": "TIME"},
        "--trust": {"metavar": "FILE", "action": "append"},
        "--crl": {"metavar": "FILE", "action": "append"},
        "--ocsp": {"metavar": "FILE", "action": "append"},
        "--strict": {"action": "store_true"},
        "--fix": {"action": "store_true"},
        "--dry-run": {"action": "store_true"},
        "--quick": {"action": "store_true"},
        "--report": {"metavar": "FILE", "dest": "report_file"},
        "--markdown": {"action": "store_true"},
        "--fonts": {"metavar": "DIR"},
        "--kinds": {"metavar": "DIR"},
        "--format": {"choices": ("text", "json"), "default": "text"},
    }
)


HELD: Final = ("--last", "--compare", "--profile")
"""What a report is held against."""


def add_options(parser: Parser, language: Language, names: Sequence[str]) -> None:
    """Add options by their names."""
    for name in names:
        flags = (name, "--output") if name == "-o" else (name,)
        parser.add_argument(*flags, help=word(name, language), **OPTIONS[name])


def add_archive(parser: Parser, language: Language) -> None:
    """Add what may follow `archive`."""
    parser.add_argument("report", metavar="REPORT.yaml", help=word("history REPORT", language))
    parser.add_argument("--revision", metavar="N", type=int, help=word("--revision", language))
    parser.add_argument("-o", "--output", metavar="PACKAGE", help=word("archive -o", language))
    parser.add_argument("--metadata", metavar="FILE", help=word("--metadata", language))
    parser.add_argument(
        "--signed-scan", metavar="FILE.pdf", dest="scan", help=word("--signed-scan", language)
    )
    parser.add_argument("--form", action="store_true", help=word("archive --form", language))


def add_import(parser: Parser, language: Language) -> None:
    """Add what may follow `import`."""
    parser.add_argument("workbooks", nargs="+", metavar="FILE.xlsx", help=word("WORKBOOKS", language))
    text = word("import -o", language)
    parser.add_argument("-o", "--output", metavar="REPORT.yaml", required=True, help=text)
    parser.add_argument("--sum", action="store_true", help=word("--sum", language))
    parser.add_argument("--trace", metavar="FILE", help=word("--trace", language))


SIGNING: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "--key": {"metavar": "FILE"},
        "--cert": {"metavar": "FILE"},
        "--sm2-key": {"metavar": "FILE"},
        "--pkcs11": {"metavar": "MODULE"},
        "--token": {"metavar": "LABEL"},
        "--password-file": {"metavar": "FILE"},
        "--password-env": {"metavar": "NAME"},
        "--level": {"choices": ("B-B", "B-T", "B-LT", "B-LTA"), "default": "B-B"},
        "--tsa": {"metavar": "URL"},
        "--crl": {"metavar": "FILE", "action": "append"},
        "--ocsp": {"metavar": "FILE", "action": "append"},
        "--fetch": {"action": "store_true"},
        "--trust": {"metavar": "FILE", "action": "append"},
        "--seal": {"metavar": "PNG"},
        "--size": {"metavar": "MM", "type": seal_size, "default": 42.0},
        "--office": {"metavar": "NAME"},
        "--again": {"action": "store_true"},
        "sign --record": {"metavar": "REPORT.yaml"},
        "sign --prove": {"action": "store_true"},
        "sign --at": {"metavar": "TIME"},
    }
)
"""What may follow `sign`."""


def add_sign(parser: Parser, language: Language) -> None:
    """Add what may follow `sign`."""
    parser.add_argument("path", metavar="OUT", help=word("sign OUT", language))
    for name, settings in SIGNING.items():
        parser.add_argument(name.rpartition(" ")[2], help=word(name, language), **settings)
    parser.add_argument("-o", "--output", metavar="FILE.pdf", help=word("sign -o", language))


def add_seal(parser: Parser, language: Language) -> None:
    """Add what may follow `seal`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    text = word("seal check", language)
    check: Parser = actions.add_parser("check", help=text, description=text)
    add_common(check, language, argparse.SUPPRESS)
    check.add_argument("picture", metavar="PNG", help=word("PNG", language))
    check.add_argument("--size", help=word("--size", language), **SIGNING["--size"])
    add_options(check, language, ("--format",))


def add_kinds(parser: Parser, language: Language) -> None:
    """Add what may follow `kinds`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION")

    def action(name: str) -> Parser:
        text = word(f"kinds {name}", language)
        made: Parser = actions.add_parser(name, help=text, description=text)
        add_common(made, language, argparse.SUPPRESS)
        return made

    check, copy, template = action("check"), action("copy"), action("template")
    check.add_argument("folder", metavar="DIR", help=word("template DIR", language))
    add_options(check, language, ("--fonts", "--format"))
    copy.add_argument("kind", metavar="KIND", help=word("KIND", language))
    copy.add_argument("folder", metavar="DIR", help=word("copy DIR", language))
    template.add_argument("folder", metavar="DIR", help=word("template DIR", language))
    add_options(template, language, ("--force",))


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

    def _print_message(self, message: str, file: Any = None) -> None:
        """Print help or the version."""
        write(file or sys.stdout, message)

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse all arguments; one that is left over stops, with the option that was meant."""
        found, left = self.parse_known_args(args, namespace)
        if left:
            prog = f"{self.prog} {found.verb}" if getattr(found, "verb", None) else self.prog
            option = left[0].partition("=")[0]
            meant = nearest(option, self.known_options(getattr(found, "verb", None)), ALIKE)
            words = vars(argparse)["_"]("unrecognized arguments: %s")
            if not meant:
                raise usage_error("wrong-usage", prog, message=words % left[0])
            raise usage_error("unknown-argument", prog, argument=left[0], nearest=meant)
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
        meant = nearest(value, choices, ALIKE)
        what = "command" if isinstance(action, argparse._SubParsersAction) else "choice"
        known = {"choices": listed(choices), "nearest": meant, "case": "" if meant else "far"}
        raise usage_error(
            f"unknown-{what}", self.prog, name="/".join(action.option_strings), value=value, **known
        )


class Uncalled:
    """The parser of a command that is not called: whatever is put into it is let go."""

    def __getattr__(self, name: str) -> Any:
        return lambda *_, **__: self


def usage_error(code: str, prog: str, **arguments: str) -> Exception:
    """The error of a wrong call."""
    from reportgen.catalogue import find
    from reportgen.diagnostics import Location
    from reportgen.errors import UsageError

    return UsageError(find(code, Location(prog), **dict[str, Any](arguments)))


def nearest(word: str, known: Iterable[str], alike: float = 0) -> str:
    """The known word that a mistyped one is most like; none when it is less alike than asked, from 0 to 1."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, list(known), 1, alike)), "")


def listed(words: Sequence[str]) -> str:
    """Words in a row."""
    return ", ".join(words)
