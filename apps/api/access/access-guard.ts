import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { ActorRole } from '#domain/vocabulary.js';
import { reject } from '#domain/rejection.js';
import { unauthenticated } from './authenticate.js';
import { ACCESS, type Access } from './declared-access.js';

/** Lets in whom the route declares. A route that declares nothing lets nobody in. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [context.getHandler(), context.getClass()]);
    if (access === 'open') return true;
    const { actor, tokenError } = context.switchToHttp().getRequest<Request>();
    if (tokenError !== undefined) throw tokenError;
    if (!actor) throw unauthenticated('Send a bearer token in the header Authorization.');
    const roles: readonly ActorRole[] = access?.roles ?? [];
    if (!roles.includes(actor.role)) {
      reject('ROLE_NOT_ALLOWED', `This is for ${roles.join(' or ') || 'nobody'}, and the token is for ${actor.role}.`);
    }
    return true;
  }
}
