import type { Pool } from 'pg';
import type { CommandAnswer } from './command-context.js';
import { IdempotencyKeyReused } from './errors.js';

export interface IdempotencyKeys {
  /**
   * Takes the command id for the command with this digest, for ever. Of two who claim it at once for different commands, one gets it.
   * @returns the answer, where the command was answered before without recording anything
   * @throws {IdempotencyKeyReused} the id is another command's
   */
  claim(commandId: string, digest: string): Promise<CommandAnswer | undefined>;
  /** Keeps the answer of a command that recorded nothing. The first one kept is the one returned. */
  keep(commandId: string, answer: CommandAnswer): Promise<CommandAnswer>;
}

export function postgresIdempotencyKeys(pool: Pool): IdempotencyKeys {
  return {
    async claim(commandId, digest) {
      const claimed = await pool.query({
        name: 'claim-idempotency-key',
        text: `insert into commands.idempotency_keys (command_id, digest) values ($1, $2) on conflict do nothing`,
        values: [commandId, digest],
      });
      if (claimed.rowCount === 1) return undefined;
      const { rows } = await pool.query<{ digest: string; answer: CommandAnswer | null }>({
        name: 'read-idempotency-key',
        text: `select digest, answer from commands.idempotency_keys where command_id = $1`,
        values: [commandId],
      });
      if (rows[0]!.digest !== digest) throw new IdempotencyKeyReused();
      return rows[0]!.answer ?? undefined;
    },

    async keep(commandId, answer) {
      const { rows } = await pool.query<{ answer: CommandAnswer }>({
        name: 'keep-idempotent-answer',
        text: `update commands.idempotency_keys set answer = coalesce(answer, $2) where command_id = $1 returning answer`,
        values: [commandId, JSON.stringify(answer)],
      });
      return rows[0]!.answer;
    },
  };
}

/** Forgets the answers that are kept: they name positions of a log that is no longer the one. What recorded nothing is answered alike again. */
export async function forgetAnswers(pool: Pool): Promise<void> {
  await pool.query('delete from commands.idempotency_keys where answer is not null');
}
