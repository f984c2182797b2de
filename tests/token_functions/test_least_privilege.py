"""What the roles of the functions may do, by a simulator that knows nothing of this library."""

from __future__ import annotations

import pytest
from aws_cdk import Stack
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs

from tests.support.arns import ACCOUNT
from tests.support.kms import KEY_ARN
from tests.support.simulation import Request, decisions
from tests.token_functions.construct_parts import KINDS, ROOM_ARN, STAGE_ARN, statements_of

GROUP = "arn:aws:logs:us-west-2:123456789012:log-group:tokens"
OF_KEY = [
    {
        "Action": "kms:*",
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
        "Resource": "*",
    }
]
DIGEST = {"kms:MessageType": "DIGEST", "kms:SigningAlgorithm": "ECDSA_SHA_384"}
SIGN = Request("kms:Sign", KEY_ARN, context=DIGEST)
GET_STAGE, CHAT = Request("ivs:GetStage", STAGE_ARN), Request("ivschat:CreateChatToken", ROOM_ARN)
LOG = [Request("logs:PutLogEvents", f"{GROUP}:log-stream:one")]
FORBIDDEN = [
    Request("kms:Sign", KEY_ARN, context={**DIGEST, "kms:MessageType": "RAW"}),
    Request("kms:Sign", f"{KEY_ARN[:-1]}f", context=DIGEST),
    Request("kms:GetPublicKey", KEY_ARN),
    Request("ivs:GetStage", f"{STAGE_ARN[:-1]}0"),
    Request("ivs:DeleteStage", STAGE_ARN),
    Request("ivschat:CreateChatToken", f"{ROOM_ARN[:-1]}0"),
    Request("ivschat:SendEvent", ROOM_ARN),
    Request("logs:PutLogEvents", "arn:aws:logs:us-west-2:123456789012:log-group:b:log-stream:a"),
    Request("logs:GetLogEvents", f"{GROUP}:log-stream:one"),
]
ALLOWED = {"playback": [SIGN], "participant": [SIGN, GET_STAGE], "chat": [CHAT]}


@pytest.mark.parametrize("kind", KINDS)
def test_a_function_may_do_what_it_does_and_nothing_else(located_stack: Stack, kind: str) -> None:
    """
    It signs digests with its key, reads its stages, creates tokens for its rooms, and logs.
    """
    group = logs.LogGroup.from_log_group_arn(located_stack, "Group", GROUP)
    of_kind = {} if kind == "chat" else {"signing_key": located_stack_key(located_stack)}
    function = KINDS[kind](located_stack, log_group=group, **of_kind)
    statements = located_stack.resolve(statements_of(function))
    allowed = [*ALLOWED[kind], *LOG]
    others = [request for request in (SIGN, GET_STAGE, CHAT) if request not in allowed]
    done = decisions(statements, [*allowed, *others, *FORBIDDEN], of_resource=[])
    by_key = decisions(statements, [SIGN, *FORBIDDEN[:3]], of_resource=OF_KEY)
    assert by_key == [kind != "chat", False, False, False]
    without_key = [
        is_allowed
        for request, is_allowed in zip([*allowed, *others, *FORBIDDEN], done, strict=True)
        if not request.action.startswith("kms:")
    ]
    expected = len([request for request in allowed if request is not SIGN])
    assert without_key == [True] * expected + [False] * (len(without_key) - expected)


def located_stack_key(stack: Stack) -> kms.IKey:
    """A key of the account."""
    return kms.Key.from_key_arn(stack, "Key", KEY_ARN)
