import { afterAll, beforeAll, describe } from '@jest/globals';
import { eventStoreContract } from '#event-store/testing/contract.js';
import { likeTheModel } from '#event-store/testing/model.js';
import { freshLog, type FreshLog } from './testing/fresh-log.js';

eventStoreContract('the event store in PostgreSQL', freshLog);

describe('the event store in PostgreSQL beside the model', () => {
  let log: FreshLog;
  beforeAll(async () => {
    log = await freshLog();
  });
  afterAll(() => log.close());

  likeTheModel(() => log);
});
