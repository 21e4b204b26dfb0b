"""A terminal that knows of no Hawker."""

from pathlib import Path

import pytest


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty home; the language is English."""
    for name in ("URL", "KEY", "WORKSPACE", "DATA"):
        monkeypatch.delenv(f"HAWKER_{name}", raising=False)
    for name in ("LC_ALL", "LC_MESSAGES", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path
