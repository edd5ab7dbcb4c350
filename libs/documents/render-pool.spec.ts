import { afterAll, describe, expect, it } from '@jest/globals';
import type { Document } from './document.js';
import { DocumentTooLarge, renderPool, RenderingBusy } from './render-pool.js';
import { render } from './render.js';
import { someDocument } from './testing/some-document.js';

/** So much that it takes a while. */
const long: Document = {
  ...someDocument('Т'),
  sections: [{ id: 'one', level: 1, heading: [{ text: 'Р' }], blocks: [{ block: 'table', id: 't', caption: 'Т', columns: [{ heading: 'A', share: 1, of: 'text' }], rows: Array.from({ length: 30_000 }, (_, n) => [[{ text: `Строка ${n}` }]]) }] }],
};

describe('A thread that renders', () => {
  const pool = renderPool({ threads: 1, waiting: 1, memory: 256 });
  afterAll(() => pool.close());

  it('gives the same bytes as any other, and leaves the service free meanwhile', async () => {
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 1);
    const bytes = await pool.render(someDocument('Мәтін', 'kk'), 'pdf');
    clearInterval(ticking);
    expect(Buffer.from(bytes).equals(Buffer.from(await render(someDocument('Мәтін', 'kk'), 'pdf')))).toBe(true);
    expect(ticks).toBeGreaterThan(10);
  }, 60_000);

  it('ends its work when nobody waits for it any more, and takes the next', async () => {
    const leaving = new AbortController();
    const abandoned = pool.render(long, 'pdf', leaving.signal);
    const next = pool.render(someDocument('Т'), 'html');
    setImmediate(() => leaving.abort());
    await expect(abandoned).rejects.toThrow(/abort/i);
    expect((await next).length).toBeGreaterThan(1_000);
  }, 60_000);

  it('takes no more than it can, and says so', async () => {
    const leaving = new AbortController();
    const asked = Array.from({ length: 6 }, () => pool.render(long, 'pdf', leaving.signal));
    const settled = Promise.allSettled(asked);
    await expect(Promise.race(asked)).rejects.toThrow(RenderingBusy);
    leaving.abort();
    expect((await settled).filter((one) => one.status === 'rejected' && one.reason instanceof RenderingBusy).length).toBe(4);
  }, 60_000);

  it('gives up a document that takes more memory than it may, and lives on', async () => {
    const small = renderPool({ threads: 1, waiting: 1, memory: 48 });
    await expect(small.render(long, 'pdf')).rejects.toThrow(DocumentTooLarge);
    await small.close();
    expect((await pool.render(someDocument('Т'), 'html')).length).toBeGreaterThan(1_000);
  }, 60_000);
});
