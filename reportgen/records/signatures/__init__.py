"""A key and bytes in, a signature out; a signature and what is trusted in, one of three answers out."""
