"""The wheel carries everything it needs: it is built, unpacked elsewhere and started."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    for step in (["tools.build_front"], ["tools.translations", "compile"]):
        subprocess.run([sys.executable, "-m", *step], cwd=ROOT, check=True, capture_output=True)
    build = [sys.executable, "-m", "uv", "build", "--quiet", "--wheel", "--out-dir", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


@pytest.fixture
def started(unpacked: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """An empty installation of the wheel, and what it prints until it is ready."""
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "HAWKER_DATA": str(tmp_path / "data")}
    environment |= {"XDG_STATE_HOME": str(tmp_path / "state"), "DJANGO_SETTINGS_MODULE": ""}
    del environment["DJANGO_SETTINGS_MODULE"]
    command = [sys.executable, "-P", "-m", "hawker.config.up", "--port", "0"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline() + process.stdout.readline()
        yield process, said
        process.kill()


def test_the_wheel_holds_no_tests_and_everything_that_was_built(unpacked: Path) -> None:
    package = unpacked / "hawker"
    assert not list(package.rglob("tests"))
    assert (package / "static_root" / "staticfiles.json").exists()
    assert {path.parts[-5] for path in package.rglob("*.mo")} >= {"hawker"}
    assert all((folder / "icon.svg").exists() for folder in (package / "platforms").glob("[a-z]*"))


def test_an_empty_installation_prints_a_one_time_link_and_ends_cleanly(
    started: tuple[subprocess.Popen[str], str], unpacked: Path
) -> None:
    process, said = started
    ready, link = re.search(r"ready: (\S+)", said), re.search(r"(http\S+/setup/\S+)", said)
    assert ready is not None
    assert link is not None
    with urllib.request.urlopen(link[1]) as answer:
        page = answer.read().decode()
    style = re.search(r'href="(/static/[^"]+\.css)"', page)
    assert style is not None
    with urllib.request.urlopen(ready[1] + style[1]) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0
