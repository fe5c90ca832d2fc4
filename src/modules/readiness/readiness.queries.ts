import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { localDateOf } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { Database } from '../../database/database.js';
import { MOST_AGENTS, ReadinessFacts, type KnownAgent } from './readiness-facts.js';
import { ReadinessPolicyQueries } from './readiness-policy.queries.js';
import { employmentOn, readinessOf, type EmploymentFact, type Readiness } from './readiness.rules.js';

/** An agent at an instant, such as the start of a shift. */
export interface ReadinessQuestion {
  agentId: number;
  at: Date;
}

/** The answer, before anybody has made an exception, with whose agent it is on that day. */
export interface ReadinessAnswer extends Readiness {
  agentId: number;
  at: Date;
  personId: number;
  /** The period that decides whose the shift is (`employmentOn`). */
  employment: EmploymentFact;
}

/** Whether agents are ready; always derived from the facts as they are now, never remembered. */
@Injectable()
export class ReadinessQueries {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly database: Database,
    private readonly facts: ReadinessFacts,
    private readonly policy: ReadinessPolicyQueries,
  ) {}

  /** One agent at an instant; undefined for one who was never employed. Inside a unit of work pass its tx. */
  async one(question: ReadinessQuestion, source?: EntityManager): Promise<ReadinessAnswer | undefined> {
    const [answer] = await this.answers([question], source);
    return answer;
  }

  /**
   * Many agents at many instants, in the order of the questions, by a handful of statements. Those about agents who were never
   * employed are left out.
   */
  async answers<Q extends ReadinessQuestion>(
    questions: readonly Q[],
    source: EntityManager = this.database.reader.manager,
  ): Promise<(Q & ReadinessAnswer)[]> {
    if (questions.length === 0) return [];
    const [{ unreadGuide }, known] = await Promise.all([
      this.policy.current(source),
      this.known(questions, source),
    ]);
    const answers: (Q & ReadinessAnswer)[] = [];
    for (const question of questions) {
      const facts = known.get(question.agentId);
      if (!facts) continue;
      const when = { at: question.at, on: localDateOf(question.at, this.env.TZ_NAME) };
      const employment = employmentOn(facts.employments, when.on)!;
      const { ready, reasons } = readinessOf(facts, when, unreadGuide);
      // One spread in front of named fields is what the engine is quick at; there may be thousands.
      answers.push({ ...question, personId: facts.personId, employment, ready, reasons });
    }
    return answers;
  }

  private async known(
    questions: readonly ReadinessQuestion[],
    source: EntityManager,
  ): Promise<Map<number, KnownAgent>> {
    const agentIds = [...new Set(questions.map(({ agentId }) => agentId))];
    const [first, last] = ends(questions);
    const known = new Map<number, KnownAgent>();
    for (let from = 0; from < agentIds.length; from += MOST_AGENTS)
      for (const [agentId, facts] of await this.facts.of(
        source,
        agentIds.slice(from, from + MOST_AGENTS),
        first,
        last,
      ))
        known.set(agentId, facts);
    return known;
  }
}

function ends(questions: readonly ReadinessQuestion[]): [Date, Date] {
  let first = questions[0]!.at;
  let last = first;
  for (const { at } of questions) {
    if (at < first) first = at;
    if (at > last) last = at;
  }
  return [first, last];
}
