"""What cannot be done in this room, in one sentence for the person who asked, with the field that it is about."""


class CannotHold(Exception):
    """Something that was entered will not do, or cannot be done now. `field`: which one, where it is one."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field
