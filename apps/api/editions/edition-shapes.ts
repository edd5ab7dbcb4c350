import { DELIVERY_CHANNELS, EDITION_PURPOSES, POSITIONS } from '#domain/vocabulary.js';
import { DISPATCH_STATUSES } from '#queries/editions.js';
import { anything, day, document, flag, listOf, oneOf, orNull, page, record, revision, stateCode, time, whole, word, type Shape } from '../reading/shape.js';

const recipient = (): Shape =>
  record({
    state: stateCode(),
    name: word('Of the state', 'Кыргызстан'),
    status: oneOf(DISPATCH_STATUSES, 'How far the edition has come with the state'),
    deliveries: listOf(
      record({
        channel: oneOf(DELIVERY_CHANNELS, 'By which it was sent; `pull` where the state’s liaison fetched it'),
        outcome: oneOf(['delivered', 'failed'], 'What became of that'),
        reason: orNull(word('Why it failed', 'the receiver answered 500')),
        settledAt: time('When the log took that'),
      }),
    ),
    acknowledgedAt: orNull(time('When the log took that the state has it')),
    acknowledgedBy: orNull(word('Who said so', 'liaison-kg')),
    position: orNull(
      record({
        position: position(),
        text: orNull(word('What the state says beside', 'Предлагаем уточнить срок по пункту 2.1.')),
        late: flag('Stated after the silence deadline'),
        bySilence: flag('Nobody said so: the deadline passed'),
        statedOn: day('When, as its actor says'),
        statedAt: time('When the log took that'),
        statedBy: word('Who said so; `mindet` where the clock recorded silence', 'liaison-kg'),
      }),
    ),
    positionAtDeadline: orNull(position()),
  });

const position = (): Shape => oneOf(POSITIONS, 'What the state says of the edition');

const imprint = (): Record<string, Shape> => ({
  id: word('Of the edition', 'csto-2024.e1'),
  agenda: word('Of the agenda', 'csto-2024'),
  number: whole('Within its agenda', 1),
  purpose: oneOf(EDITION_PURPOSES, 'What it was sent for'),
  digest: word('SHA-256 of the content, hexadecimal', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'),
  frozenAt: word('The log position up to which its content tells the agenda', '1042'),
  silenceDeadline: orNull(time('From then on, silence is no objection')),
  dispatchedOn: day('When, as its actor says'),
  dispatchedAt: time('When the log took that'),
  dispatchedBy: word('By whom', 'chair'),
  revision: revision(),
  recipients: listOf(recipient()),
});

export const editionsShape = page(record(imprint()));

export const editionShape = record({
  ...imprint(),
  checkpoint: orNull(
    record({
      size: whole('How many events the ledger held', 42),
      note: word('The signed checkpoint (C2SP tlog-checkpoint)', 'example.org/mindet\n42\n…'),
    }),
  ),
  content: anything('What was sent, the very bytes that the digest is of: `GET /v1/editions/{editionId}/content` gives them alone'),
});

const states = (description: string): Shape => ({ ...listOf(stateCode()), description });

export const tallyShape = document({
  id: word('Of the edition', 'csto-2024.e1'),
  silenceDeadline: orNull(time('From then on, silence is no objection')),
  secondsLeft: orNull(whole('Until the deadline; 0 once it has passed', 86_400)),
  sentTo: states('All to whom it was sent'),
  has: states('Those of whom it is known that they have it'),
  failed: states('Those whom it did not reach'),
  acknowledged: states('Those who confirmed that they have it'),
  positions: listOf(record({ position: position(), states: states('Who said so by the deadline, or in silence') })),
  silent: states('Those who have said nothing'),
  late: states('Those whose last word came after the deadline'),
  recipients: listOf(recipient()),
});
