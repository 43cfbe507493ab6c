/**
 * Queries of the catalogue (Oracle, "Database Reference", static data dictionary views). `:only` is the one table that is asked for, or
 * null; `$schemas` are the schemas as parameters.
 */

/** Tables that people made, or the one that is named, which may be a view: neither parts of others nor the recycle bin. */
const WANTED = `(
  SELECT owner, table_name, num_rows, 0 AS is_view FROM all_tables
   WHERE owner IN ($schemas) AND nested = 'NO' AND secondary = 'N' AND dropped = 'NO'
     AND (iot_type IS NULL OR iot_type = 'IOT') AND (:only IS NULL OR table_name = :only)
  UNION ALL
  SELECT owner, view_name, NULL, 1 FROM all_views
   WHERE owner IN ($schemas) AND :only IS NOT NULL AND view_name = :only) w`;

export const TABLES = `
 SELECT w.owner AS schema, w.table_name AS name, c.comments AS table_comment, w.num_rows AS row_estimate,
        (SELECT COUNT(*) FROM all_triggers t
          WHERE t.table_owner = w.owner AND t.table_name = w.table_name AND t.status = 'ENABLED') AS triggers
   FROM ${WANTED}
   LEFT JOIN all_tab_comments c ON c.owner = w.owner AND c.table_name = w.table_name
  ORDER BY w.owner, w.table_name`;

/** DATA_DEFAULT is a LONG, which stands last and in no expression. */
export const COLUMNS = `
 SELECT w.owner AS schema, w.table_name AS table_name, c.column_name AS name, c.data_type AS type,
        c.data_length AS data_length, c.char_length AS char_length, c.char_used AS char_used, c.data_precision AS precision,
        c.data_scale AS scale, c.nullable AS nullable, c.virtual_column AS virtual_column, i.generation_type AS identity,
        m.comments AS column_comment, c.data_default AS data_default
   FROM ${WANTED}
   JOIN all_tab_cols c ON c.owner = w.owner AND c.table_name = w.table_name AND c.hidden_column = 'NO'
   LEFT JOIN all_tab_identity_cols i
     ON i.owner = c.owner AND i.table_name = c.table_name AND i.column_name = c.column_name
   LEFT JOIN all_col_comments m
     ON m.owner = c.owner AND m.table_name = c.table_name AND m.column_name = c.column_name
  ORDER BY w.owner, w.table_name, c.column_id`;

export const CONSTRAINTS = `
 SELECT w.owner AS schema, w.table_name AS table_name, k.constraint_name AS name, k.constraint_type AS kind, k.status AS status,
        k.deferrable AS deferrable, k.search_condition_vc AS expression, cc.column_name AS column_name,
        rc.owner AS to_schema, rc.table_name AS to_name, rc.column_name AS to_column
   FROM ${WANTED}
   JOIN all_constraints k ON k.owner = w.owner AND k.table_name = w.table_name AND k.constraint_type IN ('P', 'U', 'R', 'C')
   LEFT JOIN all_cons_columns cc ON cc.owner = k.owner AND cc.constraint_name = k.constraint_name
   LEFT JOIN all_cons_columns rc
     ON rc.owner = k.r_owner AND rc.constraint_name = k.r_constraint_name AND rc.position = cc.position
  ORDER BY w.owner, w.table_name, k.constraint_name, cc.position`;

/** Unique indexes that no constraint has. */
export const INDEXES = `
 SELECT w.owner AS schema, w.table_name AS table_name, i.owner || '.' || i.index_name AS name, i.index_type AS kind,
        ic.column_name AS column_name
   FROM ${WANTED}
   JOIN all_indexes i ON i.table_owner = w.owner AND i.table_name = w.table_name AND i.uniqueness = 'UNIQUE'
   JOIN all_ind_columns ic ON ic.index_owner = i.owner AND ic.index_name = i.index_name
  WHERE i.index_type NOT LIKE 'LOB%'
    AND NOT EXISTS (SELECT 1 FROM all_constraints k
                     WHERE k.owner = w.owner AND k.table_name = w.table_name AND k.index_name = i.index_name
                       AND k.constraint_type IN ('P', 'U'))
  ORDER BY w.owner, w.table_name, i.index_name, ic.column_position`;
