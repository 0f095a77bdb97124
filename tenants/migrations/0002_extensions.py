from django.db import migrations

CREATE = """
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
CREATE TEXT SEARCH CONFIGURATION public.gromada (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION public.gromada
    ALTER MAPPING FOR asciiword, asciihword, hword, hword_part, hword_asciipart, word,
        numword, numhword, hword_numpart
    WITH public.unaccent, pg_catalog.simple;
"""
DROP = "DROP TEXT SEARCH CONFIGURATION public.gromada;"


class Migration(migrations.Migration):
    """What sites search with, in ``public`` once: an extension cannot be in every schema.

    All three extensions are trusted: the owner of the database may create them. The configuration
    ``gromada`` is ``simple`` without accents, as PostgreSQL has no Polish stemmer.
    """

    dependencies = [("tenants", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, DROP)]
