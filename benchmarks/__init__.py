"""How fast and how large: each benchmark prints ratios against something a reader can run too."""
