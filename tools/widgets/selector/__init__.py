"""The model selector: fourteen questions, and what speaks for and against each coaching model."""
