import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { localDateOf } from '../common/local-date.js';
import { ENV, type Env } from '../config/env.js';
import { Database } from '../database/database.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { hashPassword, Person } from '../modules/identity/index.js';
import { DemoAgents } from './demo-agents.js';
import { DemoOrganisation } from './demo-organisation.js';

const PASSWORD = 'vagtklar-demo';
const AGENTS = 29;

/** A believable small DDH: three municipalities, three in the secretariat, three leaders, thirty agents. */
@Injectable()
export class DemoService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly organisation: DemoOrganisation,
    private readonly agents: DemoAgents,
  ) {}

  /** Fills an empty database; one that holds anybody is left alone. */
  async fillIfEmpty(): Promise<void> {
    if (await this.database.selectOne('SELECT id FROM person LIMIT 1')) return;
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const passwordHash = await hashPassword(PASSWORD);
    const leaders = await this.unitOfWork.run(async (tx) => {
      await this.organisation.addOnboardingDays(tx, today);
      await this.organisation.addCourse(tx);
      const byMunicipality = await this.organisation.addStaff(tx, passwordHash);
      for (let n = 0; n < AGENTS; n += 1) await this.agents.add(tx, n, byMunicipality, today);
      return byMunicipality;
    });
    const personId = await this.agents.registerOnTheWay(leaders.get('751')!, today);
    await this.unitOfWork.run((tx) => tx.update(Person, { id: personId }, { passwordHash, isDemo: true }));
  }
}
