"""A verification in; a page that shows every check, number, finding and picture, out."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Diagnostic, Language, spoken
from reportgen.language import word
from reportgen.reporters.excerpts import shown
from reportgen.reporters.text import SEVERITIES
from reportgen.reporters.verification import check_record, conclusion
from reportgen.verify.verification import Check, Verdict, Verification, entry_of

if TYPE_CHECKING:
    from jinja2 import Template

WORDS: Final = (
    *("verification report", "check", "verdict", "tool", "looked at", "item", "found", "expected value"),
    *("clause", "place", "origin", "remedy", "rests on", "subject", "engine", "no findings"),
)


def verification_page(verification: Verification, language: Language, facts: Mapping[str, str]) -> str:
    """The page in HTML, self-contained; `facts` are lines about the subject, such as digests of its files."""
    from reportgen import __version__

    return page_template().render(
        language={"zh": "zh-CN"}.get(language, language),
        subject=verification.subject,
        passed=verification.passed,
        conclusion=conclusion(verification, language),
        facts={**verification.about, **facts, word("engine", language): f"reportgen {__version__}"},
        checks=[check_view(check, language) for check in verification.checks],
        words={key.replace(" ", "_"): word(key, language) for key in WORDS},
        good=(Verdict.HOLDS.value,),
    )


@cache
def page_template() -> Template:
    """The template of the page."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string((files("reportgen.reporters") / "verification.html").read_text("utf-8"))


def check_view(check: Check, language: Language) -> Mapping[str, Any]:
    """What the page shows of a check."""
    numbers = check_record(check, language)
    return {
        **numbers,
        "word": word(f"verdict {check.verdict.value}", language),
        "explanation": entry_of(check).explanation.fill(language, {}),
        "measurements": [
            {**number, "word": word(f"verdict {number['verdict']}", language)}
            for number in numbers["measurements"]
        ],
        "findings": [finding_view(found, language) for found in check.diagnostics],
        "exhibits": [
            {"title": item.title.fill(language, {}), "image": b64encode(item.image).decode()}
            for item in check.exhibits
        ],
    }


def finding_view(found: Diagnostic, language: Language) -> Mapping[str, Any]:
    """What the page shows of a finding."""
    return {
        "severity": found.level.value,
        "word": SEVERITIES[found.level].fill(language, {}),
        "code": found.code,
        "message": shown(found.message(language)),
        "hint": shown(found.hint(language)),
        "place": shown(str(found.location)),
        "origins": [
            shown(" ".join(filter(None, (str(item.location), item.path, spoken(item.note, language)))))
            for item in found.related
        ],
    }
