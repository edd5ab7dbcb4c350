import { Command, InvalidArgumentError, Option } from 'commander';
import { issueToken } from '#access/issue-token.js';
import { localKey } from '#access/local-key.js';
import { ROLES, type Role } from '#domain/vocabulary.js';
import { readEnvironment } from '#platform/environment.js';

type Options = { role: Role; state?: string; body?: string; sub?: string; expires?: Date };

export const tokenVerb = () =>
  new Command('token')
    .description('print a bearer token, signed with the local key of the data folder')
    .addOption(new Option('--role <role>', 'in which the bearer acts').choices(ROLES).makeOptionMandatory())
    .option('--state <code>', 'of a liaison, for example KG')
    .option('--body <id>', 'of a body’s focal point, for example ksopn')
    .option('--sub <name>', 'who acts; the role’s name where absent')
    .option('--expires <duration or time>', 'for example 30m, 12h, 7d or 2024-12-31T00:00:00Z; in twelve hours where absent', expiry)
    .action(async ({ role, state, body, sub, expires }: Options, command: Command) => {
      const environment = readEnvironment();
      if (environment.AUTH_ISSUER) command.error(`error: tokens are issued by ${environment.AUTH_ISSUER} (AUTH_ISSUER), not here`);
      try {
        const key = await localKey(environment.MINDET_DATA);
        console.log(await issueToken({ role, state, body, sub, expires }, key, new Date()));
      } catch (error) {
        command.error(`error: ${(error as Error).message}`);
      }
    });

const UNITS_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

function expiry(text: string): Date {
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const time = unit ? new Date(Date.now() + Number(count) * UNITS_MS[unit as keyof typeof UNITS_MS]) : new Date(text);
  if (Number.isNaN(time.getTime())) throw new InvalidArgumentError('It is a duration such as 12h, or an RFC 3339 time.');
  return time;
}
