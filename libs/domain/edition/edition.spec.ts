import { describe, it } from '@jest/globals';
import { agendaDecider } from '../agenda/decider.js';
import { fold } from '../fold.js';
import { agendaClosed, agendaOpened, liaisonOf } from '../testing/csto-2024.js';
import { given } from '../testing/given.js';
import type { Actor } from '../values.js';
import type { DispatchEdition, EditionCommand } from './commands.js';
import { editionDecider, type Frozen } from './decider.js';
import type { EditionDispatched, EditionEvent, PositionStated } from './events.js';

const agenda = fold(agendaDecider, [agendaOpened]);
const without = (state: string, participation: 'suspended' | 'not-participating' = 'suspended') =>
  fold(agendaDecider, [agendaOpened, { type: 'ParticipationRecorded', data: { agendaId: 'csto-2024', state, participation } }]);

const DIGEST = 'a'.repeat(64);
const DEADLINE = '2024-06-15T18:00:00.000Z';
const BEFORE = '2024-06-15T17:59:59.999Z';
const frozen: Frozen = { editionId: 'csto-2024.e1', number: 1, logPosition: '42', digest: DIGEST, priorities: 7 };
const place = { editionId: 'csto-2024.e1', agendaId: 'csto-2024' };

const dispatch = (differently: Partial<DispatchEdition['data']> = {}): DispatchEdition => ({
  type: 'DispatchEdition',
  data: { agendaId: 'csto-2024', purpose: 'for-consideration', ...differently },
});
const dispatched = (differently: Partial<EditionDispatched['data']> = {}): EditionDispatched => ({
  type: 'EditionDispatched',
  data: {
    ...place,
    number: 1,
    purpose: 'for-consideration',
    logPosition: '42',
    digest: DIGEST,
    recipients: ['AM', 'BY', 'KZ', 'KG', 'RU', 'TJ'],
    ...differently,
  },
});
const stated = (state: string, position: PositionStated['data']['position'], more: object = {}): PositionStated => ({
  type: 'PositionStated',
  data: { ...place, state, position, ...more },
});
const state = (position: PositionStated['data']['position'], text?: string): EditionCommand => ({
  type: 'StatePosition',
  data: { editionId: place.editionId, position, ...(text !== undefined && { text }) },
});
const SERVICE: Actor = { subject: 'mindet', role: 'service' };
const KG = { actor: liaisonOf('KG'), facts: { agenda } };
const open = dispatched({ silenceDeadline: DEADLINE, recipients: ['KG', 'KZ', 'AM'] });
const silence: EditionCommand = { type: 'RecordSilence', data: { editionId: place.editionId } };

describe('An edition is dispatched', () => {
  const facts = { agenda, frozen };

  it('with what was frozen, to every state that takes part', () =>
    given(editionDecider).when(dispatch(), { facts }).thenRecords(dispatched()));
  it('to those who take part alone', () =>
    given(editionDecider)
      .when(dispatch(), { facts: { agenda: without('RU'), frozen } })
      .thenRecords(dispatched({ recipients: ['AM', 'BY', 'KZ', 'KG', 'TJ'] })));
  it('to a chosen few, with a deadline and the word of the ledger', () => {
    const checkpoint = { size: 42, note: 'mindet\n42\n…' };
    given(editionDecider)
      .when(dispatch({ recipients: ['KG'], silenceDeadline: DEADLINE }), { facts: { agenda, frozen: { ...frozen, checkpoint } } })
      .thenRecords(dispatched({ recipients: ['KG'], silenceDeadline: DEADLINE, checkpoint }));
  });
  it('once under a number', () => given(editionDecider, dispatched()).when(dispatch(), { facts }).thenRejected('EDITION_ALREADY_DISPATCHED'));
  it('of an agenda that was opened', () =>
    given(editionDecider).when(dispatch(), { facts: { agenda: undefined } }).thenRejected('AGENDA_UNKNOWN'));
  it('of an agenda that says something', () =>
    given(editionDecider).when(dispatch(), { facts: { agenda, frozen: { ...frozen, priorities: 0 } } }).thenRejected('AGENDA_EMPTY'));
  it('of a closed agenda as its final one alone', () => {
    const closed = fold(agendaDecider, [agendaOpened, agendaClosed]);
    given(editionDecider).when(dispatch({ purpose: 'progress' }), { facts: { agenda: closed, frozen } }).thenRejected('AGENDA_CLOSED');
    given(editionDecider)
      .when(dispatch({ purpose: 'final' }), { facts: { agenda: closed, frozen } })
      .thenRecords(dispatched({ purpose: 'final' }));
  });
  it.each([
    ['nobody', [], 'NO_RECIPIENTS', '/recipients'],
    ['one state twice', ['KG', 'KG'], 'STATE_REPEATED', '/recipients/1'],
    ['no member state', ['KG', 'UZ'], 'STATE_UNKNOWN', '/recipients/1'],
  ] as const)('not to %s', (_whom, recipients, code, field) =>
    given(editionDecider).when(dispatch({ recipients }), { facts }).thenRejected(code, field),
  );
  it('not to a state that suspended its participation', () =>
    given(editionDecider)
      .when(dispatch({ recipients: ['RU'] }), { facts: { agenda: without('RU'), frozen } })
      .thenRejected('RECIPIENT_NOT_PARTICIPATING', '/recipients/0'));
  it('with a deadline that is to come', () => {
    given(editionDecider).when(dispatch({ silenceDeadline: DEADLINE }), { facts, now: DEADLINE }).thenRejected('DEADLINE_PAST', '/silenceDeadline');
    given(editionDecider).when(dispatch({ silenceDeadline: DEADLINE }), { facts, now: BEFORE }).thenRecords(dispatched({ silenceDeadline: DEADLINE }));
  });
});

