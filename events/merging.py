"""What happens to bookings when two cards turn out to be one person."""
