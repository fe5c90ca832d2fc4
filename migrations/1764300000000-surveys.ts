import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  decimal,
  flag,
  id,
  instant,
  integer,
  json,
  localDate,
  longText,
  nullable,
  text,
} from './support/columns.js';
import { createTables, dropTables, type TablePlan } from './support/tables.js';

const PRIMARY = { isPrimary: true } as const;
const survey = (table: string) => ({ name: `fk_${table}_survey`, column: 'surveyId', references: 'survey' });
const person = (name: string, column: string) => ({ name, column, references: 'person' });

const WAVES: TablePlan[] = [
  {
    name: 'survey',
    columns: [
      id(),
      text('title', 150),
      integer('year'),
      text('state', 10),
      flag('isBaseline'),
      integer('minimumGroup'),
      localDate('closesOn', nullable),
      integer('invited', nullable),
      integer('answered', nullable),
      integer('rateShown', nullable),
      localDate('rateShownOn', nullable),
      longText('sealedSecret', nullable),
      localDate('remindedOn', nullable),
      instant('openedAt', nullable),
      instant('closedAt', nullable),
      instant('publishedAt', nullable),
      longText('messageDa', nullable),
      longText('messageEn', nullable),
      integer('createdByPersonId'),
      instant('createdAt'),
      integer('version'),
    ],
    indices: { ix_survey_state: ['state'] },
  },
  {
    name: 'survey_question',
    columns: [
      integer('surveyId', PRIMARY),
      integer('position', PRIMARY),
      text('questionKey', 40),
      text('dimension', 40),
      text('dimensionDa', 100),
      text('dimensionEn', 100),
      text('kind', 10),
      integer('scaleMin'),
      integer('scaleMax'),
      text('direction', 10),
      text('textDa', 500),
      text('textEn', 500),
      json('labelsDa'),
      json('labelsEn'),
    ],
    foreignKeys: [survey('survey_question')],
  },
  {
    name: 'survey_result',
    columns: [
      integer('surveyId', PRIMARY),
      text('breakdown', 20, PRIMARY),
      text('groupKey', 20, PRIMARY),
      text('parameter', 40, PRIMARY),
      integer('answers', nullable),
      integer('invited', nullable),
      decimal('mean', nullable),
      decimal('deviation', nullable),
    ],
    foreignKeys: [survey('survey_result')],
  },
  {
    name: 'survey_import',
    columns: [
      id(),
      integer('surveyId'),
      text('fileName', 200),
      text('state', 10),
      json('mapping'),
      json('sealedTable', nullable),
      integer('written', nullable),
      integer('actorPersonId'),
      instant('createdAt'),
    ],
    indices: { ix_survey_import_survey: ['surveyId'], ix_survey_import_created: ['createdAt'] },
    foreignKeys: [survey('survey_import'), person('fk_survey_import_person', 'actorPersonId')],
  },
];

/** The tables of an open wave. None of them knows a person or an instant, and those with random keys lie in the order of these. */
const ANSWERS: TablePlan[] = [
  {
    name: 'survey_token',
    columns: [
      text('tokenHash', 64, PRIMARY),
      integer('surveyId'),
      flag('isUsed'),
      longText('sealedGroups', nullable),
    ],
    indices: { ix_survey_token_survey: ['surveyId', 'isUsed'] },
    foreignKeys: [survey('survey_token')],
    withoutRowid: true,
  },
  {
    name: 'survey_answer',
    columns: [
      text('id', 36, PRIMARY),
      integer('surveyId'),
      text('dimension', 40),
      json('content'),
      decimal('score'),
      flag('stampCompleted', nullable),
      flag('stampAttended', nullable),
    ],
    indices: { ix_survey_answer_survey: ['surveyId', 'dimension'] },
    foreignKeys: [survey('survey_answer')],
    withoutRowid: true,
  },
  {
    name: 'survey_comment',
    columns: [text('id', 36, PRIMARY), integer('surveyId'), text('questionKey', 40), longText('comment')],
    indices: { ix_survey_comment_survey: ['surveyId', 'questionKey'] },
    foreignKeys: [survey('survey_comment')],
    withoutRowid: true,
  },
  {
    name: 'survey_sum',
    columns: [
      integer('surveyId', PRIMARY),
      text('breakdown', 20, PRIMARY),
      text('groupKey', 20, PRIMARY),
      text('dimension', 40, PRIMARY),
      integer('answers'),
      integer('total'),
    ],
    foreignKeys: [survey('survey_sum')],
  },
  {
    name: 'survey_cell',
    columns: [
      integer('surveyId', PRIMARY),
      text('municipalityGroup', 20, PRIMARY),
      text('tenureGroup', 20, PRIMARY),
      text('stamps', 2, PRIMARY),
      integer('invited'),
    ],
    foreignKeys: [survey('survey_cell')],
  },
];

const TABLES = [...WAVES, ...ANSWERS];

/** Wellbeing surveys: waves with their questions, answers that belong to nobody, and results that are fixed. */
export class Surveys1764300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, TABLES);
  }
}
