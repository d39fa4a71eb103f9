"""A web page in; what a real browser without a window shows, prints, says and fetches of it out.

The browser is spoken to over two pipes (`--remote-debugging-pipe`), so that no port is opened.
"""

from __future__ import annotations

import json
import os
import subprocess
from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from fcntl import F_DUPFD_CLOEXEC, fcntl
from pathlib import Path
from typing import Any

OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--remote-debugging-pipe"),
)


@dataclass
class Browser:
    """A browser with one page; `events` are what it told meanwhile."""

    out: Any
    into: Any
    session: str = ""
    number: int = 0
    events: list[Mapping[str, Any]] = field(default_factory=list)

    def tell(self, method: str, **parameters: Any) -> Mapping[str, Any]:
        """Give an order and wait for its answer."""
        self.number += 1
        order: dict[str, Any] = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            order["sessionId"] = self.session
        self.into.write(json.dumps(order).encode() + b"\0")
        self.into.flush()
        while True:
            message = self.listen()
            if message.get("id") == self.number:
                assert "error" not in message, message
                answer: Mapping[str, Any] = message["result"]
                return answer
            self.events.append(message)

    def listen(self) -> Mapping[str, Any]:
        """The next message."""
        message = bytearray()
        while (byte := self.out.read(1)) != b"\0":
            assert byte, "the browser has gone"
            message += byte
        found: Mapping[str, Any] = json.loads(message)
        return found

    def open(self, address: str, width: int, height: int) -> None:
        """Show a page in a window of that size in CSS pixels."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.tell("Emulation.setDeviceMetricsOverride", **size)
        self.events.clear()
        self.tell("Page.navigate", url=address)
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self.listen())

    def value(self, expression: str) -> Any:
        """What an expression is in the page."""
        result = self.tell("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def picture(self) -> bytes:
        """The whole page as PNG."""
        return b64decode(self.tell("Page.captureScreenshot", captureBeyondViewport=True)["data"])

    def paper(self) -> bytes:
        """The page as it is printed."""
        return b64decode(self.tell("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])

    def told(self, method: str) -> list[Mapping[str, Any]]:
        """The events of a sort since the page was opened."""
        return [event["params"] for event in self.events if event.get("method") == method]


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """A browser with its profile in a folder."""
    order_read, order_write = os.pipe()
    answer_read, answer_write = os.pipe()

    def connect() -> None:
        # By way of higher numbers: 3 and 4 may be these very pipes.
        source, sink = (fcntl(pipe, F_DUPFD_CLOEXEC, 10) for pipe in (order_read, answer_write))
        os.dup2(source, 3)
        os.dup2(sink, 4)

    process = subprocess.Popen(
        ["chromium", *OPTIONS, f"--user-data-dir={folder / 'browser'}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        close_fds=False,
        preexec_fn=connect,
    )
    os.close(order_read)
    os.close(answer_write)
    with os.fdopen(answer_read, "rb") as out, os.fdopen(order_write, "wb") as into:
        found = Browser(out, into)
        try:
            target = found.tell("Target.createTarget", url="about:blank")["targetId"]
            found.session = found.tell("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            for domain in ("Page", "Runtime", "Network", "Log"):
                found.tell(f"{domain}.enable")
            yield found
        finally:
            process.kill()
            process.wait()
