import { jest } from '@jest/globals';
import { execute } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { OutboxService } from '../../src/modules/notifications/index.js';
import { NoticeClock } from '../../src/modules/quality/index.js';
import { DisputeService } from '../../src/modules/quality/notices/dispute.service.js';
import { addPerson } from '../support/builders.js';
import { BELOW, NoticeWorld, type NoticedAgent } from '../support/notices.js';
import { addFigures } from '../support/quality.js';
import { TestApp } from '../support/test-app.js';
import { createTestDatabase } from '../support/test-database.js';

const LEADER = 'leder.751@ddh.test';
// Monday 30 November 2026, 8.00 in Copenhagen; two working days later, and half past.
const DUE = '2026-11-30T07:00:00Z';
const TOLD = '2026-11-30T07:01:00Z';
const LEADER_DUE = '2026-12-02T07:30:00Z';

describe('a notice', () => {
  let world: NoticeWorld;
  let anna: NoticedAgent;
  let caseId: number;

  async function begin(policy: Parameters<typeof NoticeWorld.start>[0] = {}): Promise<void> {
    world = await NoticeWorld.start(policy);
    anna = await world.agent();
    caseId = await world.pending(anna, DUE);
  }
  const states = async () => {
    const { state, endReason } = await world.case(caseId);
    return [state, endReason];
  };
  const correct = (calls: typeof BELOW) =>
    world.app.get(UnitOfWork).run((tx) => addFigures(tx, anna.id, calls));

  beforeEach(() => begin());
  afterEach(() => world.app.stop());

  it('is told to the agent once the closing is final, and to the leader two working days later, once each', async () => {
    const steps: [string, string, string[]][] = [
      ['2026-11-30T06:59:00Z', 'pending', []],
      [TOLD, 'with_agent', [`quality-agent ${anna.email}`]],
      ['2026-11-30T12:00:00Z', 'with_agent', [`quality-agent ${anna.email}`]],
      ['2026-12-02T07:00:30Z', 'with_agent', [`quality-agent ${anna.email}`]],
      [LEADER_DUE, 'notified', [`quality-agent ${anna.email}`, `quality-leader ${LEADER}`]],
      ['2026-12-02T12:00:00Z', 'notified', [`quality-agent ${anna.email}`, `quality-leader ${LEADER}`]],
      ['2026-12-14T12:00:00Z', 'notified', [`quality-agent ${anna.email}`, `quality-leader ${LEADER}`]],
    ];
    for (const [instant, state, sent] of steps) {
      await world.runAt(instant);
      expect([instant, (await world.case(caseId)).state, await world.sent()]).toEqual([instant, state, sent]);
    }
    const trail = await world.app.rows<{ action: string }>(
      "SELECT action FROM audit_entry WHERE action LIKE 'quality_case.%' AND subjectId = ? ORDER BY id",
      [anna.id],
    );
    expect(trail.map(({ action }) => action)).toEqual(['quality_case.with_agent', 'quality_case.notified']);
  });

  it('waits over a weekend and outside office hours', async () => {
    const late = await world.agent();
    const lateCase = await world.pending(late, '2026-12-03T14:30:00Z');
    // Thursday 15.40; Monday at the same time.
    await world.runAt('2026-12-03T14:40:00Z');
    expect((await world.case(lateCase)).state).toBe('with_agent');
    for (const early of [
      '2026-12-04T14:50:00Z',
      '2026-12-05T10:00:00Z',
      '2026-12-06T10:00:00Z',
      '2026-12-07T14:30:00Z',
    ]) {
      await world.runAt(early);
      expect([early, (await world.case(lateCase)).state]).toEqual([early, 'with_agent']);
    }
    await world.runAt('2026-12-07T14:45:00Z');
    expect((await world.case(lateCase)).state).toBe('notified');
    const evening = await world.agent();
    const eveningCase = await world.pending(evening, '2026-12-08T15:30:00Z');
    await world.runAt('2026-12-08T16:00:00Z');
    expect((await world.case(eveningCase)).state).toBe('pending');
    await world.runAt('2026-12-09T07:00:10Z');
    expect((await world.case(eveningCase)).state).toBe('with_agent');
  });

  it('says nothing in its mails: no name, no figure, no reason, in either language', async () => {
    await world.runAt(TOLD);
    await world.runAt(LEADER_DUE);
    const english = await world.agent();
    await world.app.get(UnitOfWork).run((tx) => execute(tx, "UPDATE person SET language = 'en'"));
    await world.pending(english, '2026-12-03T08:00:00Z');
    await world.runAt('2026-12-03T09:00:00Z');
    await world.runAt('2026-12-07T09:30:00Z');
    const mails = await world.app.rows<{
      subject: string;
      html: string;
      text: string;
      language: string;
      template: string;
    }>(
      "SELECT subject, html, text, language, template FROM mail WHERE template LIKE 'quality-%' ORDER BY id",
    );
    expect(mails.map(({ template, language }) => `${template} ${language}`)).toEqual([
      'quality-agent da',
      'quality-leader da',
      'quality-agent en',
      'quality-leader en',
    ]);
    for (const { subject, html, text } of mails) {
      // Addresses, styles and the phone number of the support hold digits that are no figures.
      const shown = html.replace(/<[^>]+>|&#x27;/g, ' ');
      for (const part of [subject, shown, text]) {
        expect(part).not.toMatch(
          /Hemmeligsen|Anna|%|procent|per ?cent|straksafklaring|first-contact|50|halvdel/i,
        );
        const words = part.replace(/https?:\S+|\+?\d{2}( ?\d{2}){3}/g, '');
        expect(words).not.toMatch(/\d/);
      }
    }
    expect(mails[0]!.text).toContain('http://localhost:3000/mit/tal');
    expect(mails[1]!.text).toContain(`http://localhost:3000/kvalitet/sager/${caseId}`);
  });

  it('goes to the deputy of a leader who is away, and becomes a task when nobody is there', async () => {
    const { app, world: people } = world;
    const deputyId = await app
      .get(UnitOfWork)
      .run((tx) => addPerson(app, tx, 'vikar.751@ddh.test', ['leader'], '751'));
    await world.deputise(people.leaderId, deputyId);
    await world.away(people.leaderId);
    await world.runAt(TOLD);
    await world.runAt(LEADER_DUE);
    expect(await world.sent()).toEqual([`quality-agent ${anna.email}`, 'quality-leader vikar.751@ddh.test']);
    await world.away(deputyId);
    const other = await world.pending(await world.agent(), '2026-12-03T08:00:00Z');
    await world.runAt('2026-12-03T09:00:00Z');
    await world.runAt('2026-12-07T09:30:00Z');
    expect((await world.case(other)).state).toBe('notified');
    expect(await world.sent()).toHaveLength(3);
    const { items } = (await (await world.secretariat()).get('/tasks')).body;
    expect(items).toMatchObject([{ kind: 'leader_missing', subjectType: 'quality_case', subjectId: other }]);
  });

  it('tells both at once when the policy says so', async () => {
    await world.app.stop();
    await begin({ agentFirstDays: 0 });
    await world.runAt(TOLD);
    expect(await world.sent()).toEqual([`quality-agent ${anna.email}`, `quality-leader ${LEADER}`]);
    expect(await states()).toEqual(['notified', null]);
  });

  it('is withdrawn without a word when the figures no longer lead to it', async () => {
    await correct({ '2026-09': [117, 80] });
    await world.runAt(TOLD);
    expect(await states()).toEqual(['withdrawn', 'figures_wrong']);
    expect((await world.case(caseId)).liveStreakFrom).toBeNull();
    await world.runAt(LEADER_DUE);
    expect(await world.sent()).toEqual([]);
  });

  it('is withdrawn when the figures are corrected between the two mails, and stands when they still lead to it', async () => {
    await world.runAt(TOLD);
    await correct({ '2026-09': [117, 50] });
    await world.runAt('2026-12-01T09:00:00Z');
    expect(await states()).toEqual(['with_agent', null]);
    await correct({ '2026-09': [117, 80] });
    await world.runAt(LEADER_DUE);
    expect(await states()).toEqual(['withdrawn', 'figures_wrong']);
    expect(await world.sent()).toEqual([`quality-agent ${anna.email}`]);
  });

  it('is not undone by corrections after the leader was told', async () => {
    await world.runAt(TOLD);
    await world.runAt(LEADER_DUE);
    await correct({ '2026-09': [117, 80] });
    await world.runAt('2026-12-03T09:00:00Z');
    expect(await states()).toEqual(['notified', null]);
  });

  it('ends when the agent leaves, before as after the leader was told, and nothing more is mailed', async () => {
    await world.runAt(TOLD, { send: false });
    await world.depart(anna, '2026-11-30');
    expect(await states()).toEqual(['withdrawn', 'left']);
    expect(await world.sent('cancelled')).toEqual([`quality-agent ${anna.email}`]);
    const ida = await world.agent();
    const told = await world.pending(ida, TOLD);
    await world.runAt('2026-11-30T08:00:00Z');
    await world.runAt('2026-12-02T09:00:00Z', { send: false });
    await world.depart(ida, '2026-12-02');
    expect(await world.case(told)).toMatchObject({
      state: 'closed',
      endReason: 'left',
      liveStreakFrom: '2026-08',
    });
    await world.runAt('2026-12-03T09:00:00Z');
    expect(await world.sent()).toEqual([`quality-agent ${ida.email}`]);
  });

  it('is not told of somebody whose last day was yesterday, though the departure is not carried out yet', async () => {
    await world.depart(anna, '2026-12-01');
    await world.runAt(TOLD);
    expect(await states()).toEqual(['with_agent', null]);
    await world.runAt(LEADER_DUE);
    expect(await states()).toEqual(['withdrawn', 'left']);
    expect(await world.sent()).toEqual([`quality-agent ${anna.email}`]);
  });

  it('ends with a transfer, and the new municipality hears nothing of it', async () => {
    await world.runAt(TOLD);
    const moved = await (
      await world.secretariat()
    ).post(`/agents/${anna.id}/transfers`, {
      municipalityCode: '615',
      on: '2026-11-30',
    });
    expect(moved.status).toBeLessThan(300);
    expect(await states()).toEqual(['withdrawn', 'left']);
    await world.runAt(LEADER_DUE);
    expect(await world.sent()).toEqual([`quality-agent ${anna.email}`]);
  });

  it('counts the days from when the mail went out, and waits for one that has not', async () => {
    await world.runAt(TOLD, { send: false });
    await world.runAt(LEADER_DUE, { send: false });
    expect(await states()).toEqual(['with_agent', null]);
    // The mail server is back.
    await world.runAt('2026-12-02T08:00:00Z');
    await world.runAt('2026-12-03T14:00:00Z');
    expect(await world.sent()).toEqual([`quality-agent ${anna.email}`]);
    await world.runAt('2026-12-04T08:05:00Z');
    expect(await world.sent()).toEqual([`quality-agent ${anna.email}`, `quality-leader ${LEADER}`]);
  });

  it('is mailed anew to an address that was put right before the mail went out', async () => {
    await world.runAt(TOLD, { send: false });
    const [row] = await world.app.rows<{ version: number }>('SELECT version FROM agent WHERE id = ?', [
      anna.id,
    ]);
    const changed = await (
      await world.secretariat()
    ).patch(`/agents/${anna.id}`, {
      version: row!.version,
      email: 'ny.adresse@aarhus.test',
    });
    expect(changed.status).toBe(200);
    await world.runAt('2026-12-01T09:00:00Z');
    expect(await world.sent()).toEqual(['quality-agent ny.adresse@aarhus.test']);
    await world.runAt(LEADER_DUE);
    expect(await states()).toEqual(['with_agent', null]);
    await world.runAt('2026-12-03T09:05:00Z');
    expect(await world.sent()).toEqual(['quality-agent ny.adresse@aarhus.test', `quality-leader ${LEADER}`]);
  });

  it('is mailed once however often it is looked at, at the same time or again', async () => {
    const other = await world.agent();
    await world.pending(other, DUE);
    world.app.clock.set(TOLD);
    const clock = world.app.get(NoticeClock);
    await Promise.all([clock.run(), clock.run(), clock.run()]);
    await world.runAt('2026-11-30T07:05:00Z');
    expect(await world.sent()).toEqual(
      [`quality-agent ${anna.email}`, `quality-agent ${other.email}`].sort(),
    );
  });
});

describe('a notice that is interrupted', () => {
  it('is told wholly or not at all, and the next tick makes it good', async () => {
    const world = await NoticeWorld.start();
    try {
      const anna = await world.agent();
      const caseId = await world.pending(anna, DUE);
      const outbox = world.app.get(OutboxService);
      const queue = jest.spyOn(outbox, 'queue').mockRejectedValueOnce(new Error('killed'));
      await expect(world.runAt(TOLD)).rejects.toThrow('killed');
      expect(await world.case(caseId)).toMatchObject({ state: 'pending', agentToldAt: null, version: 1 });
      expect(await world.app.count('audit_entry', "action LIKE 'quality_case.%'")).toBe(0);
      queue.mockRestore();
      await world.runAt('2026-11-30T07:10:00Z');
      expect([(await world.case(caseId)).state, await world.sent()]).toEqual([
        'with_agent',
        [`quality-agent ${anna.email}`],
      ]);
    } finally {
      await world.app.stop();
    }
  });

  it('never reaches the leader when the agent doubts a figure at the same time', async () => {
    const world = await NoticeWorld.start();
    try {
      const agents: NoticedAgent[] = [];
      for (let n = 0; n < 5; n += 1) agents.push(await world.agent());
      const cases: number[] = [];
      for (const agent of agents) cases.push(await world.pending(agent, DUE));
      await world.runAt(TOLD);
      world.app.clock.set(LEADER_DUE);
      const disputes = world.app.get(DisputeService);
      const call = { key: undefined, caller: 'test', route: 'test', body: null };
      await Promise.all([
        world.app.get(NoticeClock).run(),
        ...agents.map(({ id, personId }) =>
          disputes.raise({ month: '2026-09', reason: 'other' }, { agentId: id, personId }, call),
        ),
        world.app.get(NoticeClock).run(),
      ]);
      for (const id of cases) {
        const { state } = await world.case(id);
        const mails = await world.app.count('mail', `template = 'quality-leader' AND aboutId = ${id}`);
        expect([
          ['held', 0],
          ['notified', 1],
        ]).toContainEqual([state, mails]);
      }
      expect(await world.app.count('figure_dispute')).toBe(5);
    } finally {
      await world.app.stop();
    }
  });
});

describe('notices on two servers', () => {
  it('are mailed once each', async () => {
    const database = await createTestDatabase();
    const first = await NoticeWorld.start({}, undefined, await TestApp.start({}, database));
    // The embedded database takes one instance; there its two clocks stand for two servers.
    const second = database.url.startsWith('sqlite:')
      ? first.app
      : await TestApp.start({}, database, first.app.clock);
    try {
      const cases: number[] = [];
      for (let n = 0; n < 6; n += 1) cases.push(await first.pending(await first.agent(), DUE));
      for (const instant of [TOLD, LEADER_DUE]) {
        first.app.clock.set(instant);
        await Promise.all(
          [first.app, second].flatMap((app) => [app.get(NoticeClock).run(), app.get(NoticeClock).run()]),
        );
        await first.runAt(new Date(Date.parse(instant) + 60_000).toISOString());
      }
      for (const template of ['quality-agent', 'quality-leader'])
        expect(await first.app.count('mail', `template = '${template}' AND state = 'sent'`)).toBe(6);
      for (const id of cases) expect((await first.case(id)).state).toBe('notified');
      expect(await first.app.count('audit_entry', "action LIKE 'quality_case.%'")).toBe(12);
    } finally {
      if (second !== first.app) await second.stop({ keepDatabase: true });
      await first.app.stop();
    }
  });
});
