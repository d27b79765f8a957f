"""A questionnaire of weak to strong answers: how solid each family is, what to do first, what changed."""
