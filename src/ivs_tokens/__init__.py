"""
Tokens for Amazon Interactive Video Service (IVS) that an application signs itself.

Playback tokens for private channels, and participant and connection tokens for stages. Needs the
standard library only, and boto3 or cryptography to sign.
"""

from ._errors import TokenError
from ._signers import KmsSigner, PemSigner
from ._tokens import connection_token, participant_token, playback_token

__all__ = [
    "KmsSigner",
    "PemSigner",
    "TokenError",
    "connection_token",
    "participant_token",
    "playback_token",
]

# A traceback and a pickle have the names that users import.
for _name in __all__:
    globals()[_name].__module__ = __name__
