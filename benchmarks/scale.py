"""
Channels with stream keys and recordings, spread over stacks of at most 500 resources.

Each channel has a recording configuration of its own, and each stack a bucket. Libraries are
compared in the same run, in turn, and each app is built and synthesized in a fresh process.
"""

from __future__ import annotations

import importlib
import json
import statistics
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from . import tables
from .libraries import ALPHA, L1, MODULES, OURS
from .messages import counted_messages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aws_cdk import Stack

    from .children import Children

LIBRARIES = (OURS, ALPHA, L1)
# The number of channels, and how many times each app is built: all of it takes about 10 minutes.
ROUNDS = {1: 15, 100: 15, 1_000: 3, 10_000: 1}
# CloudFormation's limit of resources in a stack. Three are for each channel, and one is the bucket.
STACK_SIZE = 500
CHANNELS_OF_A_STACK = (STACK_SIZE - 1) // 3
# The rate at which a quantity grows may differ by so much between two ranges.
TOLERANCE = 0.25


class Measured(NamedTuple):
    """
    What one app took.

    Attributes:
        seconds: The time from the start of the process to its end.
        python: The peak memory of Python in bytes.
        node: The peak memory of all processes of Node in bytes.
        messages: The messages from Python to JavaScript.
    """

    seconds: float
    python: int
    node: int
    messages: int


def build_app(
    library: str, channels: int, directory: str, of_a_stack: int = CHANNELS_OF_A_STACK
) -> Counter[str]:
    """
    Build and synthesize the app, and return the number of messages of each kind.

    Args:
        library: The library.
        channels: How many channels.
        directory: The folder of the cloud assembly.
        of_a_stack: How many channels a stack has.
    """
    from aws_cdk import App, Stack

    with counted_messages() as messages:
        app = App(outdir=directory, analytics_reporting=False)
        for number, first in enumerate(range(0, channels, of_a_stack)):
            stack = Stack(app, f"Stack{number}")
            _add_channels(library, stack, range(first, min(first + of_a_stack, channels)))
        app.synth()
    return messages


def _add_channels(library: str, stack: Stack, numbers: Iterable[int]) -> None:
    from aws_cdk import aws_s3

    module = importlib.import_module(MODULES[library])
    bucket = aws_s3.Bucket(stack, "Recordings")
    bucket_name = bucket.bucket_name if library == L1 else ""
    for number in numbers:
        name = f"Channel{number}"
        if library == L1:
            kind = module.CfnRecordingConfiguration
            destination = kind.DestinationConfigurationProperty(
                s3=kind.S3DestinationConfigurationProperty(bucket_name=bucket_name)
            )
            recording = kind(stack, f"{name}Recording", destination_configuration=destination)
            channel = module.CfnChannel(
                stack, name, name=name, recording_configuration_arn=recording.attr_arn
            )
            module.CfnStreamKey(stack, f"{name}Key", channel_arn=channel.attr_arn)
        else:
            recording = module.RecordingConfiguration(stack, f"{name}Recording", bucket=bucket)
            channel = module.Channel(stack, name, recording_configuration=recording)
            channel.add_stream_key("Key")


def check_assembly(directory: str) -> dict[str, int]:
    """
    Count what the templates of the app have.

    Args:
        directory: The folder of the cloud assembly.

    Returns:
        The number of stacks and of resources of each type, the most resources of a stack, and the
        number of warnings.
    """
    found: Counter[str] = Counter()
    for path in Path(directory).glob("*.template.json"):
        resources = json.loads(path.read_text(encoding="utf-8"))["Resources"]
        found["stacks"] += 1
        found["most"] = max(found["most"], len(resources))
        found.update(resource["Type"] for resource in resources.values())
    for path in Path(directory).glob("*.metadata.json"):
        found["warnings"] += path.read_text(encoding="utf-8").count('"aws:cdk:warning"')
    manifest = Path(directory, "manifest.json").read_text(encoding="utf-8")
    found["warnings"] += manifest.count('"aws:cdk:warning"')
    return dict(found)


def rates(values: Mapping[int, float]) -> list[float]:
    """
    How much a quantity grows with each further channel, between each size and the next.

    Args:
        values: The quantity by the number of channels, the fewest first.
    """
    return [(more - less) / (n - m) for (m, less), (n, more) in pairwise(values.items())]


