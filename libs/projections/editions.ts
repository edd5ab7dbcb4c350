import type { Attestation } from '#domain/edition/events.js';
import type { DeliveryChannel, EditionPurpose, Position } from '#domain/vocabulary.js';
import { ensure, update } from './change.js';
import { boolean, date, integer, jsonb, nullable, text, timestamp } from './column.js';
import { projection } from './projection.js';
import { table } from './table.js';

export const edition = table('edition', {
  comment: 'An issue of the agenda as it was sent to the member states.',
  columns: {
    id: text(),
    agenda: text(),
    number: integer('Within its agenda, from 1.'),
    purpose: text<EditionPurpose>('for-consideration, adopted, progress or final.'),
    log_position: text('Up to which the log is told.'),
    digest: text('SHA-256 of the content that was sent, hexadecimal.'),
    checkpoint: nullable(jsonb<Attestation>("The ledger's signed word on the log at that position: size, note.")),
    silence_deadline: nullable(timestamp('From then on, silence is no objection.')),
    dispatched_on: date('As its actor says.'),
    dispatched_at: timestamp('When the log took that.'),
    dispatched_by: text(),
    revision: integer('Of the last event in its stream.'),
  },
  key: ['id'],
  within: ['agenda'],
});

export const editionRecipient = table('edition_recipient', {
  comment: 'A state to which an edition was sent, and what it answered.',
  columns: {
    edition: text(),
    state: text('ISO 3166-1 alpha-2.'),
    agenda: text(),
    ordinal: integer('Its place among the recipients, from 0.'),
    acknowledged_at: nullable(timestamp('When the log took that it has the edition.')),
    acknowledged_by: nullable(text()),
    position: nullable(text<Position>('no-objection, reservation, objection or not-participating.')),
    position_text: nullable(text()),
    late: nullable(boolean('Stated after the silence deadline.')),
    by_silence: nullable(boolean('Nobody said so: the deadline passed.')),
    stated_on: nullable(date()),
    stated_at: nullable(timestamp('When the log took the position.')),
    stated_by: nullable(text()),
    position_at_deadline: nullable(text<Position>('What stood when the deadline passed; the latest where it has not, or there is none.')),
  },
  key: ['edition', 'state'],
  within: ['state', 'agenda'],
});

export const editionDelivery = table('edition_delivery', {
  comment: 'What became of sending an edition to a state by one channel.',
  columns: {
    edition: text(),
    state: text(),
    channel: text<DeliveryChannel>('webhook, email or pull.'),
    agenda: text(),
    outcome: text<'delivered' | 'failed'>(),
    reason: nullable(text('Why it failed.')),
    settled_at: timestamp('When the log took the outcome.'),
  },
  key: ['edition', 'state', 'channel'],
});

type OfState = { readonly editionId: string; readonly agendaId: string; readonly state: string; readonly channel: DeliveryChannel };

const delivery = (
  { editionId, agendaId, state, channel }: OfState,
  settled: { outcome: 'delivered' | 'failed'; reason: string | null; settled_at: string },
) => [
  ensure(editionDelivery, { edition: editionId, state, channel, agenda: agendaId, ...settled }),
  update(editionDelivery, { edition: editionId, state, channel }, settled),
];

const touched = ({ data, revision }: { data: { editionId: string }; revision: number }) => update(edition, { id: data.editionId }, { revision });

/** What was sent to whom, what became of it, and what they answered. */
export const editions = projection('editions', {
  version: 1,
  tables: [edition, editionRecipient, editionDelivery],
  on: {
    EditionDispatched: ({ data, metadata, recordedAt, revision }) => [
      ensure(edition, {
        id: data.editionId,
        agenda: data.agendaId,
        number: data.number,
        purpose: data.purpose,
        log_position: data.logPosition,
        digest: data.digest,
        checkpoint: data.checkpoint ?? null,
        silence_deadline: data.silenceDeadline ?? null,
        dispatched_on: metadata.occurredOn,
        dispatched_at: recordedAt,
        dispatched_by: metadata.actor.subject,
        revision,
      }),
      ...data.recipients.map((state, ordinal) => ensure(editionRecipient, { edition: data.editionId, state, agenda: data.agendaId, ordinal })),
    ],
    EditionDelivered: (event) => [
      ...delivery(event.data, { outcome: 'delivered', reason: null, settled_at: event.recordedAt }),
      touched(event),
    ],
    EditionDeliveryFailed: (event) => [
      ...delivery(event.data, { outcome: 'failed', reason: event.data.reason, settled_at: event.recordedAt }),
      touched(event),
    ],
    EditionAcknowledged: (event) => [
      update(
        editionRecipient,
        { edition: event.data.editionId, state: event.data.state },
        { acknowledged_at: event.recordedAt, acknowledged_by: event.metadata.actor.subject },
      ),
      touched(event),
    ],
    PositionStated: (event) => {
      const { editionId, state, position, text: said = null, late = false, bySilence = false } = event.data;
      return [
        update(
          editionRecipient,
          { edition: editionId, state },
          {
            position,
            position_text: said,
            late,
            by_silence: bySilence,
            stated_on: event.metadata.occurredOn,
            stated_at: event.recordedAt,
            stated_by: event.metadata.actor.subject,
            ...(!late && { position_at_deadline: position }),
          },
        ),
        touched(event),
      ];
    },
  },
});
