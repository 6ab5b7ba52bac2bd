"""The reader of SMS Backup & Restore XML: each whole record with its place in the bytes.

Expat tells where an event begins, not how long it is: at the end of an element its index is behind `<sms/>` but at
the `</sms>`, so the bytes there decide. Source: intake.md 1.1 and 4.1.
"""

from collections.abc import Iterator
from typing import BinaryIO, NoReturn
from xml.parsers import expat

from hotspots.intake.readers.damage import Stop, find_raw_newline, note_stop, note_wrong_count
from hotspots.intake.readers.fast_lane import FastLane
from hotspots.intake.readers.head import Head
from hotspots.intake.readers.notes import Notes
from hotspots.intake.readers.records import (
    LARGEST_PIECE_BYTES,
    PIECE_BYTES,
    AnomalyKind,
    Event,
    Limits,
    Record,
    RefusalKind,
    Refused,
    ResumePoint,
)
from hotspots.intake.readers.repair import Repairer
from hotspots.intake.readers.sms_records import Place, RecordBuilder
from hotspots.intake.readers.window import Window

_RECORDS = ("sms", "mms", "call")
_OWN_PARTS = ("parts", "addrs")
_EXPAT_NAMES = {"utf-16-le": "UTF-16LE", "utf-16-be": "UTF-16BE"}
_HOPELESS = {
    AnomalyKind.WRONG_ENCODING: (RefusalKind.WRONG_ENCODING, "the first record is not in the encoding of the file"),
    AnomalyKind.BROKEN_XML: (RefusalKind.WRONG_FORMAT, "the first record is not XML"),
}


