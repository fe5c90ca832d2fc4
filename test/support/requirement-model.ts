import { toInstant, toInstantOrNull } from '../../src/database/sql.js';
import type { TestApp } from './test-app.js';

/** A requirement as tests compare it. */
export interface ModelRequirement {
  agentId: number;
  versionId: number;
  dueAt: string | null;
  readAt: string | null;
}

interface Version {
  id: number;
  guideId: number;
  number: number;
  courseId: number | null;
  isMinor: boolean;
  isAcute: boolean;
  effectiveFrom: number;
  publishedAt: number;
  isWithdrawn: boolean;
  kind: string;
  codes: string[];
  archivedAt: number | null;
}

const HOUR = 3_600_000;

/** What the product keeps bit by bit, reckoned from the bare facts instead: slowly, and without looking at what it keeps. */
export class RequirementModel {
  private constructor(
    private readonly versions: Version[],
    private readonly agents: { id: number; municipality: string; skills: string[] }[],
    private readonly receipts: { agentId: number; guideId: number; number: number; at: number }[],
    private readonly shifts: { agentId: number; at: number }[],
  ) {}

  static async read(app: TestApp): Promise<RequirementModel> {
    const codes = await app.rows<{ versionId: number; code: string }>(
      'SELECT versionId, code FROM guide_audience',
    );
    const skills = await app.rows<{ agentId: number; skill: string }>(
      'SELECT agentId, skill FROM agent_skill',
    );
    const versions = await app.rows<Record<string, string & number>>(
      `SELECT v.id, v.guideId, v.courseId, v.number, v.isMinor, v.urgency, v.effectiveFrom, v.publishedAt, v.withdrawnAt, v.audienceKind,
              g.archivedAt FROM guide_version v JOIN guide g ON g.id = v.guideId`,
    );
    const agents = await app.rows<{ id: number; municipality: string }>(
      'SELECT openAgentId AS id, municipalityCode AS municipality FROM employment WHERE openAgentId IS NOT NULL',
    );
    const receipts = await app.rows<{ agentId: number; versionId: number; readAt: string }>(
      'SELECT agentId, versionId, readAt FROM read_receipt',
    );
    const completions = await app.rows<{ agentId: number; courseId: number; completedAt: string | null }>(
      `SELECT a.id AS agentId, e.courseId, e.completedAt FROM enrolment e JOIN agent a ON a.personId = e.personId
        WHERE e.state IN ('completed', 'waived')`,
    );
    const shifts = await app.rows<{ agentId: number; startsAt: string }>(
      'SELECT agentId, startsAt FROM shift',
    );
    const read: Version[] = versions.map((row) => ({
      id: row['id']!,
      guideId: row['guideId']!,
      number: row['number']!,
      courseId: row['courseId'] ?? null,
      isMinor: Boolean(row['isMinor']),
      isAcute: row['urgency'] === 'acute',
      effectiveFrom: toInstant(row['effectiveFrom']!).getTime(),
      publishedAt: toInstant(row['publishedAt']!).getTime(),
      isWithdrawn: row['withdrawnAt'] !== null,
      kind: row['audienceKind']!,
      codes: codes.filter(({ versionId }) => versionId === row['id']).map(({ code }) => code),
      archivedAt: toInstantOrNull(row['archivedAt']!)?.getTime() ?? null,
    }));
    const answered = read.flatMap((version) =>
      completions
        .filter(({ courseId }) => courseId === version.courseId)
        .map(({ agentId, completedAt }) => ({
          agentId,
          guideId: version.guideId,
          number: version.number,
          at: completedAt ? toInstant(completedAt).getTime() : version.publishedAt,
        })),
    );
    return new RequirementModel(
      read,
      agents.map((agent) => ({
        ...agent,
        skills: skills.filter(({ agentId }) => agentId === agent.id).map(({ skill }) => skill),
      })),
      [
        ...answered,
        ...receipts.map(({ agentId, versionId, readAt }) => {
          const { guideId, number } = read.find(({ id }) => id === versionId)!;
          return { agentId, guideId, number, at: toInstant(readAt).getTime() };
        }),
      ],
      shifts.map(({ agentId, startsAt }) => ({ agentId, at: toInstant(startsAt).getTime() })),
    );
  }

  /** All requirements, by agent and version. */
  requirements(): ModelRequirement[] {
    return this.agents
      .flatMap((agent) =>
        this.versions
          .filter((version) => this.isEverAsked(version) && this.isMeantFor(version, agent.id))
          .map((version) => ({
            agentId: agent.id,
            versionId: version.id,
            dueAt: iso(
              this.shifts
                .filter(({ agentId, at }) => agentId === agent.id && this.asks(version, at))
                .map(({ at }) => at),
            ),
            readAt: iso(this.answers(version, agent.id)),
          })),
      )
      .sort((a, b) => a.agentId - b.agentId || a.versionId - b.versionId);
  }

  /** The versions a shift that starts then asks the agent for and that the agent has not answered. */
  unread(agentId: number, at: number): number[] {
    return this.versions
      .filter(
        (version) =>
          this.isMeantFor(version, agentId) &&
          this.asks(version, at) &&
          this.answers(version, agentId).length === 0,
      )
      .map(({ id }) => id)
      .sort((a, b) => a - b);
  }

  private isMeantFor({ kind, codes }: Version, agentId: number): boolean {
    const agent = this.agents.find(({ id }) => id === agentId);
    if (!agent) return false;
    if (kind === 'all') return true;
    return codes.some((code) =>
      kind === 'skills' ? agent.skills.includes(code) : agent.municipality === code,
    );
  }

  /** Whether the version is the one of its guide that a shift at that instant goes by. */
  private asks(version: Version, at: number): boolean {
    if (version.isWithdrawn || this.from(version) > at) return false;
    if (version.archivedAt !== null && version.archivedAt <= at) return false;
    return !this.later(version).some((other) => this.from(other) <= at);
  }

  /** Asked at any instant: right when it begins, if at all, since what follows only takes away. */
  private isEverAsked(version: Version): boolean {
    return this.asks(version, this.from(version));
  }

  /** When it begins to count: a minor version not before the last one that was not minor, and without a grace of its own. */
  private from(version: Version): number {
    const own = Math.max(version.effectiveFrom, version.publishedAt);
    const mended = this.versions
      .filter(
        (other) =>
          other.guideId === version.guideId &&
          other.number < version.number &&
          !other.isMinor &&
          !other.isWithdrawn,
      )
      .sort((a, b) => b.number - a.number)[0];
    if (version.isMinor && mended) return Math.max(own, this.from(mended));
    return own + (version.isAcute ? 72 * HOUR : 0);
  }

  private later({ guideId, number }: Version): Version[] {
    return this.versions.filter(
      (other) => other.guideId === guideId && other.number > number && !other.isWithdrawn,
    );
  }

  /** When receipts were given of this version, of a later one, or of an earlier one with nothing but minor changes since. */
  private answers(version: Version, agentId: number): number[] {
    return this.receipts
      .filter((receipt) => {
        if (receipt.agentId !== agentId || receipt.guideId !== version.guideId) return false;
        if (receipt.number >= version.number) return true;
        return !this.versions.some(
          (between) =>
            between.guideId === version.guideId &&
            between.number > receipt.number &&
            between.number <= version.number &&
            !between.isMinor &&
            (!between.isWithdrawn || between.id === version.id),
        );
      })
      .map(({ at }) => at);
  }
}

function iso(instants: number[]): string | null {
  return instants.length === 0 ? null : new Date(Math.min(...instants)).toISOString();
}
