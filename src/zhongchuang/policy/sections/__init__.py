"""The sections of a pack file, each read into the values of the engine."""
