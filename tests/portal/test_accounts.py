"""Logins: one gmina each, reached by e-mail or phone."""

import pytest
from django.db import IntegrityError, transaction

from portal.accounts.models import User
from tenants.binding import bind
from tenants.models import Tenant


def test_a_login_needs_an_address_or_a_number(srem: Tenant) -> None:
    with bind(srem):
        with pytest.raises(ValueError, match="e-mail address or a phone"):
            User.objects.create_user()
        with pytest.raises(IntegrityError), transaction.atomic():
            User().save()
        assert User.objects.create_user(phone="+48600100200").check_password("") is False
