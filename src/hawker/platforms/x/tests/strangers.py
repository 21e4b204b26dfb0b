"""A server of which a test says, call by call, what it answers, and an account that is said to be there."""

from hawker.connect.values import Account
from hawker.platforms.x.account import LIMITS
from hawker.sandbox.tests import strangers


class Stranger(strangers.Stranger):
    def account(self) -> Account:
        return Account(
            remote_id="1",
            handle="@shop",
            name="shop",
            server=self.address,
            site=self.address,
            url=f"{self.address}/shop",
            limits=LIMITS,
            secrets={"access_token": "a", "refresh_token": "r", "client_id": "c"},
        )
