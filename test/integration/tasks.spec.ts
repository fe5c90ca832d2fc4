import { MailDispatcher } from '../../src/modules/notifications/index.js';
import { PASSWORD } from '../support/api.js';
import { Browser } from '../support/browser-less.js';
import { anAgent, buildWorld, type World } from '../support/builders.js';
import { capturedMails } from '../support/captured.js';
import { MailServer } from '../support/mail-server.js';
import { TestApp } from '../support/test-app.js';

describe('mails that come to nothing', () => {
  let app: TestApp;
  let world: World;

  beforeAll(async () => {
    app = await TestApp.start();
    world = await buildWorld(app);
  });
  afterAll(() => app.stop());

  it('one that came back becomes a task, and the leader is told how to mend it', async () => {
    const { body: agent } = await world.leader.post('/agents', anAgent({ email: 'retur@aarhus.test' }));
    await app.get(MailDispatcher).run();
    const { items } = (await world.secretariat.get('/mails?to=retur@aarhus.test')).body;
    const bounce = () => world.secretariat.post(`/mails/${items[0].id}/bounces`);
    expect((await bounce()).body).toEqual({ id: items[0].id, state: 'failed' });
    expect((await bounce()).body['code']).toBe('mail_not_sent');
    const tasks = (await world.secretariat.get('/tasks')).body['items'];
    expect(tasks).toMatchObject([{ kind: 'mail_failed', subjectType: 'mail', municipalityName: 'Aarhus' }]);
    const told = (await capturedMails(app, 'leder.751@ddh.test')).at(-1);
    expect(told?.subject).toBe('En mail til en agent nåede ikke frem');
    expect(told?.text).toContain(`/agenter/${agent['id']}/ret`);
    const journey = (await world.leader.get(`/agents/${agent['id']}/journey`)).body;
    expect(journey['steps'][0]).toMatchObject({ kind: 'welcome_mail', state: 'failed' });
  });

  it('tasks are ticked off, and opened again', async () => {
    const [{ id }] = (await world.secretariat.get('/tasks')).body['items'];
    expect((await world.secretariat.call('PUT', `/api/v1/tasks/${id}/done`)).status).toBe(204);
    expect((await world.secretariat.get('/tasks')).body['items']).toEqual([]);
    expect((await world.secretariat.get('/tasks?state=done')).body['items']).toHaveLength(1);
    expect((await world.secretariat.delete(`/tasks/${id}/done`)).status).toBe(204);
    const browser = new Browser(app.url);
    await browser.submit(await browser.get('/log-ind'), '/log-ind', {
      email: 'sekretariat@ddh.test',
      password: PASSWORD,
    });
    expect((await browser.get('/')).text).toContain('1 opgave venter');
    const page = await browser.get('/opgaver');
    expect(page.text).toContain('En mail nåede ikke frem');
    const done = await browser.submit(page, `/opgaver/${id}/faerdig`);
    expect(done.text).toContain('Der er ingen åbne opgaver');
  });
});

describe('a mail that the mail server refuses for good', () => {
  it('becomes a task too, with the reason, and the leader is told', async () => {
    const server = await MailServer.start();
    server.refuse = (address) => (address === 'afvist@aarhus.test' ? 550 : 0);
    const own = await TestApp.start({ SMTP_URL: server.url });
    const other = await buildWorld(own);
    await other.leader.post('/agents', anAgent({ email: 'afvist@aarhus.test' }));
    await own.get(MailDispatcher).run();
    await own.get(MailDispatcher).run();
    expect((await other.secretariat.get('/tasks')).body['items']).toMatchObject([{ kind: 'mail_failed' }]);
    const { items } = (await other.secretariat.get('/mails?state=failed')).body;
    expect(items[0].lastError).toContain('550');
    expect(await own.count('mail', "template = 'mail-undeliverable' AND state = 'sent'")).toBe(1);
    const page = await other.secretariat.call('GET', '/indstillinger/mails?state=failed');
    expect(page.text).toContain('afvist@aarhus.test');
    await own.stop();
    await server.stop();
  });
});
