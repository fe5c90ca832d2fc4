import { addDays, instantAt, localDateOf } from '../../src/common/local-date.js';
import { PASSWORD, type Api } from '../support/api.js';
import { buildWorld } from '../support/builders.js';
import { Browser } from '../support/browser-less.js';
import { lastLink, personalLink } from '../support/captured.js';
import { addCaseAgent, addCoach, signInAgent, type CaseAgent, type TestCoach } from '../support/coaching.js';
import { TestApp } from '../support/test-app.js';

const LINK = 'https://teams.microsoft.com/l/meetup-join/x';

describe('the pages of coaching talks', () => {
  let app: TestApp;
  let secretariat: Api;
  let leader: Api;
  let agent: CaseAgent;
  let coach: TestCoach;

  beforeAll(async () => {
    app = await TestApp.start();
    ({ secretariat, leader } = await buildWorld(app, { withCourse: false }));
    coach = await addCoach(app, secretariat, '615', ['leader']);
  });
  beforeEach(async () => {
    agent = await addCaseAgent(app, leader);
  });
  afterAll(() => app.stop());

  const day = (days: number) => addDays(localDateOf(app.clock.now()), days);

  async function browse(email: string): Promise<Browser> {
    const browser = new Browser(app.url);
    const page = await browser.get('/log-ind');
    await browser.submit(page, '/log-ind', { email, password: PASSWORD });
    return browser;
  }

  async function offered(body: object = {}): Promise<number> {
    const answer = await secretariat.post(`/quality-cases/${agent.caseId}/coaching-talks`, body);
    return answer.body['id'] as number;
  }

  it('let the secretariat offer one, with the proposal chosen beforehand and faults at their fields', async () => {
    const browser = await browse('sekretariat@ddh.test');
    const path = `/kvalitet/sager/${agent.caseId}/sparring`;
    const page = await browser.get(path);
    expect(page.status).toBe(200);
    expect(page.text).toMatch(new RegExp(`<option value="${coach.personId}" selected>`));
    const wrong = { coachId: String(coach.personId), on: day(3), time: '', link: 'http://teams.test/x' };
    const faulty = await browser.submit(page, path, wrong);
    expect(faulty.status).toBe(400);
    expect(faulty.text).toContain('id="link-error"');
    expect(faulty.text).toContain('value="http://teams.test/x"');
    const unfinished = await browser.submit(faulty, path, { ...wrong, link: LINK });
    expect(unfinished.text).toContain('id="time-error"');
    const past = await browser.submit(unfinished, path, { ...wrong, link: LINK, on: day(-1), time: '9.00' });
    expect(past.text).toContain('id="on-error"');
    const done = await browser.submit(past, path, { ...wrong, link: LINK, time: '9.00' });
    expect(done.status).toBe(200);
    expect(done.url).toMatch(/^\/kvalitet\/sparring\/\d+$/);
    expect(done.text).toContain('Samtalen er tilbudt');
    expect((await browser.get(path)).text).not.toContain(`<form method="post" action="${path}"`);
  });

  it('let it say that one is not relevant', async () => {
    const browser = await browse('sekretariat@ddh.test');
    const path = `/kvalitet/sager/${agent.caseId}/sparring`;
    const done = await browser.submit(await browser.get(path), `${path}/ikke-relevant`);
    expect(done.text).toContain('ikke er relevant');
    const [row] = await app.rows('SELECT isTalkRelevant AS is_ FROM quality_case WHERE id = ?', [
      agent.caseId,
    ]);
    expect(Number(row!['is_'])).toBe(0);
  });

  it('say plainly when there is nobody to propose', async () => {
    const today = localDateOf(app.clock.now());
    const { body } = await secretariat.post(`/users/${coach.personId}/absences`, { from: today, to: today });
    const page = await secretariat.call('GET', `/kvalitet/sager/${agent.caseId}/sparring`);
    expect(page.text).toContain('Ingen sparringspartner at foreslå');
    // Somebody who is away may still be chosen.
    expect(page.text).toContain('væk i dag');
    await secretariat.delete(`/users/${coach.personId}/absences/${body['id']}`);
  });

  it('ask an agent who came by the link of a mail to sign in, and lead back', async () => {
    const talkId = await offered();
    const path = `/mit/samtaler/${talkId}`;
    expect((await new Browser(app.url).get(path)).url).toBe('/log-ind');
    const browser = new Browser(app.url);
    const page = await browser.get(`/log-ind?til=${path}`);
    await browser.submit(page, '/log-ind/link', { email: agent.email });
    const back = await browser.visitAndSubmit(await lastLink(app, agent.email));
    expect(back.url).toBe(path);
    expect(back.text).toContain('Vil du have samtalen?');
  });

  it('lead nobody elsewhere by a link for signing in', async () => {
    const browser = new Browser(app.url);
    const page = await browser.get('/log-ind?til=//evil.test/x');
    await browser.submit(page, '/log-ind/link', { email: agent.email, _til: 'https://evil.test/' });
    expect((await browser.visitAndSubmit(await lastLink(app, agent.email))).url).toBe('/mit');
  });

  it('show a link session the way to sign in, and nothing of the talk', async () => {
    const { body: fresh } = await leader.post('/agents', {
      firstName: 'Ny',
      lastName: 'Agent',
      email: 'ny.agent@aarhus.test',
      startOn: '2099-01-05',
    });
    expect(fresh['id']).toBeGreaterThan(0);
    const browser = new Browser(app.url);
    await browser.visitAndSubmit(await personalLink(app, 'ny.agent@aarhus.test'));
    const page = await browser.get('/mit/samtaler/1');
    expect(page.status).toBe(403);
    expect(page.text.replaceAll('&#x3D;', '=')).toContain('href="/log-ind?til=%2Fmit%2Fsamtaler%2F1"');
  });

  it('let the agent propose times, of which the coach takes one and later says how it went', async () => {
    const talkId = await offered({ coachId: coach.personId });
    await signInAgent(app, agent);
    const own = await browse(agent.email);
    const path = `/mit/samtaler/${talkId}`;
    const page = await own.get(path);
    const empty = await own.submit(page, `${path}/tider`);
    expect(empty.status).toBe(400);
    expect(empty.text).toContain('id="on0-error"');
    const past = await own.submit(empty, `${path}/tider`, { on1: day(-2), time1: '10:00' });
    expect(past.text).toContain('id="on1-error"');
    const half = await own.submit(past, `${path}/tider`, { on0: day(2), time0: '', on1: '', time1: '' });
    expect(half.text).toContain('id="time0-error"');
    const done = await own.submit(half, `${path}/tider`, {
      on0: day(2),
      time0: '13.30',
      on2: day(4),
      time2: '9:00',
    });
    expect(done.text).toContain('Du har sagt ja og foreslået disse tider');
    const other = await browse(coach.email);
    const listed = await other.get('/kvalitet/sparring');
    expect(listed.text).toContain('2 tider foreslået');
    expect(listed.text).not.toContain('Tilføj sparringspartner');
    const talk = await other.get(`/kvalitet/sparring/${talkId}`);
    const chosen = instantAt(day(4), '09:00').toISOString();
    const fixed = await other.submit(talk, `/kvalitet/sparring/${talkId}/tid`, {
      proposed: chosen,
      on: '',
      time: '',
      minutes: '45',
      link: LINK,
    });
    expect(fixed.text).toContain('Tid og link er gemt');
    expect(fixed.text).toContain('kl. 09.00, 45 minutter');
    expect(fixed.text).not.toContain('Blev samtalen holdt?');
    expect((await own.get(path)).text).toContain(LINK);
    app.clock.advance(5 * 86_400_000);
    const again = await browse(coach.email);
    const ask = await again.get(`/kvalitet/sparring/${talkId}`);
    const told = await again.submit(ask, `/kvalitet/sparring/${talkId}/udfald`, { state: 'held' });
    expect(told.text).toContain('Tak. Det er noteret.');
    expect((await again.get(`/kvalitet/sparring/${talkId}`)).status).toBe(404);
    app.clock.advance(-5 * 86_400_000);
  });

  it('let the agent say yes, write down a next step and delete it, and say no after all', async () => {
    const talkId = await offered({ startsAt: instantAt(day(3), '10:00').toISOString() });
    await signInAgent(app, agent);
    const own = await browse(agent.email);
    const path = `/mit/samtaler/${talkId}`;
    expect((await own.get('/mit/samtaler')).text).toContain(path);
    const yes = await own.submit(await own.get(path), `${path}/ja`);
    expect(yes.text).toContain('Kalenderaftalen er sendt til dig');
    const blank = await own.submit(yes, `${path}/skridt`, { nextStep: '' });
    expect(blank.status).toBe(400);
    expect(blank.text).toContain('id="step-nextStep-error"');
    const saved = await own.submit(blank, `${path}/skridt`, { nextStep: 'Prøve guiden om <pas>' });
    expect(saved.text).toContain('Prøve guiden om &lt;pas&gt;');
    const gone = await own.submit(saved, `${path}/skridt/slet`);
    expect(gone.text).not.toContain('Prøve guiden');
    const no = await own.submit(gone, `${path}/nej`);
    expect(no.text).toContain('Samtalen bliver ikke holdt');
    expect(no.text).not.toContain(`action="${path}/ja"`);
  });

  it('let the secretariat call one off, and name and take back coaches', async () => {
    const talkId = await offered();
    const browser = await browse('sekretariat@ddh.test');
    const path = `/kvalitet/sparring/${talkId}`;
    const done = await browser.submit(await browser.get(path), `${path}/aflys`);
    expect(done.text).toContain('Samtalen er aflyst');
    const list = '/kvalitet/sparring';
    const blank = await browser.submit(await browser.get(list), `${list}/partnere`, { personId: '' });
    expect(blank.status).toBe(400);
    expect(blank.text).toContain('id="personId-error"');
    const { items } = (await secretariat.get('/users?role=leader&municipality=615')).body;
    const [other] = items.filter(({ id }: { id: number }) => id !== coach.personId);
    const granted = await browser.submit(blank, `${list}/partnere`, { personId: String(other.id) });
    expect(granted.text).toContain('Sparringspartneren er tilføjet');
    const withdrawn = await browser.submit(granted, `${list}/partnere/${other.id}/fjern`);
    expect(withdrawn.text).toContain('ikke længere sparringspartner');
  });
});
