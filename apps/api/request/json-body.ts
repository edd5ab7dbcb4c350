import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import express, { type Request, type RequestHandler, type Response } from 'express';
import type { Observable } from 'rxjs';
import { Problem } from '../problems/problem.js';

const WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);

/**
 * Reads the JSON body of a request that its route has let in: nothing is read for those without a right.
 * A request without a body reads as an empty object; what is then missing, validation says.
 */
@Injectable()
export class JsonBodyInterceptor implements NestInterceptor {
  private readonly read: RequestHandler;

  constructor(private readonly limit: number) {
    this.read = express.raw({ limit, type: () => true });
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<Request>();
    if (WITH_BODY.has(request.method)) {
      const bytes = await this.bytesOf(request, context.switchToHttp().getResponse<Response>());
      request.body = bytes.length === 0 ? {} : parsed(bytes, request);
    }
    return next.handle();
  }

  private async bytesOf(request: Request, response: Response): Promise<Buffer> {
    await new Promise<void>((resolve, reject) => {
      this.read(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(this.problemOf(error))));
    });
    return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  }

  private problemOf(error: unknown): unknown {
    const type = error instanceof Error && 'type' in error ? error.type : undefined;
    switch (type) {
      case 'entity.too.large':
        return new Problem('BODY_TOO_LARGE', `A body may have ${this.limit} bytes at most.`);
      case 'encoding.unsupported':
        return new Problem('MEDIA_TYPE_UNSUPPORTED', 'The content coding of the body is not understood; send it plain, or as gzip, deflate or br.');
      case 'request.aborted':
      case 'request.size.invalid':
        return new Problem('MALFORMED_REQUEST', 'The body is not of the length that was announced.', { cause: error });
      default:
        // What remains is a compressed body that cannot be decompressed.
        return new Problem('MALFORMED_REQUEST', 'The body cannot be read.', { cause: error });
    }
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function parsed(bytes: Buffer, request: Request): unknown {
  requireJson(request);
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw new Problem('MALFORMED_JSON', 'The body is not UTF-8.');
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Problem('MALFORMED_JSON', `The body is not JSON${where(error)}.`);
  }
}

const JSON_IN_UTF8 = /^\s*application\/json\s*(?:;\s*charset="?utf-?8"?\s*)?$/i;

function requireJson(request: Request): void {
  const type = request.get('Content-Type');
  if (!JSON_IN_UTF8.test(type ?? '')) {
    const detail = `The body must be application/json in UTF-8${type ? `, and is said to be ${type}` : ''}.`;
    throw new Problem('MEDIA_TYPE_UNSUPPORTED', detail, { headers: { Accept: 'application/json' } });
  }
}

/** V8 tells the place of some faults, and of the others what it stumbled on, which is not ours to echo. */
function where(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (message.startsWith('Unexpected end')) return ': it ends too early';
  const [, line, column] = /\(line (\d+) column (\d+)\)/.exec(message) ?? [];
  return line === undefined ? '' : `: line ${line}, column ${column}`;
}
