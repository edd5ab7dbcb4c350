import type { ApiResponseSchemaHost } from '@nestjs/swagger';
import {
  ACTOR_ROLES, AGENDA_LIFECYCLES, ASSIGNMENT_ROLES, BODY_KINDS, COMMITMENT_LIFECYCLES, DELIVERIES, GRADES, LANGUAGES, PARTICIPATIONS,
  PRIORITY_LIFECYCLES, REPORT_STATUSES, TIMELINESSES,
} from '#domain/vocabulary.js';

/** What an answer looks like, as JSON Schema 2020-12 (which is what OpenAPI 3.1 speaks). */
export type Shape = ApiResponseSchemaHost['schema'];

export const word = (description: string, example: string): Shape => ({ type: 'string', description, example });
export const flag = (description: string): Shape => ({ type: 'boolean', description, example: false });
export const whole = (description: string, example: number): Shape => ({ type: 'integer', description, example });
export const oneOf = (words: readonly string[], description: string): Shape => ({ type: 'string', enum: [...words], description, example: words[0] });
export const listOf = (items: Shape): Shape => ({ type: 'array', items });
export const orNull = (shape: Shape): Shape => ({ anyOf: [shape, { type: 'null' }] });

/** An object with exactly these properties; those named in `optional` may be absent. */
export const record = (properties: Record<string, Shape>, optional: readonly string[] = []): Shape => ({
  type: 'object',
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
  additionalProperties: false,
});

export const day = (description = 'A day of the calendar'): Shape => ({ type: 'string', format: 'date', description, example: '2024-03-31' });
export const time = (description = 'UTC'): Shape => ({ type: 'string', format: 'date-time', description, example: '2024-03-28T09:15:00.000Z' });
export const stateCode = (): Shape => ({ type: 'string', pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2', example: 'KG' });
export const anything = (description: string): Shape => ({ description, example: 'agreed' });

export const language = (): Shape => oneOf(LANGUAGES, 'Of the texts');
export const agendaLifecycle = (): Shape => oneOf(AGENDA_LIFECYCLES, 'As decided');
export const priorityLifecycle = (): Shape => oneOf(PRIORITY_LIFECYCLES, 'As decided');
export const commitmentLifecycle = (): Shape => oneOf(COMMITMENT_LIFECYCLES, 'As decided');
export const delivery = (): Shape => oneOf(DELIVERIES, 'As reported');
export const timeliness = (): Shape => oneOf(TIMELINESSES, 'By due dates and the day of the question');
export const participation = (): Shape => oneOf(PARTICIPATIONS, 'Whether the state takes part');
export const assignmentRole = (): Shape => oneOf(ASSIGNMENT_ROLES, 'How the body carries it');
export const bodyKind = (): Shape => oneOf(BODY_KINDS, 'What sort of organ it is');
export const reportStatus = (): Shape => oneOf(REPORT_STATUSES, 'Where the report stands');
export const grade = (): Shape => oneOf(GRADES, 'The Secretariat’s judgement');
export const subjectKind = (): Shape => oneOf(['commitment', 'priority'], 'What is reported on');
export const percent = (): Shape => ({ type: 'number', minimum: 0, maximum: 100, example: 40 });
export const revision = (): Shape => whole('The number of its events less one; `"<revision>"` is what `If-Match` takes', 3);

export const decision = (): Shape =>
  record(
    { body: word('Who decided', 'skb'), date: day(), number: word('Of the decision', '17'), paragraph: word('In it', '3') },
    ['number', 'paragraph'],
  );

export const actor = (): Shape =>
  record(
    { subject: word('Who', 'liaison-kg'), role: oneOf(ACTOR_ROLES, 'In which role'), state: stateCode(), body: word('Of a body’s focal point', 'ksopn') },
    ['state', 'body'],
  );

/** What every read says beside its own answer. */
const grounds = (): Record<string, Shape> => ({
  language: language(),
  fallbacks: listOf(word('JSON Pointer (RFC 6901) to a text that is given in Russian, having none in the language', '/title')),
  position: word('The log position that the answer is of', '1042'),
  moment: time('When that was'),
  date: day('The day of the question, by which timeliness is told'),
});

export const document = (properties: Record<string, Shape>, optional: readonly string[] = []): Shape =>
  record({ ...properties, ...grounds() }, [...optional, 'fallbacks']);

export const page = (item: Shape, beside: Record<string, Shape> = {}): Shape =>
  document({ ...beside, items: listOf(item), next: word('Cursor of the next page; absent on the last', 'WyJwcmludDEiLCIxMDQyIiwia3NvcG4iXQ') }, ['next']);
