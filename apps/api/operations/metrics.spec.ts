import { describe, expect, it } from '@jest/globals';
import { createRegistry, measureLedger, measureProjections } from './metrics.js';

const status = { version: 1, position: '1', head: '3', state: 'stalled', rebuild: null } as const;
const stalled = { position: '2', eventId: '0c1f9a3e-5d0b-5f0e-9a51-6f1a2b3c4d5e', error: 'none' };

describe('what is measured', () => {
  it('is as it stands when it is asked for, the first time too', async () => {
    const registry = createRegistry();
    measureProjections(registry, () => Promise.resolve([{ ...status, name: 'work', lag: 2, stalled }]));
    measureLedger(registry, () => Promise.resolve({ size: 47, signedAt: '2024-01-01T00:00:00.000Z' }));
    const text = await registry.metrics();
    expect(text).toContain('projection_lag_positions{projection="work"} 2\n');
    expect(text).toContain('projection_stalled{projection="work"} 1\n');
    expect(text).toContain('ledger_events 47\n');
    expect(text).toContain('ledger_checkpoint_timestamp_seconds 1704067200\n');
  });

  it('is told as far as it is known', async () => {
    const registry = createRegistry();
    measureProjections(registry, () => Promise.reject(new Error('away')));
    measureLedger(registry, () => Promise.resolve({ size: 3 }));
    const text = await registry.metrics();
    expect(text).not.toContain('projection_lag_positions{');
    expect(text).toContain('ledger_events 3\n');
  });
});
