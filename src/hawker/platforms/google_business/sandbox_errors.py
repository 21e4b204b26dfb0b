"""What the pretend Business Profile answers where it refuses, beyond what all of Google's APIs share."""

from hawker.connect.http import Json
from hawker.connect.pretend_google_errors import Refusal, refusal

INVALID = "Request contains an invalid argument."


def missing() -> Refusal:
    return refusal(404, "Requested entity was not found.", reason="notFound")


def forbidden() -> Refusal:
    return refusal(403, "The caller does not have permission", reason="forbidden")


def invalid(message: str = INVALID) -> Refusal:
    return refusal(400, message, reason="badRequest")


def faulty(field: str, message: str, *, code: int = 2) -> Refusal:
    """google.mybusiness.v4.ValidationError, as it was seen in the wild in 2021 and after."""
    fault: dict[str, Json] = {"code": code, "message": message, **({"field": field} if field else {})}
    kind = "type.googleapis.com/google.mybusiness.v4.ValidationError"
    body: dict[str, Json] = {
        "code": 400,
        "message": INVALID,
        "status": "INVALID_ARGUMENT",
        "details": [{"@type": kind, "errorDetails": [fault]}],
    }
    return Refusal(400, {"error": body})


def unknown(name: str, where: str) -> Refusal:
    return invalid(f"Invalid JSON payload received. Unknown name \"{name}\" at '{where}': Cannot find field.")


def no_enum(where: str, value: str) -> Refusal:
    return invalid(f"Invalid value at '{where}' (TYPE_ENUM), \"{value}\"")
