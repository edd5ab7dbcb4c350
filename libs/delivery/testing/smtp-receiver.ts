import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export type SmtpReceiver = {
  readonly url: string;
  /** To whom it was handed in, and what it says. */
  readonly received: readonly { readonly to: readonly string[]; readonly mail: ParsedMail }[];
  /** Whether it takes the next ones: with which code it refuses them otherwise. */
  refusing(code: number | undefined): void;
  close(): Promise<void>;
};

/** A mail server on the loopback address that reads what it takes. */
export async function smtpReceiver(): Promise<SmtpReceiver> {
  const received: { to: string[]; mail: ParsedMail }[] = [];
  let refusal: number | undefined;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      void (async () => {
        const mail = await simpleParser(stream);
        if (refusal !== undefined) return done(Object.assign(new Error('not now'), { responseCode: refusal }));
        received.push({ to: session.envelope.rcptTo.map(({ address }) => address), mail });
        return done();
      })();
    },
  });
  server.on('error', () => {});
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return {
    url: `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    received,
    refusing: (code) => void (refusal = code),
    close: () => new Promise((done) => server.close(done)),
  };
}
