"""Sign a playback token, as a backend does for each viewer it lets in."""

import sys
from pathlib import Path

from ivs_tokens import PemSigner, playback_token

LIFETIME_SECONDS = 600

if __name__ == "__main__":
    key_file, arn = sys.argv[1:]
    signer = PemSigner(Path(key_file).read_bytes())
    print(playback_token(signer, channel_arn=arn, expires_in=LIFETIME_SECONDS))
