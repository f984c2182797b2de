package cdk_ivs.rules
import rego.v1

policy_types := {"AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy", "AWS::IAM::UserPolicy", "AWS::IAM::GroupPolicy"}

holders := {"AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Group"}

documents := [row |
	some type in policy_types
	some name in resources_of_type(type)
	row := {"name": name, "path": "Properties.PolicyDocument", "document": input.resources[name].properties.PolicyDocument}
]

inline_documents := [row |
	some type in holders
	some name in resources_of_type(type)
	policies := input.resources[name].properties.Policies
	is_array(policies)
	some i, policy in policies
	is_plain(policy)
	row := {"name": name, "path": sprintf("Properties.Policies.%d.PolicyDocument", [i]), "document": policy.PolicyDocument}
]

permission_sets := [{"name": name, "path": "Properties.InlinePolicy", "document": document} |
	some name in resources_of_type("AWS::SSO::PermissionSet")
	not is_chosen_elsewhere(name, "Properties.InlinePolicy")
	document := read_document(input.resources[name].properties.InlinePolicy)
]

read_document(value) := value if is_object(value)

read_document(value) := json.unmarshal(value) if {
	is_string(value)
	json.is_valid(value)
}

# In these, a policy is a document itself, or the name of one.
sam_documents := [row |
	some type in ["AWS::Serverless::Function", "AWS::Serverless::StateMachine"]
	some name in resources_of_type(type)
	policies := object.get(input.resources[name].properties, "Policies", [])
	some i, policy in items_of(policies)
	row := {"name": name, "path": sprintf("Properties.Policies.%d", [i]), "document": policy}
]

# One policy needs no list.
single_sam_documents := [{"name": name, "path": "Properties.Policies", "document": policy} |
	some type in ["AWS::Serverless::Function", "AWS::Serverless::StateMachine"]
	some name in resources_of_type(type)
	policy := input.resources[name].properties.Policies
	is_plain(policy)
]

all_statements := [{"name": document.name, "document": document.path, "path": path, "statement": statement} |
	some list in [documents, inline_documents, sam_documents, single_sam_documents, permission_sets]
	some document in list
	is_plain(document.document)
	some i, statement in as_list(object.get(document.document, "Statement", []))
	is_plain(statement)
	path := sprintf("%s.Statement.%d", [document.path, i])
]

# Statements of policies with the actions of IVS in them.
statements := [row |
	some found in all_statements
	statement := found.statement
	actions := [{"written": action, "meant": matched(action)} |
		some action in as_list(object.get(statement, "Action", []))
		is_string(action)
		startswith(lower(action), "ivs")
		contains(action, ":")
	]
	count(actions) > 0
	row := {
		"name": found.name, "document": found.document, "path": found.path,
		"statement": statement, "actions": actions,
		# One set, or none where not all of them are known.
		"names": [names | names := names_in(statement)],
	}
]

# The actions that one in a policy stands for, in any case and with wildcards.
matched(action) := {lower(action)} if {
	not has_wildcard(action)
	tables.actions[lower(action)]
}

matched(action) := set() if {
	not has_wildcard(action)
	not tables.actions[lower(action)]
}

matched(action) := names if {
	has_wildcard(action)
	names := {name | some name in matches(action, lines_of_actions)}
}

lines_of_actions := concat("\n", object.keys(tables.actions))

violation contains finding("IVS-037", row.name, concat(".", [row.path, "Action"]), [action.written, advice]) if {
	some row in statements
	some action in row.actions
	count(action.meant) == 0
	advice := advice_on_action(action.written)
}

violation contains finding("IVS-037", row.name, concat(".", [row.path, "NotAction"]), [action, advice]) if {
	some row in all_statements
	some action in as_list(object.get(row.statement, "NotAction", []))
	is_string(action)
	startswith(lower(action), "ivs")
	contains(action, ":")
	count(matched(action)) == 0
	advice := advice_on_action(action)
}

advice_on_action(action) := "its actions have the prefix 'ivs' for low latency and real time, and 'ivschat' for chat" if {
	not lower(split(action, ":")[0]) in tables.prefixes
}

advice_on_action(action) := "see the Service Authorization Reference for those that exist" if {
	lower(split(action, ":")[0]) in tables.prefixes
}

# What a resource of a statement is, by its name in ARNs: '*' for all.
named(resource) := "*" if resource == "*"

