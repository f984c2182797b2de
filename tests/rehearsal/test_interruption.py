"""One failure at some moment, without the emulator."""

from __future__ import annotations

import pytest

from tests.rehearsal.service.interruption import How, Interruption
from tests.rehearsal.service.ivs import AmazonIvs
from tests.rehearsal.service.neighbors import Neighbors
from tests.support.service import ServiceError

pytestmark = pytest.mark.newest

ROLE = "arn:aws:iam::123456789012:role/function"


class AllAllowed(Neighbors):
    """Services that let every role do everything."""

    def allows(self, *_: object) -> bool:
        """Allow it."""
        return True


def tried(interruption: Interruption, role: str, *actions: str) -> list[str]:
    """The errors of calls, empty for those that succeed."""
    ivs = AmazonIvs(AllAllowed(), interruption=interruption)
    errors = []
    for action in actions:
        try:
            ivs.answer(action, {}, role=role)
            errors.append("")
        except ServiceError as error:
            errors.append(error.code)
    errors.append(f"{len(ivs.of_kind('Channel'))} channels")
    return errors


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        (How.REFUSED, ["", "ValidationException", "", "2 channels"]),
        (How.LOST_ONCE, ["", "InternalServerException", "", "3 channels"]),
        (How.UNAVAILABLE, ["", "InternalServerException", "InternalServerException", "1 channels"]),
        (How.LOST, ["", "InternalServerException", "InternalServerException", "2 channels"]),
    ],
)
def test_call_of_a_function_fails(how: How, expected: list[str]) -> None:
    """
    The second of three calls fails before or after it takes effect, and the third with it or not.
    """
    interruption = Interruption(1, how)
    assert tried(interruption, ROLE, *["CreateChannel"] * 3) == expected
    assert interruption.happened == "CreateChannel"
    assert interruption.in_function


@pytest.mark.parametrize("how", How)
def test_call_of_cloudformation_is_refused(how: How) -> None:
    """
    A call of CloudFormation is refused however, and later ones are not.
    """
    expected = ["ValidationException", "", "1 channels"]
    interruption = Interruption(0, how)
    assert tried(interruption, "", *["CreateChannel"] * 2) == expected
    assert not interruption.in_function


def test_calls_only() -> None:
    """
    If only calls of functions must fail, resources and calls of CloudFormation do not count.
    """
    interruption = Interruption(0, How.REFUSED, calls_only=True)
    interruption.begin("Resource")
    assert interruption.call("", "CreateChannel") is None
    with pytest.raises(ServiceError):
        interruption.call(ROLE, "CreateChannel")


def test_resource_fails() -> None:
    """
    A resource fails at its turn, and once.
    """
    interruption = Interruption(1, How.LOST)
    interruption.begin("One")
    with pytest.raises(ServiceError):
        interruption.begin("Two")
    interruption.begin("Two")
    assert interruption.happened == "Two"


def test_service_is_available_for_the_next_resource() -> None:
    """
    The service answers functions again when the next resource begins, as the one of a rollback.
    """
    interruption = Interruption(0, How.UNAVAILABLE, calls_only=True)
    for _ in range(2):
        with pytest.raises(ServiceError):
            interruption.call(ROLE, "UpdateChannel")
    interruption.begin("Next")
    assert interruption.call(ROLE, "UpdateChannel") is None


def test_nothing_fails_after_the_end() -> None:
    """
    Nothing fails in a rollback that another failure has begun.
    """
    interruption = Interruption(0, How.REFUSED)
    interruption.end()
    interruption.begin("Resource")
    assert interruption.call(ROLE, "UpdateChannel") is None
    assert interruption.happened == ""
