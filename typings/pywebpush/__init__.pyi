"""What we use of pywebpush: the encoding of a message; its own way of sending only to compare with."""

from collections.abc import Mapping

class WebPusher:
    def __init__(self, subscription_info: Mapping[str, str | Mapping[str, str]]) -> None: ...
    def encode(self, data: bytes, content_encoding: str = ...) -> dict[str, bytes]: ...

def webpush(
    subscription_info: Mapping[str, str | Mapping[str, str]],
    data: str,
    *,
    vapid_private_key: str,
    vapid_claims: dict[str, str],
    ttl: int,
) -> object:
    """Only for the benchmark, which compares with it."""
