"""The rules about channels, their keys, recordings and viewers."""

from __future__ import annotations

from .rule import LOW_LATENCY, LOW_LATENCY_API, error, warning

RULES = (
    error(
        "IVS-001",
        "A channel has one stream key",
        "the channel of this stream key has another one, %v, and a channel can have only one: "
        "leave all but one out",
        why="IVS refuses to create a second stream key for a channel, so the deployment fails.",
        fix="Keep one `AWS::IVS::StreamKey` for each channel. Create another channel for a second "
        "encoder.",
        source=f"{LOW_LATENCY}/service-quotas.html",
    ),
    error(
        "IVS-002",
        "A preset needs a channel of an advanced type",
        "Preset %v needs Type ADVANCED_SD or ADVANCED_HD, got %v: change the type, or remove the "
        "preset",
        why="Only channels of the types ADVANCED_SD and ADVANCED_HD have a transcode preset. IVS "
        "refuses a preset on channels of the types STANDARD, which is the default, and BASIC.",
        fix="Set `Type` to `ADVANCED_SD` or `ADVANCED_HD`, or remove `Preset`.",
        source=f"{LOW_LATENCY_API}/API_CreateChannel.html",
    ),
    error(
        "IVS-003",
        "Multitrack input needs a channel of type STANDARD",
        "multitrack input needs Type STANDARD, got %v: change the type, or disable multitrack "
        "input",
        why="IVS accepts several tracks from an encoder on channels of type STANDARD only.",
        fix="Set `Type` to `STANDARD`, or set `MultitrackInputConfiguration.Enabled` to `false`.",
        source=f"{LOW_LATENCY}/multitrack-video-setup.html",
    ),
    error(
        "IVS-004",
        "Multitrack input needs a policy, a maximum resolution and fragmented MP4",
        "multitrack input needs Policy, MaximumResolution and ContainerFormat FRAGMENTED_MP4: "
        "set %v",
        why="These properties have no defaults that work with multitrack input, so IVS refuses "
        "the channel.",
        fix="Set `Policy` and `MaximumResolution` in `MultitrackInputConfiguration`, and set the "
        "`ContainerFormat` of the channel to `FRAGMENTED_MP4`.",
        source=f"{LOW_LATENCY}/multitrack-video-setup.html",
    ),
    warning(
        "IVS-005",
        "A channel does not accept insecure ingest",
        "InsecureIngest lets encoders send the video and the stream key unencrypted: remove it, "
        "and send over RTMPS, or over SRT with a passphrase",
        why="Anyone on the network path can read the stream key, and can then stream to your "
        "channel.",
        fix="Remove `InsecureIngest`, and use RTMPS, or SRT with a passphrase. Acknowledge the "
        "finding if an encoder supports neither.",
        source=f"{LOW_LATENCY_API}/API_CreateChannel.html",
    ),
    warning(
        "IVS-006",
        "An authorized channel has a key pair",
        "viewers of an authorized channel need tokens, and this template has no "
        "AWS::IVS::PlaybackKeyPair that verifies them: add one, or acknowledge this finding if "
        "the account has one",
        why="IVS verifies the tokens of viewers with the playback key pairs of the account. "
        "Without a key pair, no one can watch the channel.",
        fix="Add an `AWS::IVS::PlaybackKeyPair`. Acknowledge the finding if another stack of the "
        "account has one.",
        source=f"{LOW_LATENCY}/private-channels-create-key.html",
    ),
    error(
        "IVS-007",
        "A playback restriction policy is attached to a public channel",
        "playback restriction policies work with public channels only, and channel '%v' is "
        "authorized: restrict viewers in their tokens, or make the channel public",
        why="IVS applies playback restriction policies to public channels only. The tokens of an "
        "authorized channel have their own restrictions.",
        fix="Set `Authorized` to `false`. Or detach the policy, and restrict origins in the "
        "tokens.",
        source=f"{LOW_LATENCY}/undesired-content.html",
    ),
    error(
        "IVS-008",
        "A channel with ads delivers MPEG-TS",
        "an ad configuration cannot be attached to channel '%v', whose ContainerFormat is "
        "FRAGMENTED_MP4: use TS",
        why="IVS refuses an ad configuration on a channel that delivers fragmented MP4. A channel "
        "with multitrack input therefore cannot have ads.",
        fix="Set `ContainerFormat` to `TS`, or remove the attachment.",
        source=f"{LOW_LATENCY}/server-side-ad-insertion.html",
    ),
    error(
        "IVS-009",
        "A list of renditions to record needs the selection CUSTOM",
        "Renditions has no effect with RenditionSelection %v, so IVS does not record the "
        "renditions in the list: set RenditionSelection to CUSTOM, or remove Renditions",
        why="IVS reads `Renditions` only if `RenditionSelection` is `CUSTOM`. The default, `ALL`, "
        "records all renditions, which costs more storage than you expect.",
        fix="Set `RenditionSelection` to `CUSTOM`, or remove `Renditions`.",
        source=f"{LOW_LATENCY_API}/API_RenditionConfiguration.html",
    ),
    error(
        "IVS-010",
        "The selection CUSTOM needs a list of renditions",
        "RenditionSelection CUSTOM needs Renditions, got none: list the renditions to record, "
        "or select ALL or NONE",
        why="IVS refuses a custom selection that selects nothing.",
        fix="List the renditions in `Renditions`, or set `RenditionSelection` to `ALL` or `NONE`.",
        source=f"{LOW_LATENCY_API}/API_RenditionConfiguration.html",
    ),
    error(
        "IVS-011",
        "Settings of thumbnails need recorded thumbnails",
        "%v has no effect with RecordingMode %v: set RecordingMode to INTERVAL, or remove it",
        why="With the recording mode DISABLED, IVS records no thumbnails. DISABLED is the default "
        "for the participants of a stage, and INTERVAL is the default for channels.",
        fix="Set `RecordingMode` to `INTERVAL`, or remove the other settings of thumbnails.",
        source=f"{LOW_LATENCY_API}/API_ThumbnailConfiguration.html",
    ),
    error(
        "IVS-012",
        "A public key is a PEM on the curve P-384",
        "PublicKeyMaterial must be the PEM of a public key on the curve P-384 (secp384r1): "
        "create the pair with 'openssl ecparam -name secp384r1 -genkey -noout', and use the "
        "output of 'openssl ec -pubout'",
        why="IVS verifies tokens with ES384, which needs a key on this curve. CloudFormation does "
        "not check the key, so another one fails at deployment.",
        fix="Create the private key with `openssl ecparam -name secp384r1 -genkey -noout`, and use "
        "the output of `openssl ec -pubout`.",
        source=f"{LOW_LATENCY}/private-channels-create-key.html",
    ),
    error(
        "IVS-013",
        "A playback restriction policy names countries that exist",
        "'%v' is not an officially assigned country code of ISO 3166-1 alpha-2: use codes such "
        "as US or DE",
        why="A code that no country has admits no viewers. A common mistake is UK in place of GB.",
        fix="Use the codes of ISO 3166-1 alpha-2, in upper case.",
        source=f"{LOW_LATENCY_API}/API_CreatePlaybackRestrictionPolicy.html",
    ),
    error(
        "IVS-014",
        "A playback restriction policy names origins",
        "'%v' is not an origin: write the scheme, the host in lower case and a port other than "
        "the default, as in 'https://example.com' or 'https://*.example.com', and nothing after "
        "them",
        why="IVS compares each value with the `Origin` header of a request. A browser sends no "
        "path, no default port and no upper-case letters in it, so other values admit no viewers.",
        fix="Write origins as browsers send them, such as `https://example.com`.",
        source=f"{LOW_LATENCY_API}/API_CreatePlaybackRestrictionPolicy.html",
    ),
    error(
        "IVS-056",
        "A channel has one configuration of a kind attached",
        "channel '%v' can have only one %v, and %v attaches another one: remove all but one",
        why="Each attachment replaces the one before it. CloudFormation decides which one is "
        "last, and deleting any of them leaves the channel with none.",
        fix="Attach one playback restriction policy, one ad configuration and one failover slate "
        "configuration to a channel. A policy can list all countries and origins.",
        source=f"{LOW_LATENCY_API}/API_UpdateChannel.html",
    ),
)
