#!/usr/bin/env bash
# Change sets of ministack miss that Fn::GetAtt names another resource.
#
# The property of a resource is Fn::GetAtt of a second resource, and an update changes it to the same
# attribute of a third resource. CloudFormation changes the property. In ministack, a change set says
# that there are no changes. UpdateStack with the same template changes the property.
# This affects you if you rehearse a change of a reference of an IVS channel, such as another recording
# configuration or playback restriction policy: cdk deploy works with change sets, prints "no changes"
# and succeeds, and the old reference stays.
# Instead: after an update, read the reference from the API, and do not rely on the exit code.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  ministack==1.5.33 boto3==1.43.106 botocore==1.43.106

cd "$work"
"$work/venv/bin/python" - <<'PY'
from importlib.metadata import version
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request

import boto3
from botocore.exceptions import WaiterError

with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
endpoint = f"http://127.0.0.1:{port}"
settings = {
    "BIND_HOST": "127.0.0.1",
    "GATEWAY_PORT": str(port),
    "AWS_ACCESS_KEY_ID": "example",
    "AWS_SECRET_ACCESS_KEY": "example",
    "AWS_DEFAULT_REGION": "us-east-1",
}
os.environ.update(settings)


def template(name):
    resources = {
        each: {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": each.lower()}}
        for each in ("First", "Second")
    }
    value = {"Fn::GetAtt": [name, "TopicName"]}
    properties = {"Name": "topic", "Type": "String", "Value": value}
    resources["Parameter"] = {"Type": "AWS::SSM::Parameter", "Properties": properties}
    return json.dumps({"Resources": resources})


emulator = subprocess.Popen(
    [sys.executable, "-c", "from ministack.app import main; main()"],
    stdout=subprocess.DEVNULL,
    stderr=subprocess.DEVNULL,
)
try:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{endpoint}/_ministack/health").close()
            break
        except OSError:
            time.sleep(0.1)
    cloudformation = boto3.client("cloudformation", endpoint_url=endpoint)
    ssm = boto3.client("ssm", endpoint_url=endpoint)

    def wait(event, **names):
        waiter = cloudformation.get_waiter(event)
        waiter.wait(StackName="demo", WaiterConfig={"Delay": 1, "MaxAttempts": 20}, **names)

    def value():
        return ssm.get_parameter(Name="topic")["Parameter"]["Value"]

    cloudformation.create_stack(StackName="demo", TemplateBody=template("First"))
    wait("stack_create_complete")
    values = [value()]
    cloudformation.create_change_set(
        StackName="demo", ChangeSetName="other", TemplateBody=template("Second")
    )
    try:
        wait("change_set_create_complete", ChangeSetName="other")
    except WaiterError:
        pass
    change_set = cloudformation.describe_change_set(StackName="demo", ChangeSetName="other")
    cloudformation.update_stack(StackName="demo", TemplateBody=template("Second"))
    wait("stack_update_complete")
    values.append(value())
finally:
    emulator.terminate()
    emulator.wait()

print("ministack", version("ministack"))
print("Expected: a change set lists the resources whose properties differ (CloudFormation User Guide,")
print("  Update CloudFormation stacks using change sets), and does what UpdateStack does.")
print(f"Seen: change set {change_set['Status']}: {change_set.get('StatusReason', '')}")
print(f"Seen: UpdateStack with the same template: {values[0]} becomes {values[1]}")
if change_set["Changes"] or change_set["Status"] != "FAILED" or values != ["first", "second"]:
    sys.exit("The behavior has changed.")
PY
