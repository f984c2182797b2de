"""The classes of grants."""

from __future__ import annotations

import cdk_ivs as ivs
from cdk_ivs import chat

# Of KMS, whose actions are not in the table of IVS: tested beside the key.
OF_KMS = {"SigningKeyGrants"}
CLASSES = [
    *(getattr(ivs, name) for name in ivs.__all__ if name.endswith("Grants") and name not in OF_KMS),
    *(getattr(chat, name) for name in chat.__all__ if name.endswith("Grants")),
]
