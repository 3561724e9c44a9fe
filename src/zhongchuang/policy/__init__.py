"""The rule engine: values in, values out. No clock, no database, no settings, no Django."""
