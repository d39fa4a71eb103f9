"""What programs read from standard output, to the letter: figures, verifications, histories."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen import cli
from reportgen.catalogue import find
from reportgen.diagnostics import Bilingual, Location, Related
from reportgen.reporters.verification import verification_json
from reportgen.verify.verification import Measurement, Verdict, Verification, judged, left_out
from tests.expectations import GOLDEN, Expectations
from tests.records.samples import EVENTS, record_of

ROOT = Path(__file__).parents[1]
FIGURES = (
    "fixtures/suqian-city-2023.yaml",
    "fixtures/invalid/figures/many-ways-of-writing.yaml",
    "fixtures/invalid/figures/shanghai-general-office-2019.yaml",
)


@pytest.fixture
def expected(tmp_path: Path, update_golden: bool) -> Expectations:
    """What is kept of what these tests print."""
    return Expectations(GOLDEN / "printed", tmp_path, update_golden)


@pytest.mark.parametrize("name", FIGURES, ids=lambda name: Path(name).stem)
@pytest.mark.parametrize(
    ("form", "language"), [("text", "zh"), ("text", "en"), ("json", "zh")], ids=["text", "english", "json"]
)
def test_the_figures_of_a_report(
    name: str,
    form: str,
    language: str,
    expected: Expectations,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(ROOT)
    cli.run(("validate", name, "--figures", "--format", form, "--lang", language))
    out, err = capfd.readouterr()
    ending = "json" if form == "json" else f"{language}.txt"
    expected.text(f"figures-{Path(name).stem}.{ending}", out)
    assert err == ""


def test_the_history_of_a_record(
    expected: Expectations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    dossier = record_of(Path(), *EVENTS[:3])
    assert cli.run(("history", "r.记录", "--format", "json")) == 0
    expected.text("history.json", capfd.readouterr().out)
    next(dossier.files.glob("*.pdf")).unlink()
    assert cli.run(("history", "r.记录", "--format", "json")) == 8
    expected.text("history-broken.json", capfd.readouterr().out)


def test_a_verification(expected: Expectations) -> None:
    place = Location("a.pdf")
    related = (Related(Location("r.yaml", 3, 1, 3, 5), "总体情况", "第2段"),)
    found = find("foreign-font", place, "总体情况", related=related, name="<Sim&Sun>")
    pitch, wanted = Bilingual("28 磅", "28 pt"), Bilingual("28.95 磅", "28.95 pt")
    item, clause = Bilingual("行距", "line pitch"), "GB/T 9704-2012 5.2.3"
    number = Measurement(item, clause, wanted, pitch, " ±0.1 pt", Verdict.FAILS)
    words = Bilingual("86段", "86 paragraphs")
    made = (
        judged("twin-words", (found,), words, tool="x 1.0", measurements=(number,)),
        left_out("twin-words", Bilingual("没有LibreOffice", "no LibreOffice")),
    )
    verification = Verification("out/r", made, about={"机关": "某局"})
    expected.text("verification.json", verification_json(verification, "zh"))
    expected.text("verification.en.json", verification_json(verification, "en"))
