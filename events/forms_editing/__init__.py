"""What those who run activities are asked: staff in the panel, organisations in their account."""
