"""A publisher on this machine: a web server that answers each address as a test says."""

import contextlib
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Answer:
    """What an address answers: a status, headers, a body; a length that may be a lie; how long it is silent."""

    body: bytes = b""
    status: int = 200
    headers: dict = field(default_factory=dict)
    length: int | None = None
    silent: float = 0
    slow: float = 0


class Publisher:
    """The answers by path, and the requests that came."""

    def __init__(self):
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict]] = []
        self.ended = threading.Event()

    def says(self, path, body=b"", **how):
        """Let a path answer, and give its address."""
        self.answers[path] = Answer(body.encode() if isinstance(body, str) else body, **how)
        return self.address(path)

    def address(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def answer(self, handler):
        self.asked.append((handler.path, dict(handler.headers)))
        answer = self.answers.get(handler.path) or Answer(b"not here", 404)
        self.ended.wait(answer.silent)
        known = answer.headers.get("ETag")
        if known and handler.headers.get("If-None-Match") == known:
            answer = Answer(b"", 304, answer.headers)
        handler.send_response(answer.status)
        for name, value in answer.headers.items():
            handler.send_header(name, value)
        if answer.length != -1:
            length = len(answer.body) if answer.length is None else answer.length
            handler.send_header("Content-Length", str(length))
        handler.end_headers()
        for n in range(0, len(answer.body), 1000):
            handler.wfile.write(answer.body[n : n + 1000])
            if answer.slow:
                handler.wfile.flush()
                self.ended.wait(answer.slow)


@contextlib.contextmanager
def publishing():
    """A publisher that answers until the test is over."""
    publisher = Publisher()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            with contextlib.suppress(ConnectionError):
                publisher.answer(self)

        def log_message(self, *said):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    publisher.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield publisher
    finally:
        publisher.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()
