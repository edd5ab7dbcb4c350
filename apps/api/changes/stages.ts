import { agendaOf, EDITION_ID_PATTERN } from '#domain/identifiers.js';
import { BEGINNING } from '#event-store/event-store.js';
import { findEdition, lastAcknowledged } from '#queries/editions.js';
import { Problem } from '../problems/problem.js';
import type { Exchange } from '../reading/exchange.js';
import { parameterProblem, type Reader } from '../reading/reader.js';
import { ACKNOWLEDGED } from '../validation/kinds.js';

/** A log position or a time; an edition's is the one at which it froze. */
export async function momentOfStage<Name extends string>(
  reader: Reader,
  exchange: Exchange,
  agenda: string,
  question: { readonly minPosition?: string } & { readonly [N in Name]?: string },
  parameter: Name,
): Promise<string | undefined> {
  const stage = question[parameter];
  if (stage === undefined || !(stage === ACKNOWLEDGED || EDITION_ID_PATTERN.test(stage))) return stage;
  const reading = reader.reading(exchange, await reader.momentOf({ minPosition: question.minPosition }));
  if (stage === ACKNOWLEDGED) {
    const { role, state } = exchange.request.actor!;
    if (role !== 'liaison' || state === undefined) throw parameterProblem(parameter, `may be ${ACKNOWLEDGED} for the liaison of a state alone`);
    // To a state that has acknowledged none, everything is new.
    return (await lastAcknowledged(reading, agenda, state))?.log_position ?? BEGINNING;
  }
  if (agendaOf(stage) !== agenda) throw parameterProblem(parameter, `names an edition of another agenda than ${agenda}`);
  const edition = await findEdition(reading, stage);
  if (!edition) throw new Problem('EDITION_UNKNOWN', `${stage} was never dispatched.`);
  return edition.log_position;
}
