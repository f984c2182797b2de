package cdk_ivs.rules
import rego.v1

# What has to be in the account and the Region of the stack.
local_paths := {
	"AWS::IVS::Channel": [["RecordingConfigurationArn"]],
	"AWS::IVS::IngestConfiguration": [["StageArn"]],
	"AWS::IVS::RecordingConfiguration": [["DestinationConfiguration", "S3", "BucketName"]],
	"AWS::IVS::Stage": [["AutoParticipantRecordingConfiguration", "StorageConfigurationArn"]],
	"AWS::IVS::StorageConfiguration": [["S3", "BucketName"]],
	"AWS::IVS::StreamKey": [["ChannelArn"]],
	"AWS::IVSChat::LoggingConfiguration": [
		["DestinationConfiguration", "CloudWatchLogs", "LogGroupName"],
		["DestinationConfiguration", "Firehose", "DeliveryStreamName"],
		["DestinationConfiguration", "S3", "BucketName"],
	],
	"AWS::IVSChat::Room": [["LoggingConfigurationIdentifiers"], ["MessageReviewHandler", "Uri"]],
	"Custom::IVSChannelAttachment": [["ResourceArn"], ["Value"]],
}

# Branches are left alone: a template for several Regions may choose by them.
local_values := [{"name": name, "key": key, "path": place[0], "value": place[1]} |
	some type, paths in local_paths
	some name in resources_of_type(type)
	condition_of(name) == null
	some keys in paths
	value := object.get(input.resources[name].properties, keys, null)
	value != null
	is_elsewhere(value)
	key := keys[count(keys) - 1]
	path := concat(".", array.concat(["Properties"], keys))
	some place in places(path, value)
]

# Resources of the stack are where it is, except for what the CDK reads from other Regions.
is_elsewhere(value) if not value["__ref"]

is_elsewhere(value) if type_of(value["__ref"]) == "Custom::CrossRegionExportReader"

places(path, value) := [[path, value]] if not is_array(value)

places(path, value) := items if {
	is_array(value)
	items := [[sprintf("%s.%d", [path, i]), item] | some i, item in value]
}

# The accounts of playback configurations alone are to be that of the stack.
playback_configurations := [{"name": name, "key": key, "path": path, "value": configuration[key]} |
	some name in resources_of_type("AWS::IVS::AdConfiguration")
	condition_of(name) == null
	key := "PlaybackConfigurationArn"
	some i, configuration in items_of(object.get(input.resources[name].properties, "MediaTailorPlaybackConfigurations", []))
	is_plain(configuration)
	path := sprintf("Properties.MediaTailorPlaybackConfigurations.%d.%s", [i, key])
]

# Where each of them is, as far as that is written out.
located := [object.union(row, {"place": place}) |
	some row in local_values
	place := place_of(row.value)
	not is_computed(row.name, row.path)
]

located_accounts := [object.union(row, {"place": {"account": place_of(row.value).account}}) |
	some row in playback_configurations
	not is_computed(row.name, row.path)
]

place_of(value) := {"Region": parts[3], "account": parts[4]} if {
	is_string(value)
	startswith(value, "arn:")
	parts := split(value, ":")
	count(parts) > 5
}

# What the engine shows of Fn::GetStackOutput.
place_of(value) := {"Region": found[0][1]} if {
	text := value["__dynamic"]
	is_string(text)
	startswith(text, "cross-stack output:")
	found := regex.find_all_string_submatch_n(`^cross-stack output:.* Region="([a-z0-9-]+)"`, text, 1)
	count(found) == 1
}

placed(kind) := [row |
	some row in array.concat(located, located_accounts)
	regex.match(`^(?:[a-z]{2}(?:-[a-z]+)+-[0-9]+|[0-9]{12})$`, object.get(row.place, kind, ""))
]

violation contains finding("IVS-063", row.name, row.path, [row.key, kind, got]) if {
	count(located) + count(located_accounts) > 1
	some kind in ["Region", "account"]
	rows := placed(kind)
	before := min([row.name | some row in rows])
	first := [row | some row in rows; row.name == before][0]
	some row in rows
	row.place[kind] != first.place[kind]
	got := sprintf("%s, but %s of '%s' is in %s", [row.place[kind], first.key, first.name, first.place[kind]])
}

# The CDK reads with it what a stack in another Region exports.
violation contains finding("IVS-063", row.name, row.path, [row.key, "Region", "another Region"]) if {
	some row in local_values
	type_of(resource_of(row.value)) == "Custom::CrossRegionExportReader"
}

# ARNs of IVS, where they are.
arns := [[row.name, row.path, row.value] | some row in local_values; is_string(row.value)]

arns_in_policies := [[row.name, place[0], place[1]] |
	some row in statements
	some place in places(concat(".", [row.path, "Resource"]), object.get(row.statement, "Resource", null))
]

arns_in_patterns := [[name, place[0], place[1]] |
	some [name, path, pattern] in of_ivs
	some place in places(concat(".", [path, "resources"]), object.get(pattern, "resources", null))
]

violation contains finding("IVS-064", name, path, [region, concat(", ", known)]) if {
	some [name, path, value] in array.concat(array.concat(arns, arns_in_policies), arns_in_patterns)
	is_string(value)
	startswith(value, "arn:")
	found := regex.find_all_string_submatch_n(`^arn:[^:]*:(?:ivs|ivschat):([a-z]{2}(?:-[a-z]+)+-[0-9]+):[^:]*:([a-z-]+)/`, value, 1)
	count(found) == 1
	region := found[0][1]
	known := object.get(tables.regionsOfTypes, found[0][2], tables.regions)
	not region in known
	not is_computed(name, path)
}
