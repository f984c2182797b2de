package cdk_ivs.rules
import rego.v1

bucket_paths := {
	"AWS::IVS::RecordingConfiguration": "Properties.DestinationConfiguration.S3.BucketName",
	"AWS::IVS::StorageConfiguration": "Properties.S3.BucketName",
	"AWS::IVSChat::LoggingConfiguration": "Properties.DestinationConfiguration.S3.BucketName",
}

# What writes to a bucket, and which that is.
writers := {name: bucket |
	some type, path in bucket_paths
	some name in resources_of_type(type)
	bucket := bucket_of(name, path)
}

# A bucket of the template can be used by its name.
bucket_of(name, path) := sprintf("resource:%s", [bucket]) if bucket := bucket_by_name(identity(name, path))

bucket_of(name, path) := text if {
	text := identity(name, path)
	not bucket_by_name(text)
}

bucket_by_name(text) := names[0] if {
	startswith(text, "value:str:")
	names := [name |
		some name in resources_of_type("AWS::S3::Bucket")
		text == sprintf("value:str:%s", [json.marshal(input.resources[name].properties.BucketName)])
		not is_chosen_elsewhere(name, "Properties.BucketName")
	]
	count(names) == 1
}

bucket_policies := {name: bucket_of(name, "Properties.Bucket") |
	some name in resources_of_type("AWS::S3::BucketPolicy")
}

shown_bucket(bucket) := regex.replace(bucket, `^[a-z]+:`, "")

violation contains finding("IVS-025", name, "Properties.Bucket", [shown_bucket(bucket), others]) if {
	some name, bucket in bucket_policies
	bucket in {used | some used in writers}
	before := [other |
		some other, its_bucket in bucket_policies
		other < name
		its_bucket == bucket
		not may_exclude(other, name)
	]
	count(before) > 0
	others := concat(", ", [sprintf("'%s'", [other]) | some other in before])
}

bucket_statements(name) := [statement |
	document := input.resources[name].properties.PolicyDocument
	is_plain(document)
	some statement in as_list(document.Statement)
]

# Anything that is not known may be what is needed.
lets_write(statement, service) if is_unknown(statement)

lets_write(statement, service) if {
	statement.Effect == "Allow"
	is_principal(statement.Principal, service)
	statement.NotAction
}

lets_write(statement, service) if {
	statement.Effect == "Allow"
	is_principal(statement.Principal, service)
	some action in as_list(statement.Action)
	is_put(action)
}

is_put(action) if is_unknown(action)

is_put(action) if {
	is_string(action)
	lower(action) == "s3:putobject"
}

is_put(action) if {
	is_string(action)
	has_wildcard(action)
	count(matches(action, "s3:putobject")) > 0
}

is_principal(principal, _) if is_unknown(principal)

is_principal(principal, _) if principal == "*"

is_principal(principal, service) if {
	is_plain(principal)
	some value in as_list(principal.Service)
	is_service(value, service)
}

is_service(value, _) if is_unknown(value)

is_service(value, service) if {
	is_string(value)
	contains(value, service)
}

has_statement(policy, service) if {
	some statement in bucket_statements(policy)
	lets_write(statement, service)
}

policies_of(bucket) := [name | some name, its_bucket in bucket_policies; its_bucket == bucket]

violation contains finding("IVS-026", policy, "Properties.PolicyDocument", [writer]) if {
	some writer, bucket in writers
	type_of(writer) == "AWS::IVS::StorageConfiguration"
	policies := policies_of(bucket)
	count(policies) == 1
	policy := policies[0]
	is_plain(input.resources[policy].properties.PolicyDocument)
	not has_statement(policy, "ivs-composite")
}

violation contains finding("IVS-027", policy, "Properties.PolicyDocument", [writer]) if {
	some writer, bucket in writers
	type_of(writer) == "AWS::IVSChat::LoggingConfiguration"
	policies := policies_of(bucket)
	count(policies) == 1
	policy := policies[0]
	is_plain(input.resources[policy].properties.PolicyDocument)
	not has_statement(policy, "delivery.logs")
}

