"""Articles: what the paper writes, how it becomes public, and what readers see of it."""
