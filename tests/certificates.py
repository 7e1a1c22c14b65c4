"""A certificate authority of the tests, and certificates that it signs, as files that nginx and Python read."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Authority:
    """Signs certificates; ``file`` is what SSL_CERT_FILE names."""

    def __init__(self, folder: Path) -> None:
        """Make the authority and its file in ``folder``."""
        self.folder, self.key, self.file = folder, ec.generate_private_key(ec.SECP256R1()), folder / "authority.pem"
        self.name = _named("authority of the tests")
        own = self._begun(self.name, self.key, 365).add_extension(x509.BasicConstraints(True, None), critical=True)
        signs = dict.fromkeys(("digital_signature", "key_cert_sign", "crl_sign"), True)
        never = ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement")
        usage = x509.KeyUsage(**signs, **dict.fromkeys((*never, "encipher_only", "decipher_only"), False))
        self.file.write_bytes(_pem(own.add_extension(usage, critical=True).sign(self.key, hashes.SHA256())))

    def issue(self, *names: str, days: float = 90, replaces: Path | None = None) -> Path:
        """Return a folder with ``fullchain.pem`` and ``privkey.pem`` for these names; ``replaces`` writes over one."""
        key = ec.generate_private_key(ec.SECP256R1())
        kinds = [x509.IPAddress(ip_address(n)) if n[0].isdigit() else x509.DNSName(n) for n in names]
        begun = self._begun(_named(names[0]), key, days)
        made = begun.add_extension(x509.SubjectAlternativeName(kinds), critical=False).sign(self.key, hashes.SHA256())
        place = replaces or self.folder / f"tls-{names[0]}-{days}"
        place.mkdir(exist_ok=True)
        (place / "fullchain.pem").write_bytes(_pem(made))
        no_password = serialization.NoEncryption()
        private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, no_password)
        (place / "privkey.pem").write_bytes(private)
        return place

    def _begun(self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, days: float) -> x509.CertificateBuilder:
        now, number = datetime.now(UTC), x509.random_serial_number()
        begun = x509.CertificateBuilder(
            self.name, subject, key.public_key(), number, now - timedelta(1), now + timedelta(days)
        )
        of_authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        of_subject = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        return begun.add_extension(of_subject, critical=False).add_extension(of_authority, critical=False)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
