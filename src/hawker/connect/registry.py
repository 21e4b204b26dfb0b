"""Finds the platforms: every folder of `hawker.platforms`, and every entry point of that name."""

import logging
import pkgutil
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from hawker.connect.platform import Platform

GROUP = "hawker.platforms"
log = logging.getLogger(__name__)


@cache
def every_folder() -> dict[str, Platform]:
    """All platforms by name, in the order of their titles, also those that are still to be filled in."""
    found = [*_own(), *_foreign()]
    return {platform.name: platform for platform in sorted(found, key=lambda each: each.title)}


@cache
def platforms() -> dict[str, Platform]:
    """The platforms that people can use, by name, in the order of their titles."""
    return {name: platform for name, platform in every_folder().items() if platform.filled_in}


def platform(name: str) -> Platform:
    """Raises KeyError where no folder has this name."""
    return platforms()[name]


def _own() -> list[Platform]:
    folder = import_module(GROUP)
    modules = (import_module(f"{GROUP}.{module.name}") for module in pkgutil.iter_modules(folder.__path__))
    return [module.PLATFORM for module in modules]


def _foreign() -> list[Platform]:
    found = []
    for entry in entry_points(group=GROUP):
        try:
            found.append(entry.load())
        except Exception:  # a broken add-on must not take the others down with it
            log.exception("platform.broken entry=%s", entry.name)
    return found
