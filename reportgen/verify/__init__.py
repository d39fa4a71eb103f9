"""Is the document right? Bytes in; findings out."""
