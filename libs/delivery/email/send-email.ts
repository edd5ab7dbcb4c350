import { createTransport, type Transporter } from 'nodemailer';
import { delivered, refused, retry, type Outcome } from '../outcome.js';

const PATIENCE = 30_000;

export type Mailer = {
  readonly send: (email: Email) => Promise<Outcome>;
  readonly close: () => void;
};

export type Email = {
  /** Tells repeats from new ones: it makes the Message-ID. */
  readonly id: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** BCP 47. */
  readonly language: string;
  readonly attachments: readonly { readonly filename: string; readonly contentType: string; readonly content: Uint8Array }[];
};

export type MailerSettings = {
  /** `smtp://` or `smtps://`, with the user and password where there is one. */
  readonly url: string;
  readonly from: string;
  /** Whether a connection that cannot be made private is refused. */
  readonly tls: 'required' | 'off';
};

/** Sends over SMTP (RFC 5321). */
export function mailer({ url, from, tls }: MailerSettings): Mailer {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 4,
    requireTLS: tls === 'required',
    ...(tls === 'off' && { ignoreTLS: true }),
    connectionTimeout: PATIENCE,
    greetingTimeout: PATIENCE,
    socketTimeout: PATIENCE,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as Parameters<typeof createTransport>[0]);
  return { send: (email) => send(transport, from, email), close: () => transport.close() };
}

async function send(transport: Transporter, from: string, { id, to, subject, text, language, attachments }: Email): Promise<Outcome> {
  try {
    const { rejected } = (await transport.sendMail({
      from,
      to: [...to],
      subject,
      text,
      // The same for every attempt, so that a receiver can tell that it is the same (RFC 5322).
      messageId: `<${id}@${from.replace(/^.*@|>.*$/g, '')}>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
      attachments: attachments.map(({ filename, contentType, content }) => ({ filename, contentType, content: Buffer.from(content) })),
    })) as { rejected: readonly unknown[] };
    return delivered(rejected.length === 0 ? 'the mail server took it' : `the mail server took it, but not for ${rejected.length} of ${to.length} addresses`);
  } catch (error) {
    const { responseCode, code } = error as { responseCode?: number; code?: string };
    // A password or a line that is not private is for the operator to mend, and then the same goes through.
    const isOurs = code === 'EAUTH' || code === 'ETLS';
    if (responseCode !== undefined && responseCode >= 500 && !isOurs) return refused(`the mail server answered ${responseCode}`);
    return retry(responseCode === undefined ? `the mail server did not take it: ${code ?? 'unknown'}` : `the mail server answered ${responseCode}`);
  }
}
