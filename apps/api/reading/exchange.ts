import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { LANGUAGES, type Language } from '#domain/vocabulary.js';

/** A read's request and response, for whoever answers it. */
export type Exchange = { readonly request: Request; readonly response: Response };

export const HttpExchange = createParamDecorator((_data: unknown, context: ExecutionContext): Exchange => {
  const http = context.switchToHttp();
  return { request: http.getRequest<Request>(), response: http.getResponse<Response>() };
});

export function languageOf(request: Request, asked: Language | undefined): Language {
  if (asked) return asked;
  if (request.get('Accept-Language') === undefined) return 'ru';
  const accepted = request.acceptsLanguages([...LANGUAGES]);
  return accepted === false ? 'ru' : (accepted as Language);
}

/**
 * A document as JSON, with an entity tag of its very text; where the client has that already, Express answers 304. The tag of a
 * thing begins with its revision, so that `If-Match` of a command takes it as it is.
 */
export function documentText(exchange: Exchange, document: object): string {
  const revision = 'revision' in document ? String(document.revision) : 'r';
  return tagged(exchange, 'application/json', JSON.stringify(document), revision);
}

/** A text with an entity tag of itself; where the client has that already, Express answers 304. */
export function tagged({ request, response }: Exchange, type: string, text: string, revision = 'r'): string {
  // It speaks to caches on the way, and this answer is always new; Express would give no 304, and `fetch` sends it with every If-None-Match.
  delete request.headers['cache-control'];
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 22);
  response.type(type).set({
    ETag: `"${revision}-${hash}"`,
    'Cache-Control': 'private, no-cache',
    Vary: 'Accept, Accept-Language, Authorization',
  });
  return text;
}
