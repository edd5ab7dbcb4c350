import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import supertest from 'supertest';
import { issueToken, type TokenRequest } from '#access/issue-token.js';
import { localKey, type LocalKey } from '#access/local-key.js';
import { tokenVerifier } from '#access/verify-token.js';
import type { Clock } from '#platform/clock.js';
import { createApi } from '../create-api.js';
import { createLogger } from '../operations/logging.js';
import { createRegistry } from '../operations/metrics.js';
import { DEFAULT_SETTINGS, type ApiParts, type ApiSettings } from '../parts.js';

export type TestParts = Partial<Omit<ApiParts, 'settings'>> & { readonly settings?: Partial<ApiSettings>; readonly clock?: Clock };

export type TestApi = {
  readonly app: NestExpressApplication;
  readonly key: LocalKey;
  readonly registry: ApiParts['registry'];
  /** What was logged so far, one parsed line each. */
  readonly logged: Record<string, unknown>[];
  http(): ReturnType<typeof supertest>;
  /** The value of an Authorization header. */
  bearer(actor: TokenRequest): Promise<string>;
  close(): Promise<void>;
};

/** The whole interface on the parts given, with a local key of its own and nothing listening. */
export async function testApi({ settings, clock = () => new Date(), ...parts }: TestParts = {}): Promise<TestApi> {
  const folder = await mkdtemp(join(tmpdir(), 'mindet-api-'));
  const key = await localKey(folder);
  const logged: Record<string, unknown>[] = [];
  const registry = parts.registry ?? createRegistry();
  const app = await createApi({
    verifier: tokenVerifier({ localKey: key }, clock),
    modules: [],
    health: [],
    logger: createLogger('debug', { write: (line) => void logged.push(JSON.parse(line) as Record<string, unknown>) }),
    ...parts,
    registry,
    settings: { ...DEFAULT_SETTINGS, ...settings },
  });
  return {
    app,
    key,
    registry,
    logged,
    http: () => supertest(app.getHttpServer()),
    bearer: async (actor) => `Bearer ${await issueToken(actor, key, clock())}`,
    async close() {
      await app.close();
      await rm(folder, { recursive: true });
    },
  };
}
