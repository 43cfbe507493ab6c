/**
 * Queries of the catalogue (Microsoft, "System catalog views"). `@p1` is the one table that is asked for, or null; `$schemas` are
 * the schemas as parameters.
 */

/** Tables that people made; or the one that is named, which may be a view. The history of temporal tables is the server's own. */
const WANTED = `
   FROM sys.objects o
   JOIN sys.schemas s ON s.schema_id = o.schema_id
   LEFT JOIN sys.tables ta ON ta.object_id = o.object_id`;

const WHERE = `
  WHERE s.name IN ($schemas) AND o.is_ms_shipped = 0
    AND ((@p1 IS NULL AND o.type = 'U' AND ta.temporal_type <> 1) OR (o.name = @p1 AND o.type IN ('U', 'V')))`;

export const TABLES = `
 SELECT o.object_id AS [id], s.name AS [schema], o.name AS [name],
        (SELECT CAST(e.value AS nvarchar(4000)) FROM sys.extended_properties e
          WHERE e.class = 1 AND e.major_id = o.object_id AND e.minor_id = 0 AND e.name = N'MS_Description') AS [comment],
        (SELECT SUM(p.rows) FROM sys.partitions p WHERE p.object_id = o.object_id AND p.index_id IN (0, 1)) AS [row_estimate],
        CAST(CASE WHEN EXISTS (SELECT 1 FROM sys.triggers t WHERE t.parent_id = o.object_id AND t.is_disabled = 0)
                  THEN 1 ELSE 0 END AS bit) AS [has_triggers]${WANTED}${WHERE}
  ORDER BY s.name, o.name`;

/** An alias is followed to the type below it; a type of the CLR that is not the server's own keeps its name. */
export const COLUMNS = `
 SELECT o.object_id AS [id], c.name AS [name], COALESCE(b.name, t.name) AS [base],
        CASE WHEN t.is_assembly_type = 1 AND t.is_user_defined = 1
             THEN QUOTENAME(SCHEMA_NAME(t.schema_id)) + N'.' + QUOTENAME(t.name) END AS [own_type],
        c.max_length AS [max_length], c.precision AS [precision], c.scale AS [scale], c.is_nullable AS [nullable],
        d.[definition] AS [default], c.is_identity AS [is_identity], c.is_computed AS [is_computed],
        CAST(CASE WHEN c.generated_always_type <> 0 OR c.is_column_set = 1 OR COALESCE(b.name, t.name) = N'timestamp'
                  THEN 1 ELSE 0 END AS bit) AS [is_made],
        (SELECT CAST(e.value AS nvarchar(4000)) FROM sys.extended_properties e
          WHERE e.class = 1 AND e.major_id = o.object_id AND e.minor_id = c.column_id AND e.name = N'MS_Description') AS [comment]${WANTED}
   JOIN sys.columns c ON c.object_id = o.object_id
   JOIN sys.types t ON t.user_type_id = c.user_type_id
   LEFT JOIN sys.types b ON b.user_type_id = c.system_type_id AND t.is_assembly_type = 0
   LEFT JOIN sys.default_constraints d ON d.object_id = c.default_object_id${WHERE}
  ORDER BY o.object_id, c.column_id`;

/** Primary keys, unique constraints and unique indexes, which are all indexes. */
export const KEYS = `
 SELECT o.object_id AS [id], i.name AS [name], i.is_primary_key AS [is_primary], i.filter_definition AS [condition],
        c.name AS [column]${WANTED}
   JOIN sys.indexes i ON i.object_id = o.object_id AND i.is_unique = 1 AND i.is_disabled = 0 AND i.is_hypothetical = 0
   JOIN sys.index_columns k ON k.object_id = i.object_id AND k.index_id = i.index_id AND k.key_ordinal > 0
   JOIN sys.columns c ON c.object_id = k.object_id AND c.column_id = k.column_id${WHERE}
  ORDER BY o.object_id, i.index_id, k.key_ordinal`;

export const FOREIGN_KEYS = `
 SELECT o.object_id AS [id], f.name AS [name], ts.name AS [to_schema], tt.name AS [to_name], c.name AS [column],
        tc.name AS [to_column], f.is_disabled AS [is_disabled]${WANTED}
   JOIN sys.foreign_keys f ON f.parent_object_id = o.object_id
   JOIN sys.objects tt ON tt.object_id = f.referenced_object_id
   JOIN sys.schemas ts ON ts.schema_id = tt.schema_id
   JOIN sys.foreign_key_columns k ON k.constraint_object_id = f.object_id
   JOIN sys.columns c ON c.object_id = k.parent_object_id AND c.column_id = k.parent_column_id
   JOIN sys.columns tc ON tc.object_id = k.referenced_object_id AND tc.column_id = k.referenced_column_id${WHERE}
  ORDER BY o.object_id, f.name, k.constraint_column_id`;

export const CHECKS = `
 SELECT o.object_id AS [id], k.name AS [name], k.[definition] AS [expression], k.is_disabled AS [is_disabled]${WANTED}
   JOIN sys.check_constraints k ON k.parent_object_id = o.object_id${WHERE}
  ORDER BY o.object_id, k.name`;
