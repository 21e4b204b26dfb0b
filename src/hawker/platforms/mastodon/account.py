"""Who a token acts for, and what its server allows."""

from hawker.connect.errors import NetworkError
from hawker.connect.http import Answer, Http
from hawker.connect.values import Account
from hawker.platforms.mastodon.entity import entity
from hawker.platforms.mastodon.instance import ask_instance
from hawker.platforms.mastodon.refusals import dead_key, stranger
from hawker.platforms.mastodon.wire import Server


async def read_account(http: Http, address: str, token: str) -> Account:
    """Raises SignInAgain where the token does not work, Refused(field="server") where no Mastodon answers."""
    server = Server(http, address, token)

    def explain(answer: Answer) -> NetworkError | None:
        """422: a token of an application without a user; at snac2 2.75 also a token that it does not know."""
        return dead_key(server.host, "422") if answer.status == 422 else server.explain(answer)

    answer = await server.call("GET", "/api/v1/accounts/verify_credentials", explain=explain)
    said = entity(answer.json())
    if not (said.text("id") and said.text("username")):
        raise stranger(server.host)
    instance = await ask_instance(server)
    name = said.text("username")
    return Account(
        remote_id=said.text("id"),
        handle=f"@{name}@{instance.domain}",
        name=said.text("display_name") or name,
        server=address,
        site=address,
        url=said.web_address("url") or f"{address}/@{name}",
        limits=instance.limits,
        secrets={"token": token},
    )
