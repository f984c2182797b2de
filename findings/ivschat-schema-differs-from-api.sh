#!/usr/bin/env bash
# The CloudFormation schemas of IVS Chat differ from the API in both directions.
#
# A room accepts up to 10 messages per second in the schema, and up to 100 in the API. It accepts up to
# 50 logging configurations in the schema, and up to 3 in the API. The state of a logging configuration
# whose update failed is UPDATING_FAILED in the schema, and UPDATE_FAILED in the API.
# This affects you if you set these properties: cfn-lint and the template validation of the CDK report
# a rate of 50, which the API accepts. They accept four logging configurations, which the API refuses.
# Instead: count the logging configurations yourself, and set a higher rate with a call of UpdateRoom.
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


def properties(name):
    return json.loads((schemas / f"resources/{names[name]}.json").read_text())["properties"]


room = properties("AWS::IVSChat::Room")
state = properties("AWS::IVSChat::LoggingConfiguration")["State"]["enum"]
model = botocore.session.get_session().get_service_model("ivschat")
create = model.operation_model("CreateRoom").input_shape.members
states = model.shape_for("LoggingConfigurationState").enum
failed = [
    next(name for name in enum if name.startswith("UPDAT") and name.endswith("FAILED"))
    for enum in (state, states)
]
rows = [
    (
        "messages a second",
        room["MaximumMessageRatePerSecond"]["maximum"],
        create["maximumMessageRatePerSecond"].metadata["max"],
    ),
    (
        "logging configurations",
        room["LoggingConfigurationIdentifiers"]["maxItems"],
        create["loggingConfigurationIdentifiers"].metadata["max"],
    ),
    ("state of a failed update", *failed),
]

print("cfn-lint", version("cfn-lint"), "and botocore", version("botocore"))
print("Expected: the limits and names of the API (IVS Chat API reference, CreateRoom and")
print("  LoggingConfigurationSummary, of which botocore has the model).")
for label, schema, api in rows:
    print(f"Seen: {label}: schema {schema}, API {api}")
seen = [row[1:] for row in rows]
if seen != [(10, 100), (50, 3), ("UPDATING_FAILED", "UPDATE_FAILED")]:
    sys.exit("The behavior has changed.")
PY
