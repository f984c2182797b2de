#!/usr/bin/env bash
# EventBridge patterns in moto do not match arrays as EventBridge does.
#
# EventBridge matches the elements of an array. An empty array therefore has no value, and an array of
# objects has the fields of its objects. In moto, an empty array passes {"exists": true}, and fields in
# the objects of an array are not found.
# This affects you if you test rules for IVS: an IVS Limit Breach of the account has "resources": [],
# and a CreateStage that CloudTrail reports has an array of objects in its parameters. A test of the
# rule then shows the opposite of the behavior of the AWS engine.
# Instead: test such patterns with the event-ruler of AWS, or with TestEventPattern in an account.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  moto==5.2.5 boto3==1.44.5 botocore==1.44.5 cryptography==50.0.2 \
  event-ruler==0.3.0

"$work/venv/bin/python" - <<'PY'
from importlib.metadata import version
import json
import sys

import event_ruler
from moto.events.models import EventPattern

limit_breach = {
    "detail-type": "IVS Limit Breach",
    "source": "aws.ivs",
    "resources": [],
    "detail": {"limit_name": "Concurrent Viewers", "limit_value": 10},
}
create_stage = {
    "detail-type": "AWS API Call via CloudTrail",
    "source": "aws.ivs",
    "detail": {
        "eventName": "CreateStage",
        "requestParameters": {"participantTokenConfigurations": [{"userId": "a"}, {"userId": "b"}]},
    },
}
inner = {"participantTokenConfigurations": {"userId": ["b"]}}
cases = [
    ("resources: [] exists", limit_breach, {"resources": [{"exists": True}]}, False),
    ("resources: [] does not exist", limit_breach, {"resources": [{"exists": False}]}, True),
    ("an object in an array", create_stage, {"detail": {"requestParameters": inner}}, True),
]

print("moto", version("moto"), "and, for comparison, event-ruler", version("event-ruler"), "of PyPI")
print("Expected: the answers of an engine that flattens arrays (README of aws/event-ruler, JSON Array")
print("  Matching; its Event.java adds one field for each element, so none for an empty array).")
changed = False
for label, event, pattern, expected in cases:
    moto = EventPattern.load(json.dumps(pattern)).matches_event(event)
    other = event_ruler.test_event_pattern(json.dumps(event), json.dumps(pattern))
    print(f"Seen: {label}: moto {moto}, event-ruler {other}, expected {expected}")
    changed |= moto == expected or other != expected
if changed:
    sys.exit("The behavior has changed.")
PY
