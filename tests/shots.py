"""Picture files for tests: what cameras, agencies and attackers send."""

import struct
import zlib
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from PIL import Image
from PIL.PngImagePlugin import PngInfo

RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 160, 60), (30, 60, 200), (230, 210, 40)
QUARTERS = [(0.1, 0.1, RED), (0.9, 0.1, GREEN), (0.1, 0.9, BLUE), (0.9, 0.9, YELLOW)]
SECRET = "RUMAH-SAKSI"  # where the witness lives: no reader may find it
ORIENTATION, GPS = 0x0112, 0x8825
# How a camera held that way saves the picture that is seen upright.
SIDEWAYS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def scene(size: tuple[int, int] = (960, 640)) -> Image.Image:
    """Four quarters: red and green above, blue and yellow below."""
    small = Image.new("RGB", (2, 2))
    small.putdata([RED, GREEN, BLUE, YELLOW])
    return small.resize(size, Image.Resampling.NEAREST)


def at(picture: Image.Image, across: float, down: float) -> tuple[int, ...]:
    """The colour at a place from 0 to 1."""
    spot = int(across * picture.width), int(down * picture.height)
    return picture.convert("RGB").getpixel(spot)


def close(pixel: tuple[int, ...], colour: tuple[int, ...], tolerance: int = 24) -> bool:
    """Whether two colours are the same but for the packing."""
    return all(abs(a - b) <= tolerance for a, b in zip(pixel, colour, strict=True))


def file(picture: Image.Image | None = None, kind: str = "JPEG", **options: Any) -> bytes:
    """The picture, by default the scene, as a file of that kind."""
    buffer = BytesIO()
    (picture or scene()).save(buffer, kind, **options)
    return buffer.getvalue()


def held(orientation: int) -> bytes:
    """A photograph of the scene whose EXIF says how the camera was held."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return file(scene().transpose(SIDEWAYS[orientation]), exif=exif, quality=95)


def exif_with_position() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = SECRET  # ImageDescription
    exif[0x0110] = SECRET  # Model
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS).update({1: "S", 2: (6.0, 10.0, 30.0), 29: SECRET})
    return exif


XMP = f"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>
<rdf:Description exif:GPSLatitude="{SECRET}" photoshop:Credit="ANTARA FOTO">
<dc:creator><rdf:Seq><rdf:li>Sari &amp; Tim</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">Kapal bersandar.</rdf:li>
<rdf:li xml:lang="en">A ship.</rdf:li></rdf:Alt></dc:description>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def iptc(records: list[tuple[int, str]]) -> bytes:
    """An APP13 segment as agencies write it."""
    blocks = b"".join(
        struct.pack(">BBBH", 0x1C, 2, number, len(text.encode())) + text.encode()
        for number, text in records
    )
    blocks += b"\0" * (len(blocks) % 2)
    resource = b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(blocks)) + blocks
    return segment(0xED, b"Photoshop 3.0\0" + resource)


def segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def with_segments(data: bytes, *segments: bytes) -> bytes:
    """A JPEG with more in its head."""
    return data[:2] + b"".join(segments) + data[2:]


def with_xmp(data: bytes, xmp: str) -> bytes:
    """A JPEG with that packet."""
    return with_segments(data, segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp.encode()))


def text_chunk(name: str, text: str) -> PngInfo:
    """What a PNG says in words."""
    info = PngInfo()
    info.add_itxt(name, text)
    return info


def telling(kind: str = "JPEG") -> bytes:
    """A photograph that tells where it was taken in every way there is."""
    options = {"exif": exif_with_position(), "xmp": XMP.encode(), "icc_profile": display_p3()}
    if kind == "JPEG":
        data = file(scene(), kind, comment=SECRET.encode(), **options)
        return with_segments(data, iptc([(90, SECRET), (101, SECRET)]))
    if kind == "PNG":
        options["pnginfo"] = text_chunk("XML:com.adobe.xmp", XMP)
    return file(scene(), kind, **options)


def display_p3() -> bytes:
    """A profile that is not sRGB: wide colours, and a name that must not be passed on."""
    matrix = [(0.5151, 0.2412, -0.0011), (0.2919, 0.6922, 0.0419), (0.1572, 0.0666, 0.7841)]
    tags = {b"wtpt": _xyz((0.9642, 1.0, 0.8249)), b"desc": _description(SECRET)}
    tags |= dict(zip((b"rXYZ", b"gXYZ", b"bXYZ"), map(_xyz, matrix), strict=True))
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), b"curv\0\0\0\0\0\0\0\1\2\x33\0\0")
    return _profile(tags)


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in values))


def _description(text: str) -> bytes:
    words = text.encode() + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(words)) + words + b"\0" * 79


def _profile(tags: dict[bytes, bytes]) -> bytes:
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        table += name + struct.pack(">2I", start + len(body), len(content))
        body += content + b"\0" * (-len(content) % 4)
    length = start + len(body)
    head = struct.pack(">I4sI4s4s4s", length, b"\0\0\0\0", 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    head += b"\0" * 12 + b"acsp" + b"\0" * 28 + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + table + body


def png(width: int, height: int, rows: bytes = b"") -> bytes:
    """A grey PNG whose head claims that size, whatever its rows are."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)


def many_scans(times: int) -> bytes:
    """A small progressive JPEG whose last pass comes again and again."""
    data = file(Image.new("L", (400, 300), 200), progressive=True)
    scan = data[data.rfind(b"\xff\xda") : -2]
    return data[:-2] + scan * times + data[-2:]


def zip_behind(data: bytes) -> bytes:
    """A picture that is an archive too."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("slot-gacor.php", f"<?php echo '{SECRET}';")
    return data + buffer.getvalue()
