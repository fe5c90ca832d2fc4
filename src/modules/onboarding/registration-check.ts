import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../common/access/principal.js';
import { seesAll } from '../../common/access/scope.js';
import { Clock } from '../../common/clock.js';
import { DomainError, type FieldFault } from '../../common/domain-error.js';
import { localDateOf } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { leaderFor } from '../agents/index.js';
import { PeopleQueries, type LeaderRow } from '../identity/index.js';
import { MunicipalityQueries, type MunicipalityRow } from '../municipalities/index.js';
import type { Registration } from './agent-registrar.js';
import { municipalityFor, registrationFaults } from './registration.rules.js';
import type { RegisterAgent } from './registration.schemas.js';

/** Reads and checks everything a registration refers to, before its unit of work begins. */
@Injectable()
export class RegistrationCheck {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly people: PeopleQueries,
    private readonly municipalities: MunicipalityQueries,
  ) {}

  /** The registration with its municipality and leader. @throws DomainError `invalid_registration` */
  async complete(input: RegisterAgent, by: Principal): Promise<Registration> {
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const faults = registrationFaults(input, today);
    if (faults.length > 0) throw refusal(faults);
    const municipality = await this.municipalityOf(input, by, input.startOn > today ? input.startOn : today);
    const leaders = await this.people.leaders([municipality.code]);
    return {
      input,
      municipality,
      leader: chooseLeader(input, by, municipality, leaders),
      today,
      holdsDays: false,
      actorId: by.personId,
      isSecretariat: seesAll(by),
    };
  }

  private async municipalityOf(input: RegisterAgent, by: Principal, on: string): Promise<MunicipalityRow> {
    const own = seesAll(by) ? 'all' : by.municipalityCodes;
    const choice = municipalityFor(input.municipalityCode, own);
    if ('fault' in choice) throw refusal([choice.fault]);
    const municipality = await this.municipalities.find(choice.code, on);
    if (!municipality) throw refusal([{ field: 'municipalityCode', code: 'unknown_municipality' }]);
    if (!municipality.isMember) throw refusal([{ field: 'municipalityCode', code: 'not_a_member' }]);
    return municipality;
  }
}

function chooseLeader(
  input: RegisterAgent,
  by: Principal,
  municipality: MunicipalityRow,
  leaders: LeaderRow[],
): LeaderRow | null {
  const choice = leaderFor({
    named: input.leaderId,
    registering: by.personId,
    first: municipality.primaryLeaderId,
    leadersOfMunicipality: leaders.map((leader) => leader.personId),
  });
  if ('fault' in choice) throw refusal([{ field: 'leaderId', code: choice.fault }]);
  return leaders.find((leader) => leader.personId === choice.leaderId) ?? null;
}

function refusal(faults: FieldFault[]): DomainError {
  return new DomainError('invalid_registration', 'rule', { faults });
}
