"""What a network asks for, typed as options; secrets without being shown."""

import getpass
import sys
from collections.abc import Mapping, Sequence

import typer

from hawker.cli.answers import Field
from hawker.cli.speech import speak


def read(words: Sequence[str]) -> dict[str, str]:
    """`--name value` and `--name=value`."""
    given, rest = {}, list(words)
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        if not name.startswith("--") or not (equals or rest):
            sentence = speak(
                "Write what the network asks for as “--name value”, or as “--name=value” where the value "
                "begins with a dash."
            )
            raise typer.BadParameter(sentence)
        given[name.removeprefix("--").replace("-", "_")] = value if equals else rest.pop(0)
    return given


def completed(fields: Sequence[Field], given: Mapping[str, str]) -> dict[str, str]:
    """Asks for the secrets that are not among what was given. Also for one that is not required: its answer
    may be empty."""
    asked = {field.name: _secret(field) for field in fields if field.secret and not given.get(field.name)}
    return {**given, **asked}


def _secret(field: Field) -> str:
    """Typed without being shown, or a line of what is piped in: so it stands in no list of processes."""
    if sys.stdin.isatty():
        return getpass.getpass(f"{field.label}: ")
    return sys.stdin.readline().rstrip("\r\n")
