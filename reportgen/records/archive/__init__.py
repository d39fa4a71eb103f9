"""A revision in the record in, its archive package (BagIt, RFC 8493) out; and such a package opened again."""
