"""What `make` says on a machine that lacks something: what it is, and the command that installs it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ("sh", "dirname", "id", "cmp", "cp", "python3", "node", "npm")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """The folder of all commands of a machine that has just what Hawker needs."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in TOOLS:
        # Not the python3 of the search path: that may be a script of a version manager.
        found = str(Path(sys.base_prefix) / "bin/python3") if name == "python3" else shutil.which(name)
        assert found is not None
        (folder / name).symlink_to(found)
    return folder


def pretend(machine: Path, name: str, script: str) -> None:
    (machine / name).unlink()
    (machine / name).write_text(f"#!/bin/sh\n{script}\n")
    (machine / name).chmod(0o755)


def set_up(machine: Path, tmp_path: Path) -> str:
    """In an empty checkout, so that what is there of this one is not touched."""
    copy = tmp_path / "checkout" / "tools"
    copy.mkdir(parents=True)
    shutil.copy(ROOT / "tools/setup.sh", copy)
    ended = subprocess.run(
        [copy / "setup.sh", "run"],
        env={"PATH": str(machine), "HOME": os.environ.get("HOME", "/")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    return ended.stderr


@pytest.mark.parametrize(
    ("name", "script", "sentence"),
    [
        ("python3", "exit 1", "Missing: Python 3.11 or newer. Install it with:  {} python3 python3-venv"),
        (
            "python3",
            'case "$2" in *ensurepip*) exit 1;; esac',
            "Missing: Python's venv. Install it with:  {} python3-venv",
        ),
        (
            "node",
            '[ "$1" = --version ] && echo v18.0.0 || exit 1',
            "Missing: Node.js 20 or newer (this is v18.0.0). Install it with:  {} nodejs npm",
        ),
    ],
)
def test_what_is_missing_or_too_old_is_named(
    machine: Path, tmp_path: Path, name: str, script: str, sentence: str
) -> None:
    pretend(machine, name, script)
    install = "apt-get install -y" if os.getuid() == 0 else "sudo apt-get install -y"
    assert set_up(machine, tmp_path) == f"{sentence.format(install)}\n"


@pytest.mark.parametrize(("name", "named"), [("node", "Node.js 20 or newer"), ("npm", "npm")])
def test_what_is_not_there_is_named(machine: Path, tmp_path: Path, name: str, named: str) -> None:
    (machine / name).unlink()
    assert set_up(machine, tmp_path).startswith(f"Missing: {named}. Install it with:")
