import { execute } from '../../src/database/sql.js';
import { UnitOfWork, type Tx } from '../../src/database/unit-of-work.js';
import { PASSWORD } from '../support/api.js';
import { Browser, type LoadedPage } from '../support/browser-less.js';
import { anAgent, buildWorld, type World } from '../support/builders.js';
import {
  addFigures,
  clearClosings,
  addManyAgents,
  importMonths,
  setPolicy,
  signAgreement,
  type Calls,
} from '../support/quality.js';
import { TestApp } from '../support/test-app.js';

const LOW: Calls = [100, 35];
const GOOD: Calls = [100, 70];
const FEW: Calls = [10, 4];
const SUMMER = ['2026-06', '2026-07', '2026-08'];
const MONTH = '/kvalitet/maaneder/2026-08';

describe('the pages on which a month is closed', () => {
  let app: TestApp;
  let world: World;
  let browser: Browser;

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set('2026-09-08T09:00:00Z');
    world = await buildWorld(app, { withCourse: false });
    browser = new Browser(app.url);
    const form = { email: 'sekretariat@ddh.test', password: PASSWORD };
    await browser.submit(await browser.get('/log-ind'), '/log-ind', form);
  });
  afterAll(() => app.stop());
  beforeEach(() =>
    write(async (tx) => {
      await clearClosings(tx);
      await setPolicy(tx, { appliesFrom: '2026-06' });
      await signAgreement(tx, '751', '2026-01-01');
      await importMonths(tx, SUMMER);
    }),
  );

  const write = <T>(work: (tx: Tx) => Promise<T>) => app.get(UnitOfWork).run(work);

  async function agent(calls: Calls[], lastName?: string): Promise<number> {
    const input = anAgent({
      kind: 'existing',
      startOn: '2025-01-06',
      municipalityCode: '751',
      ...(lastName && { lastName }),
    });
    const { body } = await world.secretariat.post('/agents', input);
    await write((tx) =>
      addFigures(tx, body['id'], Object.fromEntries(calls.map((one, n) => [SUMMER[n]!, one]))),
    );
    return body['id'];
  }

  /** Sends the form of the preview as a browser would: only the ticks that are set. */
  function choose(
    page: LoadedPage,
    ticks: number[],
    fields: Record<string, string> = {},
    step = 'confirm',
  ): Promise<LoadedPage> {
    const form = new URLSearchParams({ _csrf: page.csrf, step });
    const named = (name: string) =>
      [...page.text.matchAll(new RegExp(`name="${name}" value="([^"]*)"`, 'g'))].map((match) => match[1]!);
    for (const name of ['shown', 'out', 'in']) for (const value of named(name)) form.append(name, value);
    for (const name of ['cursor', 'next']) form.append(name, named(name)[0] ?? '');
    for (const tick of ticks) form.append('tick', String(tick));
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    return browser.post(`${MONTH}/valg`, form);
  }

  const hasTick = ({ text }: LoadedPage, id: number) =>
    new RegExp(`id="tick-${id}" name="tick" value="${id}" checked`).test(text);

  it('shows who is hit, who is watched, and the mails, before anybody is told', async () => {
    const hit = await agent([LOW, LOW, LOW], 'Ramt');
    const few = await agent([FEW, FEW, FEW], 'Usikker');
    await agent([GOOD, LOW, LOW], 'Set');
    const list = await browser.get('/kvalitet/maaneder');
    expect(list.text).toMatch(/august 2026<\/a>[\s\S]*?<strong>2<\/strong>/);
    const page = await browser.get(MONTH);
    expect(page.status).toBe(200);
    expect(hasTick(page, hit)).toBe(true);
    expect(hasTick(page, few)).toBe(false);
    for (const sentence of [
      'Anna Ramt',
      'august 2026: 35 af 100',
      'Uden varme omstillinger: 35\u00a0%',
      'mellem 29,8\u00a0% og 40,6\u00a0%',
      'Telefonsystemet oplyser ikke om varme omstillinger.',
      '<span class="badge badge-warning">For få opkald til at vide det</span>',
      'Anna Set (Aarhus)',
      'Mail til agenten',
      'Mail til lederen',
    ])
      expect(page.text).toContain(sentence);
    expect(await app.count('audit_entry', `action = 'figures.viewed' AND subjectId = ${hit}`)).toBe(1);
    expect(await app.count('mail', "template LIKE 'quality%'")).toBe(0);
  });

  it('asks first, saying how many are told and when, and then closes', async () => {
    const [one, other, few] = [
      await agent([LOW, LOW, LOW], 'Ene'),
      await agent([LOW, LOW, LOW], 'Anden'),
      await agent([FEW, FEW, FEW], 'Tredje'),
    ];
    const page = await browser.get(MONTH);
    const asked = await choose(page, [one, few], { [`reason-${other}`]: 'already_talked' });
    expect(asked.status).toBe(200);
    for (const sentence of [
      'Luk august 2026?',
      '2 agenter og 1 leder får besked.',
      '9. september 2026 kl. 11.00',
      'Tidligst 11. september 2026',
      'Anna Anden: Der er allerede talt om det',
    ])
      expect(asked.text).toContain(sentence);
    expect(await app.count('quality_case')).toBe(0);

    const closed = await browser.submit(asked, `${MONTH}/luk`);
    expect([closed.url, closed.status]).toEqual([MONTH, 200]);
    expect(closed.text).toContain('Måneden er lukket.');
    expect(closed.text).toContain('Kan fortrydes indtil 9. september 2026 kl. 11.00.');
    expect((await app.rows('SELECT agentId FROM quality_case ORDER BY agentId')).length).toBe(2);
    expect(await app.rows('SELECT agentId, reason FROM closing_exclusion')).toEqual([
      { agentId: other, reason: 'already_talked' },
    ]);
    // The same click once more.
    expect((await browser.submit(asked, `${MONTH}/luk`)).url).toBe(MONTH);
    expect(await app.count('month_closing')).toBe(1);

    const [closing] = await app.rows<{ id: number }>('SELECT id FROM month_closing');
    const undone = await browser.submit(closed, `${MONTH}/lukninger/${closing!.id}/fortryd`);
    expect(undone.text).toContain('Lukningen er fortrudt. Ingen har fået besked.');
    expect(await app.count('quality_case', "state = 'withdrawn'")).toBe(2);
    expect(hasTick(undone, one)).toBe(true);
  });

  it('wants a reason for everybody who is taken out, and keeps what was chosen', async () => {
    const [one, other] = [await agent([LOW, LOW, LOW]), await agent([FEW, FEW, FEW])];
    const faulty = await choose(await browser.get(MONTH), [other]);
    expect(faulty.status).toBe(400);
    expect(faulty.text.split('Vælg en begrundelse for hver agent, du tager ud.')).toHaveLength(3);
    expect(faulty.text).toContain(`href="#reason-${one}"`);
    expect([hasTick(faulty, one), hasTick(faulty, other)]).toEqual([false, true]);
    const mended = await choose(faulty, [other], { [`reason-${one}`]: 'other_tasks' });
    expect(mended.text).toContain('1 agent og 1 leder får besked.');
  });

  it('closes only what was shown', async () => {
    const one = await agent([LOW, LOW, LOW]);
    const asked = await choose(await browser.get(MONTH), [one]);
    await agent([LOW, LOW, LOW]);
    const refused = await browser.submit(asked, `${MONTH}/luk`);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('Tallene eller reglen er ændret, siden du så dem igennem.');
    expect(await app.count('month_closing')).toBe(0);
  });

  it('remembers over pages what was chosen', async () => {
    const calls = Object.fromEntries(SUMMER.map((one) => [one, LOW]));
    await write((tx) => addManyAgents(tx, 120, '751', calls));
    const first = await browser.get(MONTH);
    const shown = [...first.text.matchAll(/name="shown" value="(\d+)"/g)].map((match) => Number(match[1]));
    expect(shown).toHaveLength(100);
    const out = { [`reason-${shown[0]}`]: 'other' };
    const second = await choose(first, shown.slice(1), out, 'next');
    const rest = [...second.text.matchAll(/name="shown" value="(\d+)"/g)].map((match) => Number(match[1]));
    expect([rest.length, new Set([...shown, ...rest]).size]).toEqual([20, 120]);
    const asked = await choose(second, rest.slice(1), { [`reason-${rest[0]}`]: 'new_on_the_phones' });
    expect(asked.text).toContain('118 agenter og 1 leder får besked.');
    await browser.submit(asked, `${MONTH}/luk`);
    expect(await app.count('quality_case')).toBe(118);
    const left = await app.rows<{ agentId: number }>('SELECT agentId FROM closing_exclusion');
    expect(new Set(left.map(({ agentId }) => agentId))).toEqual(new Set([shown[0], rest[0]]));
  });

  it('says why a month cannot be closed, and shows no form', async () => {
    const unsure = await agent([LOW, LOW, LOW], 'Uvis');
    await write(async (tx) => {
      await execute(tx, "DELETE FROM resolution_month WHERE month = '2026-07'");
      await execute(tx, "DELETE FROM resolution_figure WHERE month = '2026-07'");
    });
    const page = await browser.get(MONTH);
    expect(page.text).toContain('Der mangler tal for juli 2026');
    expect(page.text).toContain('Anna Uvis: mangler juli 2026');
    expect(page.text).not.toContain(`action="${MONTH}/valg"`);
    expect((await choose(page, [unsure])).status).toBe(400);
    expect((await browser.get('/kvalitet/maaneder/2026-05')).text).toContain('Den er historik');
    await write((tx) => execute(tx, 'DELETE FROM quality_policy'));
    expect((await browser.get(MONTH)).text).toContain('Der er ikke besluttet en regel endnu.');
    expect((await browser.get('/kvalitet/maaneder')).text).toContain('Der er ikke besluttet en regel endnu.');
  });

  it('shows what corrections have changed, figure by figure', async () => {
    const was = await agent([LOW, LOW, LOW], 'Var');
    const asked = await choose(await browser.get(MONTH), [was]);
    await browser.submit(asked, `${MONTH}/luk`);
    const now = await agent([LOW, LOW, LOW], 'Er');
    await write((tx) => addFigures(tx, was, { '2026-07': GOOD }));
    const page = await browser.get(MONTH);
    expect(page.text).toContain('juli 2026 35 af 100 → 70 af 100');
    expect(page.text).toContain('1 agent rammes nu, men blev ikke fundet ved de tidligere lukninger.');
    expect(page.text).toContain('Ny siden sidste lukning');
    expect(hasTick(page, now)).toBe(true);
  });

  it('does not break over what no form sends', async () => {
    await agent([LOW, LOW, LOW]);
    const page = await browser.get(MONTH);
    const odd: Record<string, string>[] = [
      { shown: 'x' },
      { tick: '-1' },
      { step: 'away' },
      { out: '1:is ill' },
      { next: 'x', step: 'next' },
      { cursor: 'x' },
    ];
    for (const fields of odd) {
      const answer = await browser.post(`${MONTH}/valg`, { _csrf: page.csrf, ...fields });
      expect([200, 400]).toContain(answer.status);
    }
    const worse: Record<string, string>[] = [{ out: 'x' }, { in: 'x' }, { out: '1:is ill' }, { in: '99999' }];
    for (const fields of worse) {
      const answer = await browser.post(`${MONTH}/luk`, { _csrf: page.csrf, ...fields });
      expect(answer.status).toBe(400);
    }
    expect((await browser.get(`${MONTH}?cursor=x`)).status).toBe(400);
    expect((await browser.get('/kvalitet/maaneder/2026-13')).status).toBe(404);
  });

  it('says so where there is nothing', async () => {
    const empty = await browser.get(MONTH);
    expect(empty.text).toContain('Ingen rammes af reglen.');
    await write(async (tx) => {
      await execute(tx, 'DELETE FROM resolution_month');
      await execute(tx, 'DELETE FROM quality_policy');
    });
    expect((await browser.get('/kvalitet/maaneder')).text).toContain('Der er ingen måneder endnu.');
  });
});
