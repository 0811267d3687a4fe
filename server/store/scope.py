"""How much of a client's journal one therapist is shown."""

from typing import Literal

import msgspec

from server.models import Millis

Choice = Literal["all", "today", "nothing", "asked"]
"""What a therapist is shown: everything shared, what was lived from a day on, nothing; or nothing, until the client has
answered."""


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """What one therapist is shown of one client now."""

    choice: Choice = "all"
    paused: bool = False
    frozen: bool = False
    begun: Millis = 0
    """What a therapist wrote before is another's."""
    day: str = ""
    """What was lived before is not shown; empty: there is no such day."""
    seq: int = 0
    """What has no day counts when it came after this number."""

    @property
    def whole(self) -> bool:
        """Whether nothing is kept back of what was shared, or written by whoever came before."""
        return self.choice == "all"

    @property
    def hidden(self) -> bool:
        """Whether nothing of the client's is shown at all."""
        return self.paused or self.frozen or self.choice in {"nothing", "asked"}
