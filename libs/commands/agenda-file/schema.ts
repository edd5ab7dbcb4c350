import { z } from 'zod';
import { isCalendarDate } from '#domain/calendar-date.js';
import { COMMITMENT_ID_PATTERN, HIGHEST_NUMBER, SLUG_PATTERN, STATE_PATTERN } from '#domain/identifiers.js';
import { ASSIGNMENT_ROLES, BODY_KINDS, PARTICIPATIONS, type Language } from '#domain/vocabulary.js';

/** The shape of an agenda file. What its parts say together is for the domain to judge. */

export const text = z.string().trim().min(1, 'must not be empty');

const localisedText = z
  .strictObject({ ru: text, kk: text.optional(), en: text.optional() } satisfies Record<Language, z.ZodType>)
  .meta({ id: 'localisedText', description: 'Russian is the authentic text; Kazakh and English are translations and may be left out.' });

const slug = z
  .string()
  .regex(SLUG_PATTERN, 'must be lower-case letters, digits and single hyphens, at most 64')
  .meta({ id: 'slug', description: 'Lower-case letters, digits and single hyphens, at most 64.' });

const state = z
  .string()
  .regex(STATE_PATTERN, 'must be an ISO 3166-1 alpha-2 code, two capital letters')
  .meta({ id: 'state', description: 'ISO 3166-1 alpha-2.' });

const date = z
  .string()
  .refine(isCalendarDate, 'must be a day of the calendar, written YYYY-MM-DD')
  .meta({ id: 'date', format: 'date', description: 'YYYY-MM-DD.' });

const number = z
  .int()
  .min(1, 'must be at least 1')
  .max(HIGHEST_NUMBER, `must be at most ${HIGHEST_NUMBER}`);

/** The domain takes what is said twice of one thing for a change of mind; in a file it is a slip. */
const listOf = <Item extends z.ZodType>(item: Item, identity: (value: z.output<Item>) => string) =>
  z.array(item).superRefine((items, context) => {
    const seen = new Set<string>();
    items.forEach((value, i) => {
      const id = identity(value);
      if (seen.has(id)) context.addIssue({ code: 'custom', path: [i], message: `says ${id} a second time` });
      seen.add(id);
    });
  });

export const decision = z
  .strictObject({ body: text, date, number: text.optional(), paragraph: text.optional() })
  .meta({ id: 'decision', description: 'Under which something was agreed or changed; its body is an id or a name.' });

const agreed = z.strictObject({ decision }).meta({ id: 'agreed', description: 'Given where the member states have agreed already.' });

const instruments = z
  .array(z.strictObject({ title: localisedText, date: date.optional() }))
  .meta({ id: 'instruments', description: 'The documents or mechanisms that it rests on.' });

const source = text.meta({ id: 'source', description: 'Where it was said: a reference or an address.' });

const assignments = listOf(z.strictObject({ body: slug, role: z.enum(ASSIGNMENT_ROLES) }), ({ body }) => body).meta({
  id: 'assignments',
  description: 'Which bodies carry it.',
});

const milestones = listOf(z.strictObject({ id: slug, title: localisedText, due: date }), ({ id }) => id);

const commitment = z
  .strictObject({
    number,
    text: localisedText,
    due: date.optional(),
    instruments: instruments.optional(),
    source: source.optional(),
    carriedOverFrom: z
      .string()
      .regex(COMMITMENT_ID_PATTERN, 'must be a commitment of an earlier agenda, such as csto-2024.2.1')
      .meta({ description: 'The commitment of an earlier agenda that this one goes on with, such as csto-2024.2.1.' })
      .optional(),
    assignments: assignments.optional(),
    milestones: milestones.optional(),
    agreed: agreed.optional(),
  })
  .meta({ id: 'commitment', description: 'A verifiable promise under a priority.' });

const priority = z
  .strictObject({
    number,
    title: localisedText,
    summary: localisedText.optional(),
    instruments: instruments.optional(),
    source: source.optional(),
    assignments: assignments.optional(),
    agreed: agreed.optional(),
    commitments: z.array(commitment).optional(),
  })
  .meta({ id: 'priority', description: 'A numbered theme of the agenda.' });

const participation = z.strictObject({
  state,
  participation: z.enum(PARTICIPATIONS),
  note: localisedText.optional(),
  decision: decision.optional(),
});

export const agendaFile = z.strictObject({
  id: slug,
  organisation: text.meta({ description: 'The intergovernmental body whose chair rotates.' }),
  chair: state,
  title: localisedText,
  term: z.strictObject({ from: date, to: date }),
  memberStates: z.array(state).min(1, 'must name at least one state'),
  reportingPeriods: z.array(z.strictObject({ id: text, from: date, to: date, due: date, lockedFrom: date.optional() })),
  participations: listOf(participation, ({ state }) => state)
    .meta({ description: 'Every member state takes part unless it is said otherwise here.' })
    .optional(),
  registeredBodies: z
    .array(slug)
    .meta({ description: 'Bodies that the register has from an earlier agenda; work may be assigned to them.' })
    .optional(),
  bodies: z
    .array(z.strictObject({ id: slug, kind: z.enum(BODY_KINDS), names: localisedText }))
    .meta({ description: 'Bodies to be registered with this agenda.' })
    .optional(),
  priorities: z.array(priority),
});

/** A whole agenda as data. */
export type AgendaFile = Readonly<z.output<typeof agendaFile>>;
