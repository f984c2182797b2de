package cdk_ivs.rules
import rego.v1

# One finding, at the first resource that is over the quota.
violation contains finding("IVS-048", over, "Properties", [count(names), quota.plural, quota.value, advice]) if {
	some type, quota in tables.quotas
	count(resources_of_type(type)) > quota.value
	names := sort([name | some name in resources_of_type(type); condition_of(name) == null])
	count(names) > quota.value
	over := names[quota.value]
	advice := advice_on_quota(quota)
}

advice_on_quota(quota) := ": ask for a higher one in Service Quotas" if quota.adjustable

advice_on_quota(quota) := ", which cannot be raised" if not quota.adjustable
