import type { LoggerService } from '@nestjs/common';
import type { Request, RequestHandler, Response } from 'express';
import { pino, type DestinationStream, type Logger } from 'pino';
import { pinoHttp } from 'pino-http';

/** Whatever is logged under these names is a secret. */
const SECRETS = ['authorization', 'token', 'password', 'privateKey', 'connectionString'];
const REDACTED = SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** JSON, one object a line; for a person at a terminal, readable lines where `pino-pretty` is installed. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = { level, redact: { paths: REDACTED, censor: '[secret]' }, base: undefined, timestamp: pino.stdTimeFunctions.isoTime };
  if (destination) return pino(options, destination);
  return process.stdout.isTTY && canBePretty() ? pino({ ...options, transport: { target: 'pino-pretty' } }) : pino(options);
}

function canBePretty(): boolean {
  try {
    import.meta.resolve('pino-pretty');
    return true;
  } catch {
    return false;
  }
}

/** Addresses that are asked for every few seconds by machines, and say nothing when all is well. */
const ROUTINE = /^\/(health|metrics)\b/;

/** One line for each answer: who asked for what, how it went and how long it took. Headers and bodies are never logged. */
export function requestLog(logger: Logger): RequestHandler {
  return pinoHttp<Request, Response>({
    logger,
    quietReqLogger: true,
    genReqId: (request) => request.trace.traceId,
    customAttributeKeys: { reqId: 'traceId' },
    serializers: { req: () => undefined, res: () => undefined },
    customLogLevel: (request, response, error) => {
      if (response.statusCode === 503) return 'warn';
      if (error || response.statusCode >= 500) return 'error';
      return ROUTINE.test(request.path) ? 'debug' : 'info';
    },
    customSuccessMessage: (request, response) => `${request.method} ${pathOf(request)} ${response.statusCode}`,
    customErrorMessage: (request, response) => `${request.method} ${pathOf(request)} ${response.statusCode}`,
    // What failed is logged where it was caught; this would be the stack of the logging.
    customErrorObject: (_request, response, _error, { err, ...told }: { err: unknown }) =>
      response.statusCode >= 500 ? told : { err, ...told },
    customProps: (request, response) => {
      // It is asked when the request arrives and when it is answered; only then is there something to tell.
      if (!response.headersSent && !response.destroyed) return {};
      return {
        method: request.method,
        path: pathOf(request),
        route: request.routePath,
        status: response.statusCode,
        reason: response.locals['reason'] as string | undefined,
        actor: request.actor?.subject,
        role: request.actor?.role,
        correlationId: response.get('X-Correlation-Id'),
      };
    },
  });
}

const pathOf = (request: Request): string => request.originalUrl.split('?', 1)[0]!;

/** Nest's own words, in the service's log. */
export function nestLogger(logger: Logger): LoggerService {
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: unknown, ...rest: unknown[]) =>
      logger[level]({ context: rest.at(-1), ...(message instanceof Error && { err: message }) }, String(message));
  // What Nest says of every route and module at start is for debugging.
  return { log: at('debug'), warn: at('warn'), error: at('error'), fatal: at('error'), debug: at('debug'), verbose: at('debug') };
}
