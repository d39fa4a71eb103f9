"""Changes wanted in a YAML file in; the file with exactly these out, all else byte for byte as it was."""
