"""Is the data right? Text in; a report with typed values, or findings, out."""
