import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import helmet from 'helmet';
import { authenticated } from './access/authenticate.js';
import { ApiModule } from './api.module.js';
import { openApiDocument } from './openapi/document.js';
import { nestLogger, requestLog } from './operations/logging.js';
import { measured } from './operations/metrics.js';
import { rateLimited } from './operations/rate-limit.js';
import type { ApiParts } from './parts.js';
import { knownRoutes } from './request/known-routes.js';
import { traced } from './request/trace.js';

/**
 * The whole interface on the parts given, initialised and not yet listening.
 * @throws {Error} a route does not declare who may use it
 */
export async function createApi(parts: ApiParts): Promise<NestExpressApplication> {
  const { logger, registry, settings, verifier } = parts;
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.on(parts), {
    bodyParser: false,
    logger: nestLogger(logger),
    abortOnError: false,
  });
  app.set('trust proxy', settings.trustProxy);
  app.set('etag', false);
  app.disable('x-powered-by');
  // Each stands on those before it; the cheapest to refuse comes first.
  app.use(
    traced,
    requestLog(logger),
    measured(registry),
    helmet({ contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } } }),
    knownRoutes(app.getHttpAdapter().getInstance(), '/docs/'),
    authenticated(verifier),
    rateLimited(settings.requestsPerMinute),
  );
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Mindet',
  });
  await app.init();
  return app;
}
