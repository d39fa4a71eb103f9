"""Servers on this machine alone, as an authority runs them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

from asn1crypto import tsp

from tests.authority import NOW, Authority

Answer = Callable[[bytes], bytes]
"""What is answered to the body of a request."""


@contextmanager
def served(answers: dict[str, Answer]) -> Iterator[str]:
    """A server on this machine, and its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer = answers.get(self.path)
            self.send_response(200 if answer else 404)
            self.end_headers()
            self.wfile.write(answer(body) if answer else b"")

        def do_GET(self) -> None:
            self.do_POST()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def stamping(authority: Authority, at: datetime = NOW) -> Answer:
    """What a time stamping service (RFC 3161) answers."""
    stamper = authority.stamper(at)

    def answer(request: bytes) -> bytes:
        stamped: bytes = stamper.request_tsa_response(tsp.TimeStampReq.load(request)).dump()
        return stamped

    return answer
