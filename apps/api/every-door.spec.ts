import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROLES, type Role } from '#domain/vocabulary.js';
import { startService, type TestService } from './testing/service.js';

const READERS: Role[] = ['chair', 'secretariat', 'liaison', 'body', 'auditor'];
const REPORTERS: Role[] = ['liaison', 'body'];
const SUBJECTS = ['priorities/{priorityId}', 'commitments/{commitmentId}'];

/** Who may use which door, written out from the domain's table of roles and the interface's table of doors. */
const DOORS: Record<string, readonly Role[] | 'open'> = {
  'POST /v1/agendas': ['chair'],
  'POST /v1/agendas/{agendaId}/participations': ['secretariat'],
  'POST /v1/agendas/{agendaId}/closure': ['chair'],
  'POST /v1/bodies': ['secretariat'],
  'PATCH /v1/bodies/{bodyId}': ['secretariat'],
  'POST /v1/bodies/{bodyId}/retirement': ['secretariat'],
  'POST /v1/agendas/{agendaId}/priorities': ['chair'],
  'POST /v1/priorities/{priorityId}/commitments': ['chair'],
  ...Object.fromEntries(
    SUBJECTS.flatMap((subject): [string, readonly Role[]][] => [
      [`PATCH /v1/${subject}`, ['chair']],
      [`POST /v1/${subject}/agreement`, ['secretariat']],
      [`POST /v1/${subject}/assignments`, ['chair']],
      [`DELETE /v1/${subject}/assignments/{bodyId}`, ['chair']],
      [`POST /v1/${subject}/withdrawal`, ['chair']],
      [`POST /v1/${subject}/reports`, REPORTERS],
      [`GET /v1/${subject}`, READERS],
      [`GET /v1/${subject}/history`, READERS],
    ]),
  ),
  'POST /v1/commitments/{commitmentId}/schedule': ['chair'],
  'POST /v1/commitments/{commitmentId}/milestones': ['chair'],
  'POST /v1/commitments/{commitmentId}/milestones/{milestoneId}/reached': ['chair'],
  'POST /v1/commitments/{commitmentId}/assessments': ['secretariat'],
  'POST /v1/commitments/{commitmentId}/suspension': ['secretariat'],
  'POST /v1/commitments/{commitmentId}/resumption': ['secretariat'],
  'POST /v1/commitments/{commitmentId}/closure': ['secretariat'],
  'POST /v1/commitments/{commitmentId}/reopening': ['secretariat'],
  'POST /v1/commitments/{commitmentId}/carry-over': ['secretariat'],
  'PUT /v1/reports/{reportId}': REPORTERS,
  'POST /v1/reports/{reportId}/return': ['secretariat'],
  'POST /v1/reports/{reportId}/acceptance': ['secretariat'],
  'GET /v1/agendas': READERS,
  'GET /v1/agendas/{agendaId}': READERS,
  'GET /v1/agendas/{agendaId}/matrix': READERS,
  'GET /v1/agendas/{agendaId}/changes': READERS,
  'GET /v1/agendas/{agendaId}/documents': READERS,
  'GET /v1/agendas/{agendaId}/documents/{kind}.{format}': READERS,
  'GET /v1/agendas/{agendaId}/reporting-cycle': READERS,
  'GET /v1/agendas/{agendaId}/review-queue': ['secretariat', 'chair', 'auditor'],
  'GET /v1/agendas/{agendaId}/history': READERS,
  'GET /v1/commitments': READERS,
  'GET /v1/bodies': READERS,
  'GET /v1/bodies/{bodyId}': READERS,
  'GET /v1/bodies/{bodyId}/workload': READERS,
  'GET /v1/bodies/{bodyId}/history': READERS,
  'GET /v1/states/{state}/obligations': READERS,
  'GET /v1/reports': READERS,
  'GET /v1/reports/{reportId}': READERS,
  'GET /v1/reports/{reportId}/history': READERS,
  'POST /v1/agendas/{agendaId}/editions': ['chair'],
  'POST /v1/editions/{editionId}/acknowledgement': ['liaison'],
  'POST /v1/editions/{editionId}/positions': ['liaison'],
  'GET /v1/editions': READERS,
  'GET /v1/editions/{editionId}': READERS,
  'GET /v1/editions/{editionId}/content': READERS,
  'GET /v1/editions/{editionId}/tally': ['chair', 'secretariat', 'auditor'],
  'GET /v1/editions/{editionId}/history': READERS,
  'POST /v1/editions/{editionId}/deliveries': ['chair', 'secretariat'],
  'GET /v1/deliveries': ['operator', 'chair', 'secretariat', 'auditor'],
  'GET /v1/jobs': ['operator', 'secretariat', 'auditor'],
  'GET /v1/states/{state}/channels': ['secretariat', 'liaison', 'auditor'],
  'PUT /v1/states/{state}/channels/webhook': ['secretariat'],
  'POST /v1/states/{state}/channels/webhook/secret': ['secretariat'],
  'DELETE /v1/states/{state}/channels/webhook': ['secretariat'],
  'PUT /v1/states/{state}/channels/email': ['secretariat'],
  'DELETE /v1/states/{state}/channels/email': ['secretariat'],
  'GET /v1/events': ['auditor'],
  'GET /v1/events/{eventId}': ['auditor'],
  'GET /v1/events/live': ['auditor'],
  'GET /v1/access-records': ['auditor'],
  'GET /v1/ledger/checkpoint': READERS,
  'GET /v1/ledger/inclusion/{eventId}': READERS,
  'GET /v1/ledger/consistency': READERS,
  'GET /v1/ledger/keys': READERS,
  'GET /v1/ledger/witnesses': READERS,
  'POST /v1/ledger/witnesses': ['liaison'],
  'POST /v1/ledger/checkpoints/{checkpointSize}/cosignatures': ['liaison'],
  'POST /v1/verifications': ['auditor'],
  'GET /v1/verifications': ['auditor'],
  'GET /v1/verifications/{verificationId}': ['auditor'],
  'GET /v1/projections': ['operator', 'auditor'],
  'POST /v1/projections/{projection}/rebuild': ['operator'],
  'GET /health/live': 'open',
  'GET /health/ready': 'open',
  'GET /metrics': 'open',
};

