import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CommandError } from '../errors/command-error.ts';
import { temporaryFolder, writeTemplate } from '../testing/run-datamaker.ts';
import { loadOtherTemplates } from './other-templates.ts';

const codeOf = (action: () => unknown): string | undefined => {
  try {
    action();
  } catch (error) {
    if (error instanceof CommandError) return error.problems[0]?.code ?? error.code;
    throw error;
  }
  return undefined;
};

describe('loadOtherTemplates', () => {
  it('finds a template by its id and by the name of its file', () => {
    const folder = temporaryFolder();
    writeTemplate(folder, { id: 'tmpl_1', name: 'a' }, 'address.json');
    const templates = loadOtherTemplates([folder]);
    expect([...templates.keys()].sort()).toEqual(['address', 'tmpl_1']);
    expect(templates.get('tmpl_1')).toBe(templates.get('address'));
  });

  it('lets an id go before the name of a file', () => {
    const folder = temporaryFolder();
    writeTemplate(folder, { id: 'order', name: 'by id' }, 'a.json');
    writeTemplate(folder, { name: 'by file' }, 'order.json');
    expect(loadOtherTemplates([folder]).get('order')).toMatchObject({ name: 'by id' });
  });

  it('leaves out what is no template in a folder, but not a file named by itself', () => {
    const folder = temporaryFolder();
    const broken = writeTemplate(folder, '{', 'broken.json');
    writeTemplate(folder, '[]', 'list.json');
    writeTemplate(folder, 'text', 'notes.txt');
    mkdirSync(join(folder, 'folder.json'));
    expect(loadOtherTemplates([folder]).size).toBe(0);
    expect(codeOf(() => loadOtherTemplates([broken]))).toBe('invalid_json');
  });

  it('refuses two templates with one id, and a path that is not there', () => {
    const folder = temporaryFolder();
    writeTemplate(folder, { id: 'x' }, 'a.json');
    writeTemplate(folder, { id: 'x' }, 'b.json');
    expect(codeOf(() => loadOtherTemplates([folder]))).toBe('duplicate_template_id');
    expect(codeOf(() => loadOtherTemplates([join(folder, 'missing')]))).toBe('file_not_found');
  });
});
