"""snac2, a small ActivityPub server in C that speaks Mastodon's API in its own way, from Debian.

Debian 12 has it in its backports. Where this machine's sources do not name those, a list of sources of our
own does: nothing on the machine is changed, and no right of root is needed.
"""

import platform
import re
import shutil
from pathlib import Path

from tools.servers.cache import Missing, Part, need, run

ETC = Path("/etc/apt")
STANZA = re.compile(r"\n\s*\n")
LIBRARIES = "apt-get install -y libcurl4 libssl3"


def command(place: Path) -> list[str]:
    return [str(place / "usr" / "bin" / "snac")]


def _fill(place: Path) -> None:
    """The machine's own snac2 where it has one."""
    binary = place / "usr" / "bin" / "snac"
    binary.parent.mkdir(parents=True)
    owned = shutil.which("snac")
    if owned:
        binary.symlink_to(owned)
        return
    need("apt-get", "your system's own way to install snac2 (2.75 or newer)")
    try:
        _download(place)
    except Missing:
        _download(place, *_backports(place))
    deb = next(place.glob("*.deb"))
    run(["dpkg", "-x", deb, place], "Unpacking snac2", at=place)
    _try_out(binary)


def _download(place: Path, *options: str) -> None:
    # Its sandbox user could not write into a home folder.
    plain = ("-o", "APT::Sandbox::User=root")
    if options:
        run(["apt-get", *plain, *options, "update"], "apt-get update", at=place)
    run(["apt-get", *plain, *options, "download", "snac2"], "apt-get download snac2", at=place)


def _backports(place: Path) -> tuple[str, ...]:
    """Options by which apt-get uses the backports, from where the machine gets its Debian, and only them."""
    codename = platform.freedesktop_os_release().get("VERSION_CODENAME", "")
    sources, state = place / "sources", place / "apt"
    sources.mkdir(exist_ok=True)
    for name in ("lists/partial", "cache/archives/partial"):
        (state / name).mkdir(parents=True, exist_ok=True)
    for file, text in derived(codename):
        (sources / file).write_text(text)
    if not any(sources.iterdir()):
        raise Missing(
            "snac2 is not in this system's package sources. Install snac2 (2.75 or newer) yourself."
        )
    places = {
        "Dir::Etc::sourcelist": "/dev/null",
        "Dir::Etc::sourceparts": sources,
        "Dir::State::lists": state / "lists",
        "Dir::Cache": state / "cache",
    }
    return tuple(part for name, path in places.items() for part in ("-o", f"{name}={path}"))


def derived(codename: str) -> list[tuple[str, str]]:
    """The first of the machine's sources that names the release, in either notation, with its backports."""
    listed = [ETC / "sources.list", *sorted((ETC / "sources.list.d").glob("*"))]
    for file in (each for each in listed if each.suffix in {".list", ".sources"} and each.is_file()):
        told = file.read_text(errors="replace")
        found = _stanza(told, codename) if file.suffix == ".sources" else _line(told, codename)
        if found:
            return [(f"backports{file.suffix}", found)]
    return []


def _stanza(told: str, codename: str) -> str:
    for stanza in STANZA.split(told):
        if re.search(rf"(?m)^Suites:.*\b{codename}(\s|$)", stanza):
            return re.sub(r"(?m)^Suites:.*$", f"Suites: {codename}-backports", stanza.strip()) + "\n"
    return ""


def _line(told: str, codename: str) -> str:
    found = re.search(rf"(?m)^(deb\s+(?:\[[^]]*\]\s+)?\S+\s+){codename}\s+main\b.*$", told)
    return f"{found[1]}{codename}-backports main\n" if found else ""


def _try_out(binary: Path) -> None:
    """Called with nothing it tells how to use it, unless a library is missing."""
    try:
        run([binary], "Starting snac2", at=binary.parent)
    except Missing as missing:
        if "shared libraries" in str(missing):
            raise Missing(f"{missing}\nInstall them with:  {LIBRARIES}") from missing


SNAC = Part("snac2", ("snac.py",), _fill)
