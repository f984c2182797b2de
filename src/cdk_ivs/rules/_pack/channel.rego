package cdk_ivs.rules
import rego.v1

channel_of_key := {name: identity(name, "Properties.ChannelArn") |
	some name in resources_of_type("AWS::IVS::StreamKey")
}

violation contains finding("IVS-001", name, "Properties.ChannelArn", [others]) if {
	some name, channel in channel_of_key
	before := [other |
		some other, its_channel in channel_of_key
		other < name
		its_channel == channel
		not may_exclude(other, name)
	]
	count(before) > 0
	others := concat(", ", [sprintf("'%s'", [other]) | some other in before])
}

presets_of_types := {"ADVANCED_SD", "ADVANCED_HD"}

violation contains finding("IVS-002", name, "Properties.Preset", [preset, shown]) if {
	some name in resources_of_type("AWS::IVS::Channel")
	has(name, "Preset")
	# A type that is written out is that of all cases.
	not input.resources[name].properties.Type in presets_of_types
	not is_chosen_elsewhere(name, "Properties.Type")
	not is_chosen_elsewhere(name, "Properties.Preset")
	some properties in cases(name, ["Type", "Preset"])
	preset := properties.Preset
	is_string(preset)
	preset != ""
	shown := shown_type(properties)
	not shown in presets_of_types
}

# The default of the service is STANDARD.
shown_type(properties) := "no type, which means STANDARD" if is_absent(properties, ["Type"])

shown_type(properties) := properties.Type if is_string(properties.Type)

multitrack_cases(name) := [properties |
	has(name, "MultitrackInputConfiguration")
	some properties in cases(name, ["Type", "ContainerFormat", "MultitrackInputConfiguration"])
	multitrack := properties.MultitrackInputConfiguration
	is_plain(multitrack)
	is_yes(multitrack.Enabled)
	not is_chosen_elsewhere(name, "Properties.MultitrackInputConfiguration.Enabled")
]

violation contains finding("IVS-003", name, "Properties.MultitrackInputConfiguration.Enabled", [type]) if {
	some name in resources_of_type("AWS::IVS::Channel")
	some properties in multitrack_cases(name)
	not is_chosen_elsewhere(name, "Properties.Type")
	type := properties.Type
	is_string(type)
	type != "STANDARD"
}

violation contains finding("IVS-004", name, "Properties.MultitrackInputConfiguration", [concat(", ", sort(missing))]) if {
	some name in resources_of_type("AWS::IVS::Channel")
	some properties in multitrack_cases(name)
	multitrack := properties.MultitrackInputConfiguration
	missing := {companion | some companion in ["Policy", "MaximumResolution"]; is_absent(multitrack, [companion])} |
		{companion | some companion in ["ContainerFormat"]; is_other_container(name, properties)}
	count(missing) > 0
}

is_other_container(_, properties) if is_absent(properties, ["ContainerFormat"])

is_other_container(name, properties) if {
	is_string(properties.ContainerFormat)
	properties.ContainerFormat != "FRAGMENTED_MP4"
	not is_chosen_elsewhere(name, "Properties.ContainerFormat")
}

violation contains finding("IVS-005", name, "Properties.InsecureIngest", []) if {
	some name in resources_of_type("AWS::IVS::Channel")
	has(name, "InsecureIngest")
	not is_chosen_elsewhere(name, "Properties.InsecureIngest")
	some properties in cases(name, ["InsecureIngest"])
	is_yes(properties.InsecureIngest)
}

is_authorized(name) if {
	has(name, "Authorized")
	not is_chosen_elsewhere(name, "Properties.Authorized")
	some properties in cases(name, ["Authorized"])
	is_yes(properties.Authorized)
}

violation contains finding("IVS-006", name, "Properties.Authorized", []) if {
	count(resources_of_type("AWS::IVS::PlaybackKeyPair")) == 0
	some name in resources_of_type("AWS::IVS::Channel")
	is_authorized(name)
}

# UpdateChannel attaches what CloudFormation cannot. It is called by the custom resource of this
# library, or by one of the CDK's for calls to the API.
callers := array.concat(
	[name | some name, resource in input.resources; not startswith(resource.resourceType, "AWS::")],
	resources_of_type("AWS::CloudFormation::CustomResource"),
)

attaching(operation) := {[name, channel] |
	some name in callers
	resource := input.resources[name]
	resource.properties.Operation == operation
	channel := resource_of(resource.properties.ResourceArn)
	type_of(channel) == "AWS::IVS::Channel"
}

calling(parameter) := {[name, channel] |
	some name in callers
	resource := input.resources[name]
	some key in ["Create", "Update"]
	text := json.marshal(resource.properties[key])
	contains(lower(text), "updatechannel")
	contains(text, parameter)
	not is_detached(text, parameter)
	some row in resource.outgoingRefs
	startswith(row.sourcePath, sprintf("Properties.%s", [key]))
	channel := row.target
	type_of(channel) == "AWS::IVS::Channel"
}

# An empty text detaches what is attached.
is_detached(text, parameter) if regex.match(sprintf(`%s[\\\\]*"\s*:\s*[\\\\]*"[\\\\]*"`, [parameter]), text)

attachments := {
	"ad configuration": attaching("AttachAdConfiguration") | calling("adConfigurationArn"),
	"failover slate configuration": attaching("AttachFailoverSlateConfiguration") | calling("failoverSlateConfigurationArn"),
	"playback restriction policy": attaching("AttachPlaybackRestrictionPolicy") | calling("playbackRestrictionPolicyArn"),
}

violation contains finding("IVS-007", name, "Properties", [channel]) if {
	some [name, channel] in attachments["playback restriction policy"]
	is_authorized(channel)
}

