import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';
import { MAY_ISSUE } from '#domain/authority.js';
import type { Command } from '#domain/commands.js';
import type { Role } from '#domain/vocabulary.js';

/** Who may use a route: anyone at all, or actors in one of these roles. */
export type Access = 'open' | { readonly roles: readonly Role[] };

export const ACCESS = 'mindet:access';

/** Anyone, without a token. */
export const Open = () => applyDecorators(SetMetadata(ACCESS, 'open' satisfies Access), ApiSecurity({}));

/** Actors in one of these roles. */
export const Reads = (...roles: readonly Role[]) => SetMetadata(ACCESS, { roles } satisfies Access);

/** Commands that come from people; those of the service itself have no door. */
export type IssuedCommand = { [C in Command['type']]: (typeof MAY_ISSUE)[C][number] extends Role ? C : never }[Command['type']];

/** Actors in the roles that may issue the command. */
export const Issues = (command: IssuedCommand) => Reads(...MAY_ISSUE[command]);
