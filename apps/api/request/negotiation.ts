import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { Problem } from '../problems/problem.js';

const OFFERED = 'mindet:media-types';
const JSON_ALONE = ['application/json'];
/** Everything here is UTF-8, whether or not a client says that it accepts that. */
const inUtf8 = (type: string): string => `${type}; charset=utf-8`;

/** The media types in which a route can answer, the preferred first. JSON alone where a route does not say. */
export const Offers = (...types: readonly string[]) => SetMetadata(OFFERED, types);

/** Refuses, before anything is done, what could not be answered in a form that the client accepts. */
@Injectable()
export class NegotiationGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const offered = this.reflector.getAllAndOverride<string[] | undefined>(OFFERED, [context.getHandler(), context.getClass()]);
    const types = offered ?? JSON_ALONE;
    const request = context.switchToHttp().getRequest<Request>();
    // A client that asks for problem documents alone is still given what it asks for where there is one.
    if (request.accepts([...types, ...types.map(inUtf8), 'application/problem+json']) === false) {
      throw new Problem('NOT_ACCEPTABLE', `The answer can be given as ${types.join(' or ')}.`);
    }
    return true;
  }
}
