import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { smtpReceiver, type SmtpReceiver } from '../testing/smtp-receiver.js';
import { mailer, type Email, type Mailer } from './send-email.js';

const email: Email = {
  id: '0c1f9a3e-5d0b-5f0e-9a51-6f1a2b3c4d5e',
  to: ['desk@mfa.example', 'second@mfa.example'],
  subject: 'ОДКБ: Приоритеты — издание № 1\r\nBcc: someone@else.example',
  text: 'Сәлеметсіз бе,\n\nәғқңөұүһі',
  language: 'kk',
  attachments: [{ filename: 'csto-2024.e1.json', contentType: 'application/json', content: Buffer.from('{"ә":1}') }],
};

describe('A letter', () => {
  let server: SmtpReceiver;
  let post: Mailer;
  beforeAll(async () => {
    server = await smtpReceiver();
    post = mailer({ url: server.url, from: 'Mindet <mindet@odkb.example>', tls: 'off' });
  });
  afterAll(async () => {
    post.close();
    await server.close();
  });

  it('arrives with its attachments, under a name that stays the same', async () => {
    expect(await post.send(email)).toEqual({ kind: 'delivered', detail: 'the mail server took it' });
    const [{ to, mail }] = server.received as [(typeof server.received)[number]];
    expect(to).toEqual(email.to);
    expect(mail.text?.trim()).toBe(email.text);
    expect(mail.messageId).toBe(`<${email.id}@odkb.example>`);
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.headers.get('content-language')).toBe('kk');
    expect(mail.attachments).toMatchObject([{ filename: 'csto-2024.e1.json', contentType: 'application/json' }]);
    expect(mail.attachments[0]!.content.toString()).toBe('{"ә":1}');
  });

  it('has no header that its subject would bring in', () => {
    const { to, mail } = server.received[0]!;
    expect(to).not.toContain('someone@else.example');
    expect(mail.bcc).toBeUndefined();
    expect(mail.headers.has('bcc')).toBe(false);
  });

  it('is tried later where the server says so, and not where it never takes it', async () => {
    server.refusing(451);
    expect(await post.send(email)).toEqual({ kind: 'retry', detail: 'the mail server answered 451' });
    server.refusing(550);
    expect(await post.send(email)).toEqual({ kind: 'refused', detail: 'the mail server answered 550' });
    server.refusing(undefined);
  });

  it('does not go over a line that anyone reads, unless that is said', async () => {
    const careful = mailer({ url: server.url, from: 'mindet@odkb.example', tls: 'required' });
    expect(await careful.send(email)).toMatchObject({ kind: 'retry' });
    careful.close();
  });

  it('is tried later where no server is there', async () => {
    const lost = mailer({ url: 'smtp://127.0.0.1:1', from: 'mindet@odkb.example', tls: 'off' });
    expect(await lost.send(email)).toMatchObject({ kind: 'retry' });
    lost.close();
  });
});
