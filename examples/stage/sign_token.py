"""Sign a participant token, as a backend does for each participant."""

import sys
from pathlib import Path
from uuid import uuid4

from ivs_tokens import PemSigner, participant_token

LIFETIME_SECONDS = 12 * 60 * 60

if __name__ == "__main__":
    key_file, key_arn, arn, events, whip, user = sys.argv[1:]
    print(
        participant_token(
            PemSigner(Path(key_file).read_bytes()),
            public_key_arn=key_arn,
            stage_arn=arn,
            events_url=events,
            whip_url=whip,
            participant_id=str(uuid4()),
            expires_in=LIFETIME_SECONDS,
            allow_publish=True,
            allow_subscribe=True,
            user_id=user,
        )
    )
