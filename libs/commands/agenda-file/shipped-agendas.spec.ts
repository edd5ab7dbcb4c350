import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalisedText } from '#domain/values.js';
import { packageRoot } from '#platform/package-root.js';
import { agendaFileJsonSchema } from './json-schema.js';
import { parseAgendaFile } from './parse.js';

const shipped = (name: string) => readFileSync(join(packageRoot(), 'agendas', name), 'utf8');
const csto = parseAgendaFile(shipped('csto-2024.yaml'), 'agendas/csto-2024.yaml');
const example = parseAgendaFile(shipped('example.yaml'), 'agendas/example.yaml');

describe('the agenda csto-2024', () => {
  it('is the agenda of the chairmanship of Kazakhstan over the whole of 2024', () => {
    expect(csto).toMatchObject({
      id: 'csto-2024',
      organisation: 'CSTO',
      chair: 'KZ',
      term: { from: '2024-01-01', to: '2024-12-31' },
      memberStates: ['AM', 'BY', 'KZ', 'KG', 'RU', 'TJ'],
      reportingPeriods: [
        { id: '2024-Q1', from: '2024-01-01', to: '2024-03-31', due: '2024-04-20' },
        { id: '2024-Q2', from: '2024-04-01', to: '2024-06-30', due: '2024-07-20' },
        { id: '2024-Q3', from: '2024-07-01', to: '2024-09-30', due: '2024-10-20' },
        { id: '2024-Q4', from: '2024-10-01', to: '2024-12-31', due: '2025-01-20' },
      ],
    });
  });

  it('registers exactly the bodies that the source names and the council that decides', () => {
    expect(csto.bodies?.map(({ id, kind, names }) => `${id} (${kind}): ${names.en}`)).toEqual([
      'secretariat (secretariat): CSTO Secretariat',
      'skb (council): CSTO Collective Security Council',
      'kssb (committee): CSTO Committee of Secretaries of Security Councils',
      'kssb-ct-experts (working-group): Working Group of Experts on Combating Terrorism and Extremism under the CSTO Committee of Secretaries of Security Councils',
      'ksopn (council): Coordination Council of the Heads of Competent Authorities for Countering Illicit Drug Trafficking of the CSTO Member States',
      'sg-peacekeeping (representative): Special Representative of the CSTO Secretary General for Peacekeeping',
      'collective-forces (forces): CSTO Collective Forces',
      'un (partner): United Nations',
      'cis (partner): Commonwealth of Independent States',
      'sco (partner): Shanghai Cooperation Organisation',
    ]);
  });

  it('has exactly the priorities and commitments of the source, in its order', () => {
    expect(
      csto.priorities.flatMap((priority) => [
        `${priority.number}. ${priority.title.ru}`,
        ...(priority.commitments ?? []).map((commitment) => `${priority.number}.${commitment.number}. ${commitment.text.ru}`),
      ]),
    ).toEqual([
      '1. Сотрудничество ОДКБ с заинтересованными странами и международными организациями в сфере безопасности',
      '1.1. Поддержание наработанного уровня взаимодействия с Организацией Объединенных Наций и её структурами',
      '1.2. Дальнейшее углубление сотрудничества с СНГ и ШОС',
      '2. Взаимодействие по вопросам военного сотрудничества',
      '2.1. Доработка нормативно-правовой базы по вопросам обеспечения оперативного развёртывания Коллективных сил ОДКБ (беспрепятственный и беспосадочный транзит контингентов, полеты военной авиации и другие аспекты)',
      '2.2. Продолжение развития системы подготовки военных кадров и военно-научного потенциала государств – членов ОДКБ',
      '2.3. Раскрытие миротворческого потенциала Организации',
      '3. Развитие сотрудничества по противодействию международному терроризму и экстремизму',
      '3.1. Продолжение совместной работы, чтобы не допускать выезда граждан наших стран, планирующих примкнуть к террористическим группам',
      '3.2. Задействование механизма по розыску, задержанию и экстрадиции лиц, причастных к терроризму и экстремизму',
      '3.3. Активизация деятельности Рабочей группы экспертов по вопросам борьбы с терроризмом и экстремизмом при Комитете секретарей советов безопасности ОДКБ',
      '4. Противодействие незаконному обороту наркотических средств и психотропных веществ',
      '4.1. Повышение эффективности совместных мероприятий по защите пространства ОДКБ от проникновения наркотических средств и психотропных веществ',
      '4.2. Выстраивание работы с учетом всех актуальных факторов, в том числе роста распространения синтетических наркотиков',
      '5. Борьба с незаконным оборотом оружия и организованной транснациональной преступностью',
      '6. Предупреждение и ликвидация последствий чрезвычайных ситуаций',
      '6.1. Углубление сотрудничества по вопросам предупреждения и ликвидации последствий чрезвычайных ситуаций',
      '7. Противодействие преступлениям в сфере информационных технологий',
      '7.1. Учет динамично меняющегося характера угроз и арсенала средств, которые берут на вооружение киберпреступники, при использовании основного инструмента – операции ОДКБ по противодействию преступлениям в сфере информационных технологий «ПРОКСИ»',
    ]);
  });

  it('gives every priority a summary and says where it was said', () => {
    expect(csto.priorities.filter(({ summary, source }) => !summary || !source)).toEqual([]);
  });

  it('names the instruments of the source, the declaration with its date', () => {
    expect(
      csto.priorities.flatMap(({ number, instruments = [] }) => instruments.map(({ title, date }) => [number, title.en, date])),
    ).toEqual([
      [1, 'Joint Declaration on Cooperation between the CSTO and UN Secretariats', '2010-03-18'],
      [1, 'Practical Measures to Strengthen CSTO Cooperation with the CIS and the SCO', undefined],
      [2, 'Legal and regulatory framework for the operational deployment of the CSTO Collective Forces', undefined],
      [3, 'Mechanism for the search, detention and extradition of persons involved in terrorism and extremism', undefined],
      [7, 'CSTO operation “PROXY” to counter crime in the sphere of information technologies', undefined],
    ]);
  });

  it('lets a commitment rest on no instrument that its priority does not name alike', () => {
    for (const { instruments = [], commitments = [] } of csto.priorities) {
      expect(instruments).toEqual(expect.arrayContaining(commitments.flatMap((commitment) => commitment.instruments ?? [])));
    }
  });

  it('gives work to the bodies that the source gives it to', () => {
    expect(
      csto.priorities.flatMap((priority) => [
        `${priority.number}: ${carriers(priority)}`,
        ...(priority.commitments ?? []).map((commitment) => `${priority.number}.${commitment.number}: ${carriers(commitment)}`),
      ]),
    ).toEqual([
      '1: secretariat lead, un supporting',
      '1.1: secretariat lead, un supporting',
      '1.2: cis supporting, sco supporting',
      '2: collective-forces supporting, sg-peacekeeping supporting',
      '2.1: collective-forces supporting',
      '2.2: ',
      '2.3: sg-peacekeeping lead',
      '3: kssb-ct-experts lead, kssb supporting',
      '3.1: ',
      '3.2: ',
      '3.3: kssb-ct-experts lead, kssb supporting',
      '4: ksopn lead',
      '4.1: ksopn lead',
      '4.2: ksopn lead',
      '5: ',
      '6: ',
      '6.1: ',
      '7: ',
      '7.1: ',
    ]);
  });

  const texts = textsIn(csto);

  it('says every text in Russian, Kazakh and English', () => {
    expect(texts.length).toBeGreaterThan(45);
    expect(texts.filter(({ ru, kk, en }) => !ru || !kk || !en)).toEqual([]);
  });

  // One letter of a neighbouring alphabet or a Latin look-alike breaks search and sorting and is not seen by eye.
  it.each([
    ['ru', /^[а-яё\d\s.,:()«»–-]+$/iu],
    ['kk', /^[аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя\d\s.,:()«»–-]+$/iu],
    ['en', /^[a-z\d\s.,:()“”'-]+$/i],
  ] as const)('writes %s in the letters of its own alphabet alone', (language, alphabet) => {
    expect(texts.map((text) => text[language]).filter((text) => !alphabet.test(text ?? ''))).toEqual([]);
  });

  it('has Kazakh texts that are Kazakh: each has a letter that Russian lacks', () => {
    expect(texts.map(({ kk }) => kk).filter((kk) => !/[әғқңөұүһі]/iu.test(kk ?? ''))).toEqual([]);
  });
});

describe('the example agenda', () => {
  it('is another organisation’s, with states of its own and a translation left out', () => {
    expect(example).toMatchObject({ id: 'example-2030', organisation: 'Example Organisation', memberStates: ['XA', 'XB', 'XC'] });
    expect(textsIn(example).every(({ en, kk }) => en !== undefined && kk === undefined)).toBe(true);
  });

  it('shows every field that the format has, those about an earlier agenda in comments, so that it can be loaded as it is', () => {
    const text = shipped('example.yaml').replaceAll(/^( *)# (registeredBodies|carriedOverFrom):/gm, '$1$2:');
    const example = parseAgendaFile(text.replace('  - id: council\n', '  - id: council-2\n'), 'example.yaml');
    const { definitions, properties } = JSON.parse(agendaFileJsonSchema()) as JsonSchema;
    const fields = (of: JsonSchema | undefined) => Object.keys(of?.properties ?? {}).toSorted();
    const priority = example.priorities[0];
    expect(Object.keys(example).toSorted()).toEqual(fields({ properties }));
    expect(Object.keys(priority ?? {}).toSorted()).toEqual(fields(definitions?.priority));
    expect(Object.keys(priority?.commitments?.[0] ?? {}).toSorted()).toEqual(fields(definitions?.commitment));
  });
});

it('the JSON Schema for editors is the one that the format has now (npm run agenda-schema)', () => {
  expect(shipped('agenda.schema.json')).toBe(agendaFileJsonSchema());
});

it.each(['csto-2024.yaml', 'example.yaml'])('%s tells editors where its schema is', (name) => {
  expect(shipped(name).split('\n', 1)[0]).toBe('# yaml-language-server: $schema=./agenda.schema.json');
});

type JsonSchema = { readonly properties?: object; readonly definitions?: Readonly<Record<string, JsonSchema>> };

const carriers = (of: { assignments?: { body: string; role: string }[] }): string =>
  (of.assignments ?? []).map(({ body, role }) => `${body} ${role}`).join(', ');

/** Every localised text anywhere in the tree. */
function textsIn(tree: unknown): readonly LocalisedText[] {
  if (typeof tree !== 'object' || tree === null) return [];
  if ('ru' in tree) return [tree as LocalisedText];
  return Object.values(tree).flatMap(textsIn);
}
