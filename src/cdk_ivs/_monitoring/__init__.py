"""
Monitoring: metrics, events, alarms and dashboards.

The tables of metrics and events are here, and what the constructs of the other areas inherit to
offer them.
"""
