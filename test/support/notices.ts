import { insertRow } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import type { LocalDate } from '../../src/common/local-date.js';
import { DepartureService } from '../../src/modules/agents/index.js';
import { Absence, hashPassword, RoleAssignment } from '../../src/modules/identity/index.js';
import { MailDispatcher } from '../../src/modules/notifications/index.js';
import {
  NoticeClock,
  type MonthClosing,
  type QualityCase,
  type QualityCaseMonth,
} from '../../src/modules/quality/index.js';
import { PASSWORD, signIn, type Api } from './api.js';
import { anAgent, buildWorld, type World } from './builders.js';
import { addFigures, setPolicy, signAgreement, type Calls } from './quality.js';
import { TestApp } from './test-app.js';

const CALL = { key: undefined, caller: 'test', route: 'test', body: null };

/** Three months below 50 %. */
export const BELOW: Record<string, Calls> = {
  '2026-08': [131, 53],
  '2026-09': [117, 47, 8],
  '2026-10': [123, 59],
};

/** An agent of Aarhus as tests name it. */
export interface NoticedAgent {
  id: number;
  personId: number;
  email: string;
  lastName: string;
}

/** A closed month with cases, and the clock that carries them on. */
export class NoticeWorld {
  private constructor(
    readonly app: TestApp,
    readonly world: World,
    readonly policyId: number,
  ) {}

  /** Two municipalities with agreements, the steering group's policy, and a Monday morning before anything is due. */
  static async start(
    policy: Parameters<typeof setPolicy>[1] = {},
    instant = '2026-11-30T06:30:00Z',
    app?: TestApp,
  ): Promise<NoticeWorld> {
    const own = app ?? (await TestApp.start());
    own.clock.set(instant);
    const world = await buildWorld(own, { withCourse: false });
    const policyId = await own.get(UnitOfWork).run(async (tx) => {
      for (const code of ['751', '615']) await signAgreement(tx, code, '2026-01-01');
      return setPolicy(tx, policy);
    });
    return new NoticeWorld(own, world, policyId);
  }

  /** An agent who was here before Vagtklar, with figures. */
  async agent(figures: Record<string, Calls> = BELOW): Promise<NoticedAgent> {
    // A sign-in lasts shorter than a test's clock is moved.
    const by = await signIn(this.app, 'leder.751@ddh.test');
    const input = anAgent({ kind: 'existing', startOn: '2025-01-06', lastName: 'Hemmeligsen' });
    const { status, body } = await by.post('/agents', input);
    if (status !== 201) throw new Error(JSON.stringify(body));
    await this.app.get(UnitOfWork).run((tx) => addFigures(tx, body['id'], figures));
    return body as NoticedAgent;
  }

  /** A case that a closing has made, due at an instant. */
  async pending(agent: { id: number }, agentNoticeAt = '2026-11-30T07:00:00Z'): Promise<number> {
    const [employment] = await this.app.rows<{ id: number; municipalityCode: string }>(
      'SELECT id, municipalityCode FROM employment WHERE openAgentId = ?',
      [agent.id],
    );
    const [person] = await this.app.rows<{ id: number }>('SELECT MIN(id) AS id FROM person');
    const at = new Date(agentNoticeAt);
    const closedAt = new Date(at.getTime() - 24 * 3_600_000);
    return this.app.get(UnitOfWork).run(async (tx) => {
      const closingId = await insertRow<MonthClosing>(tx, 'month_closing', {
        month: '2026-10',
        policyId: this.policyId,
        closedByPersonId: person!.id,
        closedAt,
        finalAt: at,
        undoneByPersonId: null,
        undoneAt: null,
      });
      const caseId = await insertRow<QualityCase>(tx, 'quality_case', {
        agentId: agent.id,
        employmentId: employment!.id,
        municipalityCode: employment!.municipalityCode,
        closingId,
        streakFrom: '2026-08',
        streakTo: '2026-10',
        liveStreakFrom: '2026-08',
        state: 'pending',
        agentNoticeAt: at,
        agentToldAt: null,
        leaderNoticeAt: null,
        leaderToldAt: null,
        endedAt: null,
        endReason: null,
        isTalkRelevant: null,
        createdAt: closedAt,
        version: 1,
      });
      for (const [month, [answered, resolved, warmTransferred]] of Object.entries(BELOW))
        await insertRow<QualityCaseMonth>(tx, 'quality_case_month', {
          caseId,
          month,
          answered,
          resolved,
          warmTransferred: warmTransferred ?? null,
          followUpOf: null,
        });
      return caseId;
    });
  }

  /** Ticks at an instant and sends what is due, as a server's timers do. */
  async runAt(instant: string, { send = true } = {}): Promise<void> {
    this.app.clock.set(instant);
    await this.app.get(NoticeClock).run();
    if (send) await this.app.get(MailDispatcher).run();
  }

  /** The case as it stands. */
  async case(caseId: number): Promise<QualityCase> {
    const [row] = await this.app.rows<QualityCase>('SELECT * FROM quality_case WHERE id = ?', [caseId]);
    return row!;
  }

  /** To whom each mail of a notice was sent, in the order of sending: the template and the address. */
  async sent(state = 'sent'): Promise<string[]> {
    const rows = await this.app.rows<{ template: string; toAddress: string }>(
      "SELECT template, toAddress FROM mail WHERE template LIKE 'quality-%' AND state = ? ORDER BY id",
      [state],
    );
    return rows.map(({ template, toAddress }) => `${template} ${toAddress}`);
  }

  /** The secretariat, signed in just now. */
  secretariat(): Promise<Api> {
    return signIn(this.app, 'sekretariat@ddh.test');
  }

  /** Lets an agent sign in with a password. */
  async signInAs(agent: NoticedAgent): Promise<Api> {
    const hash = await hashPassword(PASSWORD);
    await this.app
      .get(UnitOfWork)
      .run((tx) => tx.query('UPDATE person SET passwordHash = ? WHERE id = ?', [hash, agent.personId]));
    return signIn(this.app, agent.email);
  }

  async depart(agent: { id: number }, on: LocalDate): Promise<void> {
    const { body } = await (await this.secretariat()).get('/me');
    const by = {
      personId: body['personId'] as number,
      sessionId: 0,
      name: '',
      language: 'da',
      roles: ['secretariat' as const],
      strength: 'full' as const,
      via: 'bearer' as const,
      agentId: null,
      municipalityCodes: [],
    };
    await this.app.get(DepartureService).depart(agent.id, on, by, CALL);
  }

  /** Makes somebody the deputy of another leader. */
  async deputise(leaderId: number, deputyId: number): Promise<void> {
    await this.app
      .get(UnitOfWork)
      .run((tx) => tx.update(RoleAssignment, { personId: leaderId, role: 'leader' }, { deputyId }));
  }

  /** Notes that somebody is away in December. */
  async away(personId: number): Promise<void> {
    const absence = { personId, fromOn: '2026-12-01', toOn: '2026-12-31', createdAt: this.app.clock.now() };
    await this.app.get(UnitOfWork).run((tx) => tx.insert(Absence, absence));
  }
}
