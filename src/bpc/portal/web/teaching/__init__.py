"""Where trainers write: the desk, the editor of a draft part by part, review, files in and out."""
