"""Who is written into the ledger when nobody was named."""

from __future__ import annotations

import pytest

from reportgen.clerk import name_clerk
from reportgen.errors import UsageError


def test_a_name_given_is_taken_as_it_is() -> None:
    assert name_clerk("张三", "issue") == "张三"
    assert name_clerk("", "issue") == ""


def test_without_a_name_the_user_of_the_machine_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "zhangsan")
    assert name_clerk(None, "issue") == "zhangsan"


def test_a_user_without_a_name_is_asked_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> str:
        raise KeyError

    monkeypatch.setattr("reportgen.clerk.getuser", unknown)
    with pytest.raises(UsageError) as error:
        name_clerk(None, "issue")
    assert [finding.code for finding in error.value.diagnostics] == ["option-needed"]
