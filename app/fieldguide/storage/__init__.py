"""The only room that speaks SQL or touches the files of the user."""
