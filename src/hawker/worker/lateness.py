"""How late this process sends, until it is written down."""

from datetime import datetime

from hawker.core.problems import DATABASE_AWAY
from hawker.core.publishing import lateness
from hawker.core.publishing.lateness import Bucket, Tally
from hawker.worker.tools import Tools


class Lateness:
    """What comes between two writings is lost where the process dies: these are figures, not the ledger."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._tallies: dict[Bucket, Tally] = {}

    def note(self, platform: str, due_at: datetime, at: datetime) -> None:
        seconds = max((at - due_at).total_seconds(), 0)
        self._add(lateness.bucket(platform, seconds), Tally(posts=1, seconds=seconds))

    async def keep(self) -> None:
        tallies, self._tallies = self._tallies, {}
        if not tallies:
            return
        try:
            await self._tools.aside(lateness.add, tallies)
        except DATABASE_AWAY:
            for bucket, tally in tallies.items():
                self._add(bucket, tally)
            raise

    def _add(self, bucket: Bucket, more: Tally) -> None:
        before = self._tallies.get(bucket, Tally())
        self._tallies[bucket] = Tally(posts=before.posts + more.posts, seconds=before.seconds + more.seconds)
