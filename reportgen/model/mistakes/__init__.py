"""Where a YAML parser gave up in, the mistake a clerk most likely made out: never the parser's own words."""
