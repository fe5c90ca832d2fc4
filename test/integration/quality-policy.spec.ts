import { execute } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { QualityPolicyService } from '../../src/modules/quality/policy/quality-policy.service.js';
import { PASSWORD, type Api } from '../support/api.js';
import { Browser } from '../support/browser-less.js';
import { buildWorld, type World } from '../support/builders.js';
import { setPolicy, signAgreement } from '../support/quality.js';
import { TestApp } from '../support/test-app.js';

describe('the policy of quality', () => {
  let app: TestApp;
  let world: World;
  let secretariat: Api;

  beforeAll(async () => {
    app = await TestApp.start();
    world = await buildWorld(app, { withCourse: false });
    ({ secretariat } = world);
  });
  afterAll(() => app.stop());
  beforeEach(() =>
    app.get(UnitOfWork).run(async (tx) => {
      for (const table of ['quality_policy', 'figures_agreement']) await execute(tx, `DELETE FROM ${table}`);
    }),
  );

  const put = (body: object) => secretariat.call('PUT', '/api/v1/quality-policy', body);
  const get = async () => (await secretariat.get('/quality-policy')).body;

  async function browser(email: string): Promise<Browser> {
    const made = new Browser(app.url);
    await made.submit(await made.get('/log-ind'), '/log-ind', { email, password: PASSWORD });
    return made;
  }

  it('is proposed as the steering group decided it, until somebody says from when it applies', async () => {
    expect(await get()).toEqual({
      version: null,
      appliesFrom: null,
      threshold: { numerator: 1, denominator: 2 },
      months: 3,
      watchMonths: 2,
      minimumCalls: 0,
      warmTransferCounts: false,
      agentFirstDays: 2,
      undoHours: 24,
      byName: null,
      since: null,
    });
    expect(await put({})).toMatchObject({ status: 422, body: { errors: [{ field: 'appliesFrom' }] } });
    const { status, body } = await put({ appliesFrom: '2026-06' });
    expect([status, body['version'], body['months'], body['appliesFrom']]).toEqual([200, 1, 3, '2026-06']);
  });

  it('is made anew from the version that was seen; what is left out stays', async () => {
    await put({ appliesFrom: '2026-06', minimumCalls: 20 });
    const changed = await put({ version: 1, warmTransferCounts: true, months: 4, agentFirstDays: 0 });
    expect(changed.body).toMatchObject({
      version: 2,
      appliesFrom: '2026-06',
      minimumCalls: 20,
      warmTransferCounts: true,
      months: 4,
      agentFirstDays: 0,
    });
    for (const version of [undefined, 1, 3])
      expect(await put({ version, months: 5 })).toMatchObject({
        status: 409,
        body: { code: 'stale_version' },
      });
    expect(await app.count('quality_policy')).toBe(2);
    expect(await app.count('audit_entry', "action = 'quality_policy.decided' AND subjectId = 2")).toBe(1);
  });

  it('takes one of those who decide at once', async () => {
    await put({ appliesFrom: '2026-06' });
    const answers = await Promise.all([4, 5, 6, 7, 8].map((months) => put({ version: 1, months })));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409, 409, 409]);
    expect(await app.count('quality_policy')).toBe(2);
  });

  it.each([
    [{ watchMonths: 3 }, 422, 'watchMonths'],
    [{ months: 2, watchMonths: 2 }, 422, 'watchMonths'],
    [{ threshold: { numerator: 1, denominator: 1 } }, 400, 'threshold.denominator'],
    [{ threshold: { numerator: 3, denominator: 2 } }, 422, 'threshold'],
    [{ threshold: 0.5 }, 400, 'threshold'],
    [{ months: 1 }, 400, 'months'],
    [{ months: 3.5 }, 400, 'months'],
    [{ months: '3' }, 400, 'months'],
    [{ minimumCalls: -1 }, 400, 'minimumCalls'],
    [{ appliesFrom: '2026-13' }, 400, 'appliesFrom'],
    [{ appliesFrom: '2026-06-01' }, 400, 'appliesFrom'],
    [{ undoHours: 169 }, 400, 'undoHours'],
    [{ agentFirstDays: 11 }, 400, 'agentFirstDays'],
    [{ warmTransferCounts: 1 }, 400, 'warmTransferCounts'],
    [{ anything: 1 }, 400, 'anything'],
  ])('refuses %j', async (changes, status, field) => {
    const answer = await put({ appliesFrom: '2026-06', ...changes });
    expect([answer.status, answer.body['errors'][0].field]).toEqual([status, field]);
    expect(await app.count('quality_policy')).toBe(0);
  });

  it('says in plain words what each setting means, to leaders too', async () => {
    await app.get(UnitOfWork).run((tx) => setPolicy(tx, { warmTransferCounts: true, minimumCalls: 20 }));
    const leader = await (await browser('leder.751@ddh.test')).get('/kvalitet/politik');
    expect(leader.status).toBe(200);
    for (const sentence of [
      'når en agent 3 måneder i træk klarer mindre end 50 %',
      'Efter 2 måneder i træk holder sekretariatet øje. Ingen bliver skrevet til.',
      'En måned med færre end 20 opkald tæller som en måned uden opkald.',
      'En varm omstilling tæller som klaret. Andelen vises altid både med og uden varme omstillinger.',
      'Reglen gælder tal fra og med januar 2026.',
      'besluttet af styregruppen',
    ])
      expect(leader.text).toContain(sentence);
    expect(leader.text).not.toContain('<form method="post" action="/kvalitet/politik"');
  });

  it('is decided on its page, with the history below', async () => {
    const page = await browser('sekretariat@ddh.test');
    const first = await page.submit(await page.get('/kvalitet/politik'), '/kvalitet/politik', {
      appliesFrom: '2026-06',
      threshold: '47,5',
      warmTransfer: 'counts',
    });
    expect([first.url, first.status]).toEqual(['/kvalitet/politik', 200]);
    expect(first.text).toContain('Den nye version gælder nu.');
    expect(await get()).toMatchObject({
      version: 1,
      threshold: { numerator: 19, denominator: 40 },
      warmTransferCounts: true,
    });
    const second = await page.submit(first, '/kvalitet/politik', { months: '4', warmTransfer: 'not' });
    expect(second.text).toContain('Version 2, besluttet af');
    expect(second.text).toMatch(/<td data-title="Version">1<\/td>/);
    expect(await get()).toMatchObject({ months: 4, threshold: { numerator: 19, denominator: 40 } });
  });

  it('shows faults at the field and in the summary, with what was typed', async () => {
    const page = await browser('sekretariat@ddh.test');
    const faulty = await page.submit(await page.get('/kvalitet/politik'), '/kvalitet/politik', {
      threshold: 'halvdelen',
      months: '13',
      watchMonths: '2',
      appliesFrom: '',
      warmTransfer: 'not',
    });
    expect(faulty.status).toBe(400);
    expect(faulty.text).toContain('value="halvdelen"');
    for (const sentence of [
      'Skriv en procent mellem 0,1 og 99,9',
      'Vælg den første måned, reglen gælder for.',
    ])
      expect(faulty.text.split(sentence)).toHaveLength(3);
    const late = await page.submit(faulty, '/kvalitet/politik', {
      threshold: '50',
      months: '3',
      watchMonths: '3',
      appliesFrom: '2026-06',
      warmTransfer: 'not',
    });
    expect(late.text).toContain('Sekretariatet skal holde øje, før lederen får besked.');
    expect(await app.count('quality_policy')).toBe(0);
  });

  it('tells somebody whose page was overtaken, and keeps what was typed', async () => {
    const page = await browser('sekretariat@ddh.test');
    const open = await page.get('/kvalitet/politik');
    const { personId } = (await secretariat.get('/me')).body;
    await app.get(QualityPolicyService).decide({ appliesFrom: '2026-05' }, personId);
    const late = await page.submit(open, '/kvalitet/politik', {
      appliesFrom: '2026-06',
      warmTransfer: 'not',
    });
    expect(late.status).toBe(409);
    expect(late.text).toContain('En anden har rettet oplysningerne i mellemtiden.');
    expect(late.text).toContain('value="2026-06"');
    expect((await page.submit(late, '/kvalitet/politik', { warmTransfer: 'not' })).status).toBe(200);
    expect(await get()).toMatchObject({ version: 2, appliesFrom: '2026-06' });
  });

  describe('agreements', () => {
    const note = (code: string, body: object) =>
      secretariat.call('PUT', `/api/v1/figures-agreements/${code}`, body);
    const DAYS = { signedOn: '2026-03-01', figuresFrom: '2026-06-01' };

    it('lists every municipality that takes part, with an agreement or without', async () => {
      await note('751', DAYS);
      const { body } = await secretariat.get('/figures-agreements');
      expect(body['items']).toEqual([
        {
          municipalityCode: '615',
          municipalityName: 'Horsens',
          signedOn: null,
          figuresFrom: null,
          version: null,
        },
        { municipalityCode: '751', municipalityName: 'Aarhus', ...DAYS, version: 1 },
      ]);
      const page = await (await browser('sekretariat@ddh.test')).get('/kvalitet/aftaler');
      expect(page.text).toContain('1 kommune har en aftale, 1 mangler.');
    });

    it('are noted once and changed from the version that was seen', async () => {
      expect((await note('751', DAYS)).status).toBe(200);
      expect((await note('751', DAYS)).status).toBe(409);
      const later = { ...DAYS, figuresFrom: '2026-07-01' };
      expect((await note('751', { ...later, version: 1 })).body).toMatchObject({ ...later, version: 2 });
      expect((await note('751', { ...later, version: 1 })).status).toBe(409);
      expect((await note('615', { ...later, version: 1 })).status).toBe(409);
      const trail = await app.rows<{ action: string }>(
        "SELECT action FROM audit_entry WHERE action LIKE 'figures_agreement%' AND subjectId = 751 ORDER BY id",
      );
      expect(trail.slice(-2).map(({ action }) => action)).toEqual([
        'figures_agreement.signed',
        'figures_agreement.changed',
      ]);
    });

    it('of one at a time, when two note the same', async () => {
      const answers = await Promise.all([note('751', DAYS), note('751', DAYS), note('751', DAYS)]);
      expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409]);
    });

    it.each([
      [{ signedOn: '2026-02-30', figuresFrom: '2026-06-01' }, 'signedOn'],
      [{ signedOn: '2026-03-01' }, 'figuresFrom'],
      [{ ...DAYS, anything: 1 }, 'anything'],
    ])('refuse %j', async (body, field) => {
      const answer = await note('751', body);
      expect([answer.status, answer.body['errors'][0].field]).toEqual([400, field]);
    });

    it('know only municipalities there are', async () => {
      expect((await note('999', DAYS)).status).toBe(404);
      const page = await browser('sekretariat@ddh.test');
      expect((await page.get('/kvalitet/aftaler/999')).status).toBe(404);
    });

    it('are noted on a page, which tells of faults and of somebody else', async () => {
      const page = await browser('sekretariat@ddh.test');
      const open = await page.get('/kvalitet/aftaler/751');
      expect(open.text).toContain('Der er ingen aftale.');
      const faulty = await page.submit(open, '/kvalitet/aftaler/751', { signedOn: '2026-03-01' });
      expect([faulty.status, faulty.text]).toEqual([
        400,
        expect.stringContaining('Vælg den første dag, tal om enkelte agenter gælder fra.'),
      ]);
      expect(faulty.text).toContain('value="2026-03-01"');
      await app.get(UnitOfWork).run((tx) => signAgreement(tx, '751', '2026-05-01'));
      expect((await page.submit(faulty, '/kvalitet/aftaler/751', DAYS)).status).toBe(409);
      const anew = await page.get('/kvalitet/aftaler/751');
      const done = await page.submit(anew, '/kvalitet/aftaler/751', DAYS);
      expect(done.text).toContain('Aftalen er noteret.');
      expect(await app.rows('SELECT signedOn, figuresFrom, version FROM figures_agreement')).toEqual([
        { ...DAYS, version: 2 },
      ]);
    });
  });
});
