import { inMemoryEventStore } from './in-memory.js';
import { eventStoreContract } from './testing/contract.js';

eventStoreContract('the event store in memory', async (options) => {
  const store = inMemoryEventStore(options);
  return { store, close: () => store.close() };
});
