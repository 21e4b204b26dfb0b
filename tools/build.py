"""The build step: front-end libraries from npm, translations, static files. Does nothing where all is done."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "hawker"
STAMP = SOURCE / "static_root" / ".made-of"
KINDS = ("*.css", "*.js", "*.svg", "*.png", "*.po", "*.webmanifest", "package*.json")


def main() -> int:
    made_of = _made_of()
    if STAMP.exists() and STAMP.read_text() == made_of:
        return 0
    _run("npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts")
    _run(sys.executable, "-m", "tools.front")
    _run(sys.executable, "-m", "tools.translations", "compile")
    shutil.rmtree(SOURCE / "static_root", ignore_errors=True)
    _run(sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0")
    _run(sys.executable, "-m", "servestatic.compress", "--quiet", str(SOURCE / "static_root"))
    STAMP.write_text(made_of)
    return 0


def _made_of() -> str:
    """A fingerprint of everything that the build reads, and of the libraries it collects from."""
    files = [ROOT / "package.json", ROOT / "package-lock.json", ROOT / "requirements.lock"]
    for folder in (SOURCE, ROOT / "tools"):
        files += [path for kind in KINDS for path in folder.rglob(kind)]
    kept = sorted(path for path in files if not {"static_root", "vendor"} & set(path.parts))
    digest = hashlib.sha256()
    for path in kept:
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def _run(*command: str) -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "hawker.config.settings"}
    subprocess.run(command, cwd=ROOT, env={**os.environ, **settings}, check=True)


if __name__ == "__main__":
    sys.exit(main())