const IDS: Record<string, string> = {
  agendaId: 'nobody-s',
  bodyId: 'nobody',
  priorityId: 'nobody-s.1',
  commitmentId: 'nobody-s.1.1',
  kind: 'agenda',
  format: 'html',
  editionId: 'nobody-s.e1',
  milestoneId: 'none',
  reportId: '018e4f5a-7c3e-7b1a-9c55-2f6a1d0e8b47',
  eventId: '018e4f5a-7c3e-7b1a-9c55-2f6a1d0e8b47',
  verificationId: '018e4f5a-7c3e-7b1a-9c55-2f6a1d0e8b47',
  checkpointSize: '7',
  state: 'KG',
  projection: 'none',
};

describe('every door', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.close());

  const knock = (door: string, role: Role | undefined) => {
    const [method, path] = door.split(' ') as [string, string];
    const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => IDS[name]!);
    return service.knock(method, address, role && { role, state: 'KG', body: 'ksopn' });
  };

  it('is in the OpenAPI document, and nothing else is', async () => {
    const { body } = await service.as({ role: 'chair' }).get('/openapi.json');
    const documented = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(documented.toSorted()).toEqual(Object.keys(DOORS).toSorted());
  });

  it.each(Object.entries(DOORS))('%s is for %s and nobody else', async (door, allowed) => {
    expect(await knock(door, undefined)).toEqual(allowed === 'open' ? expect.not.objectContaining({ status: 401 }) : expect.objectContaining({ status: 401, code: 'TOKEN_MISSING' }));
    for (const role of ROLES) {
      const answer = { role, ...(await knock(door, role)) };
      const let_in = allowed === 'open' || allowed.includes(role);
      expect(answer).toEqual(
        let_in ? expect.not.objectContaining({ code: expect.stringMatching(/ROLE_NOT_ALLOWED|TOKEN/) }) : expect.objectContaining({ status: 403, code: 'ROLE_NOT_ALLOWED' }),
      );
      expect(answer.status).not.toBe(500);
    }
  });

  it('leaves no event where it turned everybody away', async () => {
    expect(await service.stores.store.head()).toBe('0');
  });
});
