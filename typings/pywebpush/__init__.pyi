"""What we use of pywebpush: the encoding of a message."""

from collections.abc import Mapping

class WebPusher:
    def __init__(self, subscription_info: Mapping[str, str | Mapping[str, str]]) -> None: ...
    def encode(self, data: bytes, content_encoding: str = ...) -> dict[str, bytes]: ...
