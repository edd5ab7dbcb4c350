import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { trustedIssuer } from '#access/trusted-issuer.js';
import { tokenVerifier } from '#access/verify-token.js';
import { CommandsModule } from '#commands/commands.module.js';
import { askedToEnd } from '#composition/asked-to-end.js';
import { openStores } from '#composition/open-stores.js';
import { readEnvironment } from '#platform/environment.js';
import { createApi } from '../../apps/api/create-api.js';
import { Reads } from '../../apps/api/access/declared-access.js';
import { createLogger } from '../../apps/api/operations/logging.js';
import { createRegistry } from '../../apps/api/operations/metrics.js';
import { DEFAULT_SETTINGS } from '../../apps/api/parts.js';
import { Ordinal } from '../../apps/api/validation/fields.js';

class Numbered {
  @Ordinal()
  number!: number;
}

/** The least that any command can be: who acts is known, the body is judged, and one row is on disk before the answer. */
@Controller('v1/rows')
class RowsController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  @Post()
  @HttpCode(201)
  @Reads('chair')
  async add(@Body() { number }: Numbered) {
    await this.pool.query({ name: 'add-row', text: 'insert into bench_rows (number) values ($1)', values: [number] });
    return { number };
  }
}

class RowsModule {}

/** On the same foundations as the service: its middleware, guards, validation, logging and metrics. */
const environment = readEnvironment();
const stores = await openStores(environment, { as: 'guest', applicationName: 'bench floor', note: console.error });
await stores.db.query('create table bench_rows (id bigint generated always as identity primary key, number integer not null)');
const app = await createApi({
  verifier: tokenVerifier(await trustedIssuer(environment, environment.MINDET_DATA), stores.clock),
  modules: [
    CommandsModule.on(stores),
    { module: RowsModule, controllers: [RowsController], providers: [{ provide: pg.Pool, useValue: stores.db }] },
  ],
  health: [],
  registry: createRegistry(),
  logger: createLogger(environment.LOG_LEVEL),
  settings: { ...DEFAULT_SETTINGS, requestsPerMinute: environment.RATE_LIMIT_PER_MINUTE },
});
const server = app.getHttpServer().listen(0);
await once(server, 'listening');
console.log(`serves http://localhost:${(server.address() as AddressInfo).port}`);
await askedToEnd().by;
await app.close();
await stores.close();
