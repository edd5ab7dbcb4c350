import type { Actor } from '#domain/values.js';
import { derivedId } from '#platform/ids.js';
import type { CommandContext } from './command-context.js';

/** Namespace (RFC 9562) of commands that the service itself gives. */
const SERVICE_COMMANDS = '7c1e6c1a-3a55-5b0e-8d2f-6d696e646574';

const SERVICE: Actor = { subject: 'mindet', role: 'service' };

/**
 * The context of a command by which the service records what the clock or a delivery did.
 * @param occasion names it for ever: on the same occasion it is one command, however often it is given
 */
export function serviceCommand(occasion: string, causationId?: string): CommandContext {
  const commandId = derivedId(SERVICE_COMMANDS, occasion);
  return { actor: SERVICE, commandId, correlationId: commandId, ...(causationId !== undefined && { causationId }) };
}
