import { Command } from 'commander';
import { withStores } from './with-stores.js';

export const migrateVerb = () =>
  new Command('migrate').description('bring the database’s schemas up to date').action(async () => {
    // Opening the stores migrates; every other verb and the service do the same first.
    await withStores(() => Promise.resolve());
    console.log('The schemas are up to date.');
  });
