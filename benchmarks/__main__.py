"""
Measures this library against alpha and the L1s: messages, time, memory, import.

Run it with ``python -m benchmarks``. What it prints is Markdown.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
from collections import defaultdict

from . import tables
from .children import Children, Outcome, compiled_children, node_version
from .libraries import ALPHA, BARE, L1, OURS
from .rules import CFN_LINT, WAYS, lint_seconds, write_templates
from .rules import OURS as RULES
from .scale import ROUNDS, print_scale

HAND = "by hand"
LIBRARIES = (OURS, ALPHA, L1)
SIZES = (1, 100, 200)
STACKS = (1, 10, 50)
TEMPLATES = (1, 100)
RUNS = 5
PAIRS = 15

Outcomes = dict[str, list[Outcome]]


def main() -> None:
    """Measure, and print a section as soon as it is known."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--runs", type=int, default=RUNS, help="runs of each program (default: %(default)s)"
    )
    parser.add_argument(
        "--quick", action="store_true", help="one run with one channel: shows that it works"
    )
    parser.add_argument(
        "--scale", action="store_true", help="only build up to 10,000 channels: about 10 minutes"
    )
    options = parser.parse_args()
    sizes, runs = ((1,), 1) if options.quick else (SIZES, options.runs)
    with compiled_children() as children:
        if options.scale:
            _warm_up(children)
            print_scale(children, {1: 1} if options.quick else ROUNDS)
            return
        _print_counts(children)
        if not options.quick:
            _warm_up(children)
        _print_imports(children, runs)
        _print_tokens(children, runs, 1 if options.quick else PAIRS)
        _print_apps(children, sizes, runs)
        _print_recordings(children, runs)
        _print_rules(children, (1,) if options.quick else STACKS, 1 if options.quick else PAIRS)
        _print_linters(
            children, (1, 2) if options.quick else TEMPLATES, 1 if options.quick else PAIRS
        )
        _print_memory(children, max(sizes))
        if options.quick:
            print_scale(children, {1: 1})


def _print_recordings(children: Children, runs: int) -> None:
    times: dict[str, list[float]] = {OURS: [], HAND: []}
    for run in range(runs):
        ways = tuple(times) if run % 2 == 0 else tuple(times)[::-1]
        for way in ways:
            with children.assembly() as assembly:
                times[way].append(children.run("recordings", way, assembly).seconds)
    _print_section(
        "Whole process: recordings that are watched over CloudFront",
        f"A channel and a stage with a `RecordingDelivery`. {HAND}: the same resources with the "
        f"CDK's constructs and L1s of IVS. {_spread(runs)} A ratio is that of two runs of the same "
        "round.",
        tables.table(
            ["", "time", f"ratio to {HAND}"],
            [
                [way, tables.seconds(found), tables.ratio(found, times[HAND])]
                for way, found in times.items()
            ],
        ),
    )


def _print_rules(children: Children, sizes: tuple[int, ...], pairs: int) -> None:
    times: dict[tuple[int, bool], list[float]] = defaultdict(list)
    for size in sizes:
        for run in range(pairs):
            for rules in (False, True) if run % 2 == 0 else (True, False):
                with children.assembly() as assembly:
                    outcome = children.run("rules", size, rules, assembly)
                times[size, rules].append(outcome.seconds)
    _print_section(
        "Whole process: an app with `IvsValidation`",
        "Stacks with a channel and a stage whose recordings are watched, built, synthesized and "
        f"validated, with the IVS rules and without. {_spread(pairs)} A ratio is that of two runs "
        "of the same round.",
        tables.table(
            ["stacks", "without", "with", "ratio"],
            [
                [
                    size,
                    *(tables.seconds(times[size, rules]) for rules in (False, True)),
                    tables.ratio(times[size, True], times[size, False]),
                ]
                for size in sizes
            ],
        ),
    )


def _print_linters(children: Children, sizes: tuple[int, int], pairs: int) -> None:
    times: dict[tuple[int, tuple[str, ...]], list[float]] = defaultdict(list)
    with children.assembly() as folder:
        templates = write_templates(folder, max(sizes))
        for run in range(pairs):
            for size in sizes:
                for way in WAYS if run % 2 == 0 else WAYS[::-1]:
                    seconds = lint_seconds(way, templates[:size], children.environment)
                    times[size, way].append(seconds)
    few, many = sizes
    further = [
        (more - less) / (many - few)
        for less, more in zip(times[few, RULES], times[many, RULES], strict=True)
    ]
    _print_section(
        "Whole process: `python -m cdk_ivs.rules` and cfn-lint",
        f"The same templates of 11 resources, in YAML. {_spread(pairs)} A ratio is that of two "
        f"runs of the same round. Each further template takes {tables.milliseconds(further)}.",
        tables.table(
            ["templates", "cdk_ivs.rules", "cfn-lint", "times as fast"],
            [
                [
                    size,
                    *(tables.seconds(times[size, way]) for way in WAYS),
                    tables.ratio(times[size, CFN_LINT], times[size, RULES]),
                ]
                for size in sizes
            ],
        ),
    )


