import type { DynamicModule, Type } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { TokenVerifier } from '#access/verify-token.js';
import type { HealthPart } from './operations/health.js';

export type ApiSettings = {
  /** Bytes that a body may have. */
  readonly bodyLimit: number;
  /** Requests a minute for each actor, or for each network address. */
  readonly requestsPerMinute: number;
  /** Milliseconds within which a route answers, streams apart. */
  readonly deadline: number;
  /** Express's `trust proxy`: which hops before us may say whose request it is. */
  readonly trustProxy: boolean | number | string;
};

export const DEFAULT_SETTINGS: ApiSettings = { bodyLimit: 1024 * 1024, requestsPerMinute: 1_200, deadline: 30_000, trustProxy: false };

/** What the interface stands on, and is handed whole. */
export type ApiParts = {
  readonly verifier: TokenVerifier;
  /** Modules that bring what the doors need: `CommandsModule.on(…)`, those for the reads. */
  readonly modules: readonly (Type | DynamicModule)[];
  readonly health: readonly HealthPart[];
  readonly registry: Registry;
  readonly logger: Logger;
  readonly settings: ApiSettings;
};

/** The token by which Nest injects the parts. */
export const API_PARTS = Symbol('ApiParts');
