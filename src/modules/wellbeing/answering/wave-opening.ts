import { Injectable } from '@nestjs/common';
import { insertRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import type { SurveyCell } from '../entities/survey-cell.entity.js';
import type { SurveySum } from '../entities/survey-sum.entity.js';
import type { SurveyToken } from '../entities/survey-token.entity.js';
import { OTHER } from '../results/breakdowns.rules.js';
import type { Question } from '../waves/question.js';
import { byDimension } from './answer.rules.js';
import type { Groups } from './invitation.rules.js';
import { sizesBy } from './sharing.rules.js';
import { sealGroups } from './token-groups.js';
import type { WaveSecret } from './wave-secret.js';

const TOGETHER = 200;

/** Somebody who gets a link. */
export type InvitedPerson = Groups & { personId: number; language: string };

/** Writes what an open wave needs: links in an order that tells nothing, sums that begin anywhere, and who was asked as mere numbers. */
@Injectable()
export class WaveOpening {
  async write(
    tx: Tx,
    surveyId: number,
    people: readonly InvitedPerson[],
    questions: readonly Question[],
    secret: WaveSecret,
  ): Promise<void> {
    await insertAll<SurveyToken>(tx, 'survey_token', tokensOf(surveyId, people, secret));
    const dimensions = ['', ...byDimension(questions).map(([first]) => first!.dimension)];
    await insertAll<SurveySum>(tx, 'survey_sum', sumsOf(surveyId, people, dimensions, secret));
    await insertAll<SurveyCell>(tx, 'survey_cell', cellsOf(surveyId, people));
  }
}

/** In the order of their hashes, which has nothing to do with that of the people. */
function tokensOf(surveyId: number, people: readonly InvitedPerson[], secret: WaveSecret): SurveyToken[] {
  return people
    .map(({ personId, municipalityGroup, tenureGroup, stamps, language }): SurveyToken => {
      const groups = { municipalityGroup, tenureGroup, stamps, language };
      return {
        tokenHash: secret.tokenHashOf(personId),
        surveyId,
        isUsed: false,
        sealedGroups: sealGroups(secret.tokenOf(personId), groups),
      };
    })
    .sort((a, b) => (a.tokenHash < b.tokenHash ? -1 : 1));
}

function sumsOf(
  surveyId: number,
  people: readonly InvitedPerson[],
  dimensions: readonly string[],
  secret: WaveSecret,
): SurveySum[] {
  const groups = [
    ...groupsIn(people, 'municipality', (one) => one.municipalityGroup),
    ...groupsIn(people, 'tenure', (one) => one.tenureGroup),
  ];
  return groups.flatMap(({ breakdown, groupKey }) =>
    dimensions.map((dimension) => ({
      surveyId,
      breakdown,
      groupKey,
      dimension,
      answers: secret.beginningOf(breakdown, groupKey, dimension, 'answers'),
      total: secret.beginningOf(breakdown, groupKey, dimension, 'total'),
    })),
  );
}

function groupsIn(
  people: readonly InvitedPerson[],
  breakdown: SurveySum['breakdown'],
  keyOf: (one: InvitedPerson) => string,
) {
  const keys = [...sizesBy(people, keyOf).keys()].filter((key) => key !== OTHER);
  return keys.sort().map((groupKey) => ({ breakdown, groupKey }));
}

function cellsOf(surveyId: number, people: readonly InvitedPerson[]): SurveyCell[] {
  const keyOf = ({ municipalityGroup, tenureGroup, stamps }: InvitedPerson) =>
    [municipalityGroup, tenureGroup, stamps ?? ''].join('|');
  return [...sizesBy(people, keyOf)].map(([key, invited]) => {
    const [municipalityGroup, tenureGroup, stamps] = key.split('|') as [string, string, string];
    return { surveyId, municipalityGroup, tenureGroup, stamps, invited };
  });
}

async function insertAll<Row>(
  tx: Tx,
  table: string,
  rows: readonly Parameters<typeof insertRows<Row>>[2][number][],
): Promise<void> {
  for (let from = 0; from < rows.length; from += TOGETHER)
    await insertRows<Row>(tx, table, rows.slice(from, from + TOGETHER));
}
