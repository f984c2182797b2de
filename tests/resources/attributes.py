"""The attributes of L1s."""

from __future__ import annotations

from .records import Record


def attributes_of(record: Record) -> dict[str, str]:
    """The attributes of the L1, with the names that they have here."""
    names = {"arn"}
    if record.cfn is not None:
        names |= {name[5:] for name in dir(record.cfn) if name.startswith("attr_")}
    full = {name: f"{record.prefix}_{name}" for name in names}
    # Some are not its own, and are named after themselves alone.
    return {name: ours if hasattr(record.construct, ours) else name for name, ours in full.items()}
