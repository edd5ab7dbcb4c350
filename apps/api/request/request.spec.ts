import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Open } from '../access/declared-access.js';
import { testApi, type TestApi } from '../testing/api.js';
import { commandsOf, RecordedCommands } from '../testing/recorded-commands.js';
import { Unhurried } from './deadline.js';
import { Offers } from './negotiation.js';

const never = () => new Promise<never>(() => {});

@Controller('things')
@Open()
class ThingsController {
  @Get(':id')
  one(@Param('id') id: string) {
    return { id };
  }

  @Get(':id/table')
  @Offers('text/csv', 'application/json')
  table() {
    return {};
  }

  @Get(':id/late')
  late() {
    return never();
  }

  @Get(':id/stream')
  @Unhurried()
  stream() {
    return new Promise((resolve) => setTimeout(() => resolve({ late: true }), 150));
  }

  @Post()
  make(@Body() body: unknown) {
    return { got: body };
  }
}
class ThingsModule {}

const LIMIT = 1024 * 1024;
/** A JSON text of so many bytes. */
const filled = (size: number) => `"${'x'.repeat(size - 2)}"`;

const problem = (code: string, status: number) => (response: { status: number; body: unknown; headers: Record<string, string> }) => {
  expect(response.body).toMatchObject({ code, status });
  expect(response.status).toBe(status);
  expect(response.headers['content-type']).toContain('application/problem+json');
};

