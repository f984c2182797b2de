package cdk_ivs.rules
import rego.v1

discriminators := {"event_name", "recording_status", "limit_name", "limit"}

# The patterns of rules, and of the rules that SAM creates for events of a function.
patterns := [[name, "Properties.EventPattern", pattern] |
	some name in resources_of_type("AWS::Events::Rule")
	some properties in cases(name, ["EventPattern"])
	pattern := read_pattern(name, properties.EventPattern)
	is_plain(pattern)
]

# A pattern can be text in JSON.
read_pattern(_, value) := value if is_plain(value)

read_pattern(name, value) := json.unmarshal(value) if {
	is_string(value)
	not is_chosen_elsewhere(name, "Properties.EventPattern")
	json.is_valid(value)
}

# Text with functions in it: the texts that have one are known at deployment only.
read_pattern(name, value) := json.unmarshal(text) if {
	startswith(value["__dynamic"], "Sub:{")
	text := regex.replace(
		trim_prefix(value["__dynamic"], "Sub:"), `"([^"]*[$][{][^"]*)"`, `{"__dynamic":"Sub:$1"}`,
	)
	not is_chosen_elsewhere(name, "Properties.EventPattern")
	json.is_valid(text)
}

patterns_of_sam := [[name, sprintf("Properties.Events.%s.Properties.Pattern", [id]), pattern] |
	some type in ["AWS::Serverless::Function", "AWS::Serverless::StateMachine"]
	some name in resources_of_type(type)
	events := input.resources[name].properties.Events
	is_plain(events)
	some id, event in events
	is_plain(event)
	event.Type in {"CloudWatchEvent", "EventBridgeRule"}
	pattern := event.Properties.Pattern
	is_plain(pattern)
]

all_patterns := array.concat(patterns, patterns_of_sam)

of_ivs := [row |
	some row in all_patterns
	is_array(row[2].source)
	some source in row[2].source
	is_source(source)
]

is_source(source) if source == tables.source

# 'aws.ivschat' has the prefix too, and sends nothing but what CloudTrail records.
is_source(source) if source in [
	{"prefix": tables.source}, {"wildcard": concat("", [tables.source, "*"])},
	{"equals-ignore-case": tables.source},
]

# No other service has these names.
of_ivs_by_name := [row |
	some row in all_patterns
	not row[2].source
	some text in detail_types(row[2])
	tables.events[text]
]

# Those that match nothing but events that are known, each with their types.
typed := [[name, path, pattern, texts] |
	some [name, path, pattern] in array.concat(of_ivs, of_ivs_by_name)
	texts := types_of(pattern)
]

detail_types(pattern) := [text |
	is_array(pattern["detail-type"])
	some text in pattern["detail-type"]
	is_string(text)
]

