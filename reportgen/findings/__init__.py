"""The catalogue of the engine's finding codes, as YAML files by subject."""
