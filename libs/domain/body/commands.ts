import type { DomainCommand } from '../decider.js';
import type { BodyRegistered, BodyRenamed, BodyRetired } from './events.js';

export type RegisterBody = DomainCommand<'RegisterBody', BodyRegistered['data']>;
export type RenameBody = DomainCommand<'RenameBody', BodyRenamed['data']>;
export type RetireBody = DomainCommand<'RetireBody', BodyRetired['data']>;

export type BodyCommand = RegisterBody | RenameBody | RetireBody;
