"""What one socket, one person and one process may take."""

# A person with more pages open than this reads the others by asking now and then.
MOST_PAGES_OF_ONE = 20
# In one process; each costs some 30 kB and one open file.
MOST_PAGES = 5_000
# The longest thing a page says is an id with a word before it.
LARGEST_FRAME = 128
# In characters above, in frames and seconds here.
MOST_FRAMES, FRAMES_SECONDS = 20, 10.0
# A page that does not take what it is told is cut off, and asks when it is back.
MOST_WAITING = 64
# How long a page has to take its leave.
LEAVE_SECONDS = 3.0
# How often others are told that somebody is there, and writes.
HERE_SECONDS, TYPING_SECONDS = 5.0, 2.0
