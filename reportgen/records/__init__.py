"""Keep what was made: manifests of documents, stored, read and judged, never rendered."""
