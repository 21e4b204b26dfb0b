"""A server of which a test says, call by call, what it answers, and an account that is said to be there."""

from hawker.connect.values import Account
from hawker.platforms.mastodon.instance import LIMITS
from hawker.sandbox.tests import strangers


class Stranger(strangers.Stranger):
    def account(self) -> Account:
        return Account(
            remote_id="1",
            handle="@shop@stranger.test",
            name="shop",
            server=self.address,
            site=self.address,
            url=f"{self.address}/@shop",
            limits=LIMITS,
            secrets={"token": "t"},
        )