violation contains finding("IVS-032", name, concat(".", [path, "detail-type"]), [text, known]) if {
	some [name, path, pattern] in of_ivs
	# Other sources have other types.
	every source in pattern.source { is_source(source) }
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

violation contains finding("IVS-033", name, concat(".", [path, "detail", key]), [shown, key, right]) if {
	some [name, path, pattern, texts] in typed
	is_plain(pattern.detail)
	some key in object.keys(pattern.detail)
	key in discriminators
	fields := {tables.events[text].field | some text in texts}
	not key in fields
	shown := concat("', '", texts)
	right := concat("', '", fields)
}

# A name that differs in nothing but its spelling, as in 'channelName'.
violation contains finding("IVS-033", name, concat(".", [path, "detail", key]), [shown, key, right]) if {
	some [name, path, pattern, texts] in typed
	is_plain(pattern.detail)
	some key in object.keys(pattern.detail)
	fields := {field | some text in texts; some field in fields_of(text)}
	not key in fields | discriminators
	right := concat("', '", {field | some field in fields; letters_of(field) == letters_of(key)})
	right != ""
	shown := concat("', '", texts)
}

fields_of(text) := {tables.events[text].field} | object.keys(tables.events[text].filters)

letters_of(name) := regex.replace(lower(name), "[^a-z0-9]", "")

violation contains finding("IVS-034", name, concat(".", [path, "detail", key]), [value, key, shown, known]) if {
	some [name, path, pattern, texts] in typed
	is_plain(pattern.detail)
	some key, given in pattern.detail
	is_array(given)
	some value in given
	is_string(value)
	of_texts := [values | some text in texts; values := values_of(text, key)]
	count(of_texts) == count(texts)
	values := {one | some list in of_texts; some one in list}
	count(values) > 0
	not value in values
	not is_chosen_elsewhere(name, concat(".", [path, "detail", key]))
	shown := concat("', '", texts)
	known := concat(", ", values)
}

# The values of a field in events of a type, if they are known.
values_of(text, key) := tables.events[text].values if key == tables.events[text].field

values_of(text, key) := tables.events[text].filters[key].values

# A type with another field for what happened has no such field.
values_of(text, key) := [] if {
	key in discriminators
	key != tables.events[text].field
}

violation contains finding("IVS-058", name, concat(".", [path, "detail", key]), [shown_value(value), key, text, form, advice]) if {
	some [name, path, pattern, texts] in typed
	count(texts) == 1
	text := texts[0]
	is_plain(pattern.detail)
	some key, given in pattern.detail
	is_array(given)
	kind := form_of(text, key)
	some value in given
	never_has(kind, value)
	not is_chosen_elsewhere(name, concat(".", [path, "detail", key]))
	form := tables.forms[kind].described
	advice := advice_on_form(kind, value)
}

form_of(text, key) := "text" if key == tables.events[text].field

form_of(text, key) := tables.events[text].filters[key].form

never_has(kind, value) if {
	kind == "boolean"
	not is_boolean(value)
	not is_object(value)
}

never_has(kind, value) if {
	kind != "boolean"
	is_number(value)
}

never_has(kind, value) if {
	kind != "boolean"
	is_boolean(value)
}

never_has(kind, value) if {
	not kind in {"boolean", "text"}
	is_string(value)
	not regex.match(sprintf("^(?:%s)$", [tables.forms[kind].pattern]), value)
}

never_has(kind, value) if {
	kind != "boolean"
	is_plain(value)
	some operator in ["numeric", "cidr"]
	value[operator]
}

shown_value(value) := value if is_string(value)

shown_value(value) := json.marshal(value) if not is_string(value)

advice_on_form(kind, _) := "write true or false, without quotation marks" if kind == "boolean"

advice_on_form(kind, value) := "match a part of it with {'wildcard': …}" if {
	kind != "boolean"
	is_string(value)
	contains(value, "*")
}

advice_on_form(kind, value) := "match such a text, or a part of it with {'prefix': …}" if {
	kind != "boolean"
	not contains(shown_value(value), "*")
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

violation contains finding("IVS-035", name, concat(".", [path, "resources"]), [text, kind, advice]) if {
	some [name, path, pattern, texts] in typed
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
violation contains finding("IVS-035", name, concat(".", [path, "resources"]), [text, "channel", "leave 'resources' out"]) if {
	some [name, path, pattern, texts] in typed
	text := "IVS Limit Breach"
	texts == [text]
	is_array(pattern.resources)
	is_array(pattern.detail.limit_name)
	count(pattern.detail.limit_name) > 0
	every value in pattern.detail.limit_name { startswith(value, "Concurrent ") }
}

violation contains finding("IVS-036", name, concat(".", [path, "source"]), [source, advice]) if {
	some [name, path, pattern] in all_patterns
	is_array(pattern.source)
	some source in pattern.source
	is_string(source)
	advice := advice_on_source(pattern, source)
}

advice_on_source(_, source) := sprintf("use '%s', of low latency and real time alike", [tables.source]) if {
	source != tables.source
	contains(lower(source), "ivs")
	regex.match(`(?i)^(?:aws\.)?ivs[-_.]?(?:realtime|real-time)?$`, source)
}

advice_on_source(pattern, source) := advice if {
	contains(lower(source), "chat")
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
violation contains finding("IVS-052", name, concat(".", [path, "detail", key]), [text, key, shown]) if {
	some [name, path, pattern, texts] in typed
	count(texts) == 1
	text := texts[0]
	is_plain(pattern.detail)
	# Most patterns match what happened, and nothing else.
	count(pattern.detail) > 1
	happened := pattern.detail[tables.events[text].field]
	is_array(happened)
	count(happened) > 0
	every value in happened { is_string(value) }
	some key, having in tables.events[text].fields
	pattern.detail[key]
	count([value | some value in happened; value in having]) == 0
	shown := concat(", ", [sprintf("'%s'", [value]) | some value in having])
}
