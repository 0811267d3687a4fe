"""Which kind of sound a file holds, by its first bytes. Pure."""

from typing import Final

HEAD: Final = 64
"""So many bytes tell the kind."""

_MP4_BRANDS: Final = (b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"dash", b"3gp4")
_LAYER: Final = 0x06


def kind(head: bytes) -> str | None:
    """The media type of a file that begins like this, or None where it is no sound that phones play."""
    if head[4:8] == b"ftyp":
        return "audio/mp4" if head[8:12] in _MP4_BRANDS else None
    if head[:4] == b"OggS":
        return "audio/ogg" if b"OpusHead" in head or b"\x01vorbis" in head else None
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return "audio/webm" if b"webm" in head else None
    if head[:4] == b"RIFF":
        return "audio/wav" if head[8:12] == b"WAVE" else None
    return "audio/mpeg" if head[:3] == b"ID3" or _is_frame(head) else None


def _is_frame(head: bytes) -> bool:
    """Whether it begins with a frame of MPEG audio, layer III."""
    if len(head) < 3 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    return head[1] & _LAYER == 0x02 and head[2] & 0xF0 not in {0x00, 0xF0}
