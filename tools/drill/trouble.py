"""What can be put wrong around Hawker while it runs."""

import time
from dataclasses import dataclass
from datetime import timedelta

from tools.drill.clock import CACHE_SECONDS, Clock
from tools.drill.disk import Disk
from tools.drill.plan import Blow, Trouble
from tools.postgres import Postgres


@dataclass(frozen=True, kw_only=True)
class Means:
    """None where something cannot be put wrong here."""

    clock: Clock | None = None
    database: Postgres | None = None
    disk: Disk | None = None

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        had = {Trouble.clock: self.clock, Trouble.database: self.database, Trouble.disk: self.disk}
        return tuple(trouble for trouble, means in had.items() if means is not None)

    def begin(self, blow: Blow) -> None:
        match blow.trouble:
            case Trouble.clock if self.clock:
                self.clock.jump(blow.jump)
            case Trouble.database if self.database:
                self.database.stop()
            case Trouble.disk if self.disk:
                self.disk.fill()

    def end(self, blow: Blow) -> None:
        match blow.trouble:
            case Trouble.clock if self.clock:
                self.clock.jump(timedelta(0))
                time.sleep(CACHE_SECONDS)
            case Trouble.database if self.database:
                self.database.start()
            case Trouble.disk if self.disk:
                self.disk.free()