def _print_memory(children: Children, channels: int) -> None:
    retained = {
        library: children.run("memory", library, channels).report["retained"]
        for library in (*LIBRARIES, BARE)
    }
    _print_section(
        "Python's memory that channels with stream keys keep",
        f"Traced bytes that {channels} of them leave allocated (`tracemalloc`), which jsii never "
        f"frees. {BARE}: constructs in Python with the same L1s and nothing else.",
        tables.table(
            ["", "bytes a channel", f"{L1} = 1", f"{BARE} = 1"],
            [
                [
                    library,
                    round(kept / channels),
                    *(f"{kept / retained[other]:.2f}" for other in (L1, BARE)),
                ]
                for library, kept in retained.items()
            ],
        ),
    )


def _print_section(title: str, text: str, table: str) -> None:
    print(f"### {title}\n\n{text}\n\n{table}\n", flush=True)


def _print_counts(children: Children) -> None:
    report = children.run("counts", *LIBRARIES).report
    versions = {"Python": platform.python_version(), "Node": node_version()} | report["versions"]
    used = ", ".join(f"{name} {version}" for name, version in versions.items())
    print(f"{used}; {platform.system()}, {os.cpu_count()} CPUs.\n")
    counts = report["counts"]
    _print_section(
        "Messages from Python to JavaScript",
        "Exact. Each waits for its answer; an answer to a callback counts too.",
        tables.table(
            ["", *LIBRARIES],
            [
                [row, *(counts[library].get(row, "-") for library in LIBRARIES)]
                for row in counts[OURS]
            ],
        ),
    )


def _warm_up(children: Children) -> None:
    """Fill the caches of the disk, of bytecode and of jsii."""
    for library in LIBRARIES:
        children.run("import", library)
        with children.assembly() as assembly:
            children.run("app", library, 1, assembly)


def _in_turn(run: int) -> tuple[str, ...]:
    """The libraries, each run with another one first."""
    first = run % len(LIBRARIES)
    return LIBRARIES[first:] + LIBRARIES[:first]


def _print_imports(children: Children, runs: int) -> None:
    outcomes: Outcomes = defaultdict(list)
    for run in range(runs):
        for library in _in_turn(run):
            outcomes[library].append(children.run("import", library))
    _print_section(
        "Import after `import aws_cdk`",
        f"Bytecode compiled. {_spread(runs)}",
        tables.table(
            ["", "time", "messages", "large CDK modules loaded"],
            [
                [
                    library,
                    tables.milliseconds([one.report["seconds"] for one in outcomes[library]]),
                    outcomes[library][0].report["messages"],
                    ", ".join(outcomes[library][0].report["heavy"]) or "none",
                ]
                for library in LIBRARIES
            ],
        ),
    )


def _print_tokens(children: Children, runs: int, pairs: int) -> None:
    report = children.run("tokens", pairs).report
    times = report["times"]
    imports = tables.milliseconds([children.import_seconds("ivs_tokens") for _ in range(runs)])
    starts = tables.milliseconds([children.cold_start_seconds() for _ in range(runs)])
    requests = 1_000_000 * statistics.median(report["requests"])
    ours = next(iter(times.values()))
    _print_section(
        "Tokens",
        f"Signed in turn in one process, with the same key; processor time. {_spread(pairs)} "
        "A ratio is that of two runs of the same round. `import ivs_tokens` takes "
        f"{imports} in a fresh process (`-X importtime`). The code of a token function takes "
        f"{starts} of processor time to import, without boto3 and without bytecode, as in "
        f"Lambda. A request for a cached token takes the function {requests:.0f} µs.",
        tables.table(
            ["", "tokens a second", "times as fast: `ivs_tokens`"],
            [
                [row, tables.per_second(found), "1" if found is ours else tables.ratio(found, ours)]
                for row, found in times.items()
            ],
        ),
    )


def _print_apps(children: Children, sizes: tuple[int, ...], runs: int) -> None:
    outcomes: dict[int, Outcomes] = {size: defaultdict(list) for size in sizes}
    for run in range(runs):
        for size in sizes:
            for library in _in_turn(run):
                with children.assembly() as assembly:
                    outcome = children.run("app", library, size, assembly)
                outcomes[size][library].append(outcome)
    rows = []
    for size in sizes:
        times = {
            library: [outcome.seconds for outcome in outcomes[size][library]]
            for library in LIBRARIES
        }
        for library in LIBRARIES:
            reports = [outcome.report for outcome in outcomes[size][library]]
            rows.append(
                [
                    f"{library}, {size}",
                    tables.seconds(times[library]),
                    *(
                        tables.ratio(times[library], times[other]) if other != library else "1"
                        for other in (ALPHA, L1)
                    ),
                    *(
                        tables.mebibytes([report[process] for report in reports])
                        for process in ("python", "node")
                    ),
                ]
            )
    _print_section(
        "Whole process: channels with stream keys, built and synthesized",
        f"From start to exit, each in a fresh process, in turn. {_spread(runs)} A ratio is that "
        "of two runs of the same round. Memory is the peak resident set (`getrusage`).",
        tables.table(
            [
                "channels",
                "time",
                f"ratio to {ALPHA}",
                f"ratio to {L1}",
                "Python's memory",
                "Node's memory",
            ],
            rows,
        ),
    )


def _spread(runs: int) -> str:
    return f"Median of {runs}, in brackets the lowest and the highest."


if __name__ == "__main__":
    main()
