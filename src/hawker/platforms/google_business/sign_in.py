"""How an owner gives Hawker the right to post for her places at Google."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hawker.connect import google
from hawker.connect.google_sign_in import ByGoogle
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
from hawker.platforms.google_business.review import report


class SignIn(ByGoogle):
    scopes = SCOPES

    async def account(self, http: Http, keys: Mapping[str, str], grant: google.Grant) -> Account:
        """The person; her places are what she reaches."""
        person = person_of(keys, grant.secrets, grant.expires_at)
        names = [group.account_name for group in await groups(http, person)]
        return replace(person, name=next((name for name in names if name), person.name))

    async def check(self, http: Http, account: Account) -> Account:
        """Raises Refused where the place is gone or is not verified any more, and where one of its last posts
        was rejected."""
        place = await read_place(http, account)
        if not place.takes_posts:
            raise unverified([place.title or account.name])
        await report(http, account)
        return _at(account, account.remote_id, place)


class Reach:
    async def reached(self, http: Http, person: Account) -> Sequence[Account]:
        """Places that nobody has verified come last: they can be connected, and take posts once they are.
        Raises Refused, which names them, where there are no others."""
        found = sorted(await places(http, person), key=lambda each: not each[1].takes_posts)
        if found and not found[0][1].takes_posts:
            raise unverified([place.title or place.name for _, place in found])
        return [_at(person, remote_id, place) for remote_id, place in found]


def _at(account: Account, remote_id: str, place: Place) -> Account:
    return replace(
        account,
        remote_id=remote_id,
        handle=place.handle,
        name=place.title or place.handle,
        url=place.metadata.maps_uri or account.site,
        limits=LIMITS,
    )
