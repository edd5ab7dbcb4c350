import type { Pool } from 'pg';
import type { Content } from './content.js';

/** Resolves once it is on disk. Kept again, it is the same. */
export async function keepContent(db: Pool, { digest, bytes }: Pick<Content, 'digest' | 'bytes'>): Promise<void> {
  await db.query({
    name: 'editions.keep_content',
    text: 'insert into editions.content (digest, bytes) values ($1, $2) on conflict (digest) do nothing',
    values: [digest, bytes],
  });
}

/** `undefined` where it is not kept here. */
export async function keptContent(db: Pool, digest: string): Promise<Buffer | undefined> {
  const { rows } = await db.query<{ bytes: Buffer }>({
    name: 'editions.read_content',
    text: 'select bytes from editions.content where digest = $1',
    values: [digest],
  });
  return rows[0]?.bytes;
}
