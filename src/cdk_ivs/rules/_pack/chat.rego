package cdk_ivs.rules
import rego.v1

violation contains finding("IVS-019", name, "Properties.DestinationConfiguration", [shown]) if {
	some name in resources_of_type("AWS::IVSChat::LoggingConfiguration")
	some properties in cases(name, ["DestinationConfiguration"])
	configuration := properties.DestinationConfiguration
	is_plain(configuration)
	destinations := sort([key |
		some key in ["CloudWatchLogs", "Firehose", "S3"]
		object.get(configuration, key, null) != null
	])
	count(destinations) != 1
	shown := shown_destinations(destinations)
}

shown_destinations(destinations) := "none" if count(destinations) == 0

shown_destinations(destinations) := concat(", ", destinations) if count(destinations) > 0

violation contains finding("IVS-020", name, "Properties.LoggingConfigurationIdentifiers", [number]) if {
	some name in resources_of_type("AWS::IVSChat::Room")
	some properties in cases(name, ["LoggingConfigurationIdentifiers"])
	is_array(properties.LoggingConfigurationIdentifiers)
	number := count(properties.LoggingConfigurationIdentifiers)
	number > 3
}

functions := {"AWS::Lambda::Function", "AWS::Lambda::Alias", "AWS::Lambda::Version", "AWS::Serverless::Function"}

# The functions of the template that review messages, by room.
handler_of := {name: handler |
	some name in resources_of_type("AWS::IVSChat::Room")
	some properties in cases(name, ["MessageReviewHandler"])
	is_plain(properties.MessageReviewHandler)
	handler := resource_of(properties.MessageReviewHandler.Uri)
	type_of(handler) in functions
}

permissions_of(handler) := {name |
	some name in resources_of_type("AWS::Lambda::Permission")
	some row in input.resources[name].outgoingRefs
	startswith(row.sourcePath, "Properties.FunctionName")
	row.target == handler
	some properties in cases(name, ["Principal"])
	is_of_chat(properties.Principal)
}

is_of_chat(principal) if principal == "ivschat.amazonaws.com"

is_of_chat(principal) if is_unknown(principal)

violation contains finding("IVS-021", room, "Properties.MessageReviewHandler.Uri", [handler]) if {
	some room, handler in handler_of
	count(permissions_of(handler)) == 0
}

needs(name) := {row.target | some row in input.resources[name].outgoingRefs; input.resources[row.target]}

violation contains finding("IVS-022", room, "Properties.MessageReviewHandler.Uri", [permission]) if {
	some room, handler in handler_of
	some permission in permissions_of(handler)
	room in needs(permission)
}

violation contains finding("IVS-023", room, "Properties.MessageReviewHandler.Uri", [permission]) if {
	some room, handler in handler_of
	permissions := permissions_of(handler)
	count(permissions) == 1
	some permission in permissions
	not room in needs(permission)
	not permission in needs(room)
	not is_needed_in_between(room, permission)
}

is_needed_in_between(room, permission) if {
	some between in needs(room)
	permission in needs(between)
}

violation contains finding("IVS-024", room, "Properties.MessageReviewHandler.Uri", [handler, through]) if {
	some room, handler in handler_of
	some through in needs(handler)
	through != room
	room in needs(through)
}

violation contains finding("IVS-024", room, "Properties.MessageReviewHandler.Uri", [handler, handler]) if {
	some room, handler in handler_of
	room in needs(handler)
}
