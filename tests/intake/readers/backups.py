"""Backups made for tests, with the place of each record known by construction."""

import io
from collections.abc import Iterable
from dataclasses import dataclass

from hypothesis import strategies as st

from hotspots.intake.readers import DEFAULT, Anomaly, Limits, Record, ResumePoint, read_export

PROLOG = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"
NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}


@dataclass(frozen=True)
class Written:
    """A record as it was written: its bytes, and what they say."""

    kind: str
    offset: int
    length: int
    line: int
    address: str
    sent_at_ms: int
    body: str


def sms(body: str = "hello", *, address: str = "+13035550148", date: object = 1512226167463, kind: str = "1") -> str:
    """Write a text message whose body is already escaped."""
    return f'<sms protocol="0" address="{address}" date="{date}" type="{kind}" subject="null" body="{body}" read="1" />'


def backup(*records: str, count: int | None = None, root: str = "smses", between: str = "\n  ") -> bytes:
    """Write a backup of records."""
    declared = len(records) if count is None else count
    inside = "".join(between + record for record in records)
    return f'{PROLOG}<{root} count="{declared}" backup_set="b" type="full">{inside}\n</{root}>\n'.encode()


def read_all(
    content: bytes, *, resume: ResumePoint | None = None, limits: Limits = DEFAULT, piece: int = 0
) -> tuple[list[Record], list[Anomaly]]:
    """Read everything, at most so many bytes at a time, and tell records from anomalies."""
    src = Pieces(content, piece) if piece else io.BytesIO(content)
    events = list(read_export(src, resume=resume, limits=limits))
    return [e for e in events if isinstance(e, Record)], [e for e in events if isinstance(e, Anomaly)]


def kinds_of(anomalies: Iterable[Anomaly]) -> list[str]:
    """List the kinds of anomalies."""
    return [anomaly.kind.value for anomaly in anomalies]


class Pieces(io.BytesIO):
    """A file that gives a few bytes at a time, so that every border falls somewhere."""

    def __init__(self, content: bytes, piece: int) -> None:
        super().__init__(content)
        self._piece = piece

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(self._piece if size is None or size < 0 else min(size, self._piece))


CHARACTERS = st.sampled_from(list("abz 19/>;#x=é€ß漢&<>\"'\n\t~😎\U00010000\u202e\u200b"))


@st.composite
def escaped(draw: st.DrawFn, quote: str) -> tuple[str, str]:
    """Draw a text and one of the many ways to write it in an attribute: emoji as two references, as the app does."""
    plain, written = [], []
    for character in draw(st.lists(CHARACTERS, max_size=12)):
        plain.append(character)
        ways = [f"&#{ord(character)};", f"&#x{ord(character):X};"]
        if character not in "<&\n\t" and character != quote:
            ways += [character] * 3
        if character in NAMED:
            ways.append(NAMED[character])
        if ord(character) > 0xFFFF:
            high, low = divmod(ord(character) - 0x10000, 1024)
            ways.append(f"&#{0xD800 + high};&#{0xDC00 + low};")
        written.append(draw(st.sampled_from(ways)))
    return "".join(plain), "".join(written)


@st.composite
def elements(draw: st.DrawFn) -> tuple[str, str, str, int, str]:
    """Draw an element: its text, kind, address, date and body."""
    kind = draw(st.sampled_from(["sms", "sms", "sms", "sms", "mms", "call"]))
    quote = draw(st.sampled_from(['"', '"', '"', "'"]))
    body, written = draw(escaped(quote))
    address = draw(st.sampled_from(["+13035550148", "72345", "Google", "", "-1"]))
    date = draw(st.integers(1_000_000_000_000, 1_700_000_000_000))
    type_ = draw(st.sampled_from(["1", "2", "3"]))
    q = quote
    gap = draw(st.sampled_from([" ", " ", " ", "  ", "\n"]))
    end = draw(st.sampled_from([" />", "/>", "close", "close"] if kind == "sms" else ["close"]))
    if kind == "mms":
        part = f"<part seq={q}0{q} ct={q}text/plain{q} text={q}{written}{q}/>"
        parts = (
            f"<parts>\n<part seq={q}-1{q} ct={q}application/smil{q} text={q}&lt;sms/>{q} />{part}</parts>"
            if body
            else ""
        )
        head = f"<mms date={q}{date}{q} msg_box={q}{type_}{q} address={q}{address}{q}"
        return f"{head}>{parts}\n<addrs></addrs></mms>", kind, address, date, "" if body == "null" else body
    if kind == "call":
        return (
            f"<call number={q}{address}{q}{gap}date={q}{date}{q} type={q}1{q} duration={q}5{q} />",
            kind,
            address,
            date,
            "",
        )
    head = (
        f"<sms protocol={q}0{q} address={q}{address}{q}{gap}date={q}{date}{q} type={q}{type_}{q} body={q}{written}{q}"
    )
    tail = draw(st.sampled_from(["></sms>", ">\n</sms >", "><!-- </sms> --></sms\t>", ">/></sms>"]))
    return head + (tail if end == "close" else end), kind, address, date, body


@st.composite
def backups(draw: st.DrawFn, *, max_size: int = 6) -> tuple[str, list[Written]]:
    """Draw a backup as text, and what it holds with places in UTF-8."""
    text = draw(
        st.sampled_from(["", PROLOG, PROLOG + "<!-- <sms/> -->\n", PROLOG + '<?xml-stylesheet href="sms.xsl"?>\n'])
    )
    drawn = draw(st.lists(elements(), max_size=max_size))
    text += f'<smses count="{len(drawn)}">'
    noise = [
        "",
        "\n",
        "\n  ",
        "\r\n",
        " \n\n",
        "<!-- <sms body='no'/> -->",
        "<![CDATA[<sms/>]]>",
        "words",
        "<?pi <sms/>?>",
    ]
    records = []
    for element, kind, address, date, body in drawn:
        text += draw(st.sampled_from(noise))
        before = text.encode()
        place = (len(before), len(element.encode()), before.count(b"\n") + 1)
        records.append(Written(kind, *place, address, date, body))
        text += element
    return text + "\n</smses>" + draw(st.sampled_from(["", "\n", "\n<!-- end -->\n"])), records
