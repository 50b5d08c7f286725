"""What cannot be done in this room, in words for the person who asked."""


class CannotMap(Exception):
    """What cannot be done here, in one plain sentence. Nothing was written."""
