"""
Differences between ministack and CloudFormation, and workarounds for them.

Each workaround has a test in `test_workarounds.py` that fails when ministack no longer needs it.
"""

from __future__ import annotations

from contextvars import ContextVar
from itertools import count
from typing import Any

from ministack.core import iam_evaluator
from ministack.services import iam
from ministack.services.cloudformation import changesets, custom_resource, provisioners, stacks

SECRET = "AWS::SecretsManager::Secret"
ROLE_POLICY = "AWS::IAM::RolePolicy"
INGRESS = "AWS::EC2::SecurityGroupIngress"
# By CloudFormation's schema: all but the description.
INGRESS_CREATE_ONLY = (
    "CidrIp",
    "CidrIpv6",
    "FromPort",
    "GroupId",
    "GroupName",
    "IpProtocol",
    "SourcePrefixListId",
    "SourceSecurityGroupId",
    "SourceSecurityGroupName",
    "SourceSecurityGroupOwnerId",
    "ToPort",
)


def apply() -> None:
    """Apply all of them."""
    return_the_arn_of_a_secret()
    know_role_policies()
    take_alarms_of_metric_math()
    see_changed_references()
    delete_what_failed()
    simulate_with_context()
    generate_secrets()
    return_the_range_of_a_network()
    return_the_names_of_an_endpoint()
    know_rules_of_security_groups()


def return_the_arn_of_a_secret() -> None:
    """Resolve ``Ref`` of a secret to its ARN. ministack resolves it to the name of the secret."""
    handlers = provisioners._RESOURCE_HANDLERS[SECRET]
    create, update, delete = (handlers[name] for name in ("create", "update", "delete"))

    def name_of(id: str) -> str:
        return id.rpartition(":")[2].rpartition("-")[0]

    def create_secret(*arguments: Any) -> tuple[str, dict[str, Any]]:
        _, attributes = create(*arguments)
        return attributes["Arn"], attributes

    def update_secret(id: str, *arguments: Any) -> tuple[str, dict[str, Any]]:
        _, attributes = update(name_of(id), *arguments)
        return attributes["Arn"], attributes

    def delete_secret(id: str, *arguments: Any) -> None:
        delete(name_of(id), *arguments)

    handlers |= {"create": create_secret, "update": update_secret, "delete": delete_secret}


