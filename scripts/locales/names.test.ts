import { describe, expect, it } from 'vitest';
import { feminine } from './feminine.mjs';
import { toCyrillic } from './serbian.mjs';

describe('feminine', () => {
  it.each([
    ['Novák', 'cs', 'Nováková'],
    ['Dvořáček', 'cs', 'Dvořáčková'],
    ['Němec', 'cs', 'Němcová'],
    ['Svoboda', 'cs', 'Svobodová'],
    ['Černý', 'cs', 'Černá'],
    ['Janů', 'cs', 'Janů'],
    ['Kowalski', 'pl', 'Kowalska'],
    ['Zawadzki', 'pl', 'Zawadzka'],
    ['Nowak', 'pl', 'Nowak'],
    ['Иванов', 'ru', 'Иванова'],
    ['Достоевский', 'ru', 'Достоевская'],
    ['Толстой', 'ru', 'Толстая'],
    ['Шевченко', 'ru', 'Шевченко'],
    ['Барановський', 'uk', 'Барановська'],
    ['Шевченко', 'uk', 'Шевченко'],
    ['Петков', 'bg', 'Петкова'],
    ['Παπαδόπουλος', 'el', 'Παπαδοπούλου'],
    ['Γεωργιάδης', 'el', 'Γεωργιάδου'],
    ['Kalniņš', 'lv', 'Kalniņa'],
    ['Alksnis', 'lv', 'Alksne'],
    ['Kazlauskas', 'lt', 'Kazlauskienė'],
    ['Butkus', 'lt', 'Butkienė'],
    ['Əliyev', 'az', 'Əliyeva'],
    ['Müller', 'de', 'Müller'],
  ])('%s in %s is %s', (name, language, expected) => {
    expect(feminine(name, language)).toBe(expected);
  });
});

describe('toCyrillic', () => {
  it.each([
    ['Đorđević', 'Ђорђевић'],
    ['Ljubljana', 'Љубљана'],
    ['Njegoš', 'Његош'],
    ['Džudža', 'Џуџа'],
    ['d.o.o. 1', 'д.о.о. 1'],
  ])('%s is %s', (latin, expected) => {
    expect(toCyrillic(latin)).toBe(expected);
  });
});
