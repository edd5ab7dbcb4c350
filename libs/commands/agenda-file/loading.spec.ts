import { afterAll, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MAY_ISSUE } from '#domain/authority.js';
import { BEGINNING } from '#event-store/event-store.js';
import { inMemoryEventStore } from '#event-store/in-memory.js';
import { createPool } from '#platform/database.js';
import { randomId } from '#platform/ids.js';
import { packageRoot } from '#platform/package-root.js';
import { CommandService } from '../command-service.js';
import { CommandsModule } from '../commands.module.js';
import { postgresIdempotencyKeys } from '../idempotency-keys.js';
import { parseAgendaFile } from './parse.js';
import { agendaCommands } from './steps.js';

// No command here has an idempotency key, so this never connects.
const pool = createPool(process.env.MINDET_TEST_DATABASE_URL ?? '', { max: 1, applicationName: 'loading.spec' });
afterAll(() => pool.end());

const clock = () => new Date('2024-01-01T00:00:00Z');

it('the commands of csto-2024, taken in turn by their roles on an empty log, each record one event', async () => {
  const file = parseAgendaFile(readFileSync(join(packageRoot(), 'agendas', 'csto-2024.yaml'), 'utf8'), 'agendas/csto-2024.yaml');
  const store = inMemoryEventStore();
  const module = await Test.createTestingModule({
    imports: [CommandsModule.on({ store, clock, keys: postgresIdempotencyKeys(pool) })],
  }).compile();
  await module.init();

  const commands = agendaCommands(file);
  for (const command of commands) {
    const actor = { subject: 'agenda-file', role: MAY_ISSUE[command.type][0] };
    const answer = await module.get(CommandService).issue(command, { actor, commandId: randomId(), correlationId: randomId() });
    expect([command, answer.recorded]).toEqual([command, 1]);
  }
  expect(await store.readAll(BEGINNING, 1000)).toHaveLength(commands.length);
});
