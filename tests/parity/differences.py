"""
Where this library differs from alpha on purpose: the one table, which the page on alpha shows.

For every other input that alpha renders and IVS accepts the templates are the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from aws_cdk import Aws, Duration, Fn, PhysicalName, Token

from tests.support.arns import arn
from tests.support.keys import PRIVATE_PEM

from . import shown
from .shown import Show

RENDERS = "renders"
RAISES = "raises"


@dataclass(frozen=True)
class Example:
    """
    An input that shows a difference.

    Attributes:
        show: Gives the input.
        ours: What is shown with this library: a value, RENDERS, or RAISES and the code.
        alpha: What is shown with alpha: a value, RENDERS, or RAISES.
    """

    show: Show
    ours: object
    alpha: object = RENDERS


@dataclass(frozen=True)
class Difference:
    """
    One row of the table: the input, what each library does with it, why, and what shows it.
    """

    given: str
    alpha: str
    ours: str
    why: str
    examples: tuple[Example, ...]


def markdown_table() -> str:
    """The table for the page on alpha."""
    rows = (f"| {row.given} | {row.alpha} | {row.ours} | {row.why} |" for row in DIFFERENCES)
    return "\n".join(("| input | `aws_ivs_alpha` | `cdk_ivs` | why |", "|---|---|---|---|", *rows))


_SECONDS = Duration.seconds(Token.as_number({"Ref": "Seconds"}))

DIFFERENCES = (
    Difference(
        "`recording_configuration_id` of a `RecordingConfiguration`",
        "`Ref`, which is the ARN",
        "the ID, taken from the ARN",
        "the name says so, and so do imports",
        (
            Example(
                shown.recording(lambda made: made.stack.resolve(made.recording_configuration_id)),
                {
                    "Fn::Select": [
                        1,
                        {"Fn::Split": ["/", {"Fn::GetAtt": ["Recording2AAEC332", "Arn"]}]},
                    ]
                },
                {"Ref": "Recording2AAEC332"},
            ),
        ),
    ),
    Difference(
        "`env` of a reference by ARN",
        "the environment of the stack",
        "the environment of the ARN",
        "the resource is there",
        (Example(shown.region_of_import, "eu-central-1", "us-west-2"),),
    ),
    Difference(
        "`preset` without `type`",
        "renders",
        "raises `PresetWithoutType`",
        "without a type, the type is STANDARD, which refuses a preset",
        (Example(shown.preset(None), "raises PresetWithoutType", 0),),
    ),
    Difference(
        "`preset` with type STANDARD or BASIC",
        "renders an empty preset",
        "renders the same, with a warning",
        "the preset has no effect",
        (Example(shown.preset("STANDARD"), 1, 0), Example(shown.preset("BASIC"), 1, 0)),
    ),
    Difference(
        "`insecure_ingest=True`",
        "renders",
        "renders the same, with a warning",
        "the stream key travels unencrypted",
        (Example(shown.channel(shown.warnings_of, insecure_ingest=True), 1, 0),),
    ),
    Difference(
        "name of a channel or a key pair over 128 characters",
        "renders",
        "raises `Name`",
        "IVS refuses it",
        (
            Example(shown.channel(channel_name="x" * 129), "raises Name"),
            Example(shown.key_pair(playback_key_pair_name="x" * 129), "raises Name"),
        ),
    ),
    Difference(
        "a second stream key for a channel, or for a channel that was imported twice",
        "renders",
        "raises `SecondStreamKey`",
        "a channel has at most one",
        (
            Example(shown.two_stream_keys, "raises SecondStreamKey"),
            Example(shown.keys_of_two_imports, "raises SecondStreamKey"),
        ),
    ),
    Difference(
        "`stream_key_value` in an output with an export name, or in another stack",
        "renders",
        "raises `SecretInOtherStack` at synthesis",
        "it would be in plain text in an output, an export or a parameter",
        (
            Example(shown.exported_secret, "raises SecretInOtherStack"),
            Example(shown.secret_in_a_nested_stack, "raises SecretInOtherStack"),
        ),
    ),
    Difference(
        "`stream_key_value` in an output",
        "renders",
        "renders the same, with a warning",
        "everyone who can describe the stack can read it",
        (Example(shown.secret_in_an_output, 1, 0),),
    ),
    Difference(
        "`authorized=True` in an app without a playback key pair",
        "renders",
        "renders the same, with a warning",
        "IVS could not verify any viewer token",
        (Example(shown.channel(shown.warnings_at_synth_of, authorized=True), 1, 0),),
    ),
    Difference(
        "a stream key for a channel that has a stream key of the other library, or an L1 "
        "`CfnStreamKey`",
        "renders",
        "raises `SecondStreamKey` at synthesis, unless one of them has a condition",
        "a channel has at most one",
        (Example(shown.key_beside_level_1, "raises SecondStreamKey"),),
    ),
    Difference(
        "an aspect or an escape hatch sets a value that a constructor of this library refuses",
        "renders",
        "raises the error of the constructor at synthesis, such as `PresetWithoutType`",
        "the deployment would fail",
        (Example(shown.preset_by_escape_hatch, "raises PresetWithoutType"),),
    ),
    Difference(
        "two stream keys, of which CloudFormation conditions keep one",
        "renders",
        "raises `SecondStreamKey`",
        "the check runs before you can add a condition; create the other key as an L1 "
        "`CfnStreamKey` with a condition",
        (Example(shown.conditional_keys, "raises SecondStreamKey"),),
    ),
    Difference(
        "`public_key_material` that is not the PEM of a P-384 public key",
        "renders",
        "raises `PublicKey`",
        "IVS refuses it at deployment, and a private key must not be in a template",
        (
            Example(shown.key_pair(public_key_material="abc"), "raises PublicKey"),
            Example(shown.key_pair(public_key_material=PRIVATE_PEM), "raises PublicKey"),
        ),
    ),
    Difference(
        "bucket in another account or Region, or ARN of a recording configuration or channel there",
        "renders",
        "raises `Environment`",
        "IVS refuses it at deployment",
        (
            Example(shown.recording_to_imported(region="us-east-1"), "raises Environment"),
            Example(shown.recording_to_imported(account="210987654321"), "raises Environment"),
            Example(
                shown.recording_by_arn(arn("recording-configuration/abc", region="us-east-1")),
                "raises Environment",
            ),
            Example(
                shown.channel_by_arn(arn("channel/abc", region="us-east-1")), "raises Environment"
            ),
        ),
    ),
    Difference(
        "`RenditionConfiguration.custom([])`",
        "renders",
        "raises `RenditionsMissing`",
        "CUSTOM needs at least one rendition",
        (Example(shown.renditions(), "raises RenditionsMissing"),),
    ),
    Difference(
        "a rendition or a storage twice",
        "renders",
        "raises `Duplicate`",
        "CloudFormation refuses it",
        (
            Example(shown.renditions("HD", "SD", "HD"), "raises Duplicate"),
            Example(shown.thumbnails(None, "LATEST", "LATEST"), "raises Duplicate"),
        ),
    ),
    Difference(
        "ARN of another resource, or malformed ARN",
        "renders most",
        "raises `Arn`",
        "the deployment would fail",
        (
            Example(shown.recording_by_arn("a/b"), "raises Arn"),
            Example(shown.recording_by_arn(arn("channel/abc")), "raises Arn"),
            Example(shown.channel_by_arn("arn:aws:ivs:::channel/abc"), "raises Arn"),
            Example(shown.channel_by_arn(arn("channel/abc/def")), "raises Arn"),
        ),
    ),
    Difference(
        "`from_recording_configuration_id` with a malformed ID",
        "renders",
        "raises `ResourceId`",
        "the deployment would fail",
        (Example(shown.recording_by_id, "raises ResourceId"),),
    ),
    Difference(
        "an L1 construct, or a construct of another class, as `recording_configuration`",
        "renders a channel that does not record",
        "records with the L1 construct, raises `ArgumentType` for other classes",
        "an error is better than a silent omission",
        (
            Example(shown.recording_of_level_1, [{"Ref": "Recording"}], [None]),
            Example(shown.recording_of_channel, "raises ArgumentType", [None]),
        ),
    ),
    Difference(
        "property injector that returns nothing, or an unknown name or value",
        "ignores it, or renders it unchanged",
        "raises `ArgumentType`",
        "an error is better than a silent omission",
        (
            Example(shown.injected(None), "raises ArgumentType", [None, None]),
            Example(shown.injected({"unknown": 1}), "raises ArgumentType", [None, None]),
            Example(shown.injected({"latencyMode": "X"}), "raises ArgumentType", [None, "X"]),
        ),
    ),
    Difference(
        "property injector that returns Python names (`latency_mode`)",
        "ignores them",
        "accepts them",
        "a Python user expects it",
        (Example(shown.injected({"latency_mode": "LOW"}), [None, "LOW"], [None, None]),),
    ),
    Difference(
        "property injector added after a construct of the class was created in the scope, if "
        "the injector does not read `PROPERTY_INJECTION_ID`",
        "works for the constructs created after it",
        "raises `LateInjector` at synthesis",
        "the library looks for injectors again only after the ID was read, because each look costs "
        "a message",
        (Example(shown.injected_late, "raises LateInjector", ["LOW"]),),
    ),
    Difference(
        "value of `PROPERTY_INJECTION_ID`",
        "`@aws-cdk.aws-ivs-alpha.Channel`",
        "`cdk-ivs.Channel`",
        "the ID names the class; injectors that use the constant need no change",
        (Example(shown.injection_id, "cdk-ivs.Channel", "@aws-cdk.aws-ivs-alpha.Channel"),),
    ),
    Difference(
        "`AWS::CDK::Metadata` and the construct classes in `tree.json`",
        "name alpha's classes",
        "name `aws-cdk-lib.Resource`",
        "the CDK names only its own classes; `cdk diff` leaves the metadata out",
        (Example(shown.analytics, ours=False, alpha=True),),
    ),
    Difference(
        'text of an enum\'s member, as in `f"{LatencyMode.LOW}"`',
        "`LatencyMode.LOW`",
        "`LOW`",
        "enums are `StrEnum`; in a construct ID, write `LatencyMode.LOW.name`",
        (
            Example(
                shown.ids_of_members,
                ["ChannelLOW", "ChannelNORMAL"],
                ["ChannelLatencyMode.LOW", "ChannelLatencyMode.NORMAL"],
            ),
        ),
    ),
    Difference(
        "error for an input that both refuse",
        "`RuntimeError` or `TypeError`",
        "`ValidationError`, which is a `ValueError`, and a `TypeError` too for a wrong type",
        "you catch one class, with a code",
        (Example(shown.kind_of_error, True, False),),
    ),
    Difference(
        "an L1 construct as the `channel` of a `StreamKey`",
        "raises at synthesis",
        "renders",
        "it accepts any `IChannelRef`",
        (Example(shown.key_of_level_1, RENDERS, RAISES),),
    ),
    Difference(
        "token as ARN in `RecordingConfiguration.from_arn`",
        "raises",
        "renders",
        "CloudFormation takes the ID from the ARN",
        (
            Example(shown.recording_by_arn(Fn.import_value("Arn")), RENDERS, RAISES),
            Example(
                shown.recording_by_arn(
                    f"arn:aws:ivs:{Aws.REGION}:{Aws.ACCOUNT_ID}:recording-configuration/abc"
                ),
                RENDERS,
                RAISES,
            ),
        ),
    ),
    Difference(
        "token for the seconds of a window or an interval",
        "raises",
        "renders",
        "the value is known at deployment",
        (
            Example(shown.recording(recording_reconnect_window=_SECONDS), RENDERS, RAISES),
            Example(shown.thumbnails(_SECONDS), RENDERS, RAISES),
        ),
    ),
    Difference(
        "property injector written in Python for `StreamKey`, and a key added to an imported "
        "channel",
        "raises",
        "renders",
        "the scope is a construct that jsii knows",
        (Example(shown.injected_key_of_import, RENDERS, RAISES),),
    ),
    Difference(
        "`PhysicalName.GENERATE_IF_NEEDED` for a construct other than a channel",
        "raises",
        "renders",
        "it works for channels",
        (
            Example(
                shown.key_pair(playback_key_pair_name=PhysicalName.GENERATE_IF_NEEDED),
                RENDERS,
                RAISES,
            ),
            Example(
                shown.recording(recording_configuration_name=PhysicalName.GENERATE_IF_NEEDED),
                RENDERS,
                RAISES,
            ),
        ),
    ),
    Difference(
        'value of an enum\'s member as text (`type="BASIC"`)',
        "raises",
        "renders",
        "it is unambiguous",
        (Example(shown.channel(type="BASIC"), RENDERS, RAISES),),
    ),
)
"""The rows. What IVS accepts comes first, what only alpha refuses last."""