describe('a request', () => {
  let api: TestApi;
  beforeAll(async () => {
    const things = { module: ThingsModule, controllers: [ThingsController] };
    api = await testApi({ modules: [commandsOf(new RecordedCommands()), things], settings: { deadline: 1_500 } });
    await api.app.listen(0, '127.0.0.1');
  });
  afterAll(() => api.close());

  // Bytes go as they are: supertest would write a buffer as JSON.
  const post = (body: string | Buffer, type = 'application/json') => api.http().post('/things').set('Content-Type', type).serialize((bytes) => bytes as string).send(body);

  describe('for an address', () => {
    it('that nothing has is answered with 404', async () => {
      await api.http().get('/nowhere').expect(problem('ROUTE_UNKNOWN', 404));
      await api.http().get('/v1/agendas/csto-2024/nowhere').expect(problem('ROUTE_UNKNOWN', 404));
    });

    it('that does not answer to the method is answered with 405 and those to which it does', async () => {
      const response = await api.http().delete('/things/1').expect(problem('METHOD_NOT_ALLOWED', 405));
      expect(response.headers['allow']).toBe('GET, HEAD, OPTIONS');
      const agendas = await api.http().put('/v1/agendas/csto-2024/closure').expect(problem('METHOD_NOT_ALLOWED', 405));
      expect(agendas.headers['allow']).toBe('OPTIONS, POST');
    });

    it('is told by OPTIONS to which methods it answers', async () => {
      const response = await api.http().options('/things').expect(204);
      expect(response.headers['allow']).toBe('OPTIONS, POST');
    });

    it('that answers to GET answers to HEAD', async () => {
      await api.http().head('/things/1').expect(200);
    });

    it.each(['/things/%', '/things/%ff', '/things/%c0%af'])('that cannot be decoded is malformed: %s', async (address) => {
      await api.http().get(address).expect(problem('MALFORMED_REQUEST', 400));
    });
  });

  describe('that accepts', () => {
    it.each(['*/*', 'application/json', 'application/*', 'text/html;q=0.5, application/json;q=0.1', 'application/problem+json', 'application/json; charset=utf-8'])('%s is answered', async (accept) => {
      await api.http().get('/things/1').set('Accept', accept).expect(200);
    });

    it.each(['text/html', 'application/xml', 'application/json;q=0'])('only %s is answered with 406', async (accept) => {
      const response = await api.http().get('/things/1').set('Accept', accept).expect(problem('NOT_ACCEPTABLE', 406));
      expect(response.body.detail).toContain('application/json');
    });

    it('what the route offers is answered', async () => {
      await api.http().get('/things/1/table').set('Accept', 'text/csv').expect(200);
      await api.http().get('/things/1').set('Accept', 'text/csv').expect(406);
    });
  });

  describe('with a body', () => {
    it('is read as JSON in UTF-8', async () => {
      for (const type of ['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"']) {
        const response = await post('{"a":"ә\\u0301"}', type).expect(201);
        expect(response.body).toEqual({ got: { a: 'ә\u0301' } });
      }
    });

    it('that is compressed is read as what it stands for', async () => {
      const response = await api.http().post('/things').set('Content-Type', 'application/json').set('Content-Encoding', 'gzip').serialize((bytes) => bytes as string).send(gzipSync('{"a":1}'));
      expect(response.body).toEqual({ got: { a: 1 } });
    });

    it('that is empty reads as an empty object', async () => {
      const response = await api.http().post('/things').expect(201);
      expect(response.body).toEqual({ got: {} });
    });

    it.each([['{"a":', 'ends too early'], ['{\n"a": 1,}', 'line 2, column 8'], ["{'a':1}", 'line 1'], ['{"a": x}', ''], ['NaN', ''], ['\u0000', ''], ['{"a":01}', '']])(
      'that is not JSON is refused, and the place is named: %p',
      async (body, place) => {
        const response = await post(body).expect(problem('MALFORMED_JSON', 400));
        expect(response.body.detail).toContain(place);
      },
    );

    it('that is not UTF-8 is refused', async () => {
      await post(Buffer.from([0x22, 0xff, 0xfe, 0x22])).expect(problem('MALFORMED_JSON', 400));
    });

    it('that is nested beyond reason harms nobody', async () => {
      await post('['.repeat(LIMIT / 2)).expect(problem('MALFORMED_JSON', 400));
    });

    it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/merge-patch+json', 'application/json; charset=koi8-r', 'application/jsonx'])(
      'of another kind is refused: %s',
      async (type) => {
        await post('{}', type).expect(problem('MEDIA_TYPE_UNSUPPORTED', 415));
      },
    );

    it('in an unknown coding, or one that it is not in, is refused', async () => {
      await post('{}').set('Content-Encoding', 'compress').expect(problem('MEDIA_TYPE_UNSUPPORTED', 415));
      await post('{}').set('Content-Encoding', 'gzip').expect(problem('MALFORMED_REQUEST', 400));
    });

    it('of exactly the limit is read, and of one byte more is refused', async () => {
      await post(filled(LIMIT)).expect(201);
      await post(filled(LIMIT + 1)).expect(problem('BODY_TOO_LARGE', 413));
      await post(filled(2 * LIMIT)).expect(problem('BODY_TOO_LARGE', 413));
    });

    it('that unpacks to more than the limit is refused', async () => {
      const packed = gzipSync(`"${'x'.repeat(20 * LIMIT)}"`);
      const sent = api.http().post('/things').set('Content-Type', 'application/json').set('Content-Encoding', 'gzip').serialize((bytes) => bytes as string).send(packed);
      await sent.expect(problem('BODY_TOO_LARGE', 413));
    });

    it('of unknown length is refused once it is past the limit', async () => {
      const { port } = api.app.getHttpServer().address() as AddressInfo;
      const status = await new Promise<number | undefined>((resolve, reject) => {
        const sent = httpRequest({ port, host: '127.0.0.1', path: '/things', method: 'POST', headers: { 'Content-Type': 'application/json' } });
        sent.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
        for (let i = 0; i < 32; i++) sent.write('x'.repeat(64 * 1024));
        sent.end();
      });
      expect(status).toBe(413);
    });
  });

  describe('of a trace', () => {
    it('goes on with the trace of its caller', async () => {
      const response = await api.http().get('/things/1').set('traceparent', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01');
      expect(response.headers['x-trace-id']).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
    });

    it.each(['', 'x', '00-00000000000000000000000000000000-00f067aa0ba902b7-01', 'ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'])(
      'that is none begins one: %p',
      async (traceparent) => {
        const response = await api.http().get('/things/1').set('traceparent', traceparent);
        expect(response.headers['x-trace-id']).toMatch(/^(?!4bf92)[0-9a-f]{32}$/);
      },
    );
  });

  it('that is not answered in time is answered with 503, and a stream has all its time', async () => {
    const response = await api.http().get('/things/1/late').expect(problem('TIMED_OUT', 503));
    expect(response.headers['retry-after']).toBe('5');
    await api.http().get('/things/1/stream').expect(200);
  });

  it('is answered with headers that make browsers careful', async () => {
    const { headers } = await api.http().get('/things/1');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'SAMEORIGIN' });
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers).not.toHaveProperty('x-powered-by');
  });
});
