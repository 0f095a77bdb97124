# Letters of the office from before it had conversations: people still read them in their inbox.
WRITTEN = "panel/written"
