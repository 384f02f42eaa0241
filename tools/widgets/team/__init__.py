"""The team view: many people's result codes, and what they say together."""
