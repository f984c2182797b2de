package cdk_ivs.rules
import rego.v1

secret_attributes := {"AWS::IVS::StreamKey": "Value", "AWS::IVS::IngestConfiguration": "StreamKey"}

# Where the value of a stream key goes.

keys_read := {[name, row] |
	some type, attribute in secret_attributes
	some name in resources_of_type(type)
	some row in input.resources[name].incomingRefs
	object.get(row, "attr", "") == attribute
}

violation contains finding("IVS-045", name, sprintf("Outputs.%s.Value", [output]), [output]) if {
	some [name, row] in keys_read
	startswith(row.source, "__output__")
	output := trim_prefix(row.source, "__output__")
}

violation contains finding("IVS-046", row.source, row.sourcePath, [shown]) if {
	some [_, row] in keys_read
	shown := shown_in_plain_text(row)
}

shown_in_plain_text(row) := without_intrinsics(row.sourcePath) if {
	patterns_of := plain_text[type_of(row.source)]
	regex.match(patterns_of, row.sourcePath)
}

# What everybody who may describe a resource sees of it.
plain_text := {
	"AWS::AppRunner::Service": `\.RuntimeEnvironmentVariables\.`,
	"AWS::Batch::JobDefinition": `\.Environment\.`,
	"AWS::CloudFormation::Stack": `^Properties\.Parameters\.`,
	"AWS::CodeBuild::Project": `\.EnvironmentVariables\.`,
	"AWS::ECS::TaskDefinition": `\.Environment\.`,
	"AWS::Lambda::Function": `^Properties\.Environment\.`,
	"AWS::SSM::Parameter": `^Properties\.Value`,
	"AWS::Serverless::Function": `^Properties\.Environment\.`,
	"Custom::CrossRegionExportWriter": `^Properties\.WriterProps\.`,
}

without_intrinsics(path) := regex.replace(path, `\.Fn::.*$`, "")

is_stream_key(text) if {
	is_string(text)
	substring(text, 0, 3) in {"sk_", "rt_"}
	regex.match(tables.streamKey, text)
}

# Keys that are written out.
violation contains finding("IVS-045", "", sprintf("Outputs.%s.Value", [output]), [output]) if {
	some output, row in input.outputs
	is_stream_key(row.value)
	not row.value in parameter_defaults
}

parameter_defaults := {parameter["default"] | some parameter in input.parameters; is_string(parameter["default"])}

violation contains finding("IVS-046", name, path, [path]) if {
	some [name, path, value] in texts_shown
	is_stream_key(value)
	not is_chosen_elsewhere(name, path)
}

texts_shown := {[name, path, value] |
	some type in ["AWS::Lambda::Function", "AWS::Serverless::Function"]
	some name in resources_of_type(type)
	variables := input.resources[name].properties.Environment.Variables
	is_plain(variables)
	some key, value in variables
	path := sprintf("Properties.Environment.Variables.%s", [key])
} | {[name, "Properties.Value", value] |
	some name in resources_of_type("AWS::SSM::Parameter")
	value := input.resources[name].properties.Value
}

violation contains finding("IVS-047", "", sprintf("Parameters.%s.Default", [name]), [name]) if {
	some name, parameter in input.parameters
	is_stream_key(parameter["default"])
}
