"""The business-plan engine: assumptions in, statements, indicators and risk out, one plan or a whole batch alike."""
