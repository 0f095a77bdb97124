-- Lines (schema, text) of what must be equal in every site; {names} are the schemas.
--
-- A schema's own name is taken out of definitions. From expressions, parentheses and casts to text
-- are taken out too: they print differently before and after pg_dump has been through them.
-- (a AND b) AND c becomes a AND b AND c; the cast of an IN list moves from the array to its elements.
WITH ns AS MATERIALIZED (
    SELECT oid, nspname, nspacl FROM pg_namespace WHERE nspname = ANY({names})
),
-- names[attnum] is the name of a column; dropped ones keep their place.
col AS MATERIALIZED (
    SELECT a.attrelid, array_agg(a.attname ORDER BY a.attnum) AS names
      FROM pg_attribute a
      JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p', 'm')
      JOIN ns ON ns.oid = c.relnamespace
     WHERE a.attnum > 0
     GROUP BY a.attrelid
)
SELECT n.nspname, concat_ws(' ', 'schema grants', acl.line) AS line
  FROM ns n,
       LATERAL (SELECT string_agg(a::text, ',' ORDER BY a::text) AS line FROM unnest(n.nspacl) a) acl
UNION ALL
SELECT n.nspname, concat_ws(' ', 'default grants', d.defaclobjtype, acl.line)
  FROM pg_default_acl d
  JOIN ns n ON n.oid = d.defaclnamespace,
       LATERAL (SELECT string_agg(a::text, ',' ORDER BY a::text) AS line
                  FROM unnest(d.defaclacl) a) acl
UNION ALL
SELECT n.nspname,
       concat_ws(' ', 'relation', c.relname, c.relkind, c.relpersistence,
                 pg_get_userbyid(c.relowner), c.reloptions::text,
                 CASE WHEN c.relkind IN ('v', 'm')
                      THEN replace(pg_get_viewdef(c.oid), n.nspname || '.', '') END,
                 'grants', acl.line)
  FROM pg_class c
  JOIN ns n ON n.oid = c.relnamespace,
       LATERAL (SELECT string_agg(a::text, ',' ORDER BY a::text) AS line
                  FROM unnest(c.relacl) a) acl
 WHERE c.relkind NOT IN ('i', 'I', 't', 'c')
UNION ALL
SELECT n.nspname,
       concat_ws(' ', 'column', c.relname, a.attname,
                 replace(format_type(a.atttypid, a.atttypmod), n.nspname || '.', ''),
                 CASE WHEN a.attnotnull THEN 'NOT NULL' END,
                 'DEFAULT ' || replace(replace(replace(translate(pg_get_expr(d.adbin, d.adrelid),
                     '()', ''), '::text[]', ''), '::text', ''), n.nspname || '.', ''),
                 'IDENTITY ' || nullif(a.attidentity::text, ''),
                 'GENERATED ' || nullif(a.attgenerated::text, ''),
                 'COLLATE ' || l.collname, a.attacl::text)
  FROM pg_attribute a
  JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p', 'f')
  JOIN ns n ON n.oid = c.relnamespace
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef d ON a.atthasdef AND d.adrelid = a.attrelid AND d.adnum = a.attnum
  LEFT JOIN pg_collation l ON l.oid = a.attcollation AND a.attcollation <> t.typcollation
 WHERE a.attnum > 0 AND NOT a.attisdropped
UNION ALL
-- NOT NULL is said of the column; only PostgreSQL 18 and later have a constraint of it.
SELECT n.nspname,
       concat_ws(' ', 'constraint', c.relname, k.conname,
                 CASE WHEN k.contype IN ('c', 'x')
                      THEN replace(replace(replace(translate(pg_get_constraintdef(k.oid),
                           '()', ''), '::text[]', ''), '::text', ''), n.nspname || '.', '')
                      ELSE replace(pg_get_constraintdef(k.oid), n.nspname || '.', '') END)
  FROM pg_constraint k
  JOIN ns n ON n.oid = k.connamespace
  LEFT JOIN pg_class c ON c.oid = k.conrelid
 WHERE k.contype <> 'n'
UNION ALL
-- Spelled out: pg_get_indexdef takes longer than everything else together.
SELECT n.nspname,
       concat_ws(' ', 'index', t.relname, c.relname, m.amname,
                 CASE WHEN i.indisunique THEN 'UNIQUE' END,
                 CASE WHEN i.indnullsnotdistinct THEN 'NULLS NOT DISTINCT' END,
                 CASE WHEN i.indnatts = 1 THEN col.names[i.indkey[0]]
                      ELSE (SELECT string_agg(coalesce(col.names[key], '-'), ',')
                              FROM unnest(i.indkey::int2[]) key) END,
                 i.indnkeyatts, i.indoption, classes.line, 'COLLATE', i.indcollation,
                 c.reloptions::text,
                 'ON ' || replace(pg_get_expr(i.indexprs, i.indrelid), n.nspname || '.', ''),
                 'WHERE ' || replace(replace(replace(translate(pg_get_expr(i.indpred, i.indrelid),
                     '()', ''), '::text[]', ''), '::text', ''), n.nspname || '.', ''),
                 CASE WHEN NOT i.indisvalid THEN 'INVALID' END)
  FROM pg_class c
  JOIN ns n ON n.oid = c.relnamespace
  JOIN pg_index i ON i.indexrelid = c.oid
  JOIN pg_class t ON t.oid = i.indrelid
  JOIN col ON col.attrelid = i.indrelid
  JOIN pg_am m ON m.oid = c.relam,
       LATERAL (SELECT string_agg(o.opcname, ',' ORDER BY u.position) AS line
                  FROM unnest(i.indclass::oid[]) WITH ORDINALITY u(oid, position)
                  JOIN pg_opclass o ON o.oid = u.oid) classes
 WHERE NOT EXISTS (SELECT FROM pg_constraint k
                    WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x'))
UNION ALL
SELECT n.nspname,
       concat_ws(' ', 'sequence', c.relname, s.seqtypid::regtype, s.seqstart, s.seqincrement,
                 s.seqmax, s.seqmin, s.seqcache, s.seqcycle)
  FROM pg_sequence s
  JOIN pg_class c ON c.oid = s.seqrelid
  JOIN ns n ON n.oid = c.relnamespace
UNION ALL
SELECT n.nspname,
       concat_ws(' ', 'trigger', c.relname,
                 replace(pg_get_triggerdef(g.oid), n.nspname || '.', ''))
  FROM pg_trigger g
  JOIN pg_class c ON c.oid = g.tgrelid
  JOIN ns n ON n.oid = c.relnamespace
 WHERE NOT g.tgisinternal
UNION ALL
SELECT n.nspname,
       concat_ws(' ', 'routine', p.proname, pg_get_function_identity_arguments(p.oid),
                 md5(p.prosrc))
  FROM pg_proc p
  JOIN ns n ON n.oid = p.pronamespace
UNION ALL
SELECT n.nspname, concat_ws(' ', 'type', t.typname, t.typtype)
  FROM pg_type t
  JOIN ns n ON n.oid = t.typnamespace
 WHERE t.typtype IN ('d', 'e', 'r')
