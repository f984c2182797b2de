package cdk_ivs.rules
import rego.v1

# The severity and the text of a finding are in the catalog.
finding(id, name, path, values) := make_diag_at(
	id, tables.rules[id].severity, name, path,
	sprintf(tables.rules[id].message, values),
)

# What is known at deployment only, or in another stack.
is_unknown(value) if {
	is_object(value)
	some key in object.keys(value)
	startswith(key, "__")
}

# A conditional that is not resolved, as deep as it may be.
is_plain(value) if {
	is_object(value)
	not is_unknown(value)
}

is_yes(value) if value == true

is_yes(value) if {
	is_string(value)
	lower(value) == "true"
}

is_no(value) if value == false

is_no(value) if {
	is_string(value)
	lower(value) == "false"
}

# One or many.
as_list(value) := value if is_array(value)

as_list(value) := [value] if not is_array(value)

# The engine fails on what is no list, where the rule expects one.
items_of(value) := value if is_array(value)

items_of(value) := [] if not is_array(value)

# What has no default in the service is absent, unless what it would be in is not known.
is_absent(properties, path) if {
	count(path) == 1
	object.get(properties, path[0], null) == null
}

is_absent(properties, path) if {
	count(path) == 2
	parent := object.get(properties, path[0], {})
	is_plain(parent)
	object.get(parent, path[1], null) == null
}

is_absent(properties, path) if {
	count(path) == 2
	object.get(properties, path[0], null) == null
}

# The value of a parameter is not that of its default, and a mapping differs from Region to Region.
chosen_elsewhere := {[row.resourceId, without_branches(row.propertyPath)] |
	some row in input.resolutionSources
	is_of_elsewhere(row.source)
}

is_of_elsewhere(source) if startswith(source, "Parameters/")

is_of_elsewhere(source) if startswith(source, "Mappings/")

is_of_elsewhere(source) if source == "Intrinsic/FindInMap"

# A regular expression is compiled at each use, which takes longer than most rules.
without_branches(path) := path if not contains(path, ".Fn::If.")

without_branches(path) := regex.replace(path, `\.Fn::If\.[0-9]+`, "") if contains(path, ".Fn::If.")

is_chosen_elsewhere(name, path) if {
	some pair in chosen_elsewhere
	pair[0] == name
	overlap(pair[1], path)
}

# Whether a function, a parameter or a mapping is in a value: it is not written out.
is_computed(name, path) if {
	some row in input.resolutionSources
	row.resourceId == name
	overlap(without_branches(row.propertyPath), path)
}

overlap(a, b) if a == b

overlap(a, b) if startswith(a, concat("", [b, "."]))

overlap(a, b) if startswith(b, concat("", [a, "."]))

# The properties of a resource in each case that can come to be.
cases(name, names) := [scenario.properties |
	some scenario in properties_scenarios(name, names)
	can_be(input.resources[name].condition, scenario.conditions)
]

can_be(condition, conditions) if {
	condition == null
	is_satisfiable(conditions)
}

can_be(condition, conditions) if {
	is_string(condition)
	is_satisfiable(object.union(conditions, {condition: true}))
}

# A property that is not there is in no case. To ask for it first takes less time than to ask for cases.
has(name, key) if object.get(input.resources[name].properties, key, null) != null

condition_of(name) := object.get(input.resources[name], "condition", null)

# Of two resources: whether one may be there in place of the other.
may_exclude(a, b) if {
	condition_of(a) != null
	condition_of(b) != null
	condition_of(a) != condition_of(b)
}

# What a property refers to, as text that is the same for all ways to write it.
identity(name, path) := folded(referenced_resource_or_value_identity(name, path))

folded(text) := text if not startswith(text, "expr:")

folded(text) := regex.replace(
	text, `^expr:(?:Ref\("|Fn::GetAtt\(")([A-Za-z0-9]+)"(?:,"Arn")?\)$`, "resource:$1",
) if {
	startswith(text, "expr:")
}

# The resource that a whole value is, as the CDK writes it, and as many templates do, with Fn::Sub.
resource_of(value) := name if {
	is_object(value)
	name := value["__ref"]
	input.resources[name]
}

resource_of(value) := name if {
	is_object(value)
	text := value["__dynamic"]
	startswith(text, "Sub:${")
	name := trim_suffix(trim_suffix(trim_prefix(text, "Sub:${"), "}"), ".Arn")
	input.resources[name]
}

# A join of one text is the text.
resource_of(value) := name if {
	is_object(value)
	text := value["__dynamic"]
	startswith(text, "Join:{ref:")
	name := trim_suffix(trim_prefix(text, "Join:{ref:"), "}")
	input.resources[name]
}

type_of(name) := input.resources[name].resourceType

# What has to exist before a resource.
needs(name) := {row.target | some row in input.resources[name].outgoingRefs; input.resources[row.target]}

is_after(name, other) if other in needs(name)

is_after(name, other) if {
	some between in needs(name)
	other in needs(between)
}

to_whole(value) := value if {
	is_number(value)
	value == floor(value)
}

to_whole(value) := to_number(value) if {
	is_string(value)
	regex.match(`^[0-9]+$`, value)
}

# The actions, one in a line, that an action in a policy stands for: in any case, and with wildcards.
matches(action, lines) := regex.find_n(sprintf("(?m)^%s$", [pattern]), lines, -1) if {
	escaped := regex.replace(lower(action), `([^a-z0-9*?])`, `[$1]`)
	pattern := replace(replace(escaped, "*", ".*"), "?", ".")
}

has_wildcard(action) if contains(action, "*")

has_wildcard(action) if contains(action, "?")
