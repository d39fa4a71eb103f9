"""What holds for every test: no clock, no locale, no luck, no warning and no log line unnoticed."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir

from tests.amount import QUICK

ENVIRONMENT = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0"}
"""Also for the programs that tests start."""
REMOVED = ("LANG", "LANGUAGE", "LC_MESSAGES", "SOURCE_DATE_EPOCH", "REPORTGEN_FONTS", "REPORTGEN_KINDS")

set_hypothesis_home_dir(Path(__file__).parents[1] / ".venv/hypothesis")
settings.register_profile(
    "reportgen",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("quick", parent=settings.get_profile("reportgen"), max_examples=QUICK)
settings.load_profile("reportgen")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write what comes out as what is expected to come out"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("markexpr") == "not slow":
        settings.load_profile("quick")
    config.addinivalue_line("markers", "logs: log lines of weight are part of what is tested")
    os.environ.update(ENVIRONMENT)
    for name in REMOVED:
        os.environ.pop(name, None)


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether expected output is to be written anew."""
    return bool(request.config.getoption("--update-golden"))


class Listener(logging.Handler):
    """Keeps what is logged."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@pytest.fixture(autouse=True)
def _no_logs(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test in which a library logs a warning, unless it is marked `logs`."""
    handler = Listener(logging.WARNING)
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    if not request.node.get_closest_marker("logs"):
        assert handler.messages == []