named(resource) := tables.types[type_of(resource_of(resource))]

named(resource) := found[0][1] if {
	is_string(resource)
	found := regex.find_all_string_submatch_n(`^arn:[^:]*:ivs(?:chat)?:[^:]*:[^:]*:([a-z-]+)/`, resource, 1)
	count(found) == 1
}

named(resource) := found[0][1] if {
	text := resource["__dynamic"]
	is_string(text)
	found := regex.find_all_string_submatch_n(`:ivs(?:chat)?:.*:([a-z-]+)/[^/]*$`, text, 1)
	count(found) == 1
}

# The names of all resources, if all of them are known.
names_in(statement) := names if {
	resources := as_list(object.get(statement, "Resource", []))
	count(resources) > 0
	found := [name | some resource in resources; name := named(resource)]
	count(found) == count(resources)
	names := {name | some name in found}
}

violation contains finding("IVS-038", row.name, concat(".", [row.path, "Resource"]), [action.written, shown]) if {
	some row in statements
	some names in row.names
	not "*" in names
	some action in row.actions
	count(action.meant) > 0
	taken := {name | some service_action in action.meant; some name in tables.actions[service_action]}
	count(taken & names) == 0
	shown := shown_resources(taken)
}

shown_resources(taken) := "'*', as it has no resource in policies" if count(taken) == 0

shown_resources(taken) := sprintf("the ARN of a %s", [concat(" or ", sort(taken))]) if count(taken) > 0

violation contains finding("IVS-039", row.name, concat(".", [row.path, "Resource"]), [action.written, shown]) if {
	some row in statements
	row.statement.Effect == "Allow"
	object.get(row.statement, "Condition", null) == null
	some names in row.names
	"*" in names
	some action in row.actions
	# Those of all actions are IVS-040.
	not endswith(action.written, ":*")
	count(action.meant) > 0
	every meant in action.meant { count(tables.actions[meant]) > 0 }
	taken := {name | some meant in action.meant; some name in tables.actions[meant]}
	shown := shown_resources(taken)
}

violation contains finding("IVS-040", row.name, concat(".", [row.path, "Action"]), [action.written]) if {
	some row in statements
	row.statement.Effect == "Allow"
	some action in row.actions
	endswith(action.written, "*")
	regex.match(`(?i)^ivs(?:chat)?:\*+$`, action.written)
}

# A call with one of these resources alone is denied.
needed_together := {
	"ivs:createchannel": {"channel", "stream-key"},
	"ivs:deletechannel": {"channel", "stream-key"},
	"ivs:startcomposition": {"encoder-configuration", "stage"},
}

names_allowed(name, path, action) := {found |
	some row in statements
	row.name == name
	row.document == path
	row.statement.Effect == "Allow"
	some other in row.actions
	action in other.meant
	some names in row.names
	some found in names
}

violation contains finding("IVS-054", row.name, concat(".", [row.path, "Resource"]), [action.written, shown_names(needed), shown_names(allowed)]) if {
	some row in statements
	row.statement.Effect == "Allow"
	some action in row.actions
	needed := needed_together[lower(action.written)]
	some names in row.names
	count(names & needed) > 0
	every other in [one | some one in statements; one.name == row.name] { count(other.names) == 1 }
	all_names := names_allowed(row.name, row.document, lower(action.written))
	not "*" in all_names
	allowed := all_names & needed
	count(allowed) < count(needed)
}

shown_names(names) := concat(" and ", [sprintf("%s/*", [name]) | some name in sort([one | some one in names])])

# What there is no resource for, or not yet, has no tags.
violation contains finding("IVS-057", row.name, concat(".", [row.path, "Condition"]), [action.written, key, advice]) if {
	some row in statements
	row.statement.Effect == "Allow"
	is_plain(row.statement.Condition)
	some operator, keys in row.statement.Condition
	operator in {"StringEquals", "StringEqualsIgnoreCase", "StringLike", "ForAnyValue:StringEquals", "ForAnyValue:StringLike"}
	is_plain(keys)
	some key, _ in keys
	startswith(lower(key), "aws:resourcetag/")
	some action in row.actions
	count(action.meant) == 1
	some meant in action.meant
	advice := advice_on_tags(meant)
}

advice_on_tags(action) := "use aws:RequestTag, which is about the tags of what is created" if action in tables.creating

advice_on_tags(action) := "allow it in a statement without this condition" if count(tables.actions[action]) == 0
