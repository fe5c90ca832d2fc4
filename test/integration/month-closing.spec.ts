import { execute } from '../../src/database/sql.js';
import { UnitOfWork, type Tx } from '../../src/database/unit-of-work.js';
import { PASSWORD, signIn } from '../support/api.js';
import { anAgent, buildWorld, type World } from '../support/builders.js';
import { signedIn } from '../support/onboarding.js';
import {
  addFigures,
  clearClosings,
  importMonths,
  setPolicy,
  signAgreement,
  type Calls,
} from '../support/quality.js';
import { TestApp } from '../support/test-app.js';

const HOUR = 3_600_000;
const LOW: Calls = [100, 35];
const GOOD: Calls = [100, 70];
const SUMMER = ['2026-06', '2026-07', '2026-08'];

describe('closing a month', () => {
  let app: TestApp;
  let world: World;

  beforeAll(async () => {
    app = await TestApp.start();
    world = await buildWorld(app, { withCourse: false });
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    // A Tuesday within office hours.
    app.clock.set('2026-09-08T09:00:00Z');
    world = { ...world, ...(await anew()) };
    await write(async (tx) => {
      await clearClosings(tx);
      await setPolicy(tx, { appliesFrom: '2026-06' });
      await signAgreement(tx, '751', '2026-01-01');
      await signAgreement(tx, '615', '2026-01-01');
      await importMonths(tx, SUMMER);
    });
  });

  const write = <T>(work: (tx: Tx) => Promise<T>) => app.get(UnitOfWork).run(work);

  const anew = () => signedIn(app);

  /** An agent with the calls of the summer months, or of others. */
  async function agent(
    calls: Calls[] | Record<string, Calls>,
    changes: Record<string, unknown> = {},
  ): Promise<{ id: number; personId: number; name: string }> {
    const input = anAgent({ kind: 'existing', startOn: '2025-01-06', municipalityCode: '751', ...changes });
    const { status, body } = await world.secretariat.post('/agents', input);
    expect(status).toBe(201);
    const byMonth = Array.isArray(calls)
      ? Object.fromEntries(calls.map((one, n) => [SUMMER[n]!, one]))
      : calls;
    await write((tx) => addFigures(tx, body['id'], byMonth));
    return { id: body['id'], personId: body['personId'], name: `${body['firstName']} ${body['lastName']}` };
  }

  const preview = async (month = '2026-08', query = '') => {
    const { status, body } = await world.secretariat.get(`/resolution-months/${month}/preview${query}`);
    expect(status).toBe(200);
    return body;
  };
  const close = (month = '2026-08', body: object = {}) =>
    world.secretariat.post(`/resolution-months/${month}/closures`, body);
  const cases = (where = '1 = 1') =>
    app.rows<{ agentId: number; state: string; streakFrom: string; endReason: string | null }>(
      `SELECT agentId, state, streakFrom, endReason FROM quality_case WHERE ${where} ORDER BY id`,
    );

  it('shows everybody whom the rule hits, with figures, interval and who would be written to', async () => {
    const hit = await agent([LOW, LOW, LOW]);
    const watched = await agent([GOOD, LOW, LOW], { municipalityCode: '615' });
    await agent([LOW, LOW, GOOD]);
    const { items, ...rest } = await preview();
    expect(items.map((item: any) => [item.agentId, item.outcome])).toEqual([
      [hit.id, 'hit'],
      [watched.id, 'watch'],
    ]);
    expect(items[0]).toMatchObject({
      name: hit.name,
      municipalityCode: '751',
      months: SUMMER.map((month) => ({ month, answered: 100, resolved: 35, warmTransferred: null })),
      bridged: [],
      missing: [],
      pooled: { answered: 300, resolved: 105, rate: 0.35 },
      bothRates: { withoutWarm: { rate: 0.35 }, withWarm: null },
      fewCalls: false,
      tooFewToKnow: false,
      isTicked: true,
      wouldBeWrittenTo: {
        agent: { personId: hit.personId, name: hit.name },
        leader: { personId: world.leaderId, insteadOf: null },
      },
      mails: ['quality-agent', 'quality-leader'],
      caseId: null,
    });
    expect(items[0].pooled.low).toBeCloseTo(0.2982, 3);
    expect(items[1]).toMatchObject({ isTicked: false, mails: [] });
    expect(rest).toMatchObject({
      month: '2026-08',
      fault: null,
      finalAt: expect.stringMatching(/^2026-09-09T09:00:0/),
      agentToldOn: '2026-09-09',
      leaderToldOn: '2026-09-11',
      missingMonths: [],
      counts: { hit: 1, ticked: 1, followUp: 0, watch: 1, unknown: 0 },
    });
    expect(await app.count('mail', "template LIKE 'quality%'")).toBe(0);
  });

  it('says who takes the mail of a leader who is away, and when there is nobody', async () => {
    const hit = await agent([LOW, LOW, LOW]);
    await world.secretariat.post(`/users/${world.leaderId}/absences`, {
      from: '2026-09-01',
      to: '2026-09-30',
    });
    const { items } = await preview();
    expect(items[0]).toMatchObject({ agentId: hit.id, wouldBeWrittenTo: { leader: null } });
    await write((tx) => execute(tx, 'DELETE FROM absence'));
  });

  it('makes a pending case of each hit, mails nothing, and is harmless once more', async () => {
    const hit = await agent([LOW, LOW, LOW]);
    const { status, body } = await close();
    expect(status).toBe(201);
    expect(body).toMatchObject({
      month: '2026-08',
      finalAt: expect.stringMatching(/^2026-09-09T09:00:0/),
      cases: [{ agentId: hit.id }],
      followUps: [],
    });
    expect(await cases()).toEqual([
      { agentId: hit.id, state: 'pending', streakFrom: '2026-06', endReason: null },
    ]);
    expect(
      await app.rows('SELECT month, answered, resolved, followUpOf FROM quality_case_month ORDER BY month'),
    ).toEqual(SUMMER.map((month) => ({ month, answered: 100, resolved: 35, followUpOf: null })));
    expect(await app.count('mail', "template LIKE 'quality%'")).toBe(0);
    expect(await app.count('audit_entry', `subjectId = ${hit.id} AND action = 'quality_case.opened'`)).toBe(
      1,
    );

    const again = await close();
    expect([again.status, again.body['cases'], again.body['followUps']]).toEqual([201, [], []]);
    expect(await cases()).toHaveLength(1);
    expect((await preview()).items[0]).toMatchObject({ outcome: 'follow_up', caseId: body['cases'][0].id });
  });

  it('writes a later month to the case of the streak, also when a closing was left out', async () => {
    const hit = await agent([LOW, LOW, LOW]);
    const first = (await close()).body;
    await write((tx) => addFigures(tx, hit.id, { '2026-09': LOW, '2026-10': LOW }));
    app.clock.set('2026-11-10T09:00:00Z');
    world = { ...world, ...(await anew()) };
    const { body } = await close('2026-10');
    expect(body).toMatchObject({
      cases: [],
      followUps: [{ caseId: first['cases'][0].id, agentId: hit.id, months: ['2026-09', '2026-10'] }],
    });
    expect(await cases()).toHaveLength(1);
    expect(await app.count('quality_case_month', `followUpOf = ${body['id']}`)).toBe(2);
  });

  it('begins anew after a month that was not below', async () => {
    const hit = await agent([LOW, LOW, LOW]);
    await close();
    const months = { '2026-09': GOOD, '2026-10': LOW, '2026-11': LOW, '2026-12': LOW };
    await write((tx) => addFigures(tx, hit.id, months));
    app.clock.set('2027-01-12T09:00:00Z');
    world = { ...world, ...(await anew()) };
    expect((await close('2026-12')).body['cases']).toMatchObject([{ agentId: hit.id }]);
    expect((await cases()).map(({ streakFrom }) => streakFrom)).toEqual(['2026-06', '2026-10']);
  });

  it('leaves out with a reason, and keeps to it when the month is closed once more', async () => {
    const [one, other] = [await agent([LOW, LOW, LOW]), await agent([LOW, LOW, LOW])];
    const excluded = [{ agentId: one.id, reason: 'other_tasks' }];
    expect((await close('2026-08', { excluded })).body['cases']).toMatchObject([{ agentId: other.id }]);
    expect((await close()).body['cases']).toEqual([]);
    const { items, corrections } = await preview();
    expect(items[0]).toMatchObject({
      agentId: one.id,
      outcome: 'hit',
      isTicked: false,
      takenOut: { month: '2026-08', reason: 'other_tasks' },
    });
    expect(corrections.nowHit).toEqual([]);
    const taken = await close('2026-08', { included: [one.id] });
    expect(taken.body['cases']).toMatchObject([{ agentId: one.id }]);
  });

  it('does not tick too few calls to know, and takes them in on demand', async () => {
    const few = await agent([
      [10, 4],
      [10, 4],
      [10, 4],
    ]);
    expect((await preview()).items[0]).toMatchObject({
      agentId: few.id,
      outcome: 'hit',
      fewCalls: true,
      tooFewToKnow: true,
      isTicked: false,
    });
    expect((await close()).body['cases']).toEqual([]);
    expect(await app.rows('SELECT agentId, reason FROM closing_exclusion')).toEqual([
      { agentId: few.id, reason: 'too_few_calls' },
    ]);
    expect((await close('2026-08', { included: [few.id] })).body['cases']).toMatchObject([
      { agentId: few.id },
    ]);
  });

  it.each([
    ['somebody who is not hit', { included: [999] }, 'not_hit'],
    ['somebody out and in', 'both', 'in_and_out'],
  ])('refuses %s', async (_, given, code) => {
    const { id } = await agent([LOW, LOW, LOW]);
    const both = { included: [id], excluded: [{ agentId: id, reason: 'other' }] };
    const { status, body } = await close('2026-08', given === 'both' ? both : (given as object));
    expect([status, body['code'], body['errors'][0].code]).toEqual([422, 'invalid_closing', code]);
  });

  it('is not for anybody to take out oneself', async () => {
    const { id, personId } = await agent([LOW, LOW, LOW]);
    await write((tx) =>
      execute(tx, "INSERT INTO role_assignment (personId, role) VALUES (?, 'secretariat')", [personId]),
    );
    await write((tx) =>
      execute(
        tx,
        'UPDATE person SET passwordHash = (SELECT passwordHash FROM (SELECT * FROM person) p WHERE emailKey = ?) WHERE id = ?',
        ['sekretariat@ddh.test', personId],
      ),
    );
    const [row] = await app.rows<{ email: string }>('SELECT email FROM person WHERE id = ?', [personId]);
    const own = await signIn(app, row!.email, PASSWORD);
    const excluded = [{ agentId: id, reason: 'other' }];
    const { status, body } = await own.post('/resolution-months/2026-08/closures', { excluded });
    expect([status, body['errors']]).toMatchObject([
      422,
      [{ field: 'excluded.0.agentId', code: 'own_case' }],
    ]);
    expect((await close('2026-08', { excluded })).status).toBe(201);
  });

  it.each([
    [{ excluded: [{ agentId: 1, reason: 'is ill' }] }, 'excluded.0.reason'],
    [{ excluded: [{ agentId: 1 }] }, 'excluded.0.reason'],
    [{ included: ['1'] }, 'included.0'],
    [{ anything: 1 }, 'anything'],
  ])('refuses the form %j', async (given, field) => {
    const { status, body } = await close('2026-08', given);
    expect([status, body['errors'][0].field]).toEqual([400, field]);
  });

  it('is closed only as it was seen', async () => {
    const hit = await agent([LOW, LOW, LOW]);
    const { seen } = await preview();
    await write((tx) => addFigures(tx, hit.id, { '2026-08': [100, 36] }));
    expect(await close('2026-08', { seen })).toMatchObject({
      status: 409,
      body: { code: 'preview_changed' },
    });
    expect((await close('2026-08', { seen: (await preview()).seen })).status).toBe(201);
  });

  it('names a month that is missing, and is not closed over it', async () => {
    await write((tx) => execute(tx, "DELETE FROM resolution_month WHERE month = '2026-07'"));
    const unsure = await agent({ '2026-06': LOW, '2026-08': LOW });
    await write((tx) => execute(tx, "DELETE FROM resolution_month WHERE month = '2026-07'"));
    expect(await preview()).toMatchObject({
      fault: 'months_missing',
      missingMonths: ['2026-07'],
      unknown: [{ agentId: unsure.id, missing: ['2026-07'] }],
      counts: { unknown: 1 },
    });
    expect(await close()).toMatchObject({ status: 422, body: { code: 'months_missing' } });
    // Whoever is hit anyway does not hang on it, but the month does.
    await write((tx) => addFigures(tx, unsure.id, { '2026-07': GOOD }));
    expect((await close()).status).toBe(201);
  });

  it.each([
    ['not over', '2026-09', 'month_not_over'],
    ['history', '2026-05', 'month_before_policy'],
    ['not imported', '2026-08', 'month_not_imported'],
  ])('is refused when %s', async (_, month, code) => {
    if (code === 'month_not_imported') await write((tx) => execute(tx, 'DELETE FROM resolution_month'));
    expect(await close(month)).toMatchObject({ status: 422, body: { code } });
    expect((await preview(month)).fault).toBe(code);
  });

  it('is refused without a policy', async () => {
    await write((tx) => execute(tx, 'DELETE FROM quality_policy'));
    expect(await close()).toMatchObject({ status: 422, body: { code: 'quality_policy_missing' } });
    expect(await preview()).toMatchObject({ fault: 'quality_policy_missing', items: [], seen: null });
    expect((await world.secretariat.get('/resolution-months')).status).toBe(200);
  });

  it.each(['2026-13', '26-08', 'august'])('knows no month %s', async (month) => {
    expect((await world.secretariat.get(`/resolution-months/${month}/preview`)).status).toBe(400);
  });

  it('hits nobody without an agreement, or for months before figures were agreed', async () => {
    await agent([LOW, LOW, LOW]);
    await write((tx) => execute(tx, "UPDATE figures_agreement SET figuresFrom = '2026-07-01'"));
    expect((await preview()).counts).toMatchObject({ hit: 0, watch: 1 });
    await write((tx) => execute(tx, "UPDATE figures_agreement SET signedOn = '2026-12-01'"));
    expect((await preview()).items).toEqual([]);
  });

  it('hits nobody who has left, and nobody over a transfer or a return', async () => {
    const left = await agent([LOW, LOW, LOW]);
    const moved = await agent([LOW, LOW, LOW]);
    await agent([LOW, LOW, LOW], { startOn: '2026-06-02' });
    await world.secretariat.post(`/agents/${left.id}/departures`, { on: '2026-09-01' });
    const to = { municipalityCode: '615', on: '2026-09-08' };
    expect((await world.secretariat.post(`/agents/${moved.id}/transfers`, to)).status).toBe(201);
    expect((await preview()).counts).toMatchObject({ hit: 0, watch: 1 });
  });

  describe('undone', () => {
    const undo = (id: number) => world.secretariat.post(`/month-closings/${id}/undoings`);

    it('withdraws the cases, and the month can be closed again', async () => {
      const hit = await agent([LOW, LOW, LOW]);
      const { body } = await close();
      expect((await preview()).closings).toMatchObject([{ id: body['id'], canBeUndone: true, cases: 1 }]);
      const answer = await undo(body['id']);
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({ id: body['id'], canBeUndone: false });
      expect(await cases()).toEqual([
        { agentId: hit.id, state: 'withdrawn', streakFrom: '2026-06', endReason: 'undone' },
      ]);
      expect(await undo(body['id'])).toMatchObject({ status: 409, body: { code: 'closing_undone' } });
      expect((await close()).body['cases']).toMatchObject([{ agentId: hit.id }]);
      expect(await cases("state = 'pending'")).toHaveLength(1);
    });

    it('takes the months with it by which a case went on, and leaves the case', async () => {
      const hit = await agent([LOW, LOW, LOW]);
      await close();
      await write((tx) => addFigures(tx, hit.id, { '2026-09': LOW }));
      app.clock.set('2026-10-06T09:00:00Z');
      world = { ...world, ...(await anew()) };
      await undo((await close('2026-09')).body['id']);
      expect(await app.count('quality_case_month', 'followUpOf IS NOT NULL')).toBe(0);
      expect(await cases("state = 'pending'")).toHaveLength(1);
      expect((await close('2026-09')).body['followUps']).toHaveLength(1);
    });

    it('forgets who was left out', async () => {
      const hit = await agent([LOW, LOW, LOW]);
      const excluded = [{ agentId: hit.id, reason: 'already_talked' }];
      await undo((await close('2026-08', { excluded })).body['id']);
      expect((await preview()).items[0]).toMatchObject({ isTicked: true, takenOut: null });
    });

    it('is not possible once the mails are due', async () => {
      await agent([LOW, LOW, LOW]);
      const { body } = await close();
      app.clock.set('2026-09-09T08:59:00Z');
      world = { ...world, ...(await anew()) };
      expect((await preview()).closings[0]).toMatchObject({ canBeUndone: true });
      app.clock.advance(HOUR);
      world = { ...world, ...(await anew()) };
      expect(await undo(body['id'])).toMatchObject({ status: 409, body: { code: 'closing_final' } });
      expect(await cases("state = 'pending'")).toHaveLength(1);
    });

    it('is not possible for an agent who has been told by a server whose clock runs ahead', async () => {
      await agent([LOW, LOW, LOW]);
      const { body } = await close();
      await write((tx) =>
        execute(tx, "UPDATE quality_case SET state = 'with_agent', agentToldAt = ?", [app.clock.now()]),
      );
      expect(await undo(body['id'])).toMatchObject({ status: 409, body: { code: 'closing_final' } });
      expect(await app.count('month_closing', 'undoneAt IS NOT NULL')).toBe(0);
    });

    it('knows only closings there are', async () => {
      expect((await undo(999_999)).status).toBe(404);
    });
  });

  it('shows after corrections who is hit now and who is no longer, and does nothing by itself', async () => {
    const was = await agent([LOW, LOW, LOW]);
    const is = await agent([GOOD, LOW, LOW]);
    const { body } = await close();
    await write(async (tx) => {
      await addFigures(tx, was.id, { '2026-07': GOOD });
      await addFigures(tx, is.id, { '2026-06': LOW });
      await execute(tx, "UPDATE resolution_month SET changedAt = ? WHERE month = '2026-07'", [
        app.clock.now(),
      ]);
    });
    const { corrections, items } = await preview();
    expect(corrections).toMatchObject({
      nowHit: [is.id],
      noLongerHit: [
        {
          caseId: body['cases'][0].id,
          agentId: was.id,
          state: 'pending',
          months: [
            { month: '2026-06', before: { resolved: 35 }, now: { resolved: 35 } },
            { month: '2026-07', before: { resolved: 35 }, now: { resolved: 70 } },
            { month: '2026-08', before: { resolved: 35 }, now: { resolved: 35 } },
          ],
        },
      ],
    });
    expect(items[0]).toMatchObject({ agentId: is.id, outcome: 'hit', isNewSinceClosing: true });
    expect(await cases()).toHaveLength(1);
    const months = (await world.secretariat.get('/resolution-months')).body['items'];
    expect(months.find(({ month }: any) => month === '2026-08')).toMatchObject({ openHits: 1 });
    expect((await close()).body['cases']).toMatchObject([{ agentId: is.id }]);
    expect((await preview()).corrections.nowHit).toEqual([]);
  });

  it('makes a new case where the one before was withdrawn because the figures were wrong', async () => {
    const hit = await agent([LOW, LOW, LOW]);
    await close();
    await write((tx) =>
      execute(
        tx,
        "UPDATE quality_case SET state = 'withdrawn', endReason = 'figures_wrong', liveStreakFrom = NULL",
      ),
    );
    expect((await close()).body['cases']).toMatchObject([{ agentId: hit.id }]);
  });

  it('lists the months, those that are missing and those that are history too', async () => {
    await agent([LOW, LOW, LOW]);
    await write(async (tx) => {
      await importMonths(tx, ['2026-04']);
      await execute(tx, "DELETE FROM resolution_month WHERE month = '2026-07'");
    });
    const { items } = (await world.secretariat.get('/resolution-months')).body;
    expect(items.map((one: any) => [one.month, one.isImported, one.isHistory, one.openHits])).toEqual([
      ['2026-08', true, false, 0],
      ['2026-07', false, false, null],
      ['2026-06', true, false, 0],
      ['2026-05', false, true, null],
      ['2026-04', true, true, null],
    ]);
    await write((tx) => importMonths(tx, ['2026-07']));
    await close();
    const [august] = (await world.secretariat.get('/resolution-months?limit=1')).body['items'];
    expect(august).toMatchObject({ month: '2026-08', openHits: 0, closing: { cases: 1, canBeUndone: true } });
  });

  it('gives its agents a page at a time', async () => {
    const ids = new Set<number>();
    for (let n = 0; n < 5; n += 1) ids.add((await agent(n < 3 ? [LOW, LOW, LOW] : [GOOD, LOW, LOW])).id);
    const seen: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: any = await preview('2026-08', `?limit=2${cursor && `&cursor=${cursor}`}`);
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map((item: any) => item.agentId));
      cursor = page.nextCursor;
    }
    expect(new Set(seen)).toEqual(ids);
    expect(seen).toHaveLength(5);
  });

  it('answers a repeated request as the first', async () => {
    await agent([LOW, LOW, LOW]);
    const key = { 'idempotency-key': 'close-august' };
    const path = '/resolution-months/2026-08/closures';
    const first = await world.secretariat.post(path, {}, key);
    expect(await world.secretariat.post(path, {}, key)).toMatchObject({ status: 201, body: first.body });
    expect(await app.count('month_closing')).toBe(1);
  });
});
