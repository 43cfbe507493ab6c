import type { MaskPlan } from '@datamaker/seeding';

/** A plan for programs: each column, what it holds, what becomes of it and why. */
export function jsonOfMaskPlan({ tables, notes, problems }: MaskPlan): string {
  const document = {
    tables: tables.map((table) => ({
      table: table.id,
      rows: table.rows,
      columns: table.columns.map(({ column, personal, rule, fakeType, reason }) => ({
        column: column.name,
        type: column.type,
        holds: personal ?? null,
        mask: rule?.strategy ?? null,
        fake_type: fakeType ?? null,
        reason,
      })),
    })),
    notes: notes.map(({ code, subject, message }) => ({ code, subject, message })),
    problems: problems.map(({ code, subject, message }) => ({ code, subject, message })),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
