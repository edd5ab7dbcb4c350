import { describe, expect, it } from '@jest/globals';
import { parseAgendaFile } from './parse.js';
import { AgendaFileError } from './problems.js';

const SOUND = `id: shared-rivers-2030
organisation: Example Organisation
chair: XA
title: { ru: Повестка }
term: { from: 2030-01-01, to: 2030-12-31 }
memberStates: [XA, XB]
reportingPeriods:
  - { id: whole, from: 2030-01-01, to: 2030-12-31, due: 2031-01-20 }
bodies:
  - { id: council, kind: council, names: { ru: Совет } }
priorities:
  - number: 1
    title:
      ru: Реки
    assignments:
      - { body: council, role: lead }
    commitments:
      - number: 1
        text: { ru: Доклад }
        due: 2030-06-30
`;

/** The sound file with one passage written otherwise. */
function having(passage: string, instead: string): string {
  if (!SOUND.includes(passage)) throw new Error(`the sound file has no “${passage}”`);
  return SOUND.replace(passage, instead);
}

function refusalOf(text: string): readonly string[] {
  try {
    parseAgendaFile(text, 'rivers.yaml');
  } catch (error) {
    if (error instanceof AgendaFileError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('an agenda file', () => {
  it('is taken when it is sound', () => {
    expect(refusalOf(SOUND)).toEqual([]);
  });

  it('may hold its text in quotes, in blocks, in one line or in many, and loses the blank ends of it', () => {
    const { title } = parseAgendaFile(having('title: { ru: Повестка }', 'title:\n  ru: |\n    Повестка\n\n  en: " Agenda "'), 'f');
    expect(title).toEqual({ ru: 'Повестка', en: 'Agenda' });
  });

  it('may say its dates plain or in quotes', () => {
    const { term } = parseAgendaFile(having('from: 2030-01-01, to: 2030-12-31 }\nmember', 'from: "2030-01-01", to: 2030-12-31 }\nmember'), 'f');
    expect(term).toEqual({ from: '2030-01-01', to: '2030-12-31' });
  });

  it('may let Norway take the chair', () => {
    const norwegian = having('chair: XA', 'chair: NO').replace('[XA, XB]', '[NO, XB]');
    expect(parseAgendaFile(norwegian, 'f').chair).toBe('NO');
    expect(parseAgendaFile(`%YAML 1.1\n---\n${norwegian}`, 'f').chair).toBe('NO');
  });

  it('may assign work to a body that an earlier agenda registered', () => {
    const text = having('bodies:\n  - { id: council, kind: council, names: { ru: Совет } }', 'registeredBodies: [council]');
    expect(refusalOf(text)).toEqual([]);
  });

  it('may go on with a commitment of an agenda that is not in the file', () => {
    expect(refusalOf(having('due: 2030-06-30', 'carriedOverFrom: rivers-2029.4.2'))).toEqual([]);
  });
});

describe('a file that is not sound YAML is refused', () => {
  it.each([
    ['a key said twice', having('chair: XA', 'chair: XA\nchair: XB'), ['rivers.yaml:4:1: Map keys must be unique']],
    [
      'an alias',
      having('title: { ru: Повестка }', 'title: &t { ru: Повестка }').replace('text: { ru: Доклад }', 'text: *t'),
      ['rivers.yaml:19:15: *t: aliases are not allowed; write the value out'],
    ],
    [
      'aliases that would unfold into more than memory holds',
      `a: &a [x, x, x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n`,
      [
        'rivers.yaml:2:8: *a: aliases are not allowed; write the value out',
        'rivers.yaml:2:12: *a: aliases are not allowed; write the value out',
        'rivers.yaml:3:5: *b: aliases are not allowed; write the value out',
        'rivers.yaml:3:9: *b: aliases are not allowed; write the value out',
      ],
    ],
    ['a tag', having('chair: XA', 'chair: !state XA'), ['rivers.yaml:3:8: Unresolved tag: !state']],
    [
      'a date by tag',
      having('due: 2030-06-30', 'due: !!timestamp 2030-06-30'),
      ['rivers.yaml:20:14: Unresolved tag: tag:yaml.org,2002:timestamp'],
    ],
    ['a key that is no text', having('chair: XA', '? [chair]\n: XA'), ['rivers.yaml:3:3: With stringKeys, all keys must be strings']],
  ])('%s', (_what, text, refusal) => {
    expect(refusalOf(text)).toEqual(refusal);
  });

  it('a bracket never closed', () => {
    expect(refusalOf(having('[XA, XB]', '[XA, XB'))[0]).toMatch(/^rivers\.yaml:7:\d+: /);
  });

  it('a second document', () => {
    expect(refusalOf(`${SOUND}---\n${SOUND}`)).toEqual([expect.stringMatching(/^rivers\.yaml:21:1: .*documents/)]);
  });
});

describe('a file without the shape of an agenda is refused', () => {
  it.each([
    ['nothing at all', '', ['rivers.yaml:1:1: must be a mapping of keys to values']],
    ['a list', '- id: x\n', ['rivers.yaml:1:1: must be a mapping of keys to values']],
    ['an unknown key', having('chair: XA', 'chair: XA\nchairs: XA'), ['rivers.yaml:4:1: /chairs: is not known here']],
    ['an unknown key deep within', having('due: 2030-06-30', 'dew: 2030-06-30'), ['rivers.yaml:20:9: /priorities/0/commitments/0/dew: is not known here']],
    ['an unknown key with a slash', having('chair: XA', 'chair: XA\na/b: 1'), ['rivers.yaml:4:1: /a~1b: is not known here']],
    ['a key that JavaScript knows', having('chair: XA', 'chair: XA\n__proto__: {}'), ['rivers.yaml:4:1: /__proto__: is not known here']],
    ['a field left out', having('chair: XA\n', ''), ['rivers.yaml:1:1: /chair: is missing']],
    ['a field left out deep within', having('text: { ru: Доклад }\n        ', ''), ['rivers.yaml:18:9: /priorities/0/commitments/0/text: is missing']],
    ['the Russian text left out', having('ru: Реки', 'en: Rivers'), ['rivers.yaml:13:5: /priorities/0/title/ru: is missing']],
    ['an empty text', having('ru: Реки', 'ru: " "'), ['rivers.yaml:14:7: /priorities/0/title/ru: must not be empty']],
    ['a language that agendas do not have', having('ru: Реки', 'ru: Реки\n      fr: Rivières'), ['rivers.yaml:15:7: /priorities/0/title/fr: is not known here']],
    [
      'a number where text belongs',
      having('organisation: Example Organisation', 'organisation: 20'),
      ['rivers.yaml:2:1: /organisation: must be text (a number or a word such as true or null is text only in quotes)'],
    ],
    ['text where a number belongs', having('- number: 1\n    title', '- number: one\n    title'), ['rivers.yaml:12:5: /priorities/0/number: must be a whole number']],
    ['a number left out', having('- number: 1\n    title', '- title'), ['rivers.yaml:12:5: /priorities/0/number: is missing']],
    ['half a number', having('- number: 1\n    title', '- number: 1.5\n    title'), ['rivers.yaml:12:5: /priorities/0/number: must be a whole number']],
    ['the number nought', having('- number: 1\n    title', '- number: 0\n    title'), ['rivers.yaml:12:5: /priorities/0/number: must be at least 1']],
    ['a number too high for an id', having('- number: 1\n    title', '- number: 10000\n    title'), ['rivers.yaml:12:5: /priorities/0/number: must be at most 9999']],
    ['a day that the calendar lacks', having('due: 2030-06-30', 'due: 2030-06-31'), ['rivers.yaml:20:9: /priorities/0/commitments/0/due: must be a day of the calendar, written YYYY-MM-DD']],
    ['a date in another order', having('due: 2030-06-30', 'due: 30.06.2030'), ['rivers.yaml:20:9: /priorities/0/commitments/0/due: must be a day of the calendar, written YYYY-MM-DD']],
    ['a moment for a date', having('due: 2030-06-30', 'due: 2030-06-30T12:00:00Z'), ['rivers.yaml:20:9: /priorities/0/commitments/0/due: must be a day of the calendar, written YYYY-MM-DD']],
    ['an id with capitals', having('id: shared-rivers-2030', 'id: Rivers'), ['rivers.yaml:1:1: /id: must be lower-case letters, digits and single hyphens, at most 64']],
    ['a state by its name', having('[XA, XB]', '[XA, Xland]'), ['rivers.yaml:6:20: /memberStates/1: must be an ISO 3166-1 alpha-2 code, two capital letters']],
    ['no member state', having('[XA, XB]', '[]'), ['rivers.yaml:6:1: /memberStates: must name at least one state']],
    ['a kind of body that there is not', having('kind: council', 'kind: club'), ['rivers.yaml:10:20: /bodies/0/kind: must be one of council, committee, secretariat, working-group, representative, forces, partner']],
    ['a role left out', having('{ body: council, role: lead }', '{ body: council }'), ['rivers.yaml:16:9: /priorities/0/assignments/0/role: is missing']],
    ['a lineage that is no commitment', having('due: 2030-06-30', 'carriedOverFrom: rivers-2029'), ['rivers.yaml:20:9: /priorities/0/commitments/0/carriedOverFrom: must be a commitment of an earlier agenda, such as csto-2024.2.1']],
    [
      'a body assigned twice to one thing',
      having('role: lead }', 'role: lead }\n      - { body: council, role: supporting }'),
      ['rivers.yaml:17:9: /priorities/0/assignments/1: says council a second time'],
    ],
    [
      'a milestone said twice',
      having('due: 2030-06-30', 'milestones:\n          - { id: m, title: { ru: A }, due: 2030-02-01 }\n          - { id: m, title: { ru: B }, due: 2030-03-01 }'),
      ['rivers.yaml:22:13: /priorities/0/commitments/0/milestones/1: says m a second time'],
    ],
    [
      'a participation said twice',
      having('bodies:', 'participations:\n  - { state: XB, participation: suspended }\n  - { state: XB, participation: participating }\nbodies:'),
      ['rivers.yaml:11:5: /participations/1: says XB a second time'],
    ],
    ['an agreement without its decision', having('due: 2030-06-30', 'agreed: {}'), ['rivers.yaml:20:9: /priorities/0/commitments/0/agreed/decision: is missing']],
  ])('%s', (_what, text, refusal) => {
    expect(refusalOf(text)).toEqual(refusal);
  });

  it('and all that is wrong is said at once, from top to bottom', () => {
    const text = having('chair: XA', 'chair: Xland').replace('kind: council', 'kind: club').replace('due: 2030-06-30', 'dew: 1\n        due: soon');
    expect(refusalOf(text).map((line) => line.split(': ', 2).join(' '))).toEqual([
      'rivers.yaml:3:1 /chair',
      'rivers.yaml:10:20 /bodies/0/kind',
      'rivers.yaml:20:9 /priorities/0/commitments/0/dew',
      'rivers.yaml:21:9 /priorities/0/commitments/0/due',
    ]);
  });
});

describe('a file that the domain would refuse is refused where it says so', () => {
  it.each([
    ['a chair that is no member', having('chair: XA', 'chair: XC'), ['rivers.yaml:3:1: /chair: XC takes the chair and is no member state.']],
    ['a state named twice', having('[XA, XB]', '[XA, XB, XA]'), ['rivers.yaml:6:24: /memberStates/2: XA is named twice.']],
    ['a term that ends before it begins', having('to: 2030-12-31 }\nmember', 'to: 2029-12-31 }\nmember'), ['rivers.yaml:5:27: /term/to: The term ends on 2029-12-31, before it begins.']],
    ['reports due before their period ends', having('due: 2031-01-20', 'due: 2030-12-01'), ['rivers.yaml:8:52: /reportingPeriods/0/due: whole: its reports are due before it ends.']],
    ['a body registered twice', having('bodies:', 'bodies:\n  - { id: council, kind: council, names: { ru: Совет } }'), ['rivers.yaml:11:5: /bodies/1: council was registered already.']],
    ['a body registered that is said to be on the register', having('bodies:', 'registeredBodies: [council]\nbodies:'), ['rivers.yaml:11:5: /bodies/0: council was registered already.']],
    ['work for a body that nobody registers', having('body: council', 'body: counsel'), ['rivers.yaml:16:11: /priorities/0/assignments/0/body: counsel is not in the register of bodies.']],
    ['the participation of a stranger', having('bodies:', 'participations:\n  - { state: XC, participation: suspended }\nbodies:'), ['rivers.yaml:10:7: /participations/0/state: XC is not a member state of shared-rivers-2030.']],
    ['a priority’s number used twice', `${SOUND}  - number: 1\n    title: { ru: Озёра }\n`, ['rivers.yaml:21:5: /priorities/1: shared-rivers-2030.1 was proposed already.']],
    ['a commitment’s number used twice', `${SOUND}      - number: 1\n        text: { ru: Ещё }\n`, ['rivers.yaml:21:9: /priorities/0/commitments/1: shared-rivers-2030.1.1 was proposed already.']],
  ])('%s', (_what, text, refusal) => {
    expect(refusalOf(text)).toEqual(refusal);
  });

  it('and what stands under a refused thing is not held against the file again', () => {
    const again = SOUND.slice(SOUND.indexOf('  - number: 1')).replace('body: council', 'body: counsel');
    expect(refusalOf(`${SOUND}${again}`)).toEqual(['rivers.yaml:21:5: /priorities/1: shared-rivers-2030.1 was proposed already.']);
  });

  it('and slips in unrelated places are all said', () => {
    const text = having('body: council', 'body: counsel') + '      - number: 1\n        text: { ru: Ещё }\n';
    expect(refusalOf(text)).toHaveLength(2);
  });
});
