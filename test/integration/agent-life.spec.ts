import { addDays, localDateOf } from '../../src/common/local-date.js';
import { EmploymentClock } from '../../src/modules/agents/index.js';
import { Api } from '../support/api.js';
import { anAgent, buildWorld, type World } from '../support/builders.js';
import { Browser } from '../support/browser-less.js';
import { capturedMails, personalLink } from '../support/captured.js';
import { TestApp } from '../support/test-app.js';
import { completed, Host } from '../support/webhook.js';

const DAY_MS = 24 * 3_600_000;

describe("an agent's life", () => {
  let app: TestApp;
  let world: World;
  let today: string;

  beforeAll(async () => {
    app = await TestApp.start();
    world = await buildWorld(app);
    today = localDateOf(app.clock.now());
  });
  afterAll(() => app.stop());

  const register = async (changes: object = {}, by = world.leader) =>
    (await by.post('/agents', anAgent({ startOn: addDays(today, -60), ...changes }))).body;
  const find = async (id: number, by = world.leader) => (await by.get(`/agents/${id}`)).body;

  describe('an edit', () => {
    it('changes what is told and leaves the rest', async () => {
      const agent = await register({ phone: '12 34 56 78' });
      const { status, body } = await world.leader.patch(`/agents/${agent['id']}`, {
        version: agent['version'],
        lastName: 'Ændret',
        firstShiftOn: addDays(today, 5),
        phoneSystemId: 'X-1',
      });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        firstName: agent['firstName'],
        lastName: 'Ændret',
        phone: '+4512345678',
        firstShiftOn: addDays(today, 5),
        phoneSystemId: 'X-1',
        version: agent['version'] + 1,
      });
      const cleared = await world.leader.patch(`/agents/${agent['id']}`, {
        version: body['version'],
        phone: null,
        firstShiftOn: null,
      });
      expect(cleared.body).toMatchObject({ phone: null, firstShiftOn: null });
    });

    it('of two at once one is refused, and unknown fields are', async () => {
      const { id, version } = await register();
      const edits = await Promise.all(
        ['A', 'B'].map((lastName) => world.leader.patch(`/agents/${id}`, { version, lastName })),
      );
      expect(edits.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
      expect((await world.leader.patch(`/agents/${id}`, { version, colour: 'red' })).status).toBe(400);
      expect((await world.leader.patch(`/agents/${id}`, { lastName: 'C' })).status).toBe(400);
      expect((await world.foreignLeader.patch(`/agents/${id}`, { version, lastName: 'C' })).status).toBe(404);
    });

    it('of the address ends every link and sign-in and welcomes again', async () => {
      const { id, version } = await register({ email: 'tastefejl@aarhus.test' });
      const link = await personalLink(app, 'tastefejl@aarhus.test');
      const browser = new Browser(app.url);
      expect((await browser.visitAndSubmit(link)).url).toBe('/mit');
      const { status } = await world.leader.patch(`/agents/${id}`, { version, email: 'rigtig@aarhus.test' });
      expect(status).toBe(200);
      expect((await browser.get('/mit')).url).toBe('/log-ind');
      expect((await new Browser(app.url).get(link)).text).toContain('Linket virker ikke længere');
      expect(await capturedMails(app, 'rigtig@aarhus.test')).toHaveLength(1);
      const fresh = new Browser(app.url);
      expect((await fresh.visitAndSubmit(await personalLink(app, 'rigtig@aarhus.test'))).url).toBe('/mit');
    });

    it('refuses an address that is taken or shared', async () => {
      const { id, version } = await register();
      const taken = await world.leader.patch(`/agents/${id}`, { version, email: 'leder.615@ddh.test' });
      expect(taken).toMatchObject({ status: 409, body: { code: 'email_taken' } });
      const shared = await world.leader.patch(`/agents/${id}`, {
        version,
        email: 'borgerservice@aarhus.test',
      });
      expect(shared).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'email', code: 'shared_mailbox' }] },
      });
    });
  });

  describe('a departure', () => {
    it('takes effect at once when its day has come: no access, no mail, a history', async () => {
      const agent = await register({ welcomeOn: addDays(today, 2), email: 'farvel@aarhus.test' });
      const { body } = await world.leader.post(`/agents/${agent['id']}/departures`, { on: today });
      expect(body).toEqual({ agentId: agent['id'], on: today, state: 'departed' });
      expect(await find(agent['id'])).toMatchObject({
        status: 'departed',
        endOn: today,
        endReason: 'departed',
      });
      expect(await app.count('mail', `toPersonId = ${agent['personId']} AND state <> 'cancelled'`)).toBe(0);
      expect(await app.count('role_assignment', `personId = ${agent['personId']}`)).toBe(0);
      const again = await world.leader.post(`/agents/${agent['id']}/departures`, { on: today });
      expect(again.body['code']).toBe('agent_departed');
      expect((await world.leader.post(`/agents/${agent['id']}/welcome-mails`)).status).toBe(409);
    });

    it('is planned for a later day, can be taken back, and happens when the day is over', async () => {
      const agent = await register();
      const on = addDays(today, 3);
      const planned = await world.leader.post(`/agents/${agent['id']}/departures`, { on });
      expect(planned.body['state']).toBe('planned');
      expect(await find(agent['id'])).toMatchObject({ status: 'onboarding', endOn: on });
      expect((await world.leader.delete(`/agents/${agent['id']}/departures`)).status).toBe(204);
      expect(await find(agent['id'])).toMatchObject({ endOn: null, endReason: null });
      await world.leader.post(`/agents/${agent['id']}/departures`, { on });
      const clock = app.get(EmploymentClock);
      app.clock.advance(3 * DAY_MS);
      await clock.run();
      expect((await find(agent['id'], await fresh(world.leader)))['status']).toBe('onboarding');
      app.clock.advance(DAY_MS);
      await Promise.all([clock.run(), clock.run()]);
      expect((await find(agent['id'], await fresh(world.leader)))['status']).toBe('departed');
      app.clock.advance(-4 * DAY_MS);
    });

    it('cannot be before the beginning', async () => {
      const agent = await register({ startOn: addDays(today, -3) });
      const { status, body } = await world.leader.post(`/agents/${agent['id']}/departures`, {
        on: addDays(today, -4),
      });
      expect({ status, errors: body['errors'] }).toMatchObject({
        status: 422,
        errors: [{ field: 'on', code: 'before_start' }],
      });
    });
  });

  describe('a transfer', () => {
    it('keeps the history, each leader seeing the own period', async () => {
      const host = await Host.connect(app, world.secretariat);
      const agent = await register({ email: 'flytter@aarhus.test' });
      const on = addDays(today, -10);
      const { items } = (await world.leader.get(`/enrolments?agentId=${agent['id']}`)).body;
      const occurredAt = `${addDays(today, -5)}T10:00:00Z`;
      await host.send(completed(items[0].reference, { occurredAt }));
      const moved = await world.secretariat.post(`/agents/${agent['id']}/transfers`, {
        municipalityCode: '615',
        on,
      });
      expect(moved.body).toMatchObject({ state: 'done', leaderId: world.foreignLeaderId });

      expect(await find(agent['id'], world.foreignLeader)).toMatchObject({
        municipalityCode: '615',
        startOn: on,
        status: 'ready',
        email: 'flytter@aarhus.test',
      });
      const former = await find(agent['id']);
      expect(former).toMatchObject({
        municipalityCode: '751',
        endOn: addDays(on, -1),
        status: 'departed',
        email: '',
      });
      // The e-learning was completed after the agent had gone.
      expect(
        former['journey'].steps.find((step: { kind: string }) => step.kind === 'elearning').state,
      ).not.toBe('done');
      const page = await world.leader.call('GET', `/agenter/${agent['id']}`);
      expect(page.text).not.toContain('flytter@aarhus.test');
      expect(page.text).toContain('flyttet til en anden kommune');

      const report = async (asOf: string, by = world.secretariat) =>
        (await by.get(`/reports/completions?asOf=${asOf}`)).body['items'].filter(
          (row: { agentId: number }) => row.agentId === agent['id'],
        );
      expect(await report(addDays(on, -1))).toMatchObject([
        { municipalityCode: '751', state: 'not_started' },
      ]);
      expect(await report(on)).toMatchObject([{ municipalityCode: '615', state: 'not_started' }]);
      expect(await report(today)).toMatchObject([{ municipalityCode: '615', state: 'completed' }]);
      expect(await report(today, world.leader)).toEqual([]);
      expect(await report(addDays(on, -1), world.leader)).toHaveLength(1);
      expect(await report(addDays(on, -1), world.foreignLeader)).toEqual([]);

      const receiving = await capturedMails(app, 'leder.615@ddh.test');
      expect(receiving.at(-1)?.subject).toBe('En agent er flyttet');
      expect((await capturedMails(app, 'leder.751@ddh.test')).at(-1)?.text).toContain('Sidste dag hos jer');
    });

    it('never lets the new period reach back into the old one, nor shows the former leader the agent again', async () => {
      const agent = await register({ email: 'baglaens@aarhus.test' });
      const on = addDays(today, -10);
      await world.secretariat.post(`/agents/${agent['id']}/transfers`, { municipalityCode: '615', on });
      const { version } = await find(agent['id'], world.foreignLeader);
      const back = await world.foreignLeader.patch(`/agents/${agent['id']}`, {
        version,
        startOn: '2020-01-01',
      });
      expect(back).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'startOn', code: 'before_previous_end' }] },
      });
      expect((await find(agent['id']))['email']).toBe('');
      expect((await world.leader.get('/agents?q=baglaens@')).body['items']).toEqual([]);
      expect((await world.foreignLeader.get('/agents?q=baglaens@')).body['items']).toHaveLength(1);
    });

    it('that was planned can be taken back', async () => {
      const agent = await register();
      const path = `/agents/${agent['id']}/transfers`;
      await world.secretariat.post(path, { municipalityCode: '615', on: addDays(today, 2) });
      expect((await world.secretariat.call('GET', `/agenter/${agent['id']}`)).text).toContain(
        'flytter til Horsens',
      );
      expect((await world.secretariat.delete(path)).status).toBe(204);
      expect((await world.secretariat.delete(path)).body?.['code']).toBe('no_planned_transfer');
      expect(await app.count('transfer_request', `agentId = ${agent['id']} AND appliedAt IS NULL`)).toBe(0);
    });

    it('that was planned ends with a departure', async () => {
      const agent = await register();
      await world.secretariat.post(`/agents/${agent['id']}/transfers`, {
        municipalityCode: '615',
        on: addDays(today, 2),
      });
      await world.leader.post(`/agents/${agent['id']}/departures`, { on: today });
      expect(await app.count('transfer_request', `agentId = ${agent['id']} AND appliedAt IS NULL`)).toBe(0);
    });

    it('waits for its day', async () => {
      const agent = await register();
      const on = addDays(today, 2);
      const planned = await world.secretariat.post(`/agents/${agent['id']}/transfers`, {
        municipalityCode: '615',
        on,
      });
      expect(planned.body['state']).toBe('planned');
      expect(await find(agent['id'])).toMatchObject({ municipalityCode: '751' });
      app.clock.advance(2 * DAY_MS);
      await Promise.all([app.get(EmploymentClock).run(), app.get(EmploymentClock).run()]);
      const secretariat = await fresh(world.secretariat);
      expect(await find(agent['id'], secretariat)).toMatchObject({ municipalityCode: '615', startOn: on });
      expect(await app.count('employment', `agentId = ${agent['id']}`)).toBe(2);
      app.clock.advance(-2 * DAY_MS);
    });

    it.each([
      ['same_municipality', { municipalityCode: '751' }],
      ['not_a_member', { municipalityCode: '101' }],
      ['unknown_leader', { municipalityCode: '615', leaderId: 1 }],
      ['before_start', { municipalityCode: '615', on: '2020-01-01' }],
    ])('is refused: %s', async (code, changes) => {
      const agent = await register();
      const answer = await world.secretariat.post(`/agents/${agent['id']}/transfers`, {
        on: today,
        ...changes,
      });
      expect(answer).toMatchObject({ status: 422, body: { code } });
      expect(await app.count('employment', `agentId = ${agent['id']}`)).toBe(1);
    });
  });

  describe('a transfer request', () => {
    it('gives nothing away, whatever it finds', async () => {
      await register({ email: 'findes@aarhus.test' });
      const ask = (email: string) => world.foreignLeader.post('/transfer-requests', { email, on: today });
      const answers = await Promise.all(
        ['findes@aarhus.test', 'findes.ikke@aarhus.test', 'leder.751@ddh.test'].map(ask),
      );
      expect(answers.map(({ status, text }) => ({ status, text }))).toEqual(
        Array.from({ length: 3 }, () => ({ status: 202, text: '{"status":"accepted"}' })),
      );
      const { own } = (await world.foreignLeader.get('/transfer-requests')).body;
      expect(own.map((row: { state: string }) => row.state)).toEqual(['waiting', 'waiting', 'waiting']);
      const page = await world.foreignLeader.call('GET', '/agenter/overflytninger');
      expect(page.text.match(/Venter/g)?.length).toBe(3);
    });

    it('for the same address counts once, and too many in a day are refused', async () => {
      const agent = await register({ email: 'gentag@aarhus.test' });
      for (let n = 0; n < 3; n += 1)
        await world.foreignLeader.post('/transfer-requests', { email: 'GENTAG@aarhus.test', on: today });
      expect(await app.count('transfer_request', `agentId = ${agent['id']}`)).toBe(1);
      const statuses: number[] = [];
      for (let n = 0; n < 21; n += 1)
        statuses.push(
          (await world.leader.post('/transfer-requests', { email: `gaet.${n}@x.test`, on: today })).status,
        );
      expect(new Set(statuses.slice(0, 20))).toEqual(new Set([202]));
      expect(statuses[20]).toBe(429);
    });

    it('lets nobody change the own record as an agent elsewhere', async () => {
      const own = (await world.foreignLeader.post('/agents', anAgent({ email: 'leder.751@ddh.test' }))).body;
      const id =
        own?.['id'] ??
        (
          await world.secretariat.post('/agents', {
            ...anAgent({ email: 'leder.751@ddh.test' }),
            municipalityCode: '615',
          })
        ).body['id'];
      const { version } = await find(id, world.secretariat);
      expect(
        (await world.leader.patch(`/agents/${id}`, { version, onboardingAttendedOn: today })).status,
      ).toBe(404);
      expect((await world.leader.post(`/agents/${id}/departures`, { on: today })).status).toBe(404);
    });

    it('is approved by the releasing leader, who is told, and by nobody else', async () => {
      const agent = await register({ email: 'oensket@aarhus.test', lastName: 'Ønsket' });
      await world.foreignLeader.post('/transfer-requests', { email: 'oensket@aarhus.test', on: today });
      expect((await capturedMails(app, 'leder.751@ddh.test')).at(-1)?.text).toContain(
        'Horsens vil gerne overtage',
      );
      const { toDecide } = (await world.leader.get('/transfer-requests')).body;
      const request = toDecide.find((row: { agentId: number }) => row.agentId === agent['id']);
      expect(request).toMatchObject({ agentName: 'Anna Ønsket', toName: 'Horsens', fromName: 'Aarhus' });
      const approve = (by: Api) => by.post(`/transfer-requests/${request.id}/approvals`);
      expect((await approve(world.foreignLeader)).status).toBe(404);
      expect((await approve(world.leader)).body).toMatchObject({ state: 'done', municipalityCode: '615' });
      expect((await approve(world.leader)).status).toBe(404);
      expect(await find(agent['id'], world.foreignLeader)).toMatchObject({
        municipalityCode: '615',
        leaderId: world.foreignLeaderId,
      });
    });

    it('is declined without a word to the one who asked', async () => {
      await register({ email: 'bliver@aarhus.test' });
      await world.foreignLeader.post('/transfer-requests', { email: 'bliver@aarhus.test', on: today });
      const { toDecide } = (await world.secretariat.get('/transfer-requests')).body;
      const { id } = toDecide.at(-1);
      expect((await world.secretariat.post(`/transfer-requests/${id}/declines`)).status).toBe(204);
      const { own } = (await world.foreignLeader.get('/transfer-requests')).body;
      expect(own.find((row: { email: string }) => row.email === 'bliver@aarhus.test').state).toBe('waiting');
      expect(
        (await world.secretariat.get('/tasks')).body['items'].every(
          (task: { subjectId: number }) => task.subjectId !== id,
        ),
      ).toBe(true);
    });
  });

  describe('the end of a membership', () => {
    it('ends employment, cancels mails, tells the first leader, and shows in reports as of a day', async () => {
      const leader = await world.secretariat.post('/users', {
        firstName: 'Rie',
        lastName: 'Randers',
        email: 'rie@randers.test',
        roles: ['leader'],
        municipalityCode: '730',
      });
      const { body: membership } = await world.secretariat.post('/municipalities/730/memberships', {
        from: '2025-01-01',
      });
      const agent = await register(
        { municipalityCode: '730', welcomeOn: addDays(today, 20) },
        world.secretariat,
      );
      expect(agent['leaderId']).toBe(leader.body['id']);
      const to = addDays(today, 1);
      const path = `/municipalities/730/memberships/${membership['id']}`;
      expect((await world.secretariat.patch(path, { to: '2024-12-31' })).body['code']).toBe(
        'period_ends_before_it_begins',
      );
      expect((await world.secretariat.patch(path, { to })).body).toMatchObject({ to });
      await app.get(EmploymentClock).run();
      expect((await find(agent['id'], world.secretariat))['status']).toBe('onboarding');
      app.clock.advance(2 * DAY_MS);
      await Promise.all([app.get(EmploymentClock).run(), app.get(EmploymentClock).run()]);
      const secretariat = await fresh(world.secretariat);
      expect(await find(agent['id'], secretariat)).toMatchObject({
        status: 'departed',
        endOn: to,
        endReason: 'membership_ended',
      });
      expect(await app.count('mail', `toPersonId = ${agent['personId']} AND state <> 'cancelled'`)).toBe(0);
      const told = (await capturedMails(app, 'rie@randers.test')).filter((mail) =>
        mail.subject?.includes('medlemskab'),
      );
      expect(told).toHaveLength(1);
      const total = async (asOf: string) =>
        (await secretariat.get(`/reports/completions?municipality=730&asOf=${asOf}`)).body['totals'].total;
      expect([await total(to), await total(addDays(to, 1))]).toEqual([1, 0]);
      app.clock.advance(-2 * DAY_MS);
    });
  });

  /** The same caller after the clock was moved: access tokens last fifteen minutes. */
  async function fresh(api: Api): Promise<Api> {
    const { signIn } = await import('../support/api.js');
    return signIn(app, api === world.leader ? 'leder.751@ddh.test' : 'sekretariat@ddh.test');
  }
});
