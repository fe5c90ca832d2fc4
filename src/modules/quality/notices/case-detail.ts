import { Injectable } from '@nestjs/common';
import { Database } from '../../../database/database.js';
import { ParticipationFacts, type Participation } from '../../onboarding/index.js';
import { CaseFigures, type FiguresOfCase } from './case-figures.js';
import { CaseTimeline, type CaseEvent } from './case-timeline.js';
import type { CaseRow } from './case.queries.js';

/** A case with all that stands beside it. */
export interface CaseInFull {
  kase: CaseRow;
  figures: FiguresOfCase;
  /** Possible causes, as facts. */
  participation: Participation;
  timeline: CaseEvent[];
}

/** Puts a case together for the secretariat and the leader; others get parts of it. */
@Injectable()
export class CaseDetail {
  constructor(
    private readonly database: Database,
    private readonly figures: CaseFigures,
    private readonly timeline: CaseTimeline,
    private readonly participation: ParticipationFacts,
  ) {}

  /** For whoever may see the case. */
  async of(kase: CaseRow): Promise<CaseInFull> {
    const source = this.database.reader.manager;
    const facts = await this.participation.of(source, [kase.agentId], kase.employedUntil);
    return {
      kase,
      figures: await this.figures.of(kase, source),
      // The period that the case is about: what came after it is nobody's business there.
      participation: { ...facts.get(kase.agentId)!, startOn: kase.employedFrom },
      timeline: await this.timeline.of(kase, source),
    };
  }
}
