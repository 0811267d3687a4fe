"""What the tests use of http_ece: opening what was sent."""

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

def decrypt(
    content: bytes,
    *,
    private_key: EllipticCurvePrivateKey,
    auth_secret: bytes,
    version: str,
) -> bytes: ...
