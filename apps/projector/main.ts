import { askedToEnd } from '#composition/asked-to-end.js';
import { renderPool } from '#documents/render-pool.js';
import { openDeliveries } from '#composition/open-deliveries.js';
import { openLedger } from '#composition/open-ledger.js';
import { openReadSide } from '#composition/open-read-side.js';
import { openStores } from '#composition/open-stores.js';
import { openVerifications } from '#composition/open-verifications.js';
import { failToStart } from '#composition/startup-failure.js';
import { commandsOn } from '#commands/standalone.js';
import { readEnvironment } from '#platform/environment.js';
import { pino } from 'pino';

/** Keeps the read side up to date, beside api processes that have `PROJECTOR=apart`. Of several, one works and the others stand by. */
async function project(): Promise<void> {
  const asked = askedToEnd();
  const environment = readEnvironment();
  const logger = pino({ level: environment.LOG_LEVEL, base: undefined, timestamp: pino.stdTimeFunctions.isoTime });
  const stores = await openStores(environment, {
    as: 'guest',
    applicationName: 'mindet projector',
    note: (line) => logger.warn(line),
    signal: asked.signal,
  });
  const ledger = await openLedger(environment, stores, {
    keeping: true,
    onTrouble: (error) => logger.error({ err: error }, 'the ledger is in trouble'),
    closing: asked.signal,
  }).catch(async (error: unknown) => {
    await stores.close();
    throw error;
  });
  const readSide = openReadSide(stores, {
    projecting: true,
    onTrouble: (projection, error) => logger.error({ projection, err: error }, `${projection} is in trouble`),
    closing: asked.signal,
  });
  const verifications = openVerifications(stores, {
    verifying: true,
    onTrouble: (error) => logger.error({ err: error }, 'a verification is in trouble'),
    closing: asked.signal,
  });
  const documents = renderPool();
  const deliveries = await openDeliveries(environment, stores, readSide.model.side, {
    onTrouble: (error) => logger.error({ err: error }, 'deliveries are in trouble'),
    render: documents.render,
    closing: asked.signal,
  });
  deliveries.begin(await commandsOn(stores));
  logger.info('projecting');
  logger.info({ reason: await asked.by }, 'ending');
  await Promise.all([readSide.close(), ledger.close(), verifications.close(), deliveries.close(), documents.close()]);
  await stores.close();
}

await project().catch(failToStart);
