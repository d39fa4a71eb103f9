"""Where a year's work begins: a kind, and last year's report if there is one, in; a new draft out."""
