import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importSchema, readSheet } from '@datamaker/engine/import';
import { describe, expect, it, onTestFinished } from 'vitest';
import { writeWorkbook } from './python/write-workbook.ts';

/** A workbook by openpyxl. */
function workbook(): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'datamaker-workbook-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'guests.xlsx');
  writeWorkbook(path);
  return readFileSync(path);
}

describe('a workbook of openpyxl', () => {
  it('is read cell by cell', () => {
    const result = readSheet(workbook(), { rows: 2 });
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
    const [header, row] = result.value.rows;
    expect(result.value.name).toBe('Gäste & Co');
    expect([header?.number, row?.number]).toEqual([2, 3]);
    expect([...(header?.cells ?? [])][0]).toEqual([1, { kind: 'text', value: 'id' }]);
    expect([...(row?.cells ?? [])]).toEqual([
      [1, { kind: 'number', value: 1 }],
      [2, { kind: 'text', value: 'Änne <0> & \t日本' }],
      [3, { kind: 'date', value: '1990-01-01' }],
      [4, { kind: 'datetime', value: '2024-02-29T13:14:15.500' }],
      [5, { kind: 'time', value: '07:30:00' }],
      [6, { kind: 'number', value: 19.99 }],
      [7, { kind: 'boolean', value: true }],
      [8, { kind: 'text', value: 'gold' }],
      [9, { kind: 'text', value: '01000' }],
      [11, { kind: 'number', value: 1.25 }],
    ]);
  });

  it('becomes a template of its first sheet; the others are told of', async () => {
    const result = await importSchema(workbook());
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
    const { kind, templates, notices } = result.value;
    expect(kind).toBe('xlsx');
    expect(templates.map(({ name }) => name)).toEqual(['Gäste & Co']);
    const types = Object.fromEntries((templates[0]?.fields ?? []).map(({ name, type }) => [name, type]));
    expect(types).toMatchObject({
      id: 'sequence',
      geboren: 'date',
      gesehen: 'datetime',
      um: 'time',
      preis: 'currency',
      aktiv: 'boolean',
      stufe: 'enum',
      plz: 'postcode',
      dauer: 'float',
      leer: 'null',
    });
    expect(notices).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: 'hidden_sheet', subject: 'geheim' }),
        expect.objectContaining({ code: 'nothing_to_import', subject: 'leer' }),
        expect.objectContaining({ code: 'cell_errors' }),
      ]),
    );
  });
});
