#!/usr/bin/env bash
# The package event-ruler from PyPI refuses most operators of EventBridge.
#
# The package claims to test EventBridge patterns locally, and refers to the open-source engine of AWS.
# It is not that engine: it answers "invalid pattern" to prefix, suffix, numeric, wildcard,
# equals-ignore-case and a plain anything-but. Exact values, exists and anything-but with a list work.
# This affects you if you test rules for IVS: the S3 prefixes of recordings and the numbers in limit
# breaches require prefix and numeric.
# Instead: use it for exact values and exists. For the other operators, use the Java engine of AWS, or
# TestEventPattern in an account.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  event-ruler==0.3.0

"$work/venv/bin/python" - <<'PY'
from importlib.metadata import version
import json
import sys

import event_ruler

detail = {
    "recording_status": "Recording End",
    "recording_s3_key_prefix": "ivs/v1/111111111111/AbCdEfGhIjKl",
    "recording_duration_ms": 99370264,
}
# Each of them matches the event above.
cases = [
    ("exact", {"recording_status": ["Recording End"]}),
    ("exists", {"recording_status": [{"exists": True}]}),
    ("anything-but, list", {"recording_status": [{"anything-but": ["Recording Start"]}]}),
    ("anything-but", {"recording_status": [{"anything-but": "Recording Start"}]}),
    ("prefix", {"recording_s3_key_prefix": [{"prefix": "ivs/v1/"}]}),
    ("suffix", {"recording_s3_key_prefix": [{"suffix": "/AbCdEfGhIjKl"}]}),
    ("wildcard", {"recording_s3_key_prefix": [{"wildcard": "ivs/*/AbCdEfGhIjKl"}]}),
    ("equals-ignore-case", {"recording_status": [{"equals-ignore-case": "recording end"}]}),
    ("numeric", {"recording_duration_ms": [{"numeric": [">", 0]}]}),
]

print("event-ruler", version("event-ruler"), "of PyPI")
print("Expected: every pattern is valid and matches (EventBridge User Guide, Comparison operators for use")
print("  in event patterns).")
refused = []
for label, pattern in cases:
    try:
        seen = event_ruler.test_event_pattern(
            json.dumps({"source": "aws.ivs", "detail": detail}), json.dumps({"detail": pattern})
        )
    except RuntimeError as error:
        seen = error
        refused.append(label)
    print(f"Seen: {label}: {seen}")
if refused != [label for label, _ in cases[3:]]:
    sys.exit("The behavior has changed.")
PY
