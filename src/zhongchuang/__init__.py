"""Zhongchuang: records become facts, facts meet rules, rules give verdicts, people decide."""

__version__ = "0.1.0"
