"""What a worker has in hand, without the row it stands for."""

from datetime import datetime, timedelta

from hawker.connect.registry import platforms
from hawker.connect.values import Account, Draft
from hawker.core.publishing.claims import Claim
from hawker.core.publishing.states import Snapshot, State
from hawker.core.rows import row_id
from tests.ledger.deliveries import NOW


def claimed(
    network: str | None = None,
    *,
    at: datetime = NOW,
    state: State = State.sending,
    server: str = "",
    secrets: dict[str, str] | None = None,
) -> Claim:
    """Words for one account, at the first network where none is named."""
    name = network or next(iter(platforms()))
    account = Account(
        remote_id="1",
        handle="tea",
        name="Tea",
        server=server,
        site="",
        url="",
        limits=platforms()[name].limits,
        secrets=secrets or {},
    )
    return Claim(
        id=row_id(),
        token=row_id(),
        workspace=row_id(),
        channel=row_id(),
        platform=name,
        checked_at=at,
        seen=Snapshot(state=state, due_at=at),
        late_after=timedelta(hours=2),
        steps={},
        known=frozenset(),
        draft=Draft(key=row_id(), text="tea", language="en"),
        leads=False,
        account=account,
    )
