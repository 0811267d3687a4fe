"""What the tests use of http_ece: opening what was sent."""

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

class ECEException(Exception): ...

def decrypt(
    content: bytes,
    *,
    key: bytes | None = None,
    private_key: EllipticCurvePrivateKey | None = None,
    auth_secret: bytes | None = None,
    version: str,
) -> bytes: ...
