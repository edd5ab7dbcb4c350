import { postgresEventStore } from '#event-store-postgres/postgres-event-store.js';
import { createPool } from '#platform/database.js';
import { registry } from '#projections/registry.js';
import { keepVerifications } from '../keep-verifications.js';

/** A process that comes to the middle of a verification and no further, to be killed there. */
const db = createPool(process.env['DATABASE_URL']!, { max: 3, applicationName: 'mindet spec stuck keeper' });
const store = postgresEventStore(db);
await keepVerifications({
  db,
  store: {
    ...store,
    async readAll(after, limit) {
      const { rows } = await db.query(`select from read.projection where starts_with(schema, 'read_verify_')`);
      if (rows.length < registry.length) return store.readAll(after, limit);
      console.log('in the middle');
      return new Promise(() => {});
    },
  },
  projections: registry,
  clock: () => new Date(),
  ending: new AbortController().signal,
  onTrouble: (error) => console.error(error),
});
