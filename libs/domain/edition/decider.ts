import { requireKnownAgenda } from '../agenda/decider.js';
import type { Agenda, AgendaState } from '../agenda/state.js';
import type { Circumstances, Decider } from '../decider.js';
import { reject } from '../rejection.js';
import { unlessSaid } from '../repeat.js';
import type { Actor, Instant, StateCode } from '../values.js';
import type { DispatchEdition, EditionCommand, StatePosition } from './commands.js';
import type { Attestation, EditionEvent } from './events.js';
import { evolveEdition, type Edition, type EditionState } from './state.js';

export type EditionFacts = {
  readonly agenda: AgendaState;
  /** Of DispatchEdition alone. */
  readonly frozen?: Frozen;
};

/** What an edition is made of, as it was taken from the read side for this very dispatch. */
export type Frozen = {
  readonly editionId: string;
  readonly number: number;
  readonly logPosition: string;
  readonly digest: string;
  readonly checkpoint?: Attestation;
  /** The priorities that are not withdrawn. */
  readonly priorities: number;
};

export const editionDecider: Decider<EditionState, EditionCommand, EditionEvent, EditionFacts> = {
  initial: undefined,
  evolve: evolveEdition,
  decide(state, command, facts, circumstances) {
    if (command.type === 'DispatchEdition') return dispatch(state, command, facts, circumstances);
    const { type, data } = command;
    const edition = state ?? reject('EDITION_UNKNOWN', `${data.editionId} was never dispatched.`);
    const settle = unlessSaid(evolveEdition, state);
    switch (type) {
      case 'RecordDelivery':
        return settle({ type: 'EditionDelivered', data: { ...data, ...placeOf(edition, data.state) } });
      case 'RecordDeliveryFailure':
        return settle({ type: 'EditionDeliveryFailed', data: { ...data, ...placeOf(edition, data.state) } });
      case 'AcknowledgeEdition': {
        const place = placeOf(edition, ownState(circumstances.actor));
        if (data.digest !== edition.digest) {
          reject('DIGEST_MISMATCH', `The digest of ${edition.id} is ${edition.digest}: what was received is not this edition.`, '/digest');
        }
        return settle({ type: 'EditionAcknowledged', data: { ...place, digest: data.digest } });
      }
      case 'StatePosition':
        return statePosition(edition, command, facts.agenda, circumstances);
      case 'RecordSilence':
        return silence(edition, facts.agenda, circumstances.now);
    }
  },
};

/**
 * The states that an edition goes to: those chosen, or all that take part.
 * @throws {DomainRejection} STATE_REPEATED, STATE_UNKNOWN, RECIPIENT_NOT_PARTICIPATING, NO_RECIPIENTS
 */
export function recipientsOf(agenda: Agenda, chosen: readonly StateCode[] | undefined): readonly StateCode[] {
  const participating = [...agenda.participations].filter(([, { participation }]) => participation === 'participating').map(([state]) => state);
  chosen?.forEach((state, i) => {
    const field = `/recipients/${i}`;
    if (chosen.indexOf(state) < i) reject('STATE_REPEATED', `${state} is named twice.`, field);
    if (!agenda.participations.has(state)) reject('STATE_UNKNOWN', `${state} is not a member state of ${agenda.id}.`, field);
    if (!participating.includes(state)) reject('RECIPIENT_NOT_PARTICIPATING', `${state} does not take part in ${agenda.id}.`, field);
  });
  const recipients = chosen ?? participating;
  if (recipients.length === 0) reject('NO_RECIPIENTS', `No state is there to receive an edition of ${agenda.id}.`, '/recipients');
  return recipients;
}

/** @throws {DomainRejection} DEADLINE_PAST */
export function requireToCome(deadline: Instant | undefined, now: Instant): void {
  if (deadline !== undefined && deadline <= now) reject('DEADLINE_PAST', `${deadline} has passed already.`, '/silenceDeadline');
}

function dispatch(
  state: EditionState,
  { data: { purpose, recipients, silenceDeadline } }: DispatchEdition,
  { agenda: known, frozen }: EditionFacts,
  { now }: Circumstances,
): readonly EditionEvent[] {
  const agenda = requireKnownAgenda(known);
  if (state) reject('EDITION_ALREADY_DISPATCHED', `${state.id} was dispatched already.`);
  // Its outcomes are told after nothing can change them any more.
  if (agenda.lifecycle === 'closed' && purpose !== 'final') reject('AGENDA_CLOSED', `${agenda.id} is closed; only its final edition is sent.`);
  if (!frozen || frozen.priorities === 0) reject('AGENDA_EMPTY', `${agenda.id} has no priority that could be sent.`);
  requireToCome(silenceDeadline, now);
  const { priorities: _, ...content } = frozen;
  return [
    {
      type: 'EditionDispatched',
      data: { ...content, agendaId: agenda.id, purpose, recipients: recipientsOf(agenda, recipients), silenceDeadline },
    },
  ];
}

/** After the deadline a word is late, but it is kept: silence never takes a state's voice away. */
function statePosition(
  edition: Edition,
  { data: { position, text } }: StatePosition,
  agenda: AgendaState,
  { actor, now }: Circumstances,
): readonly EditionEvent[] {
  const place = placeOf(edition, ownState(actor));
  const { stated } = edition.recipients.get(place.state)!;
  if (stated && !stated.bySilence && stated.position === position && stated.text === text) return [];
  if (!takesPart(agenda, place.state)) {
    reject('STATE_NOT_PARTICIPATING', `${place.state} no longer takes part in ${edition.agendaId}.`);
  }
  return [{ type: 'PositionStated', data: { ...place, position, text, ...(isPast(edition, now) && { late: true }) } }];
}

function silence(edition: Edition, agenda: AgendaState, now: Instant): readonly EditionEvent[] {
  if (!isPast(edition, now)) reject('SILENCE_NOT_OVER', `${edition.id} may be answered until ${edition.silenceDeadline ?? 'any time'}.`);
  return [...edition.recipients].flatMap(([state, { stated }]) =>
    stated || !takesPart(agenda, state)
      ? []
      : [{ type: 'PositionStated', data: { ...placeOf(edition, state), position: 'no-objection', bySilence: true } } as const],
  );
}

const isPast = ({ silenceDeadline }: Edition, now: Instant): boolean => silenceDeadline !== undefined && silenceDeadline <= now;

const takesPart = (agenda: AgendaState, state: StateCode): boolean => agenda?.participations.get(state)?.participation === 'participating';

/** @throws {DomainRejection} NOT_A_RECIPIENT */
function placeOf({ id, agendaId, recipients }: Edition, state: StateCode) {
  if (!recipients.has(state)) reject('NOT_A_RECIPIENT', `${id} was not sent to ${state}.`);
  return { editionId: id, agendaId, state };
}

/** @throws {DomainRejection} ROLE_NOT_ALLOWED */
const ownState = ({ state }: Actor): StateCode => state ?? reject('ROLE_NOT_ALLOWED', 'An edition is answered for a state, and the actor acts for none.');
