"""
Tokens for Amazon Interactive Video Service (IVS) that an application signs itself.

It creates playback tokens for private channels, and participant and connection tokens for stages.
It needs the standard library only. To sign with AWS KMS it needs boto3, and to sign with a PEM it
needs cryptography.
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

# Tracebacks and pickles show the names that users import.
for _name in __all__:
    globals()[_name].__module__ = __name__
