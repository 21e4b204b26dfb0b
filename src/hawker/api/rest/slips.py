"""What was wrong with the form of a request, from the validator's words into sentences."""

from collections.abc import Mapping

from ninja.errors import ValidationError

from hawker.connect.text import Sentence, say
from hawker.core.problems import Problem


def problems(error: ValidationError) -> list[Problem]:
    return [_problem(each) for each in error.errors]


def _problem(slip: Mapping[str, object]) -> Problem:
    field = _field(slip["loc"])
    return Problem(field=field, sentence=_sentence(slip, field))


def _field(place: object) -> str:
    """The path inside the body, or the parameter's name: without what the validator puts before it."""
    parts = [str(part) for part in place] if isinstance(place, tuple | list) else []
    return ".".join(parts[2:] if parts[:1] == ["body"] else parts[1:]) or "body"


def _sentence(slip: Mapping[str, object], field: str) -> Sentence:
    said = slip.get("ctx")
    context = said if isinstance(said, Mapping) else {}
    match slip["type"]:
        case "missing":
            return say("“%(field)s” is missing.", field=field)
        case "extra_forbidden":
            return say("“%(field)s” is not known here. Check the spelling.", field=field)
        case "uuid_parsing" | "uuid_type":
            return say("“%(field)s” must be an id, as Hawker gave it.", field=field)
        case "enum" | "literal_error":
            choices = str(context["expected"])
            return say("“%(field)s” must be one of %(choices)s.", field=field, choices=choices)
        case "string_too_long" | "too_long":
            limit = int(context["max_length"])
            return say("“%(field)s” is too long: at most %(limit)s.", field=field, limit=limit)
    return say("“%(field)s” cannot be read: %(reason)s", field=field, reason=str(slip["msg"]))
