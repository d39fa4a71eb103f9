"""A reviewer's Word file and the report in; the report with its changes, and what is to be decided, out."""