violation contains finding("IVS-008", name, "Properties", [channel]) if {
	some [name, channel] in attachments["ad configuration"]
	not is_chosen_elsewhere(channel, "Properties.ContainerFormat")
	some properties in cases(channel, ["ContainerFormat"])
	properties.ContainerFormat == "FRAGMENTED_MP4"
}

violation contains finding("IVS-056", name, "Properties", [channel, kind, others]) if {
	some kind, pairs in attachments
	some [name, channel] in pairs
	before := [other |
		some [other, its_channel] in pairs
		other < name
		its_channel == channel
		not may_exclude(other, name)
	]
	count(before) > 0
	others := concat(", ", [sprintf("'%s'", [other]) | some other in before])
}

rendition_cases(name) := [configuration |
	has(name, "RenditionConfiguration")
	not is_chosen_elsewhere(name, "Properties.RenditionConfiguration.RenditionSelection")
	some properties in cases(name, ["RenditionConfiguration"])
	configuration := properties.RenditionConfiguration
	is_plain(configuration)
]

violation contains finding("IVS-009", name, "Properties.RenditionConfiguration.Renditions", [selection]) if {
	some name in resources_of_type("AWS::IVS::RecordingConfiguration")
	some configuration in rendition_cases(name)
	is_array(configuration.Renditions)
	count(configuration.Renditions) > 0
	selection := shown_or_default(configuration, "RenditionSelection", "ALL")
	selection != "CUSTOM"
}

violation contains finding("IVS-010", name, "Properties.RenditionConfiguration.RenditionSelection", []) if {
	some name in resources_of_type("AWS::IVS::RecordingConfiguration")
	some configuration in rendition_cases(name)
	configuration.RenditionSelection == "CUSTOM"
	object.get(configuration, "Renditions", []) in [[], null]
}

shown_or_default(properties, key, _) := properties[key] if is_string(properties[key])

shown_or_default(properties, key, default_value) := default_value if is_absent(properties, [key])

# Of channels thumbnails are recorded by default, of stages they are not.
thumbnails(name) := [row |
	type_of(name) == "AWS::IVS::RecordingConfiguration"
	has(name, "ThumbnailConfiguration")
	some properties in cases(name, ["ThumbnailConfiguration"])
	row := {
		"path": "Properties.ThumbnailConfiguration",
		"thumbnails": properties.ThumbnailConfiguration, "mode": "INTERVAL",
	}
]

stage_thumbnails(name) := [row |
	type_of(name) == "AWS::IVS::Stage"
	has(name, "AutoParticipantRecordingConfiguration")
	some properties in cases(name, ["AutoParticipantRecordingConfiguration"])
	recorded := properties.AutoParticipantRecordingConfiguration
	is_plain(recorded)
	row := {
		"path": "Properties.AutoParticipantRecordingConfiguration.ThumbnailConfiguration",
		"thumbnails": recorded.ThumbnailConfiguration, "mode": "DISABLED",
	}
]

violation contains finding("IVS-011", name, concat(".", [row.path, key]), [key, mode]) if {
	some type in ["AWS::IVS::RecordingConfiguration", "AWS::IVS::Stage"]
	some name in resources_of_type(type)
	some row in array.concat(thumbnails(name), stage_thumbnails(name))
	is_plain(row.thumbnails)
	not is_chosen_elsewhere(name, concat(".", [row.path, "RecordingMode"]))
	mode := shown_or_default(row.thumbnails, "RecordingMode", row.mode)
	mode == "DISABLED"
	some key in ["Resolution", "Storage", "TargetIntervalSeconds"]
	object.get(row.thumbnails, key, null) != null
}

violation contains finding("IVS-012", name, "Properties.PublicKeyMaterial", []) if {
	some type in ["AWS::IVS::PlaybackKeyPair", "AWS::IVS::PublicKey"]
	some name in resources_of_type(type)
	not is_chosen_elsewhere(name, "Properties.PublicKeyMaterial")
	some properties in cases(name, ["PublicKeyMaterial"])
	material := properties.PublicKeyMaterial
	is_string(material)
	not startswith(material, "{{resolve:")
	not is_public_key(material)
}

is_public_key(material) if {
	found := regex.find_all_string_submatch_n(
		`^\s*-----BEGIN PUBLIC KEY-----\r?\n([A-Za-z0-9+/=\r\n]+)\r?\n-----END PUBLIC KEY-----\s*$`,
		material, 1,
	)
	text := regex.replace(found[0][1], `[\r\n]`, "")
	some form in tables.publicKeys
	startswith(text, form.prefix)
	count(text) == form.length
}

violation contains finding("IVS-013", name, sprintf("Properties.AllowedCountries.%d", [i]), [country]) if {
	some name in resources_of_type("AWS::IVS::PlaybackRestrictionPolicy")
	not is_chosen_elsewhere(name, "Properties.AllowedCountries")
	some properties in cases(name, ["AllowedCountries"])
	is_array(properties.AllowedCountries)
	some i, country in properties.AllowedCountries
	is_string(country)
	not country in tables.countries
}

violation contains finding("IVS-014", name, sprintf("Properties.AllowedOrigins.%d", [i]), [origin]) if {
	some name in resources_of_type("AWS::IVS::PlaybackRestrictionPolicy")
	not is_chosen_elsewhere(name, "Properties.AllowedOrigins")
	some properties in cases(name, ["AllowedOrigins"])
	is_array(properties.AllowedOrigins)
	some i, origin in properties.AllowedOrigins
	is_string(origin)
	not is_origin(origin)
}

is_origin(text) if {
	regex.match(tables.origin, text)
	not regex.match(`^(?:https:.*:443|http:.*:80)$`, text)
}