# The buckets that resources of a type write to, if they are of the template.
buckets_of(type) := {name |
	some writer, bucket in writers
	type_of(writer) == type
	startswith(bucket, "resource:")
	name := trim_prefix(bucket, "resource:")
	type_of(name) == "AWS::S3::Bucket"
}

violation contains finding("IVS-028", name, "Properties.BucketEncryption", [name, algorithm]) if {
	some name in buckets_of("AWS::IVS::StorageConfiguration")
	not is_chosen_elsewhere(name, "Properties.BucketEncryption")
	has(name, "BucketEncryption")
	some properties in cases(name, ["BucketEncryption"])
	is_plain(properties.BucketEncryption)
	some rule in items_of(properties.BucketEncryption.ServerSideEncryptionConfiguration)
	algorithm := rule.ServerSideEncryptionByDefault.SSEAlgorithm
	is_string(algorithm)
	startswith(algorithm, "aws:kms")
}

violation contains finding("IVS-029", name, "Properties.OwnershipControls", [name]) if {
	some name in buckets_of("AWS::IVS::StorageConfiguration")
	not is_chosen_elsewhere(name, "Properties.OwnershipControls")
	has(name, "OwnershipControls")
	some properties in cases(name, ["OwnershipControls"])
	is_plain(properties.OwnershipControls)
	some rule in items_of(properties.OwnershipControls.Rules)
	rule.ObjectOwnership == "ObjectWriter"
}

violation contains finding("IVS-030", policy, sprintf("Properties.PolicyDocument.Statement.%d", [j]), [i, j]) if {
	some policy, bucket in bucket_policies
	bucket in {used | some used in writers}
	statements := bucket_statements(policy)
	some i, one in statements
	some j, other in statements
	i < j
	is_plain(one)
	is_plain(other)
	meaning_of(one) == meaning_of(other)
}

# One action can be written with a list and without.
meaning_of(statement) := {key: as_list(value) | some key, value in statement; key != "Sid"}

violation contains finding("IVS-051", name, "Properties.BucketEncryption", [name]) if {
	some name in buckets_of("AWS::IVS::RecordingConfiguration")
	has(name, "BucketEncryption")
	some properties in cases(name, ["BucketEncryption"])
	is_plain(properties.BucketEncryption)
	some rule in items_of(properties.BucketEncryption.ServerSideEncryptionConfiguration)
	default_encryption := rule.ServerSideEncryptionByDefault
	startswith(default_encryption.SSEAlgorithm, "aws:kms")
	key := default_encryption.KMSMasterKeyID
	key != null
	not contains(json.marshal(key), "alias/aws/s3")
}

violation contains finding("IVS-055", writer, bucket_paths[type_of(writer)], [policy]) if {
	some writer, bucket in writers
	type_of(writer) in {"AWS::IVS::StorageConfiguration", "AWS::IVSChat::LoggingConfiguration"}
	policies := policies_of(bucket)
	count(policies) == 1
	policy := policies[0]
	not may_exclude(writer, policy)
	not is_after(writer, policy)
}

violation contains finding("IVS-062", name, "Properties.BucketEncryption", [name]) if {
	some name in buckets_of("AWS::IVSChat::LoggingConfiguration")
	has(name, "BucketEncryption")
	some properties in cases(name, ["BucketEncryption"])
	is_plain(properties.BucketEncryption)
	some rule in items_of(properties.BucketEncryption.ServerSideEncryptionConfiguration)
	default_encryption := rule.ServerSideEncryptionByDefault
	is_plain(default_encryption)
	startswith(default_encryption.SSEAlgorithm, "aws:kms")
	is_key_of_aws(object.get(default_encryption, "KMSMasterKeyID", null))
	not is_chosen_elsewhere(name, "Properties.BucketEncryption")
}

is_key_of_aws(key) if key == null

is_key_of_aws(key) if {
	is_string(key)
	endswith(key, "alias/aws/s3")
}
