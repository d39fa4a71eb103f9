"""Is a kind fit to make documents? Its templates and its sheet in, before rendering; findings out."""
