package cdk_ivs.rules
import rego.v1

# The properties that take an ARN, and of what.
reference_paths := [
	["AWS::IVS::Channel", ["RecordingConfigurationArn"], "AWS::IVS::RecordingConfiguration"],
	["AWS::IVS::IngestConfiguration", ["StageArn"], "AWS::IVS::Stage"],
	["AWS::IVS::Stage", ["AutoParticipantRecordingConfiguration", "StorageConfigurationArn"], "AWS::IVS::StorageConfiguration"],
	["AWS::IVS::StreamKey", ["ChannelArn"], "AWS::IVS::Channel"],
]

# In each case one value, or many with their places in the list.
references := {row |
	some entry in reference_paths
	some name in resources_of_type(entry[0])
	not refers_to(name, entry[1], entry[2])
	path := concat(".", ["Properties", concat(".", entry[1])])
	not is_chosen_elsewhere(name, path)
	some properties in cases(name, [entry[1][0]])
	value := object.get(properties, entry[1], null)
	row := {"name": name, "path": path, "key": entry[1][count(entry[1]) - 1], "type": entry[2], "value": value}
} | {row |
	some name in resources_of_type("AWS::IVSChat::Room")
	not refers_to(name, ["LoggingConfigurationIdentifiers"], "AWS::IVSChat::LoggingConfiguration")
	not is_chosen_elsewhere(name, "Properties.LoggingConfigurationIdentifiers")
	some properties in cases(name, ["LoggingConfigurationIdentifiers"])
	is_array(properties.LoggingConfigurationIdentifiers)
	some i, value in properties.LoggingConfigurationIdentifiers
	row := {
		"name": name, "path": sprintf("Properties.LoggingConfigurationIdentifiers.%d", [i]),
		"key": "LoggingConfigurationIdentifiers", "type": "AWS::IVSChat::LoggingConfiguration", "value": value,
	}
}

# Most do as they should, which takes less time to see than all cases.
refers_to(name, keys, _) if not has(name, keys[0])

refers_to(name, keys, type) if {
	value := object.get(input.resources[name].properties, keys, null)
	every one in as_list(value) {
		input.resources[one["__ref"]].resourceType == type
		one["__kind"] in {"resource", "getatt:Arn"}
	}
}

violation contains finding("IVS-031", row.name, row.path, [row.key, row.type, other]) if {
	some row in references
	target := resource_of(row.value)
	other := type_of(target)
	other != row.type
	has_no_arn_of_ivs(other, attributes(row, target))
}

has_no_arn_of_ivs(type, _) if tables.types[type]

# What stacks, custom resources and other attributes return can be any text.
has_no_arn_of_ivs(type, read) if {
	startswith(type, "AWS::")
	not startswith(type, "AWS::CloudFormation::")
	read == {"Arn"}
}

violation contains finding("IVS-031", row.name, row.path, [row.key, row.type, got]) if {
	some row in references
	target := target_of(row.value)
	type_of(target) == row.type
	read := attributes(row, target)
	count(read) == 1
	not "Arn" in read
	some attribute in read
	got := sprintf("%s.%s", [row.type, attribute])
}

target_of(value) := resource_of(value)

target_of(value) := split(trim_prefix(value["__dynamic"], "Sub:${"), ".")[0] if not resource_of(value)

# What is read of a resource. Cases do not have it.
attributes(row, target) := {object.get(read, "attr", "Arn") |
	some read in input.resources[row.name].outgoingRefs
	read.target == target
	overlap(without_branches(read.sourcePath), row.path)
}

violation contains finding("IVS-031", row.name, row.path, [row.key, row.type, got]) if {
	some row in references
	is_string(row.value)
	startswith(row.value, "arn:")
	not contains(row.value, sprintf(":%s/", [tables.types[row.type]]))
	got := type_of_arn(row.value)
}

type_of_arn(arn) := sprintf("'%s'", [found[0][1]]) if {
	found := regex.find_all_string_submatch_n(`^(?:[^:]*:){5}([^/:]+)`, arn, 1)
	count(found) == 1
}
