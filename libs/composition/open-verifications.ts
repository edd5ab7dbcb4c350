import type { Position } from '#event-store/event-store.js';
import { createPool } from '#platform/database.js';
import { registry } from '#projections/registry.js';
import type { Difference } from '#verification/difference.js';
import { keepVerifications } from '#verification/keep-verifications.js';
import { askFor, differencesFound, findVerification, listVerifications, type Asker, type Verification } from '#verification/records.js';
import type { Stores } from './open-stores.js';

/** Those of verifying, which takes what it takes; reads and commands have their own. */
const CONNECTIONS = 3;

type Opening = {
  /** Whether this process carries verifications out, as far as no other does. */
  readonly verifying: boolean;
  readonly onTrouble: (error: unknown) => void;
  readonly closing: AbortSignal;
};

export type VerificationsOfService = {
  readonly ask: (position: Position, askedBy: Asker) => Promise<Verification>;
  readonly find: (id: string) => Promise<Verification | undefined>;
  readonly differences: (id: string) => Promise<Difference[]>;
  readonly list: (limit: number) => Promise<Verification[]>;
  /** Resolves once everything has ended, after `closing`. */
  close(): Promise<void>;
};

export function openVerifications({ url, db, store, clock }: Stores, { verifying, onTrouble, closing }: Opening): VerificationsOfService {
  const own = createPool(url, { max: CONNECTIONS, applicationName: 'mindet verification', statementTimeout: 0 });
  const kept = verifying ? keepVerifications({ db: own, store, projections: registry, clock, ending: closing, onTrouble }) : Promise.resolve();
  return {
    ask: (position, askedBy) => askFor(db, position, askedBy, clock),
    find: (id) => findVerification(db, id),
    differences: (id) => differencesFound(db, id),
    list: (limit) => listVerifications(db, limit),
    async close() {
      await kept;
      await own.end();
    },
  };
}
