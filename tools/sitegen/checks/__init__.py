"""The checks of the content: small functions that each look for one kind of mistake and yield every case of it."""
