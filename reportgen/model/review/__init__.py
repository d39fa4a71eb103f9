"""Does the report say what it should? A report in; what a reviewer would send back, as findings, out."""
