import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { MunicipalityService } from '../municipalities/index.js';
import { PeopleService } from './people.service.js';
import { faulty } from './users.service.js';

/** Names first leaders. */
@Injectable()
export class FirstLeaderService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly people: PeopleService,
    private readonly municipalities: MunicipalityService,
  ) {}

  /** @throws DomainError `not_found`, `unknown_leader` when the person does not lead the municipality */
  async name(code: string, personId: number, actorPersonId: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.people.leads(tx, personId, code)))
        throw faulty('unknown_leader', 'primaryLeaderId', 'rule');
      await this.municipalities.setPrimaryLeader(tx, code, personId, actorPersonId);
    });
  }
}
