import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { DigestContents } from './digest-contents.queries.js';
import { DigestMail } from './digest.mail.js';
import type { DueAgent } from './due-agents.queries.js';
import { NoticeWriter, type ToldVersion } from './notice-writer.js';

/** So many agents in one unit of work: others who write wait no longer than that takes. */
const TOGETHER = 50;

/** Queues digests and notes what they tell, in one unit of work. */
@Injectable()
export class DigestWriter {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly contents: DigestContents,
    private readonly mail: DigestMail,
    private readonly notices: NoticeWriter,
  ) {}

  /** Queues the digests of agents to whom one is due; whoever has read everything meanwhile gets none. */
  async write(due: readonly DueAgent[]): Promise<void> {
    for (let from = 0; from < due.length; from += TOGETHER)
      await this.writeSome(due.slice(from, from + TOGETHER));
  }

  private writeSome(due: readonly DueAgent[]): Promise<void> {
    const byAgent = new Map(due.map((one) => [one.agentId, one]));
    return this.unitOfWork.run(async (tx) => {
      const told: (ToldVersion & { mailId: number })[] = [];
      for (const agent of await this.contents.read(tx, [...byAgent.keys()])) {
        const { agentId, versions } = agent;
        const mailId = await this.mail.queue(tx, agent, byAgent.get(agentId)!);
        if (mailId !== null)
          told.push(...versions.map(({ versionId, startsAt }) => ({ agentId, versionId, startsAt, mailId })));
      }
      await this.notices.agentsTold(tx, told);
    });
  }
}
