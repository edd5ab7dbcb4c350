import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService, type TestService } from '../testing/service.js';

describe('verifications over HTTP', () => {
  let service: TestService;
  const auditor = () => service.as({ role: 'auditor', sub: 'auditor-1' });
  const register = async (id: string) => {
    const { body } = await service.as({ role: 'secretariat' }).post('/v1/bodies', { id, kind: 'council', names: { ru: id } });
    await auditor().get(`/v1/bodies?minPosition=${body.position}`);
    return body.position as string;
  };
  /** Asks at the address again and again until it has ended. */
  async function ended(location: string) {
    for (;;) {
      const { body } = await auditor().get(location);
      if (body.state === 'done' || body.state === 'failed') return body;
    }
  }

  beforeAll(async () => {
    service = await startService();
    await register('skb');
    await register('kssb');
  });
  afterAll(() => service.close());

  it('are asked for, followed and read, with who asked', async () => {
    const asked = await auditor().post('/v1/verifications');
    expect(asked).toMatchObject({ status: 202, body: { position: '2', askedBy: { subject: 'auditor-1', role: 'auditor' } } });
    expect(asked.headers['location']).toBe(`/v1/verifications/${asked.body.id}`);
    expect(await ended(asked.headers['location']!)).toMatchObject({ id: asked.body.id, state: 'done', differenceCount: 0, differences: [], lookedAt: { events: 2 } });
    const { body } = await auditor().get('/v1/verifications');
    expect(body.items[0]).toMatchObject({ id: asked.body.id, state: 'done' });
  });

  it('name what was changed behind the back of the service, as far as the position that was asked about', async () => {
    await service.stores.db.query(`update read.body set kind = 'forces' where id = 'kssb'`);
    const { headers } = await auditor().post('/v1/verifications', {});
    expect(await ended(headers['location']!)).toMatchObject({
      differenceCount: 1,
      differences: [
        {
          kind: 'value', projection: 'bodies', table: 'body', key: { id: 'kssb' }, column: 'kind', rebuilt: 'council', served: 'forces',
          event: { type: 'BodyRegistered', position: '2' },
        },
      ],
    });
    const earlier = await auditor().post('/v1/verifications', { position: '1' });
    expect(await ended(earlier.headers['location']!)).toMatchObject({ position: '1', differenceCount: 0 });
    await service.stores.db.query(`insert into read.body select 'nobody', names, kind, retired, retired_on, revision, valid_from, valid_to, born from read.body where id = 'skb'`);
    const extra = await auditor().post('/v1/verifications', { position: '1' });
    expect(await ended(extra.headers['location']!)).toMatchObject({ differences: [{ kind: 'extra', key: { id: 'nobody' }, event: null, rebuilt: null, column: null }] });
  });

  it('are not of the future, and not of what is none', async () => {
    expect(await auditor().post('/v1/verifications', { position: '99' })).toMatchObject({ status: 422, body: { code: 'FIELDS_INVALID', errors: [{ pointer: '/position' }] } });
    expect(await auditor().post('/v1/verifications', { position: 'soon' })).toMatchObject({ status: 422 });
    for (const id of ['018e4f5a-7c3e-7b1a-9c55-2f6a1d0e8b47', 'none']) {
      expect(await auditor().get(`/v1/verifications/${id}`)).toMatchObject({ status: 404, body: { code: 'VERIFICATION_UNKNOWN' } });
    }
  });
});
