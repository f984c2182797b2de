package cdk_ivs.rules
import rego.v1

discriminators := {"event_name", "recording_status", "limit_name", "limit"}

# The patterns of rules for events of IVS.
patterns := {[name, pattern] |
	some name in resources_of_type("AWS::Events::Rule")
	some properties in cases(name, ["EventPattern"])
	pattern := properties.EventPattern
	is_plain(pattern)
}

of_ivs := {pair |
	some pair in patterns
	is_array(pair[1].source)
	tables.source in pair[1].source
}

detail_types(pattern) := [text |
	is_array(pattern["detail-type"])
	some text in pattern["detail-type"]
	is_string(text)
]

violation contains finding("IVS-032", name, "Properties.EventPattern.detail-type", [text, known]) if {
	some [name, pattern] in of_ivs
	# Other sources have other types.
	every source in pattern.source { source == tables.source }
	some text in detail_types(pattern)
	not tables.events[text]
	not text in tables.otherEvents
	known := concat(", ", object.keys(tables.events))
}

# Nothing can be said of a pattern that takes other types too, or all.
types_of(pattern) := texts if {
	texts := detail_types(pattern)
	count(texts) > 0
	count(texts) == count(pattern["detail-type"])
	every text in texts { tables.events[text] }
}

violation contains finding("IVS-033", name, sprintf("Properties.EventPattern.detail.%s", [key]), [shown, key, right]) if {
	some [name, pattern] in of_ivs
	texts := types_of(pattern)
	is_plain(pattern.detail)
	some key in object.keys(pattern.detail)
	key in discriminators
	fields := {tables.events[text].field | some text in texts}
	not key in fields
	shown := concat("', '", texts)
	right := concat("', '", fields)
}

violation contains finding("IVS-034", name, sprintf("Properties.EventPattern.detail.%s", [field]), [value, field, shown, known]) if {
	some [name, pattern] in of_ivs
	texts := types_of(pattern)
	is_plain(pattern.detail)
	some field in {tables.events[text].field | some text in texts}
	is_array(pattern.detail[field])
	some value in pattern.detail[field]
	is_string(value)
	values := {known_value | some text in texts; tables.events[text].field == field; some known_value in tables.events[text].values}
	not value in values
	shown := concat("', '", texts)
	known := concat(", ", values)
}

# The kinds of all resources, if all of them are known.
kinds_in(resources) := kinds if {
	is_array(resources)
	count(resources) > 0
	found := [kind | some value in resources; kind := kind_of(value)]
	count(found) == count(resources)
	kinds := {kind | some kind in found}
}

kind_of(value) := tables.types[type_of(resource_of(value))]

kind_of(value) := found[0][1] if {
	is_string(value)
	found := regex.find_all_string_submatch_n(`^arn:[^:]*:ivs:[^:]*:[^:]*:([a-z-]+)/`, value, 1)
	count(found) == 1
}

# In 'resources' compositions have their own ARN, and stages theirs in the detail.
kind_in_resources(text) := "composition" if tables.events[text].resource != "resources"

kind_in_resources(text) := tables.events[text].kind if tables.events[text].resource == "resources"

violation contains finding("IVS-035", name, "Properties.EventPattern.resources", [text, kind, advice]) if {
	some [name, pattern] in of_ivs
	texts := types_of(pattern)
	count(texts) == 1
	text := texts[0]
	kinds := kinds_in(pattern.resources)
	not kind_in_resources(text) in kinds
	some kind in kinds
	advice := advice_on_resources(text)
}

advice_on_resources(text) := "match 'stage_arn' in the detail" if tables.events[text].resource != "resources"

advice_on_resources(text) := sprintf("match that of a %s", [tables.events[text].kind]) if {
	tables.events[text].resource == "resources"
}

# Those that are about the account have no resources.
violation contains finding("IVS-035", name, "Properties.EventPattern.resources", [text, "channel", "leave 'resources' out"]) if {
	some [name, pattern] in of_ivs
	text := "IVS Limit Breach"
	types_of(pattern) == [text]
	is_array(pattern.resources)
	is_array(pattern.detail.limit_name)
	count(pattern.detail.limit_name) > 0
	every value in pattern.detail.limit_name { startswith(value, "Concurrent ") }
}

violation contains finding("IVS-036", name, "Properties.EventPattern.source", [source, advice]) if {
	some [name, pattern] in patterns
	is_array(pattern.source)
	some source in pattern.source
	is_string(source)
	advice := advice_on_source(pattern, source)
}

advice_on_source(_, source) := sprintf("use '%s', of low latency and real time alike", [tables.source]) if {
	regex.match(`(?i)^(?:aws\.)?ivs[-_.]?(?:realtime|real-time)?$`, source)
	source != tables.source
}

advice_on_source(pattern, source) := advice if {
	regex.match(`(?i)^(?:aws\.)?ivs[-_.]?chat$`, source)
	texts := detail_types(pattern)
	not is_of_cloudtrail(source, texts)
	advice := "chat sends none but those of CloudTrail, with the source 'aws.ivschat' and the detail-type 'AWS API Call via CloudTrail'"
}

is_of_cloudtrail(source, texts) if {
	source == "aws.ivschat"
	count([text | some text in texts; text != "AWS API Call via CloudTrail"]) == 0
}

# Some fields are there only when certain things have happened.
violation contains finding("IVS-052", name, sprintf("Properties.EventPattern.detail.%s", [key]), [text, key, shown]) if {
	some [name, pattern] in of_ivs
	texts := types_of(pattern)
	count(texts) == 1
	text := texts[0]
	is_plain(pattern.detail)
	some key, having in tables.events[text].fields
	pattern.detail[key]
	happened := pattern.detail[tables.events[text].field]
	is_array(happened)
	count(happened) > 0
	every value in happened { is_string(value) }
	count([value | some value in happened; value in having]) == 0
	shown := concat(", ", [sprintf("'%s'", [value]) | some value in having])
}
