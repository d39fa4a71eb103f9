"""Two Word files in; one out in which every difference is a tracked change that Word can accept or reject."""
