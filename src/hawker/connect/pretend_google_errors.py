"""What Google's house answers where it refuses, as a pretend network says it."""

import json
from collections.abc import Mapping

from aiohttp import web

# google.rpc.Code, as Google's APIs name it beside the HTTP status.
STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ALREADY_EXISTS",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}


class Refusal(web.HTTPException):
    """Any status, with a body of JSON."""

    def __init__(
        self, status: int, body: Mapping[str, object], headers: Mapping[str, str] | None = None
    ) -> None:
        self.status_code = status
        super().__init__(text=json.dumps(body), content_type="application/json", headers=headers)


def refusal(
    status: int,
    message: str,
    *,
    reason: str = "",
    domain: str = "global",
    info: str = "",
    metadata: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Refusal:
    """Google's envelope. `reason` fills the list `errors` of its older APIs, `info` and `metadata` the
    details (google.rpc.ErrorInfo) of its later ones."""
    error: dict[str, object] = {"code": status, "message": message, "status": STATUSES.get(status, "UNKNOWN")}
    if reason:
        error["errors"] = [{"message": message, "domain": domain, "reason": reason}]
    if info:
        kind = "type.googleapis.com/google.rpc.ErrorInfo"
        error["details"] = [
            {"@type": kind, "reason": info, "domain": "googleapis.com", "metadata": dict(metadata or {})}
        ]
    return Refusal(status, {"error": error}, headers)


def unsigned() -> Refusal:
    message = "Request is missing required authentication credential. Expected OAuth 2 access token."
    return refusal(401, message, reason="required", info="CREDENTIALS_MISSING")


def bad_token() -> Refusal:
    return refusal(401, "Request had invalid authentication credentials.", reason="authError")


def no_right() -> Refusal:
    message = "Request had insufficient authentication scopes."
    return refusal(403, message, reason="insufficientPermissions", info="ACCESS_TOKEN_SCOPE_INSUFFICIENT")


def quota_exceeded(domain: str = "usageLimits") -> Refusal:
    """A daily bucket is empty. No header tells of it, before or afterwards."""
    message = 'The request cannot be completed because you have exceeded your <a href="#quota">quota</a>.'
    return refusal(403, message, reason="quotaExceeded", domain=domain)


def rate_limited(*, retry_after: int | None = None, limit: str = "") -> Refusal:
    """Too many calls in a minute. A project that was not approved has the limit “0”."""
    headers = {"Retry-After": str(retry_after)} if retry_after is not None else None
    message = "Quota exceeded for quota metric 'Requests' and limit 'Requests per minute' of service."
    metadata = {
        "quota_limit": "defaultPerMinutePerProject",
        **({"quota_limit_value": limit} if limit else {}),
    }
    return refusal(
        429,
        message,
        reason="rateLimitExceeded",
        info="RATE_LIMIT_EXCEEDED",
        metadata=metadata,
        headers=headers,
    )


def not_enabled(api: str) -> Refusal:
    """The owner has not switched this API on in her project."""
    message = f"{api} has not been used in this project before or it is disabled."
    return refusal(403, message, reason="accessNotConfigured", domain="usageLimits", info="SERVICE_DISABLED")


def answered(refusal: Refusal) -> web.Response:
    """As a response, where nothing can be raised."""
    return web.Response(
        status=refusal.status, text=refusal.text, content_type="application/json", headers=_extra(refusal)
    )


def _extra(refusal: Refusal) -> dict[str, str]:
    return {name: refusal.headers[name] for name in ("Retry-After",) if name in refusal.headers}
