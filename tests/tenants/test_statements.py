"""Statements that spare the server work are as right as any other."""

from django.db import connection, transaction

from portal.accounts.models import Person
from tenants import statements
from tenants.binding import bind
from tenants.hosts import site_of
from tenants.models import Tenant

# More than the connection's threshold: from then on the server is sent a name, not a text.
OFTEN = 6


def kept_by_the_server() -> list[str]:
    """Texts that the server has planned for this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [text for (text,) in cursor.fetchall()]


def names() -> list[str]:
    return list(Person.objects.filter(last_name="Tylkotu").values_list("first_name", flat=True))


def test_a_prepared_statement_answers_for_the_site_that_asks(srem: Tenant, kety: Tenant) -> None:
    for site, name in ((srem, "Zofia"), (kety, "Marek")):
        with bind(site):
            Person.objects.create(first_name=name, last_name="Tylkotu")
    with statements.prepared():
        for _time in range(OFTEN):
            for site, name in ((srem, "Zofia"), (kety, "Marek")):
                with bind(site):
                    assert names() == [name]
        # And many times over for one of them, then for the other.
        with bind(srem):
            assert [names() for _time in range(OFTEN)] == [["Zofia"]] * OFTEN
        with bind(kety):
            assert names() == ["Marek"]


def test_only_statements_that_ask_for_it_are_prepared(srem: Tenant) -> None:
    with bind(srem):
        for _time in range(OFTEN):
            names()
        assert not [text for text in kept_by_the_server() if "accounts_person" in text]
        with statements.prepared():
            for _time in range(OFTEN):
                names()
        assert len([text for text in kept_by_the_server() if "accounts_person" in text]) == 1


def test_a_transaction_undone_takes_no_answer_with_it(srem: Tenant) -> None:
    """The driver forgets its prepared statements then, and prepares them anew."""
    with bind(srem), statements.prepared():
        Person.objects.create(first_name="Zofia", last_name="Tylkotu")
        for _time in range(OFTEN):
            assert names() == ["Zofia"]
        with transaction.atomic():
            Person.objects.create(first_name="Ewa", last_name="Tylkotu")
            assert sorted(names()) == ["Ewa", "Zofia"]
            transaction.set_rollback(True)
        assert [names() for _time in range(OFTEN)] == [["Zofia"]] * OFTEN


def test_finding_the_site_of_a_host_leaves_the_connection_where_it_is(
    srem: Tenant, kety: Tenant
) -> None:
    def search_path() -> str:
        return str(connection.connection.execute("SHOW search_path").fetchone()[0])

    site_of("kety.localhost")  # what the registry says of it is read and kept
    with bind(srem):
        names()
    before = search_path()
    assert before.startswith(srem.schema_name)
    found = site_of("kety.localhost")
    assert found == kety
    assert search_path() == before
    # Whoever asks next is in their own site all the same.
    with bind(kety):
        names()
    assert search_path().startswith(kety.schema_name)
