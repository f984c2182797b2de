"""
Monitoring: metrics, events, alarms and dashboards.

The room contains the tables of metrics and events, and the base classes with which the constructs
of the other rooms offer them.
"""
