"""Where networks that fetch media find those of the tests: an address on this machine while the tests run."""

import atexit
from functools import cache
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

_FILES: dict[str, tuple[str, bytes]] = {}


class _Give(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        kind, content = _FILES.get(self.path.lstrip("/"), ("", b""))
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind or "text/plain")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nobody wants to read this."""


@cache
def _server() -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Give)
    Thread(target=server.serve_forever, daemon=True).start()
    atexit.register(server.server_close)
    return server


def address(content: bytes, content_type: str) -> str:
    name = sha256(content).hexdigest()
    _FILES[name] = content_type, content
    return f"http://127.0.0.1:{_server().server_address[1]}/{name}"
