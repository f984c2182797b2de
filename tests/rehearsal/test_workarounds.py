"""
What the emulator does otherwise than CloudFormation.

Each test fails when the emulator has mended it, and says what can be deleted then.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

import boto3
import pytest
from botocore.exceptions import ClientError

from tests.rehearsal.emulation import Cloud, emulated
from tests.rehearsal.service.others import CONNECTION, DESTINATION
from tests.rehearsal.service.provisioning import PLAYBACK_CONFIGURATION, TYPES
from tests.support.arns import ACCOUNT, REGION

pytestmark = [pytest.mark.newest, pytest.mark.rehearsal]

INGRESS, ROLE_POLICY = "AWS::EC2::SecurityGroupIngress", "AWS::IAM::RolePolicy"
UNKNOWN = (INGRESS, ROLE_POLICY, CONNECTION, DESTINATION, PLAYBACK_CONFIGURATION, *TYPES)
ROLE = f"arn:aws:iam::{ACCOUNT}:role/nobody"
TRUST = {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}
ALARM = {
    "Type": "AWS::CloudWatch::Alarm",
    "Properties": {
        "ComparisonOperator": "GreaterThanThreshold",
        "EvaluationPeriods": 1,
        "Metrics": [{"Expression": "TIME_SERIES(1)", "Id": "one"}],
        "Threshold": 0,
    },
}


# It fails when it is updated to "bad", names another resource then, and notes what it deletes.
FAILING = """
import json, urllib.request
import boto3

def handle(event, context):
    bad = event["RequestType"] == "Update" and event["ResourceProperties"]["Value"] == "bad"
    id = "new" if bad else event.get("PhysicalResourceId", "old")
    if event["RequestType"] == "Delete":
        boto3.client("ssm").put_parameter(Name="deleted-" + id, Type="String", Value=id)
    answer = {key: event[key] for key in ("LogicalResourceId", "RequestId", "StackId")}
    answer |= {"PhysicalResourceId": id, "Reason": "", "Status": "FAILED" if bad else "SUCCESS"}
    body = json.dumps(answer).encode()
    urllib.request.urlopen(urllib.request.Request(event["ResponseURL"], body, method="PUT"))
