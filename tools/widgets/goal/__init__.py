"""The goal sheet in the page."""