describe('Its delivery', () => {
  const delivered: EditionEvent = { type: 'EditionDelivered', data: { ...place, state: 'KG', channel: 'webhook' } };
  const failed: EditionEvent = { type: 'EditionDeliveryFailed', data: { ...place, state: 'KG', channel: 'webhook', reason: '500', attempts: 9 } };
  const as = { actor: SERVICE, facts: { agenda } };
  const record: EditionCommand = { type: 'RecordDelivery', data: delivered.data };

  it('is recorded for each channel once', () => {
    given(editionDecider, dispatched()).when(record, as).thenRecords(delivered);
    given(editionDecider, dispatched(), delivered).when(record, as).thenNothing();
  });
  it('may come after it had failed', () => given(editionDecider, dispatched(), failed).when(record, as).thenRecords(delivered));
  it('is recorded for those alone to whom it was sent', () =>
    given(editionDecider, dispatched({ recipients: ['KZ'] })).when(record, as).thenRejected('NOT_A_RECIPIENT'));
});

describe('A state acknowledges', () => {
  const acknowledge = (digest = DIGEST): EditionCommand => ({ type: 'AcknowledgeEdition', data: { editionId: place.editionId, digest } });
  const acknowledged: EditionEvent = { type: 'EditionAcknowledged', data: { ...place, state: 'KG', digest: DIGEST } };

  it('what it received, by its digest, once', () => {
    given(editionDecider, open).when(acknowledge(), KG).thenRecords(acknowledged);
    given(editionDecider, open, acknowledged).when(acknowledge(), KG).thenNothing();
  });
  it('nothing that is not this edition', () =>
    given(editionDecider, open).when(acknowledge('b'.repeat(64)), KG).thenRejected('DIGEST_MISMATCH', '/digest'));
  it('nothing that was not sent to it', () =>
    given(editionDecider, open).when(acknowledge(), { ...KG, actor: liaisonOf('BY') }).thenRejected('NOT_A_RECIPIENT'));
  it('nothing that was never dispatched', () => given(editionDecider).when(acknowledge(), KG).thenRejected('EDITION_UNKNOWN'));
});

describe('A state states its position', () => {
  it('with a text, and may change it', () => {
    given(editionDecider, open).when(state('reservation', 'Пункт 3'), KG).thenRecords(stated('KG', 'reservation', { text: 'Пункт 3' }));
    given(editionDecider, open, stated('KG', 'reservation')).when(state('no-objection'), KG).thenRecords(stated('KG', 'no-objection'));
  });
  it('and says nothing new where it said so already, also when the deadline has passed since', () =>
    given(editionDecider, open, stated('KG', 'objection', { text: 'Нет' })).when(state('objection', 'Нет'), { ...KG, now: DEADLINE }).thenNothing());
  it('in time until the deadline, and late from then on', () => {
    given(editionDecider, open).when(state('objection'), { ...KG, now: BEFORE }).thenRecords(stated('KG', 'objection'));
    given(editionDecider, open).when(state('objection'), { ...KG, now: DEADLINE }).thenRecords(stated('KG', 'objection', { late: true }));
  });
  it('late also where its silence was recorded, even to say the same aloud', () =>
    given(editionDecider, open, stated('KG', 'no-objection', { bySilence: true }))
      .when(state('no-objection'), { ...KG, now: DEADLINE })
      .thenRecords(stated('KG', 'no-objection', { late: true })));
  it('never late where there is no deadline', () =>
    given(editionDecider, dispatched()).when(state('objection'), { ...KG, now: '2099-01-01T00:00:00.000Z' }).thenRecords(stated('KG', 'objection')));
  it.each(['suspended', 'not-participating'] as const)('not once it is %s', (participation) =>
    given(editionDecider, open)
      .when(state('objection'), { ...KG, facts: { agenda: without('KG', participation) } })
      .thenRejected('STATE_NOT_PARTICIPATING'),
  );
  it('on what was sent to it', () =>
    given(editionDecider, open).when(state('objection'), { ...KG, actor: liaisonOf('RU') }).thenRejected('NOT_A_RECIPIENT'));
});

describe('Silence', () => {
  const at = (now: string, of = agenda) => ({ actor: SERVICE, facts: { agenda: of }, now });
  const quiet = (name: string) => stated(name, 'no-objection', { bySilence: true });

  it('is no objection once the deadline has passed, of those who said nothing', () =>
    given(editionDecider, open, stated('KZ', 'objection')).when(silence, at(DEADLINE)).thenRecords(quiet('KG'), quiet('AM')));
  it('is recorded once', () =>
    given(editionDecider, open, stated('KZ', 'objection'), quiet('KG'), quiet('AM')).when(silence, at('2025-01-01T00:00:00.000Z')).thenNothing());
  it('is nothing before that', () => given(editionDecider, open).when(silence, at(BEFORE)).thenRejected('SILENCE_NOT_OVER'));
  it('is never anything where there is no deadline', () =>
    given(editionDecider, dispatched()).when(silence, at('2099-01-01T00:00:00.000Z')).thenRejected('SILENCE_NOT_OVER'));
  it('says nothing of a state that no longer takes part', () =>
    given(editionDecider, open).when(silence, at(DEADLINE, without('KG'))).thenRecords(quiet('KZ'), quiet('AM')));
});
