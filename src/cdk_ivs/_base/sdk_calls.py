"""
What CloudFormation cannot do, done by calls to the service's API.

By the CDK's own AwsCustomResource, whose function is made once a stack. Nothing that the API
answers is logged, and only what is asked for leaves the function.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aws_cdk.custom_resources import AwsCustomResource
    from constructs import Construct


# The clients of the SDK for JavaScript, and the prefixes of their actions in policies.
_PREFIXES = {"IVS": "ivs", "IVSRealTime": "ivs", "Ivschat": "ivschat"}


class SdkCall:
    """
    A call of an action of the service's API on one resource.

    Args:
        action: The action, in the form of its method in JavaScript (``updateChannel``).
        parameters: The parameters of the action.
        ignore: The names of errors that count as success.
        outputs: The paths in the answer that are kept. The rest, which may hold secrets, is not.
        service: The client of the SDK for JavaScript, without ``Client``.
    """

    def __init__(
        self,
        action: str,
        parameters: Mapping[str, object],
        *,
        ignore: Sequence[str] = (),
        outputs: Sequence[str],
        service: str = "IVS",
    ) -> None:
        self.action = action
        self.parameters = parameters
        self.ignore = ignore
        self.outputs = outputs
        self.service = service


def call_sdk(
    scope: Construct,
    id: str,
    *,
    resource_arn: str,
    resource_type: str,
    on_update: SdkCall,
    on_delete: SdkCall | None = None,
    latest_sdk: bool = False,
) -> AwsCustomResource:
    """
    Make a resource that calls the service's API when it is created or changed, and deleted.

    It may call these actions on the one resource and nothing else. Its physical id is made of
    the ARN of that resource and its own id: another resource is another call, a changed
    parameter an update in place.

    Args:
        scope: The scope in which the resource is made.
        id: The id of the resource.
        resource_arn: The ARN of the resource that the calls are about.
        resource_type: The type of the custom resource, ``Custom::…``.
        on_update: The call when it is created and when it is changed.
        on_delete: The call when it is deleted. Default: none.
        latest_sdk: Whether the function installs the newest SDK for JavaScript before it calls,
            which takes about a minute. For parameters that are younger than the SDK of Lambda,
            which drops what it does not know without a word.
    """
    # Here and not above: import cdk_ivs must not load them.
    from aws_cdk import aws_iam as iam
    from aws_cdk import custom_resources as cr

    def render(call: SdkCall) -> cr.AwsSdkCall:
        return cr.AwsSdkCall(
            service=call.service,
            action=call.action,
            parameters=dict(call.parameters),
            ignore_error_codes_matching=f"^({'|'.join(call.ignore)})$" if call.ignore else None,
            output_paths=list(call.outputs),
            physical_resource_id=cr.PhysicalResourceId.of(f"{resource_arn}#{id}"),
            logging=cr.Logging.with_data_hidden(),
        )

    actions = {
        f"{_PREFIXES[call.service]}:{call.action[0].upper()}{call.action[1:]}"
        for call in (on_update, on_delete)
        if call is not None
    }
    return cr.AwsCustomResource(
        scope,
        id,
        resource_type=resource_type,
        on_update=render(on_update),
        on_delete=render(on_delete) if on_delete is not None else None,
        policy=cr.AwsCustomResourcePolicy.from_statements(
            [iam.PolicyStatement(actions=sorted(actions), resources=[resource_arn])]
        ),
        install_latest_aws_sdk=latest_sdk,
        # Enough to install it. The first resource decides for the function of the whole stack.
        memory_size=512,
    )
