import { CalendarDay } from '../validation/fields.js';

/** What the body of every command may say. */
export class Occurrence {
  @CalendarDay({ optional: true, description: 'The day on which it happened, where that is not today. Not in the future.' })
  occurredOn?: string;
}

/** What a body says of its command, without the day, which goes with the command's context. */
export function contentOf<Body extends Occurrence>(body: Body): Omit<Body, 'occurredOn'> {
  const { occurredOn: _day, ...content } = body;
  return content;
}
