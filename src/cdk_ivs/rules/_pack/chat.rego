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
	has(name, "LoggingConfigurationIdentifiers")
	some properties in cases(name, ["LoggingConfigurationIdentifiers"])
	is_array(properties.LoggingConfigurationIdentifiers)
	number := count(properties.LoggingConfigurationIdentifiers)
	number > 3
}

functions := {"AWS::Lambda::Function", "AWS::Lambda::Alias", "AWS::Lambda::Version", "AWS::Serverless::Function"}

# The rooms, each with a function of the template that reviews its messages.
handled := {[name, handler] |
	some name in resources_of_type("AWS::IVSChat::Room")
	has(name, "MessageReviewHandler")
	some properties in cases(name, ["MessageReviewHandler"])
	is_plain(properties.MessageReviewHandler)
	handler := resource_of(properties.MessageReviewHandler.Uri)
	type_of(handler) in functions
}

# A handler and, if it is an alias or a version, the function behind it.
functions_of(handler) := {handler} | {target |
	type_of(handler) in {"AWS::Lambda::Alias", "AWS::Lambda::Version"}
	some target in needs(handler)
	type_of(target) in functions
}

# That of an alias may name the function, and the alias as text.
permissions_of(handler) := {name |
	some name in resources_of_type("AWS::Lambda::Permission")
	some row in input.resources[name].outgoingRefs
	startswith(row.sourcePath, "Properties.FunctionName")
	row.target in functions_of(handler)
	some properties in cases(name, ["Principal"])
	is_of_chat(properties.Principal)
}

is_of_chat(principal) if principal == "ivschat.amazonaws.com"

is_of_chat(principal) if is_unknown(principal)

violation contains finding("IVS-021", room, "Properties.MessageReviewHandler.Uri", [handler]) if {
	some [room, handler] in handled
	count(permissions_of(handler)) == 0
}

violation contains finding("IVS-022", room, "Properties.MessageReviewHandler.Uri", [permission]) if {
	some [room, handler] in handled
	some permission in permissions_of(handler)
	room in needs(permission)
}

violation contains finding("IVS-023", room, "Properties.MessageReviewHandler.Uri", [permission]) if {
	some [room, handler] in handled
	permissions := permissions_of(handler)
	count(permissions) == 1
	some permission in permissions
	not room in needs(permission)
	not is_after(room, permission)
}

violation contains finding("IVS-024", room, "Properties.MessageReviewHandler.Uri", [handler, through]) if {
	some [room, handler] in handled
	some through in needs(handler)
	through != room
	room in needs(through)
}

violation contains finding("IVS-024", room, "Properties.MessageReviewHandler.Uri", [handler, handler]) if {
	some [room, handler] in handled
	room in needs(handler)
}

violation contains finding("IVS-049", name, "Properties.MessageReviewHandler.FallbackResult", []) if {
	some name in resources_of_type("AWS::IVSChat::Room")
	has(name, "MessageReviewHandler")
	some properties in cases(name, ["MessageReviewHandler"])
	handler := properties.MessageReviewHandler
	is_plain(handler)
	is_string(handler.FallbackResult)
	object.get(handler, "Uri", "") in ["", null]
}

violation contains finding("IVS-050", stream, "Properties.Tags", [stream]) if {
	some name in resources_of_type("AWS::IVSChat::LoggingConfiguration")
	place := identity(name, "Properties.DestinationConfiguration.Firehose.DeliveryStreamName")
	startswith(place, "resource:")
	stream := trim_prefix(place, "resource:")
	type_of(stream) == "AWS::KinesisFirehose::DeliveryStream"
	not is_chosen_elsewhere(stream, "Properties.Tags")
	tags := object.get(input.resources[stream].properties, "Tags", [])
	is_array(tags)
	count([tag | some tag in tags; may_enable(tag)]) == 0
}

may_enable(tag) if is_unknown(tag)

may_enable(tag) if {
	tag.Key == "LogDeliveryEnabled"
	tag.Value == "true"
}

may_enable(tag) if {
	tag.Key == "LogDeliveryEnabled"
	is_unknown(tag.Value)
}

# The longest time that Lambda waits by default. The service waits less than a second.
violation contains finding("IVS-060", room, "Properties.MessageReviewHandler.Uri", [function, seconds]) if {
	some [room, handler] in handled
	some function in functions_of(handler)
	type_of(function) in {"AWS::Lambda::Function", "AWS::Serverless::Function"}
	not is_chosen_elsewhere(function, "Properties.Timeout")
	some properties in cases(function, ["Timeout"])
	seconds := to_whole(properties.Timeout)
	seconds > 3
}

violation contains finding("IVS-061", name, sprintf("Properties.LoggingConfigurationIdentifiers.%d", [j]), [i, j]) if {
	some name in resources_of_type("AWS::IVSChat::Room")
	configurations := input.resources[name].properties.LoggingConfigurationIdentifiers
	is_array(configurations)
	count(configurations) > 1
	identities := [identity(name, sprintf("Properties.LoggingConfigurationIdentifiers.%d", [i])) | some i, _ in configurations]
	count(identities) == count(configurations)
	some i, one in identities
	some j, other in identities
	i < j
	one == other
	# The schema has what is to say about equal text.
	startswith(one, "resource:")
}
