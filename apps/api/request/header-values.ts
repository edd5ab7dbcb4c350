import type { Request } from 'express';
import { randomId } from '#platform/ids.js';
import { Problem } from '../problems/problem.js';

/** Up to 200 characters, none of them a control character: all that a header value can hold. */
const TEXT = { pattern: /^\P{Cc}{1,200}$/u, rule: 'must have 1 to 200 characters' };
/** What survives every proxy, log and answer unchanged. */
const VISIBLE = { pattern: /^[\x21-\x7e]{1,200}$/, rule: 'must have 1 to 200 visible ASCII characters without spaces' };
/** `"3"`, or the ETag of a read, `"3-5f1c…"`: what was read and the revision that it was read at. */
const REVISION_TAG = /^"(0|[1-9]\d{0,14})(?:-[A-Za-z0-9_-]+)?"$/;

/** @throws {Problem} HEADER_INVALID */
export const idempotencyKeyOf = (request: Request): string | undefined => checked(request, 'Idempotency-Key', TEXT);
/** The caller's, or a new one. @throws {Problem} HEADER_INVALID */
export const correlationIdOf = (request: Request): string => checked(request, 'X-Correlation-Id', VISIBLE) ?? randomId();
/** @throws {Problem} HEADER_INVALID */
export const causationIdOf = (request: Request): string | undefined => checked(request, 'X-Causation-Id', VISIBLE);

/**
 * The revision that the client has seen, or that there must be something at all (`*`).
 * @throws {Problem} HEADER_INVALID
 */
export function ifMatchOf(request: Request): number | 'exists' | undefined {
  const value = request.get('If-Match')?.trim();
  if (value === undefined) return undefined;
  if (value === '*') return 'exists';
  const revision = REVISION_TAG.exec(value)?.[1];
  if (revision === undefined) throw refused('If-Match', 'must be one strong entity tag that begins with a revision, as "3", or *');
  return Number(revision);
}

function checked(request: Request, header: string, { pattern, rule }: { pattern: RegExp; rule: string }): string | undefined {
  const value = request.get(header);
  if (value === undefined) return undefined;
  if (!pattern.test(value)) throw refused(header, rule);
  return value;
}

function refused(header: string, detail: string): Problem {
  return new Problem('HEADER_INVALID', `The header ${header} ${detail}.`, { errors: [{ header, detail }] });
}
