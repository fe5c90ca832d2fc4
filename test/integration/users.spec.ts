import { localDateOf, addDays } from '../../src/common/local-date.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { Api, PASSWORD, signIn } from '../support/api.js';
import { addPerson, anAgent, buildWorld, type World } from '../support/builders.js';
import { Browser } from '../support/browser-less.js';
import { capturedMails, lastLink } from '../support/captured.js';
import { TestApp } from '../support/test-app.js';

describe('users', () => {
  let app: TestApp;
  let world: World;
  let today: string;

  beforeAll(async () => {
    app = await TestApp.start();
    world = await buildWorld(app);
    today = localDateOf(app.clock.now());
  });
  afterAll(() => app.stop());

  const aUser = (email: string, changes: object = {}) => ({
    firstName: 'Lone',
    lastName: 'Lund',
    email,
    roles: ['leader'],
    municipalityCode: '751',
    ...changes,
  });
  const invite = async (email: string, changes: object = {}) =>
    (await world.secretariat.post('/users', aUser(email, changes))).body;

  it('may hold several roles', async () => {
    const user = await invite('begge@ddh.test', { roles: ['leader', 'secretariat'] });
    expect(user).toMatchObject({
      roles: ['leader', 'secretariat'],
      municipalityName: 'Aarhus',
      active: true,
    });
  });

  it('makes a leader of somebody who is an agent, who keeps being one', async () => {
    await world.leader.post('/agents', anAgent({ email: 'agent.leder@ddh.test' }));
    const user = await invite('agent.leder@ddh.test');
    expect(user['roles']).toEqual(['agent', 'leader']);
    expect((await world.secretariat.post('/users', aUser('agent.leder@ddh.test'))).body['code']).toBe(
      'email_taken',
    );
  });

  it('edits under a version, and refuses a stale one', async () => {
    const { id, version } = await invite('ret@ddh.test');
    const first = await world.secretariat.patch(`/users/${id}`, { version, lastName: 'Åkjær' });
    expect(first.body).toMatchObject({ lastName: 'Åkjær', firstName: 'Lone' });
    const second = await world.secretariat.patch(`/users/${id}`, { version, lastName: 'Tabt' });
    expect(second).toMatchObject({ status: 409, body: { code: 'stale_version' } });
    const { items } = (await world.secretariat.get('/users?q=åkj')).body;
    expect(items.map((user: { id: number }) => user.id)).toEqual([id]);
  });

  it('a corrected address ends every link and sign-in, and is invited anew', async () => {
    const { id, version } = await invite('forkert@ddh.test');
    const oldLink = await lastLink(app, 'forkert@ddh.test');
    await world.secretariat.patch(`/users/${id}`, { version, email: 'rigtig@ddh.test' });
    expect((await new Browser(app.url).get(oldLink)).text).toContain('Linket virker ikke længere');
    const newLink = await lastLink(app, 'rigtig@ddh.test');
    const browser = new Browser(app.url);
    const page = await browser.submit(await browser.get(newLink), newLink, {
      password: PASSWORD,
      repeated: PASSWORD,
    });
    expect(page.status).toBe(200);
    const api = await signIn(app, 'rigtig@ddh.test');
    const { version: now } = (await world.secretariat.get(`/users/${id}`)).body;
    await world.secretariat.patch(`/users/${id}`, { version: now, email: 'igen@ddh.test' });
    expect((await api.get('/me')).status).toBe(401);
    expect(
      (await new Api(app).post('/auth/login', { email: 'igen@ddh.test', password: PASSWORD })).status,
    ).toBe(401);
  });

  it('locks out at once, and lets in again', async () => {
    const id = await app.get(UnitOfWork).run((tx) => addPerson(app, tx, 'ude@ddh.test', ['leader'], '751'));
    const api = await signIn(app, 'ude@ddh.test');
    const { version } = (await world.secretariat.get(`/users/${id}`)).body;
    const out = await world.secretariat.patch(`/users/${id}`, { version, active: false });
    expect(out.body['active']).toBe(false);
    expect((await api.get('/me')).status).toBe(401);
    await world.secretariat.patch(`/users/${id}`, { version: out.body['version'], active: true });
    expect((await (await signIn(app, 'ude@ddh.test')).get('/me')).status).toBe(200);
  });

  it('lets nobody lock out themselves', async () => {
    const { personId } = (await world.secretariat.get('/me')).body;
    const { version } = (await world.secretariat.get(`/users/${personId}`)).body;
    const self = await world.secretariat.patch(`/users/${personId}`, { version, active: false });
    expect(self.body['code']).toBe('not_yourself');
  });

  it('passes the first leadership on, and makes it a task when nobody is left', async () => {
    const only = await invite('eneste@viborg.test', { municipalityCode: '791' });
    expect(only['isFirstLeader']).toBe(true);
    const second = await invite('anden@viborg.test', { municipalityCode: '791' });
    await world.secretariat.patch(`/users/${only['id']}`, { version: only['version'], active: false });
    expect((await world.secretariat.get(`/users/${second['id']}`)).body['isFirstLeader']).toBe(true);
    const { version } = (await world.secretariat.get(`/users/${second['id']}`)).body;
    await world.secretariat.patch(`/users/${second['id']}`, { version, active: false });
    const { items } = (await world.secretariat.get('/tasks')).body;
    expect(items[0]).toMatchObject({ kind: 'leader_missing', municipalityName: 'Viborg' });
  });

  it('names a first leader among those who lead there', async () => {
    const other = await invite('leder2@ddh.test');
    const named = await world.secretariat.patch('/municipalities/751', { primaryLeaderId: other['id'] });
    expect(named.status).toBe(200);
    const foreign = await world.secretariat.patch('/municipalities/751', {
      primaryLeaderId: world.foreignLeaderId,
    });
    expect(foreign).toMatchObject({ status: 422, body: { code: 'unknown_leader' } });
    await world.secretariat.patch('/municipalities/751', { primaryLeaderId: world.leaderId });
  });

  describe('mail for a leader', () => {
    const register = async () => {
      const agent = anAgent();
      await world.secretariat.post('/agents', {
        ...agent,
        municipalityCode: '615',
        leaderId: world.foreignLeaderId,
      });
      return (await capturedMails(app, 'leder.615@ddh.test')).filter((mail) =>
        mail.text?.includes(String(agent['lastName'])),
      );
    };
    it('goes to the leader, else to the deputy, else to the first leader, else it becomes a task', async () => {
      expect(await register()).toHaveLength(1);
      const deputy = await invite('vikar@horsens.test', { municipalityCode: '615' });
      const leader = (await world.secretariat.get(`/users/${world.foreignLeaderId}`)).body;
      await world.secretariat.patch(`/users/${leader['id']}`, {
        version: leader['version'],
        deputyId: deputy['id'],
      });
      const absence = { from: today, to: addDays(today, 3) };
      const away = await world.secretariat.post(`/users/${leader['id']}/absences`, absence);
      expect(await register()).toHaveLength(0);
      const [mail] = (await capturedMails(app, 'vikar@horsens.test')).slice(-1);
      expect(mail?.text).toContain('som stedfortræder for Test Person');

      const first = await invite('foerste@horsens.test', { municipalityCode: '615' });
      await world.secretariat.patch('/municipalities/615', { primaryLeaderId: first['id'] });
      await world.secretariat.post(`/users/${deputy['id']}/absences`, absence);
      await register();
      const [instead] = (await capturedMails(app, 'foerste@horsens.test')).slice(-1);
      expect(instead?.text).toContain('som kommunens førsteleder i stedet for Test Person');

      await world.secretariat.post(`/users/${first['id']}/absences`, absence);
      await register();
      const { items } = (await world.secretariat.get('/tasks')).body;
      expect(items[0]).toMatchObject({
        kind: 'leader_missing',
        subjectType: 'agent',
        municipalityName: 'Horsens',
      });

      await world.secretariat.delete(`/users/${leader['id']}/absences/${away.body['id']}`);
      expect(await register()).toHaveLength(1);
    });

    it('refuses a deputy from elsewhere, and a period that ends before it begins', async () => {
      const { id, version } = (await world.secretariat.get(`/users/${world.leaderId}`)).body;
      const foreign = await world.secretariat.patch(`/users/${id}`, {
        version,
        deputyId: world.foreignLeaderId,
      });
      expect(foreign.body['code']).toBe('unknown_deputy');
      const wrong = await world.secretariat.post(`/users/${id}/absences`, {
        from: today,
        to: addDays(today, -1),
      });
      expect(wrong.body['errors']).toMatchObject([{ field: 'to', code: 'period_ends_before_it_begins' }]);
    });
  });

  it('are imported with an invitation each', async () => {
    const table = [
      'Fornavn;Efternavn;E-mail;Kommune;Rolle;Afdeling',
      'Ole;Østergård;ole@randers.test;Randers Kommune;leder;A',
      'Eva;Bech;eva@randers.test;730;sekretariat;B',
      'Eva;Bech;eva@randers.test;730;leder;B',
      'Ib;;borgerservice@randers.test;Atlantis;konge;C',
    ].join('\r\n');
    const preview = await world.secretariat.upload('/user-imports', table);
    expect(preview.body).toMatchObject({
      total: 4,
      valid: 2,
      invalid: 2,
      mails: 2,
      ignoredColumns: ['Afdeling'],
    });
    const faults = preview.body['errors'].map(
      (e: { row: number; field: string; code: string }) => `${e.row} ${e.field} ${e.code}`,
    );
    expect(faults).toEqual(['4 email twice_in_file', '5 lastName required', '5 role invalid_choice']);
    expect(await app.count('person', "emailKey = 'ole@randers.test'")).toBe(0);
    const done = await world.secretariat.post(`/user-imports/${preview.body['id']}/commits`);
    expect(done.body).toMatchObject({ state: 'committed', done: 2, failed: 0 });
    expect(await capturedMails(app, 'ole@randers.test')).toHaveLength(1);
    const { items } = (await world.secretariat.get('/users?municipality=730')).body;
    expect(items.map((user: { roles: string[] }) => user.roles.join())).toEqual(['secretariat', 'leader']);
  });
});

describe('the last of the secretariat', () => {
  it('stays in the secretariat', async () => {
    const app = await TestApp.start();
    const { secretariat } = await buildWorld(app);
    const { personId } = (await secretariat.get('/me')).body;
    const last = await secretariat.patch(`/users/${personId}`, { version: 1, roles: ['leader'] });
    expect(last.body['code']).toBe('last_secretariat');
    await app.stop();
  });
});
