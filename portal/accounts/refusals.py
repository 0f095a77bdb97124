class Refused(Exception):
    """Something that may not be done; the message is a sentence for whoever tried."""
