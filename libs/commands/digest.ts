import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { DomainCommand } from '#domain/decider.js';
import type { CalendarDate } from '#domain/values.js';

/** SHA-256, hexadecimal, of a command's canonical JSON (RFC 8785): the same for the same command, however it was spelled. */
export function digestOf(command: DomainCommand, occurredOn: CalendarDate | undefined): string {
  const canonical = canonicalize({ type: command.type, data: command.data, ...(occurredOn && { occurredOn }) });
  return createHash('sha256').update(canonical!).digest('hex');
}
