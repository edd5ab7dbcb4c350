import pg from 'pg';
import { randomId } from '../ids.js';

export interface FreshDatabase {
  readonly url: string;
  /** Removes the database, also under open connections. */
  drop(): Promise<void>;
}

/**
 * A database of its own on the cluster that the test run shares: empty, or a copy of another fresh one that nobody is connected to.
 */
export async function freshDatabase(model?: FreshDatabase): Promise<FreshDatabase> {
  const admin = process.env['MINDET_TEST_DATABASE_URL'];
  if (admin === undefined) throw new Error('no test cluster: is globalSetup wired in jest.config.js?');
  const name = `test_${randomId().replaceAll('-', '')}`;
  await execute(admin, model ? `CREATE DATABASE ${name} TEMPLATE ${new URL(model.url).pathname.slice(1)}` : `CREATE DATABASE ${name}`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => execute(admin, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