class SmsXmlReader:
    """One reading of one backup, from its beginning or from a record."""

    def __init__(
        self, src: BinaryIO, head: Head, notes: Notes, *, limits: Limits, start: ResumePoint, is_resumed: bool
    ) -> None:
        self._src = src
        self._head = head
        self._script = script = head.script
        self._notes = notes
        self._limits = limits
        self._member = start.member
        self._ordinal = start.ordinal
        self._repairer = Repairer(script, notes, offset=start.offset, line=start.line)
        self._window = Window(script, offset=start.offset, line=start.line)
        self._builder = RecordBuilder(notes)
        has_lane = script.is_utf8 and limits.has_fast_lane
        self._lane = FastLane(limits, member=start.member) if has_lane else None
        self._close_tags = {name: script.encode(f"</{name}") for name in _RECORDS}
        self._name_ends = tuple(script.encode(end) for end in "> \t\r\n")
        self._tag_end = script.encode(">")
        self._done: list[Record] = []
        self._depth = 0
        self._is_open = False
        self._open_at = start.offset
        self._open_name, self._open_attributes = "", list[str]()
        # Expat has been given what stands before `_fed`. Where a record has just ended there, it holds nothing back.
        self._fed = start.offset
        self._between_at = -1
        self._has_tag_ended = False
        # Expat's own count of bytes is less by what the fast lane took, and more by a root that is made up.
        self._shift = start.offset
        self._parser = self._make_parser(is_resumed)

    def _make_parser(self, is_resumed: bool) -> expat.XMLParserType:
        """Set expat up; for a resumed reading, behind a root that the rest of the file will close."""
        encoding = self._script.encoding
        parser = expat.ParserCreate(_EXPAT_NAMES.get(encoding, encoding) if is_resumed else None)
        parser.ordered_attributes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        if is_resumed:
            root = self._script.encode(f"<{self._head.header.root}>")
            self._parser = parser
            parser.Parse(root, False)
            self._shift -= len(root)
        return parser

    def events(self) -> Iterator[Event]:
        """Read the records in order, each after what was noted before it."""
        is_stopped = False
        refusal: Refused | None = None
        while not is_stopped and refusal is None:
            piece = self._src.read(self._piece_bytes())
            try:
                is_stopped = self._feed(piece)
            except Refused as refused:
                refusal = refused
            yield from self._drain()
        yield from self._notes.take_all()
        if refusal is not None:
            raise refusal
        yield from note_wrong_count(self._head, self._ordinal, member=self._member)

    def _piece_bytes(self) -> int:
        """Say how much to read next: little, so that few records wait, but as much again as is open already.

        Expat reads an unfinished attribute from its beginning at each call: small pieces of a long one cost its square.
        """
        return min(max(len(self._window.content), PIECE_BYTES), LARGEST_PIECE_BYTES)

    def _feed(self, piece: bytes) -> bool:
        """Take a piece, an empty one at the end of the file, and tell whether nothing more can be read."""
        self._window.content += self._repairer.repair(piece) if piece else self._repairer.finish()
        end = self._window.end
        self._has_tag_ended = True
        try:
            while self._fed < end:
                stop = self._next_stop(end)
                start, self._fed = self._fed, stop
                self._parser.Parse(self._window.slice(start, stop - start), False)
            if not piece:
                self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            self._stop(error, is_at_end=not piece)
            return True
        here = self._horizon()
        if end - here > self._limits.record_bytes:
            self._refuse_size(max(here, self._window.base))
        return not piece

    def _next_stop(self, end: int) -> int:
        """Let the fast lane take what it can, and say how far expat is to read then.

        As far as the end of the next tag, if a tag has ended since the last time: expat reads an unfinished tag from
        its beginning at each call, so that a text full of ">" would otherwise cost its square.
        """
        if self._lane is None or not self._has_tag_ended:
            return end
        self._has_tag_ended = False
        window = self._window
        if self._between_at == self._fed and self._depth == 1:
            at, line, done = self._fed - window.base, window.line_at(self._fed), self._done
            at, line = self._lane.take(
                window.content, at, base=window.base, ordinal=self._ordinal, line=line, done=done
            )
            taken_bytes = window.base + at - self._fed
            if taken_bytes:
                self._ordinal = self._done[-1].ordinal + 1
                self._shift += taken_bytes
                self._between_at = self._fed = window.base + at
                window.set_line(self._fed, line)
        found = window.content.find(b">", self._fed - window.base)
        return window.base + found + 1 if found >= 0 else end

    def _drain(self) -> Iterator[Event]:
        """Give out the records that are whole, and let go of the bytes behind them."""
        done, self._done = self._done, []
        if self._notes.pending:
            for record in done:
                yield from self._notes.take_before(record.offset)
                yield record
        else:
            yield from done
        here = self._horizon()
        self._window.let_go_before(here)
        yield from self._notes.take_before(here)

    def _horizon(self) -> int:
        """Say before which byte everything has been read to its end."""
        if self._is_open:
            return self._open_at
        return max(self._here(), self._between_at)

    def _here(self) -> int:
        """Say at which byte of the file expat's last event began."""
        return self._parser.CurrentByteIndex + self._shift

    def _start(self, name: str, attributes: list[str]) -> None:
        """Meet the start of an element."""
        depth = self._depth = self._depth + 1
        self._has_tag_ended = True
        if depth == 2:
            self._is_open = True
            self._open_at = self._here()
            self._open_name, self._open_attributes = name, attributes
        elif depth > 2:
            self._start_inside(name, attributes, depth)
        if len(attributes) > 2 * self._limits.attributes:
            what = f"<{name[:40]}> has more than {self._limits.attributes:,} attributes"
            self._refuse(what, RefusalKind.TOO_MANY_ATTRIBUTES)

    def _start_inside(self, name: str, attributes: list[str], depth: int) -> None:
        """Meet an element inside a record: a part or an address, or something that belongs to no record."""
        if depth > self._limits.depth:
            self._refuse(f"elements stand more than {self._limits.depth} deep in each other", RefusalKind.TOO_DEEP)
        if self._open_name != "mms":
            self._note_unknown(name)
        elif name == "part":
            offset = self._here()
            self._builder.take_part(attributes, offset=offset, line=self._window.line_at(offset))
        elif name == "addr":
            self._builder.take_addr(attributes)
        elif name not in _OWN_PARTS:
            self._note_unknown(name)
        if self._builder.part_count > self._limits.parts:
            self._refuse(f"a record has more than {self._limits.parts:,} parts", RefusalKind.TOO_LARGE)

    def _end(self, name: str) -> None:
        """Meet the end of an element; at the second level, a record is whole."""
        depth = self._depth
        self._depth = depth - 1
        self._has_tag_ended = True
        if depth != 2:
            return
        self._is_open = False
        close = self._close_tags.get(name)
        if close is None:
            self._note_unknown(name)
            return
        window, start, stop = self._window, self._open_at, self._here()
        if window.content.startswith(close, stop - window.base):
            stop = self._end_of_close_tag(stop, len(close))
        self._between_at = stop
        place = Place(self._ordinal, self._member, start, stop - start, window.move_line_to(start))
        self._keep(name, place)

    def _end_of_close_tag(self, stop: int, name_bytes: int) -> int:
        """Find the end of a closing tag that begins at a byte, if it is one and not that of a longer name."""
        window = self._window
        after = stop - window.base + name_bytes
        if not window.content.startswith(self._name_ends, after):
            return stop
        return window.content.index(self._tag_end, after) + len(self._tag_end) + window.base

    def _keep(self, name: str, place: Place) -> None:
        """Make the record that has just ended."""
        start = place.offset - self._window.base
        if place.length > self._limits.record_bytes:
            self._refuse_size(place.offset)
        if self._ordinal >= self._limits.records:
            self._refuse(f"the file holds more than {self._limits.records:,} records", RefusalKind.TOO_MANY_RECORDS)
        if self._script.width == 2 or self._window.content.find(b"\n", start, start + place.length) >= 0:
            self._note_newline(place)
        if self._lane is not None and name == "sms":
            self._lane.learn(self._open_attributes[::2])
        builder = self._builder
        make = builder.sms if name == "sms" else builder.call if name == "call" else builder.mms
        self._done.append(make(place, self._open_attributes))
        self._ordinal += 1

    def _note_newline(self, place: Place) -> None:
        """Note a line end inside an attribute, which every XML parser turns into a space."""
        found = find_raw_newline(self._window.slice(place.offset, place.length), self._script)
        if found is not None:
            offset = place.offset + found
            text = "a line end inside an attribute, which XML reads as a space: where the lines broke is lost"
            self._notes.add(AnomalyKind.RAW_NEWLINE, offset, self._window.line_at(offset), text)

    def _note_unknown(self, name: str) -> None:
        """Note an element that is no record where it stands."""
        text = f"<{name[:40]}> is no record here and is not counted"
        self._notes.add(AnomalyKind.UNKNOWN_ELEMENT, self._open_at, self._window.line_at(self._open_at), text)

    def _refuse(self, what: str, kind: RefusalKind, *, offset: int | None = None) -> NoReturn:
        """Stop reading a file that asks too much, naming the place."""
        offset = self._here() if offset is None else offset
        place = f"at byte {offset:,}, on line {self._window.line_at(offset):,}"
        reason = f"{what[:1].upper()}{what[1:]}, {place}."
        raise Refused(reason, kind, offset=offset, member=self._member)

    def _refuse_size(self, offset: int) -> NoReturn:
        """Stop at a record that is too large to hold."""
        what = f"a record is larger than {self._limits.record_bytes:,} bytes"
        self._refuse(what, RefusalKind.TOO_LARGE, offset=offset)

    def _refuse_doctype(self, *_: object) -> None:
        """Refuse a DOCTYPE; the head had none, but the file has been read again since."""
        self._refuse("the file has a DOCTYPE, which a backup never has", RefusalKind.DOCTYPE)

    def _stop(self, error: expat.ExpatError, *, is_at_end: bool) -> None:
        """Note why nothing more can be read; what was whole before stays."""
        window = self._window
        offset = min(max(self._parser.ErrorByteIndex + self._shift, window.base), window.end)
        cut_at = max(self._horizon(), window.base)
        stop = Stop(
            code=error.code,
            offset=offset,
            line=window.line_at(offset),
            cut_at=cut_at,
            cut_line=window.line_at(cut_at),
            found=window.slice(offset, 8),
            file_bytes=window.end if is_at_end else None,
        )
        kind = note_stop(self._notes, stop, self._script)
        if self._ordinal == 0 and kind in _HOPELESS:
            refusal, what = _HOPELESS[kind]
            self._refuse(what, refusal, offset=offset)
