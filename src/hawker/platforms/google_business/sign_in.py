"""How an owner gives Hawker the right to post for her places at Google."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hawker.connect import google
from hawker.connect.abilities import Errand, Way
from hawker.connect.http import Http
from hawker.connect.values import Account
from hawker.platforms.google_business.app import SCOPES
from hawker.platforms.google_business.limits import LIMITS
from hawker.platforms.google_business.places import (
    Place,
    groups,
    person_of,
    places,
    read_place,
    unverified,
)


class SignIn:
    ways: tuple[Way, ...] = google.WAYS

    async def sign_in(self, http: Http, way: str, fields: Mapping[str, str]) -> Account:  # noqa: ARG002
        return await _person(http, fields, await google.sign_in(http, fields, SCOPES))

    async def start(
        self,
        http: Http,  # noqa: ARG002
        way: str,  # noqa: ARG002
        fields: Mapping[str, str],  # noqa: ARG002
        *,
        back: str,
        app: Mapping[str, str] | None,
    ) -> tuple[Errand, Mapping[str, str]]:
        keys = app or {}
        return google.begin(keys, SCOPES, back=back), keys

    async def finish(self, http: Http, errand: Mapping[str, str], answer: Mapping[str, str]) -> Account:
        return await _person(http, errand, await google.finish(http, errand, answer, SCOPES))

    async def refresh(self, http: Http, account: Account) -> Account:
        return await google.refresh(http, account)

    async def check(self, http: Http, account: Account) -> Account:
        """Raises Refused where the place is gone, or takes no posts as it is not verified any more."""
        place = await read_place(http, account)
        if not place.takes_posts:
            raise unverified([place.title or account.name])
        return _at(account, account.remote_id, place)


class Reach:
    async def reached(self, http: Http, person: Account) -> Sequence[Account]:
        """Places that nobody has verified come last: they can be connected, and take posts once they are.
        Raises Refused, which names them, where there are no others."""
        found = sorted(await places(http, person), key=lambda each: not each[1].takes_posts)
        if found and not found[0][1].takes_posts:
            raise unverified([place.title or place.name for _, place in found])
        return [_at(person, remote_id, place) for remote_id, place in found]


async def _person(http: Http, app: Mapping[str, str], grant: google.Grant) -> Account:
    person = person_of(app, grant.secrets, grant.expires_at)
    names = [group.account_name for group in await groups(http, person)]
    return replace(person, name=next((name for name in names if name), person.name))


def _at(account: Account, remote_id: str, place: Place) -> Account:
    return replace(
        account,
        remote_id=remote_id,
        handle=place.handle,
        name=place.title or place.handle,
        url=place.metadata.maps_uri or account.site,
        limits=LIMITS,
    )
