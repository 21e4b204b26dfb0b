"""Calls to one server, and what its refusals mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

import aiohttp

from hawker.connect.errors import Later, NetworkError, Refused, SignInAgain
from hawker.connect.http import Answer, Explain, Http, retry_after
from hawker.connect.text import say
from hawker.connect.values import Account
from hawker.platforms.mastodon.entity import entity


@dataclass(frozen=True)
class Server:
    """One server's API, on behalf of one account or, without a token, of none."""

    http: Http
    address: str
    token: str = field(default="", repr=False)

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    async def call(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        json: object = None,
        data: aiohttp.FormData | None = None,
        headers: Mapping[str, str] | None = None,
        irreversible: bool = False,
        explain: Explain | None = None,
    ) -> Answer:
        """An answer of 200 to 299, else a NetworkError. `path` may be a whole address."""
        answer = await self.http.request(
            method,
            path if "://" in path else f"{self.address}{path}",
            token=self.token,
            # Mastodon writes its errors in the account's own language unless asked (Localized, June 2026).
            params={"lang": "en", **(params or {})},
            form=form,
            json=json,
            data=data,
            headers=headers,
            irreversible=irreversible,
            explain=explain or self.explain,
        )
        if answer.status >= 300:
            raise self._moved(answer)
        return answer

    def explain(self, answer: Answer) -> NetworkError | None:
        """What an answer of 400 and above means at Mastodon; None where the rules for all networks do."""
        reason, code = reason_of(answer), str(answer.status)
        if answer.status == 401:
            return SignInAgain(
                say(
                    "%(host)s no longer accepts Hawker's key to this account. Sign in again.", host=self.host
                ),
                code=code,
            )
        if answer.status == 403 and ("scope" in reason.lower() or "permission" in reason.lower()):
            return SignInAgain(
                say(
                    "The key that %(host)s gave Hawker does not allow this. Sign in again and allow all that"
                    " Hawker asks for.",
                    host=self.host,
                ),
                code=code,
            )
        if answer.status == 429:
            return Later(
                say(
                    "%(host)s asks Hawker to wait: too many calls in a short time. Hawker goes on by itself.",
                    host=self.host,
                ),
                code=code,
                at=reset_time(answer.headers),
            )
        if answer.status in {400, 404, 405, 410} and not reason:
            return self.stranger(code)
        return self._unprocessable(answer.status, reason) if answer.status in {400, 413, 422} else None

    def _unprocessable(self, status: int, reason: str) -> NetworkError | None:
        """Mastodon tells these refusals apart by their words only (config/locales/en.yml, 2026)."""
        code, words = str(status), reason.lower()
        if "finished processing" in words:
            return Later(
                say("%(host)s is still working on the pictures. Hawker asks again soon.", host=self.host),
                code=code,
            )
        if "character limit" in words:
            return Refused(
                say("The text is too long for %(host)s. Shorten it.", host=self.host), code=code, field="text"
            )
        if "text can't be blank" in words:
            return Refused(say("Write a text or add a picture."), code=code, field="text")
        if "description is too long" in words:
            return Refused(
                say("An alternative text is too long for %(host)s. Shorten it.", host=self.host),
                code=code,
                field="alt_text",
            )
        if status == 413 or any(word in words for word in ("file", "media", "image", "attach")):
            return self.bad_picture(code, reason)
        return None

    def bad_picture(self, code: str, reason: str) -> Refused:
        return Refused(
            say(
                "%(host)s does not take this picture (%(reason)s). Choose another one or save it as JPEG.",
                host=self.host,
                reason=reason or code,
            ),
            code=code,
            field="media",
        )

    def stranger(self, code: str = "") -> Refused:
        return Refused(
            say("%(host)s does not answer as a Mastodon server does. Check its name.", host=self.host),
            code=code,
            field="server",
        )

    def _moved(self, answer: Answer) -> Refused:
        there = urlsplit(answer.headers.get("Location", "")).netloc or "?"
        return Refused(
            say(
                "%(host)s sends its callers on to %(there)s. Sign in again with that name.",
                host=self.host,
                there=there,
            ),
            code=str(answer.status),
            field="server",
        )


def server_of(http: Http, account: Account) -> Server:
    return Server(http, account.server, account.secrets["token"])


def reason_of(answer: Answer) -> str:
    """The server's own words; empty where it answered with something else than Mastodon's error entity."""
    said = entity(answer.json())
    return (said.text("error_description") or said.text("error"))[:300]


def reset_time(headers: Mapping[str, str]) -> datetime | None:
    """Mastodon writes X-RateLimit-Reset as ISO 8601 (docs, api/rate-limits), GoToSocial in Unix seconds."""
    value = headers.get("X-RateLimit-Reset", "")
    try:
        if value.isdigit():
            return datetime.fromtimestamp(int(value), UTC)
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return retry_after(headers)
