import { Browser } from '../support/browser-less.js';
import { personalLink } from '../support/captured.js';
import { signIn, PASSWORD, type Api } from '../support/api.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { RetentionRun } from '../../src/modules/privacy/index.js';
import { BELOW, NoticeWorld, type NoticedAgent } from '../support/notices.js';
import { addFigures } from '../support/quality.js';

const DUE = '2026-11-30T07:00:00Z';
const TOLD = '2026-11-30T07:01:00Z';
const LEADER_DUE = '2026-12-02T07:30:00Z';

describe('an agent who says that a figure is wrong', () => {
  let world: NoticeWorld;
  let anna: NoticedAgent;
  let caseId: number;
  let own: Api;

  beforeEach(async () => {
    world = await NoticeWorld.start();
    anna = await world.agent();
    caseId = await world.pending(anna, DUE);
  });
  afterEach(() => world.app.stop());

  const dispute = async (month = '2026-09', reason = 'not_on_the_phones') => {
    own = await world.signInAs(anna);
    return own.post('/figure-disputes', { month, reason });
  };
  const answer = async (disputeId: number, body: object) =>
    (await world.secretariat()).post(`/figure-disputes/${disputeId}/answers`, body);
  const state = async () => (await world.case(caseId)).state;

  it('holds the notice until it is answered; a working day is left after that', async () => {
    await world.runAt(TOLD);
    world.app.clock.set('2026-12-01T10:00:00Z');
    const raised = await dispute();
    expect(raised).toMatchObject({ status: 201, body: { month: '2026-09', reason: 'not_on_the_phones' } });
    expect(await state()).toBe('held');
    await world.runAt('2026-12-03T09:00:00Z');
    expect([await state(), (await world.sent()).length]).toEqual(['held', 1]);
    const { items } = (await (await world.secretariat()).get('/tasks')).body;
    expect(items).toMatchObject([{ kind: 'figure_dispute', subjectId: raised.body['id'] }]);
    // Friday at 10: one working day later is Monday at 10.
    world.app.clock.set('2026-12-04T09:00:00Z');
    expect((await answer(raised.body['id'], { answer: 'stands' })).status).toBe(204);
    expect(await state()).toBe('with_agent');
    await world.runAt('2026-12-07T08:55:00Z');
    expect(await state()).toBe('with_agent');
    await world.runAt('2026-12-07T09:05:00Z');
    expect(await state()).toBe('notified');
    expect(await world.sent()).toHaveLength(2);
    expect((await (await world.secretariat()).get('/tasks')).body['items']).toEqual([]);
  });

  it('stops the notice when the corrected figure does not lead to it', async () => {
    await world.runAt(TOLD);
    const raised = await dispute();
    const corrected = { answer: 'corrected', answered: 110, resolved: 60 };
    expect((await answer(raised.body['id'], corrected)).status).toBe(204);
    expect(await world.case(caseId)).toMatchObject({ state: 'withdrawn', endReason: 'figures_wrong' });
    await world.runAt(LEADER_DUE);
    expect(await world.sent()).toHaveLength(1);
    expect(
      await world.app.rows(
        'SELECT month, answeredBefore, resolvedBefore, answeredAfter, resolvedAfter, warmTransferredAfter FROM figure_correction',
      ),
    ).toEqual([
      {
        month: '2026-09',
        answeredBefore: 117,
        resolvedBefore: 47,
        answeredAfter: 110,
        resolvedAfter: 60,
        warmTransferredAfter: 8,
      },
    ]);
    own = await world.signInAs(anna);
    expect((await own.get('/figure-disputes?state=answered')).body['items']).toMatchObject([
      { agentId: anna.id, month: '2026-09', answer: 'corrected' },
    ]);
  });

  it('lets the notice go on when the corrected figure still leads to it', async () => {
    await world.runAt(TOLD);
    const raised = await dispute();
    await answer(raised.body['id'], { answer: 'corrected', answered: 117, resolved: 50 });
    expect(await state()).toBe('with_agent');
    await world.runAt(LEADER_DUE);
    expect(await state()).toBe('notified');
  });

  it('holds it before anybody is told, and is told first once that is answered', async () => {
    const raised = await dispute();
    expect(await state()).toBe('pending');
    await world.runAt(TOLD);
    expect([await state(), await world.sent()]).toEqual(['held', []]);
    await answer(raised.body['id'], { answer: 'stands' });
    expect(await state()).toBe('with_agent');
    await world.runAt('2026-11-30T07:05:00Z');
    expect(await world.sent()).toEqual([`quality-agent ${anna.email}`]);
    await world.runAt('2026-12-02T07:00:00Z');
    expect(await state()).toBe('with_agent');
    await world.runAt('2026-12-02T07:10:00Z');
    expect(await state()).toBe('notified');
  });

  it('holds nothing by a month that the notice is not about', async () => {
    await world.app.get(UnitOfWork).run((tx) => addFigures(tx, anna.id, { '2026-05': [100, 80] }));
    await world.runAt(TOLD);
    expect((await dispute('2026-05')).status).toBe(201);
    expect(await state()).toBe('with_agent');
  });

  it('leaves no task to the secretariat when what was said is erased or forgotten', async () => {
    const { app } = world;
    const tasks = async () => (await (await world.secretariat()).get('/tasks')).body['items'];
    await dispute();
    await world.depart(anna, '2026-11-29');
    expect(await tasks()).toMatchObject([{ kind: 'figure_dispute' }]);
    expect((await (await world.secretariat()).post(`/people/${anna.personId}/erasures`)).status).toBe(204);
    expect([await app.count('figure_dispute'), await tasks()]).toEqual([0, []]);
    anna = await world.agent();
    await dispute();
    expect(await tasks()).toHaveLength(1);
    app.clock.set('2029-01-02T09:00:00Z');
    await app.get(RetentionRun).run();
    expect([await app.count('figure_dispute'), await tasks()]).toEqual([0, []]);
  });

  it('says so once a figure while it is open, with a reason from the list, and of own figures only', async () => {
    const refusals: [string, string, number, string][] = [
      ['2026-07', 'other', 422, 'unknown_figure'],
      ['2026-13', 'other', 400, 'invalid_input'],
      ['2026-09', 'ill', 400, 'invalid_input'],
    ];
    for (const [month, reason, status, code] of refusals)
      expect(await dispute(month, reason)).toMatchObject({ status, body: { code } });
    const { body } = await dispute();
    expect(await dispute()).toMatchObject({ status: 409, body: { code: 'figure_already_disputed' } });
    expect((await dispute('2026-10')).status).toBe(201);
    await answer(body['id'], { answer: 'stands' });
    expect((await dispute()).status).toBe(201);
    const other = await world.agent({ '2026-09': [10, 5] });
    const foreign = await world.signInAs(other);
    expect((await foreign.get('/figure-disputes')).body['items']).toEqual([]);
  });

  it('is answered once, with figures that can be, and never by the one who raised it', async () => {
    const { body } = await dispute();
    const id = body['id'] as number;
    const faults: [object, number, string][] = [
      [{ answer: 'corrected' }, 422, 'figure_not_corrected'],
      [{ answer: 'corrected', answered: 117, resolved: 47 }, 422, 'figure_not_corrected'],
      [{ answer: 'corrected', answered: 10, resolved: 11 }, 422, 'invalid_answer'],
      [{ answer: 'corrected', answered: 10 }, 422, 'invalid_answer'],
      [{ answer: 'stands', answered: 10, resolved: 5 }, 422, 'invalid_answer'],
      [{ answer: 'perhaps' }, 400, 'invalid_input'],
      [{ answer: 'corrected', answered: -1, resolved: -1 }, 400, 'invalid_input'],
    ];
    for (const [answered, status, code] of faults)
      expect(await answer(id, answered)).toMatchObject({ status, body: { code } });
    await world.app
      .get(UnitOfWork)
      .run((tx) =>
        tx.query(
          "INSERT INTO role_assignment (personId, role, municipalityCode) VALUES (?, 'secretariat', '751')",
          [anna.personId],
        ),
      );
    const both = await signIn(world.app, anna.email, PASSWORD);
    expect(await both.post(`/figure-disputes/${id}/answers`, { answer: 'stands' })).toMatchObject({
      status: 403,
      body: { code: 'own_dispute' },
    });
    expect((await answer(id, { answer: 'stands' })).status).toBe(204);
    expect(await answer(id, { answer: 'stands' })).toMatchObject({
      status: 409,
      body: { code: 'dispute_answered' },
    });
    expect((await answer(999_999, { answer: 'stands' })).status).toBe(404);
  });

  it('is answered by an import that has put the figure right since', async () => {
    const { body } = await dispute();
    const [person] = await world.app.rows<{ id: number }>('SELECT MIN(id) AS id FROM person');
    await world.app.get(UnitOfWork).run(async (tx) => {
      await addFigures(tx, anna.id, { '2026-09': [117, 90] });
      await tx.query(
        `INSERT INTO figure_correction (agentId, month, answeredBefore, resolvedBefore, answeredAfter, resolvedAfter, byPersonId, at)
          VALUES (?, '2026-09', 117, 47, 117, 90, ?, '2026-12-01 08:00:00.000')`,
        [anna.id, person!.id],
      );
    });
    expect((await answer(body['id'], { answer: 'corrected' })).status).toBe(204);
    await world.runAt(TOLD);
    expect(await state()).toBe('withdrawn');
  });

  it('does so on the page of the own figures, which shows the answer', async () => {
    const { app } = world;
    await world.runAt(TOLD);
    await world.signInAs(anna);
    const browser = new Browser(app.url);
    const entry = await browser.get('/log-ind?til=/mit/tal');
    const page = await browser.submit(entry, '/log-ind', { email: anna.email, password: PASSWORD });
    expect([page.status, page.url]).toEqual([200, '/mit/tal']);
    for (const shown of [
      '47 af 117 klaret med det samme',
      '40,2 %',
      '47 %',
      'mellem 31,7 % og 49,2 %',
      'Tallet er forkert',
    ])
      expect(page.text.replaceAll('\u00a0', ' ')).toContain(shown);
    expect(page.text).toContain('2. december 2026 kl. 08.01');
    const faulty = await browser.submit(page, '/mit/tal/forkert', { month: '2026-09' });
    expect(faulty.status).toBe(400);
    expect(faulty.text).toContain('href="#reason"');
    expect(faulty.text).toContain('<option value="2026-09" selected>');
    const done = await browser.submit(faulty, '/mit/tal/forkert', { month: '2026-09', reason: 'other' });
    expect(done.text).toContain('Sekretariatet undersøger det');
    expect(await state()).toBe('held');
    const [row] = await app.rows<{ id: number }>('SELECT id FROM figure_dispute');
    const office = new Browser(app.url);
    const door = await office.get('/log-ind');
    await office.submit(door, '/log-ind', { email: 'sekretariat@ddh.test', password: PASSWORD });
    const list = await office.get('/kvalitet/indsigelser');
    expect(list.text).toContain(`/kvalitet/indsigelser/${row!.id}`);
    const form = await office.get(`/kvalitet/indsigelser/${row!.id}`);
    const path = `/kvalitet/indsigelser/${row!.id}/svar`;
    const refused = await office.submit(form, path, { answer: 'corrected', answered: '50', resolved: '51' });
    expect([refused.status, refused.text.includes('href="#resolved"')]).toEqual([400, true]);
    expect(
      (await office.submit(refused, path, { answer: 'stands', answered: '', resolved: '' })).status,
    ).toBe(200);
    expect((await browser.get('/mit/tal')).text).toContain('Tallet er undersøgt og passer');
    expect(await app.count('audit_entry', `action = 'figures.viewed' AND subjectId = ${anna.id}`)).toBe(1);
  });

  it('sees the own figures after a sign-in only, and a card that leads to them', async () => {
    const { app } = world;
    const leader = await signIn(app, 'leder.751@ddh.test');
    const byLink = new Browser(app.url);
    const fresh = await leader.post('/agents', {
      firstName: 'Ny',
      lastName: 'Agent',
      email: 'ny.agent@aarhus.test',
      startOn: '2026-12-15',
    });
    await byLink.visitAndSubmit(await personalLink(app, 'ny.agent@aarhus.test'));
    expect((await byLink.get('/mit')).text).not.toContain('/mit/tal');
    await app.get(UnitOfWork).run((tx) => addFigures(tx, fresh.body['id'], { '2026-10': BELOW['2026-10']! }));
    expect((await byLink.get('/mit')).text).toContain('href="/mit/tal"');
    const refused = await byLink.get('/mit/tal');
    expect(refused.status).toBe(403);
    expect(refused.text).not.toContain('klaret med det samme');
    const door = await byLink.get('/log-ind?til=/mit/tal');
    expect([door.status, door.url]).toEqual([200, '/log-ind']);
  });
});
