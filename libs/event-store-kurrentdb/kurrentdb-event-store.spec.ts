import { eventStoreContract } from '#event-store/testing/contract.js';
import { freshKurrentLog } from './testing/fresh-log.js';

eventStoreContract('the event store in KurrentDB', freshKurrentLog, {
  takenIds: 'unseen',
  time: 'of the server',
  largestAppend: 1_048_576,
});
