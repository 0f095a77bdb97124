"""What somebody with a login sees and decides about themselves: ``/konto/``."""