"""


class Event(NamedTuple):
    """What CloudFormation says about a resource."""

    logical_id: str
    status: str


class Stacks(NamedTuple):
    """The stacks of an account, deployed without the CLI."""

    cloud: Cloud

    def create(self, name: str, resources: dict[str, Any], **others: Any) -> dict[str, Any]:
        """Create a stack."""
        self._client.create_stack(StackName=name, TemplateBody=_template(resources, others))
        return self._wait(name)

    def update(self, name: str, resources: dict[str, Any]) -> dict[str, Any]:
        """Update a stack."""
        self._client.update_stack(StackName=name, TemplateBody=_template(resources, {}))
        return self._wait(name)

    def changes(self, name: str, resources: dict[str, Any]) -> list[str]:
        """The logical ids of what an update would change."""
        names = {"ChangeSetName": "changes", "StackName": name}
        self._client.create_change_set(**names, TemplateBody=_template(resources, {}))
        while (found := self._client.describe_change_set(**names))["Status"] in {
            "CREATE_IN_PROGRESS",
            "CREATE_PENDING",
        }:
            time.sleep(0.02)
        self._client.delete_change_set(**names)
        return [each["ResourceChange"]["LogicalResourceId"] for each in found["Changes"]]

    def delete(self, name: str) -> dict[str, Any]:
        """Delete a stack, which fails."""
        self._client.delete_stack(StackName=name)
        return self._wait(name)

    def events(self, name: str) -> list[Event]:
        """The events of the resources of a stack, in order."""
        events = self._client.describe_stack_events(StackName=name)["StackEvents"]
        found = [Event(each["LogicalResourceId"], each["ResourceStatus"]) for each in events]
        return [event for event in reversed(found) if event.logical_id != name]

    @property
    def _client(self) -> Any:
        return self.cloud.client("cloudformation")

    def _wait(self, name: str) -> dict[str, Any]:
        while (stack := self.cloud.stack(name))["StackStatus"].endswith("IN_PROGRESS"):
            time.sleep(0.02)
        return stack


def _template(resources: dict[str, Any], others: dict[str, Any]) -> str:
    return json.dumps({"Resources": resources, **others})


def _parameter(value: str | dict[str, Any], **others: Any) -> dict[str, Any]:
    properties = {"Type": "String", "Value": value, **others}
    return {"Type": "AWS::SSM::Parameter", "Properties": properties}


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stacks]:
    """The stacks of an emulator as it was released."""
    with emulated(tmp_path_factory.mktemp("untouched"), untouched=True) as cloud:
        yield Stacks(cloud)


@pytest.mark.parametrize("resource_type", UNKNOWN)
def test_unknown_type(resource_type: str, untouched: Stacks) -> None:
    """
    The emulator does not know a resource type that we register.
    """
    with pytest.raises(ClientError) as error:
        untouched.create("Unknown", {"Resource": {"Type": resource_type}})
    assert f"Unrecognized resource types: [{resource_type}]" in str(error.value), (
        f"the emulator knows {resource_type}: compare it with ours, and delete the worse one"
    )


def test_secret_is_referred_to_by_name(untouched: Stacks) -> None:
    """
    Ref of a secret gives its name.
    """
    secret = {"Type": "AWS::SecretsManager::Secret", "Properties": {"Name": "key"}}
    stack = untouched.create(
        "Secret", {"Secret": secret}, Outputs={"Ref": {"Value": {"Ref": "Secret"}}}
    )
    (output,) = stack["Outputs"]
    assert output["OutputValue"] == "key", "delete workarounds.return_the_arn_of_a_secret"


def test_secret_is_not_generated(untouched: Stacks) -> None:
    """
    A secret that Secrets Manager generates with the default settings has no value.
    """
    properties = {"GenerateSecretString": {}, "Name": "generated"}
    secret = {"Type": "AWS::SecretsManager::Secret", "Properties": properties}
    stack = untouched.create("Generated", {"Secret": secret})
    assert stack["StackStatus"] == "CREATE_COMPLETE"
    found = untouched.cloud.client("secretsmanager").get_secret_value(SecretId="generated")
    assert not found.get("SecretString"), "delete workarounds.generate_secrets"


def test_network_has_no_range(untouched: Stacks) -> None:
    """
    Fn::GetAtt of the CIDR block of a VPC fails.
    """
    vpc = {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}}
    value = {"Value": {"Fn::GetAtt": ["Vpc", "CidrBlock"]}}
    stack = untouched.create("Network", {"Vpc": vpc}, Outputs={"Range": value})
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE", (
        "delete workarounds.return_the_range_of_a_network"
    )


def test_endpoint_has_no_names(untouched: Stacks) -> None:
    """
    An interface endpoint has no DNS names.
    """
    properties = {
        "ServiceName": "com.amazonaws.us-west-2.ivs.contribute",
        "VpcEndpointType": "Interface",
        "VpcId": {"Ref": "Vpc"},
    }
    resources = {
        "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}},
        "Endpoint": {"Type": "AWS::EC2::VPCEndpoint", "Properties": properties},
    }
    untouched.create("Endpoint", resources)
    found = untouched.cloud.client("ec2").describe_vpc_endpoints()["VpcEndpoints"]
    assert [each.get("DnsEntries", []) for each in found] == [[]], (
        "delete workarounds.return_the_names_of_an_endpoint"
    )


def test_alarm_of_metric_math_is_refused(untouched: Stacks) -> None:
    """
    An alarm of several metrics is refused.
    """
    stack = untouched.create("Alarm", {"Alarm": ALARM})
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE", (
        "delete workarounds.take_alarms_of_metric_math, and read the metrics back in a rehearsal"
    )


def test_changed_reference_is_not_seen(untouched: Stacks) -> None:
    """
    A change set does not have a resource in which only the name of a referenced resource changes.
    """

    def resources(referenced: str) -> dict[str, Any]:
        user = _parameter({"Fn::GetAtt": [referenced, "Value"]})
        return {"One": _parameter("1"), "Two": _parameter("2"), "User": user}

    untouched.create("Reference", resources("One"))
    other = {**resources("One"), "User": _parameter("2")}
    assert untouched.changes("Reference", other) == ["User"]
    changes = untouched.changes("Reference", resources("Two"))
    assert changes == [], "delete workarounds.see_changed_references"


def test_simulation_takes_no_context(untouched: Stacks) -> None:
    """
    A permission with a condition is denied, whatever the request has.
    """
    client = untouched.cloud.client("iam")
    client.create_role(RoleName="signer", AssumeRolePolicyDocument=_policy(TRUST))
    condition = {"StringEquals": {"kms:MessageType": "DIGEST"}}
    allowed = {"Effect": "Allow", "Action": "kms:Sign", "Resource": "*", "Condition": condition}
    client.put_role_policy(RoleName="signer", PolicyName="sign", PolicyDocument=_policy(allowed))
    role = f"arn:aws:iam::{ACCOUNT}:role/signer"
    digest = {"kms:MessageType": "DIGEST"}
    assert not untouched.cloud.neighbors.allows(role, "kms:Sign", "*", digest), (
        "delete workarounds.simulate_with_context"
    )


def _policy(statement: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def test_what_a_failed_answer_names_is_not_deleted(untouched: Stacks) -> None:
    """
    A custom resource that fails, and says what it has created, is not asked to delete that.
    """

    def resources(value: str) -> dict[str, Any]:
        function = {
            "Code": {"ZipFile": FAILING},
            "Handler": "index.handle",
            "Role": ROLE,
            "Runtime": "python3.14",
        }
        properties = {"ServiceToken": {"Fn::GetAtt": ["Function", "Arn"]}, "Value": value}
        return {
            "Function": {"Type": "AWS::Lambda::Function", "Properties": function},
            "Custom": {"Type": "Custom::Failing", "Properties": properties},
        }

    untouched.create("Failing", resources("good"))
    stack = untouched.update("Failing", resources("bad"))
    assert stack["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    found = untouched.cloud.client("ssm").describe_parameters()["Parameters"]
    deleted = [each["Name"] for each in found if each["Name"].startswith("deleted-")]
    assert deleted == [], "the emulator cleans up what failed: delete delete_what_failed()"


def test_resource_that_does_not_change_has_events(untouched: Stacks) -> None:
    """
    In an update, resources that do not change have events too.
    """
    untouched.create("Unchanged", {"Same": _parameter("1"), "Other": _parameter("1")})
    untouched.update("Unchanged", {"Same": _parameter("1"), "Other": _parameter("2")})
    assert Event("Same", "UPDATE_COMPLETE") in untouched.events("Unchanged"), (
        "the events of an update say what changed: assert them in cycle.py, and delete the "
        "comparison of properties in main.ask_before_each"
    )


def test_refused_new_resource_of_an_update_failed_to_update(untouched: Stacks) -> None:
    """
    In an update, a new resource that is refused is shown as one that failed to be updated.
    """
    untouched.cloud.client("ssm").put_parameter(Name="taken", Type="String", Value="1")
    untouched.create("Refused", {"Old": _parameter("1")})
    new = _parameter("1", Name="taken")
    stack = untouched.update("Refused", {"Old": _parameter("1"), "New": new})
    assert stack["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert Event("New", "UPDATE_FAILED") in untouched.events("Refused"), (
        "refused new resources are shown as CREATE_FAILED: assert it in Cycle._refuse_update"
    )


def test_deletion_goes_on_after_a_failure(cloud: Cloud) -> None:
    """
    What a resource needs is deleted although the deletion of the resource failed.
    """
    stacks = Stacks(cloud)
    channel = {"Type": "AWS::IVS::Channel", "DependsOn": "Needed"}
    stacks.create("Failing", {"Needed": _parameter("1"), "Channel": channel})
    cloud.ivs.live.add(cloud.ivs.only("Channel").arn)
    assert stacks.delete("Failing")["StackStatus"] == "DELETE_FAILED"
    assert Event("Needed", "DELETE_COMPLETE") in stacks.events("Failing"), (
        "a deletion stops where it fails: assert in test_permissions.py that the channel is left"
    )
    cloud.ivs.live.clear()


def test_permissions_are_not_enforced(untouched: Stacks) -> None:
    """
    A role without a policy may call everything.
    """
    document = json.dumps({"Version": "2012-10-17", "Statement": [TRUST]})
    untouched.cloud.client("iam").create_role(RoleName="nobody", AssumeRolePolicyDocument=document)
    session = untouched.cloud.client("sts").assume_role(RoleArn=ROLE, RoleSessionName="any")
    nobody = boto3.client(
        "ssm",
        aws_access_key_id=session["Credentials"]["AccessKeyId"],
        aws_secret_access_key=session["Credentials"]["SecretAccessKey"],
        aws_session_token=session["Credentials"]["SessionToken"],
        endpoint_url=untouched.cloud.neighbors.endpoint,
        region_name=REGION,
    )
    try:
        nobody.describe_parameters()
    except ClientError as error:
        pytest.fail(
            f"permissions are enforced ({error}): say so in the docs. Neighbors.allows stays for "
            "the calls to Amazon IVS",
            pytrace=False,
        )


def test_replaced_after_deletion_is_not_brought_back(cloud: Cloud) -> None:
    """
    Where a resource is deleted before the one that replaces it, a roll-back leaves none. AWS
    creates it again.
    """
    stacks = Stacks(cloud)
    channels = {name: {"Type": "AWS::IVS::Channel"} for name in ("One", "Two")}

    def key(channel: str) -> dict[str, Any]:
        arn = {"Fn::GetAtt": [channel, "Arn"]}
        return {"Type": "AWS::IVS::StreamKey", "Properties": {"ChannelArn": arn}}

    stacks.create("Key", {**channels, "Key": key("One")})
    cloud.provisioning.refused = {"Refused"}
    refused = {**_parameter("1"), "DependsOn": "Key"}
    stack = stacks.update("Key", {**channels, "Key": key("Two"), "Refused": refused})
    assert stack["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert cloud.ivs.of_kind("StreamKey") == [], (
        "the emulator deletes before it replaces: register create-only properties also where "
        "deletes_first says so, and delete the replacement in Provisioning.answer"
    )