def know_role_policies() -> None:
    """Add the resource type for a policy of a role. ministack does not have it."""

    def put(properties: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        parameters = {name: properties[name] for name in ("RoleName", "PolicyName")}
        document = provisioners.json.dumps(properties["PolicyDocument"])
        _check(iam._put_role_policy(parameters | {"PolicyDocument": document}))
        return f"{properties['PolicyName']}|{properties['RoleName']}", {}

    def create(logical_id: str, properties: dict[str, Any], stack: str) -> tuple[str, dict]:
        return put(properties)

    def update(id: str, old: dict[str, Any], new: dict[str, Any], stack: str) -> tuple[str, dict]:
        return put(new)

    def delete(id: str, properties: dict[str, Any]) -> None:
        name, _, role = id.partition("|")
        iam._delete_role_policy({"RoleName": role, "PolicyName": name})

    handlers = {"create": create, "update": update, "delete": delete}
    provisioners._RESOURCE_HANDLERS[ROLE_POLICY] = handlers
    provisioners._REPLACING_PROPERTIES[ROLE_POLICY] = ("PolicyName", "RoleName")


def take_alarms_of_metric_math() -> None:
    """Accept alarms on several metrics, without the metrics. ministack refuses such alarms."""
    record = provisioners._cw_metric_alarm_record

    def record_any(name: str, properties: dict[str, Any]) -> dict[str, Any]:
        if "Metrics" in properties:
            placeholder = {"MetricName": "Expression", "Namespace": "AWS/Usage", "Metrics": None}
            properties = properties | placeholder
        return record(name, properties)

    provisioners._cw_metric_alarm_record = record_any


def see_changed_references() -> None:
    """
    Compare unresolved templates for a change set.

    ministack does not distinguish ``Fn::GetAtt`` of different resources, and finds no changes.
    """
    changesets._resolve_props_for_diff = lambda template, *others: template


def delete_what_failed() -> None:
    """
    Delete the resources that a custom resource reports in a failed response.

    CloudFormation keeps the physical ID from such a response, and deletes the resource in the
    rollback. ministack ignores the ID.
    """
    failed: dict[tuple[str, str], str] = {}
    deliver, create = custom_resource.deliver_response, stacks._provision_resource
    revert = stacks._revert_update

    def remember(token: str, response: dict[str, Any]) -> bool:
        if response.get("Status") == "FAILED" and response.get("PhysicalResourceId"):
            key = (response["StackId"], response["LogicalResourceId"])
            failed[key] = response["PhysicalResourceId"]
        return deliver(token, response)

    def create_or_delete(
        resource_type: str, logical_id: str, properties: dict[str, Any], stack: str
    ) -> tuple[str, dict[str, Any]]:
        key = (provisioners._cr_stack_id(stack), logical_id)
        # A deletion that failed is none of ours.
        failed.pop(key, None)
        try:
            return create(resource_type, logical_id, properties, stack)
        except Exception:
            if id := failed.pop(key, ""):
                stacks._delete_resource(resource_type, id, properties, stack, logical_id)
            raise

    async def revert_and_clean_up(*places: Any) -> None:
        stack_id, stack, logical_id, resource_type, old, applied, previous, *_, record = places
        new = failed.pop((stack_id, logical_id), old)
        await revert(stack_id, stack, logical_id, resource_type, new, *places[5:])
        for id, properties in {old: previous, new: applied}.items():
            if id != record["PhysicalResourceId"]:
                await stacks.run_reentrant(
                    stacks._delete_resource, resource_type, id, properties, stack, logical_id
                )

    custom_resource.deliver_response = remember
    stacks._provision_resource = create_or_delete
    stacks._revert_update = revert_and_clean_up


def simulate_with_context() -> None:
    """Simulate policies with the context of the request. ministack ignores the context."""
    simulate, evaluate = iam._simulate_principal_policy, iam_evaluator.evaluate
    context: ContextVar[dict[str, str] | None] = ContextVar("context", default=None)

    def simulate_with_entries(parameters: dict[str, Any]) -> Any:
        found, entry = {}, "ContextEntries.member.{}.{}"
        for number in count(1):
            name = iam._p(parameters, entry.format(number, "ContextKeyName"))
            if not name:
                break
            value = entry.format(number, "ContextKeyValues.member.1")
            found[name.lower()] = iam._p(parameters, value)
        token = context.set(found)
        try:
            return simulate(parameters)
        finally:
            context.reset(token)

    def evaluate_with_context(request: Any, *policies: Any) -> Any:
        request.service_context = {**(context.get() or {}), **request.service_context}
        return evaluate(request, *policies)

    iam._IAM_HANDLERS["SimulatePrincipalPolicy"] = simulate_with_entries
    iam_evaluator.evaluate = evaluate_with_context


def generate_secrets() -> None:
    """Generate a secret if the settings of the generation are empty. ministack leaves it empty."""
    handlers = provisioners._RESOURCE_HANDLERS[SECRET]
    create, update = handlers["create"], handlers["update"]

    def filled(properties: dict[str, Any]) -> dict[str, Any]:
        if properties.get("GenerateSecretString") != {}:
            return properties
        return properties | {"GenerateSecretString": {"PasswordLength": 32}}

    def create_filled(
        logical_id: str, properties: dict[str, Any], *others: Any
    ) -> tuple[str, dict[str, Any]]:
        return create(logical_id, filled(properties), *others)

    def update_filled(
        id: str, old: dict[str, Any], new: dict[str, Any], *others: Any
    ) -> tuple[str, dict[str, Any]]:
        return update(id, filled(old), filled(new), *others)

    handlers |= {"create": create_filled, "update": update_filled}


def return_the_range_of_a_network() -> None:
    """Return the CIDR block of a VPC as an attribute. ministack does not."""
    handlers = provisioners._RESOURCE_HANDLERS["AWS::EC2::VPC"]
    create = handlers["create"]

    def create_with_range(
        logical_id: str, properties: dict[str, Any], *others: Any
    ) -> tuple[str, dict[str, Any]]:
        id, attributes = create(logical_id, properties, *others)
        return id, attributes | {"CidrBlock": properties["CidrBlock"]}

    handlers["create"] = create_with_range


def return_the_names_of_an_endpoint() -> None:
    """Return DNS names of an interface endpoint. ministack returns none."""
    attributes = provisioners._ec2_vpc_endpoint_attributes

    def attributes_with_names(endpoint: dict[str, Any]) -> dict[str, Any]:
        if endpoint["VpcEndpointType"] == "Interface":
            service = ".".join(reversed(endpoint["ServiceName"].split(".")))
            name = f"{endpoint['VpcEndpointId']}.{service}.vpce.amazonaws.com"
            # The form that CloudFormation documents: the hosted zone, and the name.
            endpoint["DnsEntries"] = [f"Z0123456789:{name}"]
        return attributes(endpoint)

    provisioners._ec2_vpc_endpoint_attributes = attributes_with_names


def know_rules_of_security_groups() -> None:
    """Add the resource type for an ingress rule of a security group. ministack does not have it."""
    groups = provisioners._ec2._security_groups

    def rules(properties: dict[str, Any]) -> list[dict[str, Any]]:
        return provisioners._ec2_sg_permissions([properties])

    def create(logical_id: str, properties: dict[str, Any], stack: str) -> tuple[str, dict]:
        groups[properties["GroupId"]]["IpPermissions"] += rules(properties)
        id = f"sgr-{abs(hash(repr(sorted(properties.items())))):017x}"
        return id, {"Id": id}

    def delete(id: str, properties: dict[str, Any]) -> None:
        group = groups.get(properties["GroupId"])
        for rule in rules(properties) if group else []:
            if rule in group["IpPermissions"]:
                group["IpPermissions"].remove(rule)

    def update(id: str, old: dict[str, Any], new: dict[str, Any], stack: str) -> tuple[str, dict]:
        delete(id, old)
        create(id, new, stack)
        return id, {"Id": id}

    handlers = {"create": create, "update": update, "delete": delete}
    provisioners._RESOURCE_HANDLERS[INGRESS] = handlers
    provisioners._REPLACING_PROPERTIES[INGRESS] = INGRESS_CREATE_ONLY


def _check(answer: tuple[int, Any, Any]) -> None:
    status, _, body = answer
    if status >= 400:
        raise ValueError(str(body))
