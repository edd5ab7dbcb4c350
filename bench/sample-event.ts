import type { NewEvent } from '#event-store/event-store.js';
import { randomId } from '#platform/ids.js';

/** An event of the size and shape that the service records most: a progress report. */
export function sampleEvent(): NewEvent {
  const id = randomId();
  return {
    id,
    type: 'ProgressReported',
    data: {
      report: `csto-2024.1.3/KG/${id}`,
      commitment: 'csto-2024.1.3',
      state: 'KG',
      summary: {
        ru: 'Рабочая группа провела третье заседание; проект соглашения направлен на внутригосударственное согласование.',
        en: 'The working group held its third meeting; the draft agreement has gone to national approval.',
      },
      percent: 60,
      textVersion: 1,
      evidence: [{ title: 'Protocol 3', uri: 'https://example.org/protocols/3' }],
    },
    metadata: {
      schemaVersion: 1,
      occurredOn: '2024-09-17',
      actor: { role: 'liaison', state: 'KG', sub: 'liaison-kg-1' },
      correlationId: id,
      causationId: id,
      commandId: id,
      commandDigest: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    },
  };
}
