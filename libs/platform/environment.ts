import { join, resolve } from 'node:path';
import { z } from 'zod';
import { packageRoot } from './package-root.js';

const count = (least: number, most: number, things?: string) =>
  z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most, {
      error: `must be a whole number${things ? ` of ${things}` : ''} from ${least} to ${most}`,
    })
    .transform(Number);

const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });

const url = (...protocols: readonly string[]) =>
  z.string().refine((text) => protocols.includes(URL.parse(text)?.protocol ?? ''), {
    error: `must be an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  });

/** Every variable that Mindet reads, described for its users in `docs/configuration.md`. */
const variables = z
  .object({
    PORT: count(0, 65_535).default(3000),
    MINDET_DATA: z
      .string()
      .default('data')
      .transform((folder) => resolve(folder)),
    DATABASE_URL: url('postgres:', 'postgresql:').optional(),
    DATABASE_POOL_MAX: count(2, 1000, 'connections').default(10),
    EVENT_STORE: oneOf(['postgres', 'kurrentdb']).default('postgres'),
    // It may name several hosts, as no URL can. The rest of it is checked where it is used.
    KURRENTDB_URL: z
      .string()
      .regex(/^(kurrentdb|esdb)(\+discover)?:\/\/[^/]/i, {
        error: 'must be an address that begins with kurrentdb://, kurrentdb+discover://, esdb:// or esdb+discover://',
      })
      .optional(),
    // A dot leaves the server's own categories, which end at the first dash, as they are.
    KURRENTDB_STREAM_PREFIX: z
      .string()
      .regex(/^[A-Za-z0-9_][A-Za-z0-9_.:-]{0,99}$/, {
        error: 'must be up to 100 letters, digits or the signs _ . : - of ASCII, and begin with a letter, a digit or _',
      })
      .default('mindet.'),
    PROJECTOR: oneOf(['inside', 'apart']).default('inside'),
    AGENDA: z
      .string()
      .optional()
      .transform((path) =>
        path === 'none'
          ? undefined
          : path === undefined
            ? join(packageRoot(), 'agendas/csto-2024.yaml')
            : resolve(path),
      ),
    AUTH_ISSUER: url('https:', 'http:').optional(),
    AUTH_AUDIENCE: z.string().optional(),
    AUTH_JWKS_URL: url('https:', 'http:').optional(),
    LEDGER_ORIGIN: z
      .string()
      .regex(/^[^\s+]{1,200}$/u, { error: 'must be a name without spaces and plus signs, best an address without its scheme' })
      .optional(),
    LEDGER_KEY_FILE: z.string().optional(),
    LEDGER_PREVIOUS_KEY_FILE: z.string().optional(),
    LEDGER_CHECKPOINT_SECONDS: count(1, 86_400, 'seconds').default(60),
    // The mail client takes settings from a query, which would overrule SMTP_TLS.
    SMTP_URL: url('smtp:', 'smtps:')
      .refine((text) => !/[?#]/.test(text), { error: 'must be an address without anything after its port' })
      .optional(),
    SMTP_FROM: z
      .string()
      .regex(/^([^<>\p{Cc}]{1,200}<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u, { error: 'must be an e-mail address, or a name with one: Mindet <mindet@example.org>' })
      .optional(),
    SMTP_TLS: oneOf(['required', 'off']).default('required'),
    WEBHOOK_ALLOWED_HOSTS: z
      .string()
      .default('')
      .transform((list) => list.split(',').map((host) => host.trim()).filter(Boolean))
      .refine((hosts) => hosts.every((host) => /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(host)), {
        error: 'must be host names with commas between them, as hooks.example.org, *.example.int',
      }),
    WEBHOOK_PRIVATE_NETWORKS: oneOf(['refuse', 'allow']).default('refuse'),
    CHANNEL_KEY_FILE: z.string().optional(),
    REMINDER_DAYS_BEFORE_DUE: count(0, 365, 'days').default(7),
    REMINDER_DAYS_AFTER_DUE: count(0, 30, 'days').default(1),
    LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    TRUST_PROXY: count(0, 100, 'proxies').default(0),
    RATE_LIMIT_PER_MINUTE: count(0, 1_000_000, 'requests').default(1200),
  })
  .superRefine((set, context) => {
    const missing = (name: keyof typeof set, message: string) =>
      context.addIssue({ code: 'custom', path: [name], message });
    if (set.EVENT_STORE === 'kurrentdb' && !set.KURRENTDB_URL) missing('KURRENTDB_URL', 'must be set together with EVENT_STORE=kurrentdb');
    if (set.SMTP_URL && !set.SMTP_FROM) missing('SMTP_FROM', 'must be set together with SMTP_URL');
    // Without its audience, a token that the same issuer made for another service would be believed here.
    if (set.AUTH_ISSUER && !set.AUTH_AUDIENCE) missing('AUTH_AUDIENCE', 'must be set together with AUTH_ISSUER');
    if (!set.AUTH_ISSUER && set.AUTH_AUDIENCE) missing('AUTH_ISSUER', 'must be set together with AUTH_AUDIENCE');
    if (!set.AUTH_ISSUER && set.AUTH_JWKS_URL) missing('AUTH_ISSUER', 'must be set together with AUTH_JWKS_URL');
  });

/** The configuration. Paths are absolute; what is optional and absent was not set. */
export type Environment = Readonly<z.output<typeof variables>>;

/** The message has one line for each variable that is wrong: its name, and what it must be. */
export class EnvironmentInvalid extends Error {
  override readonly name = 'EnvironmentInvalid';
  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
  }
}

/**
 * Reads the variables. One that is empty counts as not set, as Compose files give them.
 * @throws {EnvironmentInvalid} never showing a value, which may be a secret
 */
export function readEnvironment(env: Readonly<Record<string, string | undefined>> = process.env): Environment {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = variables.safeParse(set);
  if (parsed.success) return parsed.data;
  throw new EnvironmentInvalid(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
}
