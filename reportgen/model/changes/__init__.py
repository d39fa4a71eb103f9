"""Two reports in; every difference between what they say, by official term, out."""