def grows(values: Mapping[int, float]) -> str:
    """
    Say whether a quantity grows linearly, by the rates in the last two ranges.

    Between few channels, the start of the processes is most of the quantity, and its differences
    from run to run are larger than the growth.

    Args:
        values: The quantity by the number of channels, the fewest first.
    """
    *_, before, last = rates(values)
    if before <= 0:
        return "not known: no growth in the range before"
    factor = last / before
    word = (
        "linear"
        if factor <= 1 + TOLERANCE and factor >= 1 - TOLERANCE
        else "faster than linear"
        if factor > 1
        else "slower than linear"
    )
    return f"{word} ({factor:.2f})"


def print_scale(children: Children, rounds: Mapping[int, int]) -> None:
    """
    Measure the apps, and print the tables.

    Args:
        children: They build the apps.
        rounds: The numbers of channels, and how many times each app is built.
    """
    found: dict[int, dict[str, list[Measured]]] = {}
    assemblies: dict[tuple[int, str], dict[str, int]] = {}
    for size, times in rounds.items():
        found[size] = {library: [] for library in LIBRARIES}
        for number in range(times):
            first = number % len(LIBRARIES)
            for library in LIBRARIES[first:] + LIBRARIES[:first]:
                with children.assembly() as assembly:
                    outcome = children.run_group("scale", library, size, assembly)
                    assemblies[size, library] = check_assembly(str(assembly))
                found[size][library].append(
                    Measured(
                        outcome.seconds,
                        outcome.report["python_group"],
                        outcome.report["node_group"],
                        outcome.report["messages"],
                    )
                )
    of_size = ", ".join(f"{size:,}: {times}" for size, times in rounds.items())
    print(
        "### Whole process: channels with stream keys and recordings, over many stacks\n\n"
        "Each channel has its own recording configuration. Stacks have at most "
        f"{STACK_SIZE} resources. Median, in brackets the lowest and the highest. Rounds: "
        f"{of_size}. A ratio is that of two runs of the same round. Memory is the peak of the sum "
        "of the resident sets of all processes, sampled.\n\n"
        f"{tables.table(_HEADER, _rows(found, assemblies))}\n",
        flush=True,
    )
    if len(rounds) > 2:  # noqa: PLR2004 - a rate needs two sizes, and a comparison two rates
        print(
            "Growth with each further channel, between the numbers of channels, and the ratio of "
            f"the last two.\n\n{tables.table(_growth_header(found), _growth_rows(found))}\n",
            flush=True,
        )


_HEADER = (
    "channels",
    "stacks",
    "time",
    f"ratio to {ALPHA}",
    f"ratio to {L1}",
    "messages",
    "Python's memory",
    "Node's memory",
    "warnings",
)


def _rows(
    found: Mapping[int, Mapping[str, Sequence[Measured]]],
    assemblies: Mapping[tuple[int, str], Mapping[str, int]],
) -> Iterable[Sequence[object]]:
    for size, of_library in found.items():
        times = {library: [one.seconds for one in runs] for library, runs in of_library.items()}
        for library, runs in of_library.items():
            assembly = assemblies[size, library]
            yield (
                f"{library}, {size:,}",
                assembly["stacks"],
                tables.seconds(times[library]),
                *(
                    "1" if other == library else tables.ratio(times[library], times[other])
                    for other in (ALPHA, L1)
                ),
                f"{runs[0].messages:,}",
                tables.mebibytes([one.python for one in runs]),
                tables.mebibytes([one.node for one in runs]),
                assembly["warnings"],
            )


def _growth_header(found: Mapping[int, Any]) -> list[str]:
    return ["", *(f"{few:,} to {many:,}" for few, many in pairwise(found)), "growth"]


def _growth_rows(
    found: Mapping[int, Mapping[str, Sequence[Measured]]],
) -> Iterable[Sequence[object]]:
    units = {"seconds": (1000, "ms"), "python": (1 / 1024, "KiB"), "node": (1 / 1024, "KiB")}
    for field, (factor, unit) in units.items():
        for library in LIBRARIES:
            values = {
                size: factor * statistics.median(getattr(one, field) for one in of_library[library])
                for size, of_library in found.items()
            }
            yield (
                f"{library}: {'time' if field == 'seconds' else field.title()}",
                *(f"{rate:.2f} {unit}" for rate in rates(values)),
                grows(values),
            )
