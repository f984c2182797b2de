package cdk_ivs.rules
import rego.v1

# The metrics of alarms in the namespaces of IVS.
watched := [row |
	some name in resources_of_type("AWS::CloudWatch::Alarm")
	properties := input.resources[name].properties
	is_of_ivs(properties.Namespace)
	row := {
		"name": name, "path": "Properties", "namespace": properties.Namespace,
		"metric": properties.MetricName, "dimensions": object.get(properties, "Dimensions", []),
		"period": object.get(properties, "Period", null), "periodPath": "Properties.Period",
	}
]

watched_in_expressions := [row |
	some name in resources_of_type("AWS::CloudWatch::Alarm")
	metrics := input.resources[name].properties.Metrics
	is_array(metrics)
	some i, entry in metrics
	is_plain(entry)
	stat := entry.MetricStat
	metric := stat.Metric
	is_of_ivs(metric.Namespace)
	row := {
		"name": name, "path": sprintf("Properties.Metrics.%d.MetricStat.Metric", [i]), "namespace": metric.Namespace,
		"metric": metric.MetricName, "dimensions": object.get(metric, "Dimensions", []),
		"period": object.get(stat, "Period", null), "periodPath": sprintf("Properties.Metrics.%d.MetricStat.Period", [i]),
	}
]

is_of_ivs(namespace) if {
	is_string(namespace)
	startswith(lower(namespace), "aws/ivs")
}

# Without the prefix it is a namespace of the account, which can have anything but what IVS publishes.
is_of_ivs(namespace) if {
	is_string(namespace)
	startswith(lower(namespace), "ivs")
}

alarms := [row |
	some row in array.concat(watched, watched_in_expressions)
	is_string(row.metric)
	is_array(row.dimensions)
	not is_chosen_elsewhere(row.name, concat(".", [row.path, "Namespace"]))
	not is_chosen_elsewhere(row.name, concat(".", [row.path, "MetricName"]))
]

violation contains finding("IVS-044", row.name, concat(".", [row.path, "Namespace"]), [row.namespace, known]) if {
	some row in alarms
	not tables.metrics[row.namespace]
	may_be_meant(row)
	known := concat(", ", object.keys(tables.metrics))
}

may_be_meant(row) if startswith(lower(row.namespace), "aws/")

may_be_meant(row) if {
	lower(row.namespace) in {substring(lower(name), 4, -1) | some name, _ in tables.metrics}
	some _, metrics in tables.metrics
	sort([dimension.Name | some dimension in row.dimensions]) in metrics[row.metric]
}

violation contains finding("IVS-041", row.name, concat(".", [row.path, "MetricName"]), [row.namespace, row.metric, known]) if {
	some row in alarms
	metrics := tables.metrics[row.namespace]
	not metrics[row.metric]
	known := concat(", ", object.keys(metrics))
}

violation contains finding("IVS-042", row.name, concat(".", [row.path, "Dimensions"]), [row.metric, shown_set(names), known]) if {
	some row in alarms
	published := tables.metrics[row.namespace][row.metric]
	names := sort([dimension.Name | some dimension in row.dimensions; is_string(dimension.Name)])
	count(names) == count(row.dimensions)
	not names in published
	known := concat("; ", [shown_set(one) | some one in published])
}

shown_set(names) := "no dimension" if count(names) == 0

shown_set(names) := concat(", ", names) if count(names) > 0

violation contains finding("IVS-043", row.name, sprintf("%s.Dimensions.%d.Value", [row.path, i]), [dimension.Name, use]) if {
	some row in alarms
	tables.metrics[row.namespace]
	some i, dimension in row.dimensions
	dimension.Name in {"Channel", "Stage"}
	use := id_for(dimension.Value)
}

id_for(value) := sprintf("!Select [1, !Split ['/', !GetAtt %s.Arn]]", [name]) if {
	name := resource_of(value)
	type_of(name) in {"AWS::IVS::Channel", "AWS::IVS::Stage"}
}

id_for(value) := parts[count(parts) - 1] if {
	is_string(value)
	startswith(value, "arn:")
	parts := split(value, "/")
}

violation contains finding("IVS-053", row.name, sprintf("%s.Dimensions.%d.Value", [row.path, i]), [dimension.Value, dimension.Name, known]) if {
	some row in alarms
	some i, dimension in row.dimensions
	is_string(dimension.Value)
	tables.metrics[row.namespace]
	values := tables.dimensionValues[dimension.Name]
	not dimension.Value in values
	known := concat(", ", values)
}

violation contains finding("IVS-059", row.name, row.periodPath, [row.metric, seconds]) if {
	some row in alarms
	seconds := to_whole(row.period)
	seconds < 60
	tables.metrics[row.namespace][row.metric]
	not row.metric in tables.everySecond[row.namespace]
	not is_chosen_elsewhere(row.name, row.periodPath)
}
