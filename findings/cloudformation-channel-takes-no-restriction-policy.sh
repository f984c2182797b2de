#!/usr/bin/env bash
# CloudFormation creates playback restriction policies and ad configurations of IVS, but cannot attach
# them to a channel.
#
# AWS::IVS::PlaybackRestrictionPolicy and AWS::IVS::AdConfiguration are resource types.
# AWS::IVS::Channel has no property for either, nor for a failover slate. CreateChannel in the API has
# a parameter for each.
# This affects you if you create both in one stack: the stack deploys, and viewers are not restricted.
# Instead: call UpdateChannel from a custom resource after CloudFormation created the channel.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  cfn-lint==1.58.0 botocore==1.44.5

"$work/venv/bin/python" - <<'PY'
from importlib.metadata import version
from pathlib import Path
import json
import sys

import botocore.session
import cfnlint

schemas = Path(cfnlint.__file__).parent / "data/schemas"
names = json.loads((schemas / "providers/us-east-1.json").read_text())
types = [
    name for name in ("AWS::IVS::PlaybackRestrictionPolicy", "AWS::IVS::AdConfiguration") if name in names
]
schema = json.loads((schemas / f"resources/{names['AWS::IVS::Channel']}.json").read_text())
has = {name.lower() for name in schema["properties"]}
model = botocore.session.get_session().get_service_model("ivs")
members = model.operation_model("CreateChannel").input_shape.members
missing = sorted(name for name in members if name.lower() not in has)

print("cfn-lint", version("cfn-lint"), "and botocore", version("botocore"))
print("Expected: a property of AWS::IVS::Channel for each parameter of CreateChannel that names another")
print("  resource (IVS API reference, CreateChannel), as RecordingConfigurationArn is one.")
print("Seen: resource types:", ", ".join(types))
print("Seen: parameters without a property:", ", ".join(missing))
expected = ["adConfigurationArn", "failoverSlateConfigurationArn", "playbackRestrictionPolicyArn"]
if len(types) != 2 or missing != expected:
    sys.exit("The behavior has changed.")
PY
