"""What every update goes through, and what must hold in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from aws_cdk import App, Stack

from tests.rehearsal.cycle import unprotected
from tests.rehearsal.emulation import Cloud
from tests.rehearsal.generated.building import LAST, add_last, build
from tests.rehearsal.generated.driving import Driver
from tests.rehearsal.generated.expecting import check, loses
from tests.rehearsal.generated.plans import Plan
from tests.rehearsal.generated.states import differences, state
from tests.rehearsal.inventory import Item, inventory, kinds_of, remove
from tests.rehearsal.service.interruption import How, Interruption
from tests.support.service import RECORDING

NAME = "Generated"
# The highest message rate that CloudFormation accepts.
CLOUDFORMATION_RATE = 10
_NUMBERS = count()
# How many events there are for a change, about.
_EVENTS = 1.5
# How many calls functions make in an update, about.
_CALLS = 8


@dataclass(frozen=True, kw_only=True)
class Moment:
    """
    When something fails.

    Attributes:
        update: The part of the update that is over, from 0 to 1.
        in_function: Whether it is a call of a function that fails, if there is one.
        how: How a call of a function fails.
        retry: The part of the calls of functions in the second attempt, of which the response of
            one is lost.
        destruction: The same for the destruction.
    """

    update: float
    in_function: bool
    how: How
    retry: int
    destruction: int


@dataclass
class Update:
    """
    An update of a stack.

    Attributes:
        cloud: The account, which is empty.
        folder: For cloud assemblies.
        old: The stack as it is created.
        new: The stack as it is updated.
        moment: When something fails.
        counts: What happened, counted.
    """

    cloud: Cloud
    folder: Path
    old: Plan
    new: Plan
    moment: Moment
    counts: Counter[str]
    driver: Driver = field(init=False)

    def __post_init__(self) -> None:
        """Begin with nothing."""
        self.driver = Driver(self.cloud, NAME)

    def run(self) -> None:
        """Go through all steps."""
        self.counts["updates"] += 1
        at_first = inventory(self.cloud)
        with self._step("creation"):
            self.driver.prepare(self._synthesize(self.old))
            assert self.driver.execute() == "CREATE_COMPLETE", self.driver.reasons()
            self._check(self.old)
        with self._step("failed update"):
            if not self._fail():
                return
        with self._step("update"):
            self._update()
        with self._step("same again"):
            assert self.driver.prepare(self._synthesize(self.new)) == []
        with self._step("destruction"):
            self._destroy(at_first)

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        try:
            yield
        except BaseException as error:
            error.add_note(f"in the step: {name}")
            interruption = self.cloud.ivs.interruption
            if interruption is not None:
                error.add_note(f"failed was: {interruption}")
            raise

    def _fail(self) -> bool:
        """
        A failed update leaves the old state, and no moment without protection.

        The framework of the CDK ignores the deletion of a custom resource whose creation failed. If
        the service does what it is asked, answers with an error, and is unavailable until the
        function gives up, then it is not undone, as the docs say. CloudFormation leaves what
        the service does not let it delete in a rollback.

        Returns:
            Whether that was not so.
        """
        before = state(self.driver)
        changes = self.driver.prepare(self._synthesize(self.new, add_last))
        events = _CALLS if self.moment.in_function else len(changes) * _EVENTS
        interruption = Interruption(
            int(self.moment.update * events), self.moment.how, calls_only=self.moment.in_function
        )
        self.cloud.ivs.interruption = interruption
        self.cloud.provisioning.refused = {LAST}
        since = len(self.cloud.ivs.changes)
        with self._watched() as values:
            status = self.driver.execute()
        assert status == "UPDATE_ROLLBACK_COMPLETE", self.driver.reasons()
        self.counts[_name(interruption)] += 1
        self.cloud.provisioning.refused.clear()
        is_new = interruption.resource not in before["resources"]
        if not interruption.in_function and str(interruption.happened).startswith("Delete"):
            self.counts["known limit: CloudFormation cannot delete what it created"] += 1
            return False
        if interruption.how is How.LOST and interruption.in_function and is_new:
            self.counts["known limit: lost in the creation of a custom resource"] += 1
            return False
        found = differences(self._known_limit(before), self._known_limit(state(self.driver)))
        assert found == [], "\n".join(found)
        self._assert_protected(since, before, failed=True)
        assert all(len(each) == 1 for each in values.values()), values
        self.cloud.ivs.interruption = None
        self._check(self.old, by_api=False)
        return True

    def _update(self) -> None:
        """The update goes through, also if the response to a call is lost."""
        before = state(self.driver)
        changes = self.driver.prepare(self._synthesize(self.new))
        if not changes:
            self.counts["without changes"] += 1
            return
        since = len(self.cloud.ivs.changes)
        self.cloud.ivs.interruption = Interruption(
            self.moment.retry, How.LOST_ONCE, calls_only=True
        )
        assert self.driver.execute() == "UPDATE_COMPLETE", self.driver.reasons()
        self._assert_protected(since, before, failed=False)
        self._count_lost()
        self._check(self.new)

    def _destroy(self, at_first: set[Item]) -> None:
        """The destruction leaves only what is retained."""
        self.cloud.ivs.interruption = Interruption(
            self.moment.destruction, How.LOST_ONCE, calls_only=True
        )
        template = self.driver.formation.get_template(StackName=NAME)["TemplateBody"]
        self.driver.destroy()
        self._count_lost()
        assert self.cloud.ivs.state() == {}
        assert self.cloud.provisioning.playback_configurations == {}
        left = inventory(self.cloud) - at_first
        assert Counter(item.kind for item in left) == kinds_of(template, retained=True)
        remove(self.cloud, left)

    def _count_lost(self) -> None:
        interruption = self.cloud.ivs.interruption
        if interruption is not None and interruption.happened:
            self.counts["responses lost in updates that went through"] += 1
        self.cloud.ivs.interruption = None

    def _check(self, plan: Plan, *, by_api: bool = True) -> None:
        """The state is what the plan says. A rotation that failed is tried again, as AWS does."""
        others = self.cloud.provisioning.others
        outputs = self.cloud.outputs(NAME)
        if "RotatedSecretArn" in outputs:
            secret = outputs["RotatedSecretArn"]
            (function,) = (
                id
                for name, (kind, id) in self.driver.resources().items()
                if kind == "AWS::Lambda::Function" and name.startswith("StreamKeyRotation")
            )
            if others.rotations[-1].error:
                self.counts["rotations that failed"] += 1
                others.rotate(secret, function)
                assert others.rotations[-1].error == ""
            (key,) = (
                each
                for each in self.cloud.ivs.of_kind("StreamKey")
                if each.details["channelArn"] == outputs["RotatedChannelArn"]
            )
            assert others.value(secret) == key.details["value"]
        check(self.cloud, outputs, plan, by_api=by_api)

    def _assert_protected(self, since: int, before: dict[str, Any], *, failed: bool) -> None:
        """No resource that was there before, and stays, lost what both plans have."""
        stays = before["ivs"].keys() & self.cloud.ivs.resources.keys()
        lost = [
            change
            for change in unprotected(self.cloud.ivs.changes[since:])
            if change.arn in stays and not loses(change.name, self.old, self.new, failed=failed)
        ]
        assert lost == []

    @contextmanager
    def _watched(self) -> Iterator[dict[str, set[str | None]]]:
        """The values that secrets of stream keys have before each call of IVS, and at the end."""
        others = self.cloud.provisioning.others
        secrets = [
            id
            for name, (kind, id) in self.driver.resources().items()
            if kind == "AWS::SecretsManager::Secret" and "Rotation" not in name
        ]
        values = {secret: {others.value(secret)} for secret in secrets}

        def watch() -> None:
            for secret in secrets:
                values[secret].add(others.value(secret))

        self.cloud.ivs.watch = watch
        try:
            yield values
            watch()
        finally:
            self.cloud.ivs.watch = None

    def _known_limit(self, found: dict[str, Any]) -> dict[str, Any]:
        """
        A state without what the docs say is not rolled back.

        CloudFormation rolls back only resources that it came to. If it has changed a stage or a
        room, and not yet the custom resource that sets what CloudFormation cannot, then it sets the
        stage or room back without that.
        """
        stage, room = self.old.stage, self.old.room
        for details in found["ivs"].values():
            if stage is not None and stage.storage and (stage.none or not stage.replicas):
                for name in ("mediaTypes", "recordParticipantReplicas"):
                    details.get(RECORDING, {}).pop(name, None)
            if room is not None and (room.rate or 0) > CLOUDFORMATION_RATE:
                details.pop("maximumMessageRatePerSecond", None)
        if any(name == "StreamKeyRotation" for name, _ in self.old.patterns):
            # The value is another after a rotation. It is compared with the key.
            found["services"].pop("secretsmanager", None)
        return found

    def _synthesize(self, plan: Plan, change: Callable[[Stack], None] | None = None) -> Path:
        app = App(outdir=str(self.folder / f"{next(_NUMBERS)}"), analytics_reporting=False)
        stack = Stack(app, NAME)
        build(stack, plan)
        if change is not None:
            change(stack)
        return Path(app.synth().directory)


def _name(interruption: Interruption) -> str:
    if not interruption.happened:
        return "failed at the last resource"
    if interruption.in_function:
        return f"failed in a function: {interruption.how.value}"
    calls = interruption.happened.startswith(("Create", "Update", "Delete", "Import", "Tag"))
    return f"failed at {'a call of CloudFormation' if calls else 'a resource'}"
