import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../common/access/principal.js';
import { DomainError } from '../common/domain-error.js';
import { addDays, instantAt, type LocalDate } from '../common/local-date.js';
import { ENV, type Env } from '../config/env.js';
import { Database } from '../database/database.js';
import { selectRows } from '../database/sql.js';
import type { Tx } from '../database/unit-of-work.js';
import { Employment, EmploymentService } from '../modules/agents/index.js';
import { Enrolment, EnrolmentService } from '../modules/courses/index.js';
import { RegistrationService } from '../modules/onboarding/index.js';
import { DemoPeople } from './demo-people.js';
import { demoName } from './demo-names.js';
import { demoEmail, demoKind, demoRegisteredOn, demoStartOn, hasAttendedBefore } from './demo-agent-plan.js';
import { DEMO_MEMBERS } from './demo-organisation.js';

/** The agent whom everybody may sign in as. */
const ON_THE_WAY = 'agent@vagtklar.test';

/** The agents of a demonstration, by a fixed rule. */
@Injectable()
export class DemoAgents {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly database: Database,
    private readonly people: DemoPeople,
    private readonly employments: EmploymentService,
    private readonly enrolments: EnrolmentService,
    private readonly registration: RegistrationService,
  ) {}

  /** Three of four were there before Vagtklar; of the new ones some are through, some have begun, some have not. */
  async add(tx: Tx, n: number, leaders: Map<string, number>, today: LocalDate): Promise<void> {
    const municipalityCode = DEMO_MEMBERS[n % DEMO_MEMBERS.length]!;
    const isExisting = demoKind(n) === 'existing';
    const person = { ...demoName(n), email: demoEmail(n), passwordHash: null };
    const personId = await this.people.add(tx, person, ['agent'], municipalityCode);
    const startOn = demoStartOn(n, today);
    const { agentId } = await this.employments.begin(tx, {
      personId,
      isNewPerson: true,
      municipalityCode,
      leaderId: leaders.get(municipalityCode) ?? null,
      kind: demoKind(n),
      startOn,
      firstShiftOn: isExisting ? null : addDays(startOn, 14),
      phoneSystemId: `P${1000 + n}`,
      onboardingAttendedOn: hasAttendedBefore(n) ? addDays(startOn, 20) : null,
    });
    await this.enrolments.enrolInCurrent(tx, personId, 'agent');
    // As if they had been registered when they began, so that a report as of an earlier day shows them.
    const registeredAt = instantAt(demoRegisteredOn(n, today), '10:00', this.env.TZ_NAME);
    await tx.update(Enrolment, { personId }, { createdAt: registeredAt });
    await tx.update(Employment, { openAgentId: agentId }, { createdAt: registeredAt });
    const hasBegun = isExisting || n % 3 !== 0;
    if (hasBegun) await this.learn(tx, personId, addDays(today, -3 - n), isExisting || n % 3 === 1);
  }

  /**
   * The agent to sign in as is registered the ordinary way, so that the welcome mail lies in the outbox. Gives who it is, also
   * when that was done before, here or elsewhere.
   */
  async registerOnTheWay(today: LocalDate): Promise<number> {
    if ((await this.personWith(ON_THE_WAY)) === undefined)
      await this.register(today).catch((error: unknown) => {
        if (!(error instanceof DomainError && error.code === 'agent_already_registered')) throw error;
      });
    return (await this.personWith(ON_THE_WAY))!;
  }

  private async register(today: LocalDate): Promise<void> {
    const leader: Principal = {
      personId: (await this.personWith('leder.751@vagtklar.test'))!,
      sessionId: 0,
      name: '',
      language: 'da',
      roles: ['leader'],
      strength: 'full',
      via: 'cookie',
      agentId: null,
      municipalityCodes: ['751'],
    };
    await this.registration.register(
      {
        firstName: 'Anna',
        lastName: 'Ny',
        email: ON_THE_WAY,
        phone: '+4512345678',
        startOn: addDays(today, 7),
        firstShiftOn: addDays(today, 14),
        kind: 'new',
        language: 'da',
      },
      leader,
      { key: undefined, caller: 'demo', route: 'demo', body: null },
      'da',
    );
  }

  private async personWith(email: string): Promise<number | undefined> {
    return (await this.database.selectOne<{ id: number }>('SELECT id FROM person WHERE email = ?', [email]))
      ?.id;
  }

  private async learn(tx: Tx, personId: number, on: LocalDate, finishes: boolean): Promise<void> {
    const [enrolment] = await selectRows<{ id: number }>(tx, 'SELECT id FROM enrolment WHERE personId = ?', [
      personId,
    ]);
    if (!enrolment) return;
    await this.enrolments.record(tx, enrolment.id, {
      occurredAt: instantAt(on, '13:30', this.env.TZ_NAME),
      completion: finishes ? 'completed' : 'incomplete',
      success: finishes ? 'passed' : null,
      scoreScaled: finishes ? 0.9 : null,
      seconds: null,
      source: 'demo',
      inboxMessageId: null,
    });
  }
}
