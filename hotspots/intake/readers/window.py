"""The bytes of a file that are still needed, and the lines they stand on."""

from hotspots.intake.readers.repair import Script


class Window:
    """A stretch of a file: it grows at its end, and what has been read is let go of at its beginning.

    Offsets are of the file. The line is known at one place, which only moves on.
    """

    def __init__(self, script: Script, *, offset: int, line: int) -> None:
        self.content = bytearray()
        self.base = offset
        self._script = script
        self._line_offset, self._line = offset, line

    @property
    def end(self) -> int:
        """Say at which byte the window ends."""
        return self.base + len(self.content)

    def let_go_before(self, offset: int) -> None:
        """Forget the bytes before one that is still needed."""
        if offset > self.base:
            self.move_line_to(max(offset, self._line_offset))
            del self.content[: offset - self.base]
            self.base = offset

    def move_line_to(self, offset: int) -> int:
        """Count the lines up to a byte, and say on which it stands."""
        base = self.base
        self._line += self._script.count_lines(self.content, self._line_offset - base, offset - base)
        self._line_offset = offset
        return self._line

    def set_line(self, offset: int, line: int) -> None:
        """Take over the line that somebody else counted up to a byte."""
        self._line_offset, self._line = offset, line

    def line_at(self, offset: int) -> int:
        """Say on which line a byte stands, without moving on."""
        start, end = sorted((self._line_offset, offset))
        lines = self._script.count_lines(self.content, start - self.base, end - self.base)
        return self._line + (lines if offset >= self._line_offset else -lines)

    def slice(self, offset: int, length: int) -> bytes:
        """Copy some bytes out, fewer where the window ends."""
        start = offset - self.base
        return bytes(self.content[start : start + length])
