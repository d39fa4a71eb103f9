from __future__ import annotations

import pytest
import yaml

from reportgen import catalogue
from reportgen.catalogue import FOLDER, engine_catalogue, read_entry

FILES = sorted(FOLDER.glob("*.yaml"))


@pytest.mark.slow
def test_the_codes_are_those_of_the_files_each_in_one() -> None:
    codes = [code for file in FILES for code in yaml.safe_load(file.read_text("utf-8"))]
    assert list(engine_catalogue()) == codes
    assert len(set(codes)) == len(codes) == len(engine_catalogue())
    assert engine_catalogue()["duplicate-key"].code == "duplicate-key"


def test_one_code_costs_the_reading_of_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def read_yaml(text: str) -> object:
        read.append(text)
        return yaml.safe_load(text)

    monkeypatch.setattr(catalogue, "read_yaml", read_yaml)
    codes = catalogue.Catalogue([file.read_text("utf-8") for file in FILES])
    assert "duplicate-key" in codes
    assert "no-such-code" not in codes
    assert read == []
    assert [codes[code].code for code in ("duplicate-key", "duplicate-key")] == ["duplicate-key"] * 2
    assert len(read) == 1
    with pytest.raises(KeyError):
        codes["no-such-code"]


def test_a_kinds_own_codes_stand_beside_the_engines() -> None:
    own = {"own-code": read_entry("own-code", yaml.safe_load(FILES[0].read_text("utf-8")).popitem()[1])}
    joined = engine_catalogue(but=("source",)) | own
    assert joined["own-code"] is own["own-code"]
    assert "wide-colon" not in joined
    assert joined.get("duplicate-key") is None
    assert set(joined) == {*engine_catalogue(but=("source",)), "own-code"}
    assert "own-code" not in engine_catalogue(but=("source",))
