"""What the program can do, said without Qt."""
