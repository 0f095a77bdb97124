"""What people are asked when they book, one question a form."""
