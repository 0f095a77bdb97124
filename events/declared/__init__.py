"""What this app keeps about people, part by part."""
