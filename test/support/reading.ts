import type { Scope } from '../../src/common/access/scope.js';
import { DepartureService } from '../../src/modules/agents/index.js';
import { GuideService, ReceiptService, type NewGuideVersion } from '../../src/modules/guides/index.js';
import { MailDispatcher } from '../../src/modules/notifications/index.js';
import {
  AcuteGuides,
  GuideMinutes,
  GuideSpread,
  LeaderReadings,
  ReadingDigests,
} from '../../src/modules/readiness/index.js';
import { ShiftService } from '../../src/modules/shifts/index.js';
import { anAgent, buildWorld, type World } from './builders.js';
import { TestApp } from './test-app.js';

const EVERYONE: Scope = { kind: 'all' };
const CALL = { key: undefined, caller: 'test', route: 'test', body: null };
const HOUR = 3_600_000;

/** An agent of Aarhus as tests name it. */
export interface ReadingAgent {
  id: number;
  email: string;
}

/** Guides, shifts and what is mailed about them, with a clock that is moved. */
export class ReadingWorld {
  private constructor(
    readonly app: TestApp,
    readonly world: World,
    readonly personId: number,
  ) {}

  static async start(instant: string): Promise<ReadingWorld> {
    const app = await TestApp.start();
    app.clock.set(instant);
    const world = await buildWorld(app, { withCourse: false });
    const { body } = await world.secretariat.get('/me');
    return new ReadingWorld(app, world, body['personId']);
  }

  /** An agent who was here before Vagtklar, and so gets no welcome. */
  async agent(changes: Record<string, unknown> = {}, by = this.world.leader): Promise<ReadingAgent> {
    const input = anAgent({ kind: 'existing', startOn: '2025-01-06', ...changes });
    const { status, body } = await by.post('/agents', input);
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body as ReadingAgent;
  }

  /** Publishes a version, of a new guide unless one is named, and spreads it. */
  async publish(
    changes: Partial<NewGuideVersion> = {},
    guideId?: number,
  ): Promise<{ id: number; guideId: number }> {
    const guides = this.app.get(GuideService);
    const title = changes.title ?? 'Pas og kørekort';
    const id = guideId ?? (await guides.create(title, this.personId, CALL)).id;
    const version = await guides.publish(
      id,
      {
        title,
        changeNote: 'Gebyret er sat op.',
        url: 'https://guides.example/pas',
        minor: false,
        urgency: 'normal',
        minutes: 5,
        effectiveFrom: this.app.clock.now(),
        audience: { kind: 'all', codes: [] },
        ...changes,
      },
      this.personId,
      CALL,
    );
    await this.app.get(GuideSpread).run();
    return { id: version.id, guideId: id };
  }

  withdraw(versionId: number): Promise<void> {
    return this.app.get(GuideService).withdraw(versionId, this.personId);
  }

  /** Plans a shift of six hours. */
  plan(agent: ReadingAgent, startsAt: string): Promise<{ id: number; version: number }> {
    return this.app
      .get(ShiftService)
      .plan(EVERYONE, { agentId: agent.id, ...times(startsAt) }, this.by, CALL);
  }

  move(shift: { id: number; version: number }, startsAt: string): Promise<{ id: number; version: number }> {
    return this.app
      .get(ShiftService)
      .change(EVERYONE, shift.id, { version: shift.version, ...times(startsAt) }, this.personId);
  }

  cancel(shift: { id: number }): Promise<void> {
    return this.app.get(ShiftService).cancel(EVERYONE, shift.id, this.personId);
  }

  async read(agent: ReadingAgent, versionId: number): Promise<void> {
    await this.app.get(ReceiptService).read(versionId, agent.id);
  }

  async depart(agent: ReadingAgent, on: string): Promise<void> {
    const by = { ...this.principal, personId: this.personId };
    await this.app.get(DepartureService).depart(agent.id, on, by, CALL);
  }

  /** Everything that mails about reading, in the order of a server's timers, at an instant. */
  async runAt(instant: string, { send = true } = {}): Promise<void> {
    this.app.clock.set(instant);
    await this.app.get(GuideSpread).run();
    await this.app.get(AcuteGuides).run();
    await this.app.get(ReadingDigests).run();
    await this.app.get(LeaderReadings).run();
    await this.app.get(GuideMinutes).run();
    if (send) await this.app.get(MailDispatcher).run();
  }

  /** How many mails of a template are in a state. */
  count(template: string, state = 'sent'): Promise<number> {
    return this.app.count('mail', `template = '${template}' AND state = '${state}'`);
  }

  private get by() {
    return { personId: this.personId, source: 'api' as const };
  }

  private readonly principal = {
    sessionId: 0,
    name: '',
    language: 'da',
    roles: ['secretariat' as const],
    strength: 'full' as const,
    via: 'bearer' as const,
    agentId: null,
    municipalityCodes: [],
  };
}

function times(startsAt: string): { startsAt: Date; endsAt: Date } {
  const at = new Date(startsAt);
  return { startsAt: at, endsAt: new Date(at.getTime() + 6 * HOUR) };
}
