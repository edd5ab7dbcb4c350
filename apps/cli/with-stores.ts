import { openStores, type Stores } from '#composition/open-stores.js';
import { readEnvironment, type Environment } from '#platform/environment.js';

/** Runs a verb on the stores, shared with the service where it runs, and lets go of them whatever happens. */
export async function withStores<T>(
  verb: (stores: Stores, environment: Environment) => Promise<T>,
  { resetReadSide = false } = {},
): Promise<T> {
  const environment = readEnvironment();
  const stores = await openStores(environment, {
    as: 'guest',
    applicationName: 'mindet cli',
    note: (line) => console.error(line),
    resetReadSide,
  });
  try {
    return await verb(stores, environment);
  } finally {
    await stores.close();
  }
}
