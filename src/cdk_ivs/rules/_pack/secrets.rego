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
	type_of(row.source) in {"AWS::Lambda::Function", "AWS::Serverless::Function"}
	startswith(row.sourcePath, "Properties.Environment.")
}

shown_in_plain_text(row) := "Properties.Value" if type_of(row.source) == "AWS::SSM::Parameter"

shown_in_plain_text(row) := without_intrinsics(row.sourcePath) if {
	type_of(row.source) == "AWS::ECS::TaskDefinition"
	contains(row.sourcePath, ".Environment.")
}

without_intrinsics(path) := regex.replace(path, `\.Fn::.*$`, "")

violation contains finding("IVS-047", "", sprintf("Parameters.%s.Default", [name]), [name]) if {
	some name, parameter in input.parameters
	is_string(parameter["default"])
	regex.match(`^(?:sk|rt)_[A-Za-z0-9-]+_[A-Za-z0-9_-]+$`, parameter["default"])
}
