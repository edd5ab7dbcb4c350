import { isPosition } from '#event-store/position.js';
import { LANGUAGES, type Language } from '#domain/vocabulary.js';
import type { AskedMoment } from '#queries/moment.js';
import { Moment, OneOf, Whole, LogPosition, Cursor } from '../validation/fields.js';

/** What every read may be asked with. */
export class Question {
  @OneOf(LANGUAGES, { optional: true, description: 'Of the texts; else by Accept-Language, else ru' })
  lang?: Language;

  @Moment({
    optional: true,
    description: 'A log position or an RFC 3339 time: the answer is what it would have been then, by what the log had recorded by then',
    example: '2024-06-30T12:00:00Z',
  })
  asOf?: string;

  @LogPosition({ optional: true, description: 'The answer waits, five seconds at most, until the read side has come this far' })
  minPosition?: string;
}

/** What every list may be asked with. */
export class ListQuestion extends Question {
  @Whole({ min: 1, max: 500, default: 50, optional: true, description: 'How many items at most' })
  limit!: number;

  @Cursor({ optional: true, description: 'The `next` of the page before; it keeps to the moment of the first page' })
  cursor?: string;
}

export function askedMoment({ asOf, minPosition }: Question): AskedMoment {
  return {
    ...(asOf !== undefined && { asOf: isPosition(asOf) ? { position: asOf } : { time: new Date(asOf) } }),
    ...(minPosition !== undefined && { minPosition }),
  };
}
