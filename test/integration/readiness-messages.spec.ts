import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { localDateOf } from '../../src/common/local-date.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { ReadinessDelivery, ReadinessWatch } from '../../src/modules/readiness/index.js';
import { ShiftWriter } from '../../src/modules/shifts/index.js';
import { signIn } from '../support/api.js';
import { anAgent, buildWorld, type World } from '../support/builders.js';
import { TestApp } from '../support/test-app.js';

const HOUR = 3_600_000;

interface Taken {
  headers: IncomingHttpHeaders;
  body: string;
}

describe('messages about readiness', () => {
  let app: TestApp;
  let world: World;
  let phone: Server;
  let url: string;
  let taken: Taken[] = [];
  let answers = 200;

  beforeAll(async () => {
    app = await TestApp.start();
    world = await buildWorld(app);
    phone = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        if (answers === 200) taken.push({ headers: request.headers, body });
        response.writeHead(answers).end();
      });
    });
    await new Promise<void>((resolve) => phone.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(phone.address() as AddressInfo).port}/ready`;
  });
  afterAll(async () => {
    await app.stop();
    phone.close();
  });
  beforeEach(() => {
    taken = [];
    answers = 200;
  });

  const after = (hours: number) => new Date(app.clock.now().getTime() + hours * HOUR);

  async function planned(phoneSystemId?: string): Promise<number> {
    const startOn = localDateOf(app.clock.now());
    const { body } = await world.leader.post('/agents', anAgent({ startOn, phoneSystemId }));
    const agentId = body['id'] as number;
    const shift = { agentId, startsAt: after(30), endsAt: after(36) };
    await app.get(UnitOfWork).run(async (tx) => {
      await app.get(ShiftWriter).hold(tx, [agentId]);
      await app.get(ShiftWriter).add(tx, shift, 'api');
    });
    return agentId;
  }

  async function complete(agentId: number): Promise<void> {
    const { body } = await world.secretariat.get(`/enrolments?agentId=${agentId}`);
    const completedOn = localDateOf(app.clock.now());
    const { status } = await world.secretariat.post(`/enrolments/${body['items'][0].id}/completions`, {
      completedOn,
    });
    expect(status).toBeLessThan(300);
  }

  /** Sessions are short: everybody signs in anew. */
  async function pass(hours: number): Promise<void> {
    app.clock.set(after(hours).toISOString());
    world.secretariat = await signIn(app, 'sekretariat@ddh.test');
  }

  async function round(): Promise<Record<string, any>[]> {
    taken = [];
    await app.get(ReadinessWatch).run();
    await app.get(ReadinessDelivery).run();
    return taken.map(({ body }) => JSON.parse(body) as Record<string, any>);
  }

  it('are signed, tell of everybody once, and again when somebody becomes ready', async () => {
    const agentId = await planned('tlf-1');
    const { body: made, status } = await world.secretariat.post('/readiness-subscriptions', { url });
    expect(status).toBe(201);
    expect(made['secret']).toMatch(/^whsec_/);

    const [first, ...others] = await round();
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      type: 'agent.not_ready',
      data: {
        agentId,
        phoneSystemId: 'tlf-1',
        ready: false,
        reasons: [
          { code: 'elearning_missing', effect: 'blocks' },
          { code: 'onboarding_day_missing', effect: 'warns' },
        ],
      },
    });
    const { headers, body } = taken[0]!;
    const signed = headers as Record<string, string>;
    expect(() => new Webhook(made['secret']).verify(body, signed)).not.toThrow();
    expect(() => new Webhook(made['secret']).verify(`${body} `, signed)).toThrow();
    expect(await round()).toEqual([]);

    await complete(agentId);
    expect(await round()).toMatchObject([{ type: 'agent.ready', data: { agentId, ready: true } }]);
    expect(await round()).toEqual([]);
    await world.secretariat.delete(`/readiness-subscriptions/${made['id']}`);
  });

  it('wait for a receiver that does not take them, become a task, and say what is so when they come', async () => {
    const { body: made } = await world.secretariat.post('/readiness-subscriptions', { url });
    await round();
    const agentId = await planned();
    answers = 503;
    expect(await round()).toEqual([]);
    await complete(agentId);
    expect(await round()).toEqual([]);
    await pass(2);
    expect(await round()).toEqual([]);
    const tasks = await app.count('task', "kind = 'readiness_untold' AND doneAt IS NULL");
    expect(tasks).toBe(1);
    const { body: list } = await world.secretariat.get('/readiness-subscriptions');
    expect(list['items'][0]).toMatchObject({ id: made['id'], url, failingSince: expect.any(String) });

    answers = 200;
    await pass(3);
    expect((await round()).map(({ type, data }) => [type, data.agentId])).toEqual([['agent.ready', agentId]]);
    expect(await app.count('task', "kind = 'readiness_untold' AND doneAt IS NULL")).toBe(0);
    await world.secretariat.delete(`/readiness-subscriptions/${made['id']}`);
    expect(await app.count('readiness_message')).toBe(0);
  });

  it.each(['http://phone.example/ready', 'https://10.0.0.8/ready', 'https://a:b@phone.example/'])(
    'are not sent to %s',
    async (address) => {
      const { status, body } = await world.secretariat.post('/readiness-subscriptions', { url: address });
      expect(status).toBe(422);
      expect(body).toMatchObject({ code: 'address_not_callable' });
    },
  );
});
