"""The second factor: its secret, kept encrypted, and the codes that stand in for it."""

from __future__ import annotations

import base64
import hmac
import secrets
import uuid

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import app_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, clear_totp_secret
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from hotspots.access.models import User
from hotspots.accounts.adapter.account import AccountAdapter, end_session_in_time
from hotspots.accounts.adapter.entries import append_entry
from hotspots.accounts.adapter.proof import Proof, mark_proof
from hotspots.accounts.models import RecoveryCode
from hotspots.accounts.rules import RECOVERY_CODE_BYTES, RECOVERY_CODES_COUNT, SALT_BYTES, code_digest, plain_code
from hotspots.audit.turn import turn
from hotspots.keys import actions as keys
from sealing import decrypt_small, encrypt_small, key_id_of


class MFAAdapter(DefaultMFAAdapter):
    """Encrypts the secrets of second factors, each under a data key of its own."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        """Encrypt a secret under a new key; the value itself names the key."""
        key_id, key = keys.make_key("second_factor")
        value = encrypt_small(key, key_id.bytes, text.encode(), associated=key_id.bytes)
        return base64.b64encode(value).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a secret."""
        value = base64.b64decode(encrypted_text)
        key_id = uuid.UUID(bytes=key_id_of(value))
        return decrypt_small(keys.open_key(key_id), value, associated=key_id.bytes).decode()


def start_second_factor(request: HttpRequest, user: User, secret: str) -> list[str]:
    """Keep the secret of a person's second factor, let the session go on, and give the recovery codes."""
    with turn(), transaction.atomic():
        TOTP.activate(user, secret)
        codes = _replace_codes(user)
    clear_totp_secret(request)
    record_authentication(request, user, "mfa", type=Authenticator.Type.TOTP)
    mark_proof(request.session, user, Proof.TWO_FACTORS)
    end_session_in_time(request)
    append_entry("accounts.second_factor_started", user, actor_id=user.pk)
    return codes


def make_recovery_codes(user: User) -> list[str]:
    """Make ten new recovery codes and give them this once; the old ones end."""
    with turn(), transaction.atomic():
        codes = _replace_codes(user)
    append_entry("accounts.recovery_codes_made", user, actor_id=user.pk, codes=len(codes))
    return codes


def _replace_codes(user: User) -> list[str]:
    codes = [base64.b32encode(secrets.token_bytes(RECOVERY_CODE_BYTES)).decode() for _ in range(RECOVERY_CODES_COUNT)]
    now, rows = timezone.now(), []
    for code in codes:
        salt = secrets.token_bytes(SALT_BYTES)
        rows.append(RecoveryCode(user=user, salt=salt, digest=code_digest(code, salt), made_at=now))
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(rows)
    return codes


def use_recovery_code(user: User, code: str) -> bool:
    """Use a recovery code up, and give whether it was one."""
    for row in RecoveryCode.objects.filter(user=user, used_at__isnull=True):
        if hmac.compare_digest(code_digest(code, bytes(row.salt)), bytes(row.digest)):
            with turn():
                is_first = RecoveryCode.objects.filter(pk=row.pk, used_at__isnull=True).update(used_at=timezone.now())
            if is_first:
                append_entry("accounts.recovery_code_used", user, actor_id=user.pk)
            return bool(is_first)
    return False


def use_code_once(user: User, code: str) -> bool:
    """Use a time-based code up for as long as it would be taken, and give whether it was unused.

    The library remembers a code for one period; with a tolerance it is taken for three.
    """
    periods = 2 * app_settings.TOTP_TOLERANCE + 1
    key = f"accounts.code.{user.pk}.{plain_code(code)}"
    return bool(cache.add(key, True, timeout=periods * app_settings.TOTP_PERIOD))


def refuse_second_factor(user: User) -> None:
    """Log a wrong code."""
    append_entry("accounts.sign_in_failed", user, factor="second")
