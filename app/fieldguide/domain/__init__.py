"""What the guide talks about: frozen values and pure rules. No Qt, no SQL, no files."""
