"""Servers that behave badly."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from hawker.cli.client import Client, Lost, path
from hawker.cli.failure import Failed
from hawker.cli.place import Place

Play = Callable[["Handler"], None]


class Server(ThreadingHTTPServer):
    """Plays one scene a request, and remembers what came."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.scenes: list[Play] = []
        self.seen: list[tuple[str, dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def client(self) -> Client:
        return Client(Place(url=self.url, key="hawker_secret", workspace="shop"))


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.seen.append((self.path, dict(self.headers), body))
        self.server.scenes.pop(0)(self)

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_: object, **__: object) -> None:
        """The test's own output is enough."""


def says(status: int, body: bytes, **headers: str) -> Play:
    def play(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return play


def hangs_up(handler: Handler) -> None:
    handler.close_connection = True
    handler.connection.close()


@pytest.fixture
def server() -> Iterator[Server]:
    serving = Server()
    thread = threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield serving
    serving.shutdown()
    thread.join()
    serving.server_close()


def test_a_post_whose_answer_was_lost_is_sent_again_under_the_same_key(server: Server) -> None:
    server.scenes = [hangs_up, says(201, b'{"id": "1"}')]
    assert server.client().make("/posts", {"text": "tea"}) == {"id": "1"}
    (_, first, body), (_, second, again) = server.seen
    assert first["Idempotency-Key"] == second["Idempotency-Key"] != ""
    assert json.loads(body) == json.loads(again) == {"text": "tea"}


def test_two_posts_have_two_keys(server: Server) -> None:
    server.scenes = [says(201, b"{}")] * 2
    for _ in range(2):
        server.client().make("/posts", {})
    assert len({headers["Idempotency-Key"] for _, headers, _ in server.seen}) == 2


def test_an_answer_that_stays_away_is_told(server: Server) -> None:
    server.scenes = [hangs_up, hangs_up]
    with pytest.raises(Lost, match="No answer came"):
        server.client().make("/posts", {})


def test_what_may_happen_twice_is_not_repeated(server: Server) -> None:
    server.scenes = [hangs_up]
    with pytest.raises(Lost):
        server.client().post("/posts/1/hold")
    assert len(server.seen) == 1


def test_the_key_is_not_carried_to_another_server(server: Server) -> None:
    server.scenes = [says(302, b"", Location=f"{server.url}/elsewhere")]
    with pytest.raises(Failed, match="/elsewhere"):
        server.client().get("/me")
    ((asked, headers, _),) = server.seen
    assert (asked, headers["Authorization"]) == ("/api/v1/me", "Bearer hawker_secret")
    assert headers["Hawker-Workspace"] == "shop"


@pytest.mark.parametrize("body", [b"<h1>Oh no</h1>", b"[]", b'{"error": "oh no"}', b""])
def test_a_server_that_is_no_hawker_is_told_by_its_code(server: Server, body: bytes) -> None:
    server.scenes = [says(502, body)]
    with pytest.raises(Failed, match="HTTP 502"):
        server.client().get("/me")


def test_all_problems_of_a_refusal_are_told(server: Server) -> None:
    problems = [
        {"field": "text", "channel": "c1", "sentence": "Too long."},
        {"field": "at", "channel": None, "sentence": "Too late."},
    ]
    refusal = {"error": {"code": "invalid", "sentence": "Too long.", "problems": problems}}
    server.scenes = [says(422, json.dumps(refusal).encode())]
    with pytest.raises(Failed) as failed:
        server.client().get("/me")
    assert str(failed.value) == "text c1: Too long.\nat: Too late."


def test_a_server_that_is_not_there_is_told() -> None:
    gone = Server()
    gone.server_close()
    with pytest.raises(Failed, match="Is Hawker running there"):
        gone.client().get("/me")


def test_what_is_typed_stays_one_part_of_the_path() -> None:
    assert path("posts", "../a b/c?d", "hold") == "/posts/..%2Fa%20b%2Fc%3Fd/hold"
    assert path("posts", state="all", limit="2") == "/posts?state=all&limit=2"
