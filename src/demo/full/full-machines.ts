import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { hashToken, randomToken, SecretBox } from '../../common/crypto.js';
import { addDays, instantAt, type LocalDate } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { insertRow } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import type { ApiToken } from '../../modules/identity/index.js';
import type { SavedReport } from '../../modules/reports/index.js';
import type { Connection, InboxMessage } from '../../modules/tracking/index.js';
import { insertMany, peopleByEmail } from './demo-writing.js';
import { DEMO_HOST } from './full-learning.js';
import type { DemoPlan } from './plan.js';

/** What the tracking module encrypts secrets of connections for. */
const CONNECTION_SECRETS = 'connection-secrets';

/** What machines have to do with: a connection with messages that fit nobody, an API token, a saved report. */
@Injectable()
export class FullMachines {
  constructor(@Inject(ENV) private readonly env: Env) {}

  async write(tx: Tx, { today, goLive }: DemoPlan): Promise<void> {
    const people = await peopleByEmail(tx);
    const secretariatId = people.get('sekretariat@vagtklar.test')!;
    const connectionId = await insertRow<Connection>(tx, 'connection', {
      connectionKey: randomBytes(10).toString('hex'),
      name: DEMO_HOST,
      shape: 'own',
      // Nobody has seen this secret; a new one can be made in the settings.
      sealedSecret: new SecretBox(this.env.APP_SECRET, CONNECTION_SECRETS).seal(
        `whsec_${randomBytes(32).toString('base64')}`,
      ),
      previousSecret: null,
      previousSecretEndsAt: null,
      courseIds: null,
      createdAt: this.at(goLive),
      refusedCount: 0,
      refusedSince: null,
      lastRefusedAt: null,
      lastRefusalReason: null,
      version: 1,
    });
    await this.addUnmatched(tx, connectionId, today);
    await insertRow<ApiToken>(tx, 'api_token', {
      name: 'Power BI',
      tokenHash: hashToken(randomToken()),
      scopes: 'agents:read reports:read',
      createdByPersonId: secretariatId,
      createdAt: this.at(addDays(today, -140)),
      expiresAt: this.at(addDays(today, 225)),
      lastUsedAt: this.at(addDays(today, -1)),
      revokedAt: null,
    });
    await insertRow<SavedReport>(tx, 'saved_report', {
      personId: secretariatId,
      name: 'Mangler e-læringen',
      query: '?state=not_started',
      createdAt: this.at(addDays(today, -90)),
    });
  }

  /** A private address, a course nobody has made, and a message of another form. */
  private async addUnmatched(tx: Tx, connectionId: number, today: LocalDate): Promise<void> {
    const said = (on: LocalDate, email: string, code: string) => ({
      type: 'course.completed',
      occurredAt: this.at(on).toISOString(),
      learner: { email },
      course: { code },
    });
    const messages = [
      [-11, said(addDays(today, -11), 'privat.adresse@example.test', 'intro'), 'unknown_learner_or_course'],
      [
        -5,
        said(addDays(today, -5), 'agent.12@vagtklar.test', 'introduktion-2019'),
        'unknown_learner_or_course',
      ],
      [-2, { event: 'test', message: 'Hello from the e-learning host' }, 'not_understood'],
    ] as const;
    await insertMany<InboxMessage>(
      tx,
      'inbox_message',
      messages.map(([days, body, reason], index) => ({
        connectionId,
        messageId: `demo-unmatched-${index}`,
        messageHash: hashToken(`demo-unmatched-${index}`),
        body: JSON.stringify(body),
        status: 'unmatched',
        reason,
        enrolmentId: null,
        learnerKey: null,
        receivedAt: this.at(addDays(today, days)),
      })),
    );
  }

  private at(on: LocalDate): Date {
    return instantAt(on, '08:45', this.env.TZ_NAME);
  }
}
