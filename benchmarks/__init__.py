"""Measurements that are run by hand; their output is committed beside them."""
