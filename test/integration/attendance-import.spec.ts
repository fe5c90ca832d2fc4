import { ImportRunner } from '../../src/modules/imports/index.js';
import { anAgent, buildWorld, type World } from '../support/builders.js';
import { planDay, withoutDays } from '../support/onboarding.js';
import { TestApp } from '../support/test-app.js';

describe('the import of attendance', () => {
  let app: TestApp;
  let world: World;

  beforeEach(async () => {
    app = await TestApp.start();
    app.clock.set('2027-01-11T09:00:00Z');
    world = await buildWorld(app);
    await withoutDays(world.secretariat);
  });
  afterEach(() => app.stop());

  const register = async (changes: Record<string, unknown> = {}) => {
    const agent = anAgent({ kind: 'existing', startOn: '2026-01-01', ...changes });
    const { status, body } = await world.leader.post('/agents', agent);
    expect(status).toBe(201);
    return body as { id: number; email: string };
  };
  const upload = (table: string) => world.secretariat.upload('/attendance-imports', table);
  const importTable = async (table: string) => {
    const { body } = await upload(table);
    expect(body).toMatchObject({ invalid: 0, mails: 0 });
    await world.secretariat.post(`/attendance-imports/${body['id']}/commits`);
    await app.get(ImportRunner).runAll();
    return (await world.secretariat.get(`/attendance-imports/${body['id']}`)).body;
  };
  const dayStep = async (agentId: number) =>
    (await world.leader.get(`/agents/${agentId}/journey`)).body['steps'].find(
      ({ kind }: { kind: string }) => kind === 'onboarding_day',
    );

  it('tells what is wrong in which row', async () => {
    const agent = await register();
    const { body } = await upload(
      'E-mail;Deltog den;Note\r\n' +
        `${agent.email};01-09-2026;\r\n${agent.email.toUpperCase()};02-09-2026;\r\n` +
        'leder.751@ddh.test;01-09-2026;\r\n' +
        `x;32-13-2026;\r\n`,
    );
    expect(body['errors'].map((one: any) => [one.row, one.field, one.code])).toEqual([
      [3, 'email', 'twice_in_file'],
      [4, 'email', 'unknown_agent'],
      [5, 'email', 'invalid_email'],
      [5, 'attendedOn', 'invalid_date'],
    ]);
    const future = await upload(`email,attendedOn\n${agent.email},2027-01-12\n`);
    expect(future.body['errors']).toMatchObject([{ field: 'attendedOn', code: 'in_the_future' }]);
    expect((await world.leader.upload('/attendance-imports', 'email,attendedOn\n')).status).toBe(403);
  });

  it('notes the date where no day was held, and mails nobody', async () => {
    const [a, b] = [await register(), await register()];
    const mails = await app.count('mail');
    const done = await importTable(`email,attendedOn\n${a.email},2026-09-01\n${b.email},2027-01-11\n`);
    expect(done).toMatchObject({ state: 'committed', done: 2, failed: 0 });
    expect(await dayStep(a.id)).toMatchObject({ state: 'done', dueOn: '2026-09-01' });
    expect(await dayStep(b.id)).toMatchObject({ state: 'done', dueOn: '2027-01-11' });
    expect(await app.count('mail')).toBe(mails);
    // The same file again changes nothing.
    await importTable(`email,attendedOn\n${a.email},2026-09-01\n${b.email},2027-01-11\n`);
    expect(await app.count('mail')).toBe(mails);
  });

  it('marks the day itself where there is one, with the note, and thanks nobody for it', async () => {
    const agent = await register();
    const day = await planDay(world.secretariat, '2027-01-08', { bookBy: '2027-01-08' });
    const mails = await app.count('mail');
    const table = `email,attendedOn,note\n${agent.email},2027-01-08,Stod på papirlisten\n`;
    await importTable(table);
    await importTable(table);
    const { items } = (await world.secretariat.get(`/onboarding-days/${day.id}/attendance-list`)).body;
    expect(items).toMatchObject([
      {
        agentId: agent.id,
        attendance: { status: 'attended', source: 'import', note: 'Stod på papirlisten' },
      },
    ]);
    expect(await app.count('attendance_mark')).toBe(1);
    expect(await app.count('agent', 'onboardingAttendedOn IS NOT NULL')).toBe(0);
    expect(await app.count('mail')).toBe(mails);
  });

  it('passes over a day that was cancelled', async () => {
    const agent = await register();
    const day = await planDay(world.secretariat, '2027-01-11', { bookBy: '2027-01-11' });
    await world.secretariat.post(`/onboarding-days/${day.id}/cancellations`);
    await importTable(`email,attendedOn\n${agent.email},2027-01-11\n`);
    expect(await app.count('attendance')).toBe(0);
    expect(await dayStep(agent.id)).toMatchObject({ state: 'done', dueOn: '2027-01-11' });
  });

  it('takes the seat ahead from whoever took part, for the next in line', async () => {
    const day = await planDay(world.secretariat, '2027-03-10', { capacity: 1 });
    const seated = await register({ kind: 'new', startOn: '2027-01-01' });
    const waiting = await register({ kind: 'new', startOn: '2027-01-01' });
    const done = await importTable(`email,attendedOn\n${seated.email},2026-09-01\n`);
    expect(done).toMatchObject({ done: 1 });
    const { items } = (await world.secretariat.get(`/onboarding-days/${day.id}/bookings`)).body;
    expect(items.map((one: any) => [one.agentId, one.status])).toEqual([[waiting.id, 'booked']]);
    const [last] = await app.rows<{ calendar: string; text: string }>(
      "SELECT calendar, text FROM mail WHERE toAddress = ? AND template = 'onboarding-seat' ORDER BY id DESC LIMIT 1",
      [seated.email],
    );
    expect(last!.calendar).toContain('METHOD:CANCEL');
  });
});
