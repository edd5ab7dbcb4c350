import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { makeDataFolder, removeDataFolder } from '#platform/testing/data-folder.js';
import { freshDatabase, type FreshDatabase } from '#platform/testing/postgres.js';
import { bearer, crash, startServiceProcess, type ServiceProcess } from './testing/service-process.js';

jest.setTimeout(60_000);

const COMMANDS = 200;

let database: FreshDatabase;
let folder: string;
let services: ServiceProcess[];

beforeAll(async () => {
  database = await freshDatabase();
  folder = makeDataFolder();
  const environment = { DATABASE_URL: database.url, MINDET_DATA: folder, AGENDA: 'agendas/example.yaml', LOG_LEVEL: 'silent' };
  const [first] = (services = [startServiceProcess(environment)]);
  await first!.address;
  services.push(startServiceProcess(environment));
});

afterAll(async () => {
  await Promise.all(services.map(crash));
  await database.drop();
  await removeDataFolder(folder);
});

it(`${COMMANDS} commands on one thing, sent to two processes at once, are all carried out`, async () => {
  const addresses = await Promise.all(services.map(({ address }) => address));
  const headers = { Authorization: await bearer(folder, { role: 'chair' }), 'Content-Type': 'application/json' };
  const number = 77;
  await fetch(`${addresses[0]}/v1/agendas/example-2030/priorities`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ number, title: { ru: 'Общий' } }),
  });
  const answers = await Promise.all(
    Array.from({ length: COMMANDS }, async (_, n) => {
      const body = JSON.stringify({ title: { ru: `Общий, ${n}` } });
      const answer = await fetch(`${addresses[n % 2]}/v1/priorities/example-2030.${number}`, { method: 'PATCH', headers, body });
      return { status: answer.status, ...((await answer.json()) as { code?: string; revision: number }) };
    }),
  );
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  const revisions = answers.map(({ revision }) => revision).toSorted((a, b) => a - b);
  expect(revisions).toEqual(Array.from({ length: COMMANDS }, (_, n) => n + 1));
});
