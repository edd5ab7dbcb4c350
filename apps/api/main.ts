import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { trustedIssuer } from '#access/trusted-issuer.js';
import { tokenVerifier } from '#access/verify-token.js';
import { readAgendaSteps } from '#commands/agenda-file/read.js';
import { CommandService } from '#commands/command-service.js';
import { CommandsModule } from '#commands/commands.module.js';
import { AgendaRefused, holdsNothingElse, loadAgenda } from '#commands/load-agenda.js';
import { askedToEnd } from '#composition/asked-to-end.js';
import { freezing } from '#composition/freezing.js';
import { renderPool } from '#documents/render-pool.js';
import { openDeliveries } from '#composition/open-deliveries.js';
import { openLedger } from '#composition/open-ledger.js';
import { openReadSide } from '#composition/open-read-side.js';
import { openStores } from '#composition/open-stores.js';
import { openVerifications } from '#composition/open-verifications.js';
import { failToStart } from '#composition/startup-failure.js';
import { deliveryStatus } from '#delivery/status.js';
import { readEnvironment } from '#platform/environment.js';
import { randomId } from '#platform/ids.js';
import { unlessAborted } from '#platform/unless-aborted.js';
import { createApi } from './create-api.js';
import { drainable } from './operations/drain.js';
import { createLogger } from './operations/logging.js';
import { createRegistry, measureDeliveries, measureLedger, measurePools, measureProjections } from './operations/metrics.js';
import { requireRunning } from './projections/projection-desk.js';
import { DEFAULT_SETTINGS } from './parts.js';
import { ReadsModule } from './reading/reads.module.js';
import { greeting } from './greeting.js';

/** How long requests in flight may take to end once the service is asked to. */
const DRAIN_MS = 10_000;

async function serve(): Promise<void> {
  const asked = askedToEnd();
  const environment = readEnvironment();
  const logger = createLogger(environment.LOG_LEVEL);
  const note = (line: string) => logger.warn(line);
  // Read before anything is opened: a file that is no agenda is told of at once.
  const steps = environment.AGENDA === undefined ? [] : await readAgendaSteps(environment.AGENDA);
  const issuer = await trustedIssuer(environment, environment.MINDET_DATA);

  const stores = await openStores(environment, { as: 'service', applicationName: 'mindet', note, signal: asked.signal });
  const closing = new AbortController();
  const ledger = await openLedger(environment, stores, {
    keeping: environment.PROJECTOR === 'inside',
    onTrouble: (error) => logger.error({ err: error }, 'the ledger is in trouble'),
    closing: closing.signal,
  }).catch(async (error: unknown) => {
    await stores.close();
    throw error;
  });
  const readSide = openReadSide(stores, {
    projecting: environment.PROJECTOR === 'inside',
    onTrouble: (projection, error) => logger.error({ projection, err: error }, `${projection} is in trouble`),
    closing: closing.signal,
  });
  const verifications = openVerifications(stores, {
    verifying: environment.PROJECTOR === 'inside',
    onTrouble: (error) => logger.error({ err: error }, 'a verification is in trouble'),
    closing: closing.signal,
  });
  const documents = renderPool();
  const deliveries = await openDeliveries(environment, stores, readSide.model.side, {
    onTrouble: (error) => logger.error({ err: error }, 'deliveries are in trouble'),
    render: documents.render,
    closing: closing.signal,
  });
  const registry = createRegistry();
  measurePools(registry, { main: stores.db });
  measureProjections(registry, readSide.status);
  measureLedger(registry, ledger.status);
  measureDeliveries(registry, () => deliveryStatus(stores.db, readSide.model.side, stores.clock()));
  const verifier = tokenVerifier(issuer, stores.clock);
  const app = await createApi({
    verifier,
    modules: [CommandsModule.on({ ...stores, freeze: freezing(readSide, ledger) }), ReadsModule.on(readSide.model, readSide, ledger, verifications, deliveries, documents)],
    health: [
      { name: 'event store', check: () => stores.store.head() },
      { name: 'read database', check: () => stores.db.query('select 1') },
      { name: 'keys', check: () => verifier.check() },
      { name: 'projections', check: () => requireRunning(readSide.status) },
    ],
    registry,
    logger,
    settings: { ...DEFAULT_SETTINGS, requestsPerMinute: environment.RATE_LIMIT_PER_MINUTE, trustProxy: environment.TRUST_PROXY },
  });
  const drain = drainable(app.getHttpServer());

  async function fill(): Promise<void> {
    if (await holdsNothingElse(stores.store, steps)) {
      for await (const loaded of loadAgenda(app.get(CommandService), steps, `start-${randomId()}`)) {
        if (loaded.outcome === 'refused') throw new AgendaRefused(environment.AGENDA!, loaded);
        asked.signal.throwIfAborted();
      }
    }
    // So that what was recorded can be read from the first request on; a read side kept apart may come later.
    if (environment.PROJECTOR === 'inside') await readSide.model.side.reached(await stores.store.head());
  }

  try {
    await unlessAborted(asked.signal, fill);
    if (environment.PROJECTOR === 'inside') deliveries.begin(app.get(CommandService));
    // Not by Nest, which would also log what `failToStart` tells.
    const server = app.getHttpServer().listen(environment.PORT);
    await once(server, 'listening');
    console.log(greeting((server.address() as AddressInfo).port, environment));
    logger.info({ reason: await asked.by }, 'draining');
  } finally {
    closing.abort();
    await drain(DRAIN_MS);
    await app.close();
    await Promise.all([readSide.close(), ledger.close(), verifications.close(), deliveries.close(), documents.close()]);
    await stores.close();
  }
}

await serve().catch(failToStart);
