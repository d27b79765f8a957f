"""The pages of partners’ packages: trainers keep them, people take them, their files come from an address apart."""
