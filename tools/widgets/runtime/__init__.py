"""The bridge between a tool's page and its Python: one door in Python (`rpc`), one worker, one custom element."""
