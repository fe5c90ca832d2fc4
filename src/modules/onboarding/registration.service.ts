import { Injectable } from '@nestjs/common';
import type { Principal } from '../../common/access/principal.js';
import { Idempotency, type IdempotentCall } from '../../database/idempotency.js';
import { translator } from '../../web/i18n/translate.js';
import { SeatGone } from '../onboarding-days/index.js';
import { AgentRegistrar } from './agent-registrar.js';
import type { AgentView } from './agent-view.js';
import { RegistrationCheck } from './registration-check.js';
import type { RegisterAgent } from './registration.schemas.js';

/** Registers agents: everything that follows from it happens in one unit of work, or not at all. */
@Injectable()
export class RegistrationService {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly check: RegistrationCheck,
    private readonly registrar: AgentRegistrar,
  ) {}

  /**
   * Registers an agent for somebody in the secretariat or a leader.
   * @throws DomainError `invalid_registration` naming the fields, `agent_already_registered`,
   * `agent_known_elsewhere`, `phone_system_id_taken`
   */
  async register(
    input: RegisterAgent,
    by: Principal,
    call: IdempotentCall,
    language: string,
  ): Promise<AgentView> {
    const answered = await this.idempotency.recall<AgentView>(call);
    if (answered) return answered;
    const registration = await this.check.complete(input, by);
    const write = (holdsDays: boolean) =>
      this.idempotency.run(call, (tx) =>
        this.registrar.register(tx, { ...registration, holdsDays }, translator(language)),
      );
    try {
      return await write(false);
    } catch (error) {
      if (error instanceof SeatGone) return write(true);
      throw error;
    }
  }
}
