import { WaveClock } from '../../src/modules/wellbeing/index.js';
import { addDays, localDateOf } from '../../src/common/local-date.js';
import { signIn, type Api } from '../support/api.js';
import { Browser } from '../support/browser-less.js';
import { addPerson, buildWorld, type World } from '../support/builders.js';
import { capturedMails } from '../support/captured.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import {
  addSurveyedAgents,
  allAnswered,
  answerSurvey,
  surveyLinks,
  type SurveyedAgent,
} from '../support/surveys.js';
import { TestApp } from '../support/test-app.js';

const BASELINE = `parameter;gennemsnit;antal svar;spredning;min;max
Mening;5,0;120;2,0;0;10
Arbejdsmængde;2,2;118;0,9;1;5
Løn;3;120;1;1;5
Kolleger;4;3;1;1;5`;

describe('surveys', () => {
  let app: TestApp;
  let world: World;
  let agents: SurveyedAgent[];
  let surveyId: number;
  let links: Map<string, string>;
  const results = (api: Api, by = 'total', id = surveyId) => api.get(`/surveys/${id}/results?by=${by}`);
  const rowsOf = async (api: Api, by: string) =>
    (await results(api, by)).body['items'] as Record<string, any>[];

  beforeAll(async () => {
    app = await TestApp.start();
    world = await buildWorld(app);
    const kinds = [
      ...Array.from({ length: 12 }, (_, n) => ({
        municipality: '751',
        years: n < 6 ? 4 : 0.2,
        isCompleted: true,
        hasAttended: n % 2 === 0,
      })),
      ...Array.from({ length: 9 }, (_, n) => ({
        municipality: '615',
        years: n < 4 ? 4 : 0.2,
        isCompleted: n < 7,
        hasAttended: n % 2 === 0,
      })),
    ];
    agents = await addSurveyedAgents(app, world.secretariat, kinds);
  });
  afterAll(() => app.stop());

  it('begins as a draft with the questions of the template', async () => {
    const { status, body } = await world.secretariat.post('/surveys', { title: 'Trivsel 2026', year: 2026 });
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'draft', k: 5, invited: null, responseRate: null });
    surveyId = body['id'];
    const { questions } = (await world.secretariat.get(`/surveys/${surveyId}`)).body;
    expect(questions).toHaveLength(21);
    expect((await world.leader.get(`/surveys/${surveyId}`)).status).toBe(404);
  });

  it('refuses questions that cannot be reckoned with', async () => {
    const question = {
      key: 'glad',
      dimension: 'glad',
      dimensionLabels: { da: 'Glad', en: 'Glad' },
      text: { da: 'Er du glad?', en: 'Are you glad?' },
    };
    for (const [questions, field, code] of [
      [[question, question], 'questions.1.key', 'key_taken'],
      [[{ ...question, scale: { min: 5, max: 5 } }], 'questions.0.scale.max', 'scale_reversed'],
      [[{ ...question, labels: { da: ['Nej'], en: [] } }], 'questions.0.labels.da', 'labels_do_not_fit'],
      [
        [question, { ...question, key: 'x', direction: 'neutral' }],
        'questions.1.direction',
        'direction_mixed',
      ],
    ] as const) {
      const { status, body } = await world.secretariat.post('/surveys', {
        title: 'X',
        year: 2026,
        questions,
      });
      expect([status, body['errors'][0]]).toMatchObject([400, { field, code }]);
    }
  });

  it('keeps k from being lowered, and never under five', async () => {
    const change = (k: number, version: number) =>
      world.secretariat.patch(`/surveys/${surveyId}`, { k, version });
    expect((await change(4, 1)).status).toBe(400);
    expect((await change(6, 1)).body).toMatchObject({ k: 6, version: 2 });
    expect((await change(5, 2)).body).toMatchObject({ status: 422, code: 'survey_k_too_low' });
    expect((await change(7, 1)).status).toBe(409);
    const { body } = await world.secretariat.post('/surveys', { title: 'Anden', year: 2026, k: 3 });
    expect(body).toMatchObject({ status: 400, errors: [{ field: 'k', code: 'fewest_too_low' }] });
  });

  it('opens by inviting everybody who is an agent', async () => {
    const { status, body } = await world.secretariat.post(`/surveys/${surveyId}/invitations`);
    expect([status, body]).toEqual([201, { kind: 'invitation', mails: 21 }]);
    links = await surveyLinks(app);
    expect([...links.keys()].sort()).toEqual(agents.map(({ email }) => email).sort());
    const [mail] = await capturedMails(app, agents[0]!.email);
    expect(mail!.subject).not.toContain('Anna');
    expect((await world.leader.get(`/surveys/${surveyId}`)).body).toMatchObject({
      state: 'open',
      invited: 21,
      responseRate: 0,
      answered: null,
      closesOn: addDays(localDateOf(app.clock.now()), 14),
    });
  });

  it('is answered once by each link, without a session', async () => {
    const link = links.get(agents[0]!.email)!;
    const page = await new Browser(app.url).get(link);
    expect(page.text).toContain('name="stamps" value="on" checked');
    const sent = await answerSurvey(app, link, allAnswered(5, { elearning: true, day: true }));
    expect(sent).toMatchObject({ status: 303, location: link });
    expect((await new Browser(app.url).get(link)).text).toContain('Tak for dit svar');
    const rows = await app.count('survey_answer');
    const again = await answerSurvey(app, link, allAnswered(1, { elearning: false, day: false }));
    expect(again.text).toContain('Tak for dit svar');
    expect(await app.count('survey_answer')).toBe(rows);
  });

  it('does not look at who is signed in', async () => {
    const page = await fetch(app.url + links.get(agents[1]!.email)!, {
      headers: { cookie: `vk_session=${world.secretariat.token}` },
    });
    expect(await page.text()).not.toContain('/log-ud');
  });

  it('shows the form again with what was chosen when half a topic is missing', async () => {
    const link = links.get(agents[1]!.email)!;
    const sent = await answerSurvey(app, link, { meaning_help: '4' }, false);
    expect(sent.status).toBe(400);
    expect(sent.text).toContain('href="#meaning_glad"');
    expect(sent.text).toContain('id="meaning_help-4" name="meaning_help" value="4" checked');
    expect(sent.text).not.toContain('name="stamps" value="on" checked');
    expect(await app.count('survey_token', 'isUsed = 1')).toBe(1);
  });

  it('tells an unknown link what to do', async () => {
    const page = await new Browser(app.url).get('/trivsel/svar/findes-ikke');
    expect(page).toMatchObject({ status: 200 });
    expect(page.text).toContain('Her kan du ikke svare');
  });

  it('counts one answer of two that come at once', async () => {
    const link = links.get(agents[1]!.email)!;
    const both = await Promise.all(
      [1, 5].map((value) => answerSurvey(app, link, allAnswered(value, { elearning: true, day: false }))),
    );
    expect(both.every(({ status }) => status === 303 || status === 200)).toBe(true);
    expect(await app.count('survey_answer', "dimension = 'meaning'")).toBe(2);
  });

  it('shows nothing of an open wave but how many have answered, in steps and once a day', async () => {
    for (const agent of agents.slice(2, 8)) await answerLike(agent);
    for (const by of ['total', 'question', 'municipality', 'tenure', 'completed', 'attended']) {
      const { body } = await results(world.secretariat, by);
      expect(body).toMatchObject({ state: 'open', responseRate: 0 });
      expect(Object.keys(body).sort()).toEqual(['by', 'id', 'k', 'responseRate', 'responseRateOn', 'state']);
    }
    await later(25 * 3_600_000);
    await app.get(WaveClock).run();
    // Eight of 21 have answered: five are counted, 23 % become 20 %.
    expect((await results(world.leader)).body).toMatchObject({ state: 'open', responseRate: 20 });
    expect(
      (await world.secretariat.get(`/surveys/comparison?base=${surveyId}&with=${surveyId}`)).status,
    ).toBe(409);
  });

  it('reminds everybody who was asked, with a link that works, once a day', async () => {
    const { body } = await world.secretariat.post(`/surveys/${surveyId}/invitations`);
    expect(body).toEqual({ kind: 'reminder', mails: 21 });
    expect((await world.secretariat.post(`/surveys/${surveyId}/invitations`)).body['code']).toBe(
      'survey_reminded_today',
    );
    await later(4 * 24 * 3_600_000);
    const reminded = await surveyLinks(app);
    expect(reminded).toEqual(links);
    const mails = await capturedMails(app, agents[20]!.email);
    expect(mails.at(-1)!.text).toContain('se bort fra denne mail');
    for (const agent of agents.slice(8, 20)) await answerLike(agent);
  });

  it('closes after its last day, and forgets what could tell whose an answer was', async () => {
    await later(15 * 24 * 3_600_000);
    await app.get(WaveClock).run();
    expect((await world.secretariat.get(`/surveys/${surveyId}`)).body).toMatchObject({
      state: 'closed',
      invited: 21,
      answered: 20,
    });
    for (const table of ['survey_token', 'survey_sum', 'survey_cell']) expect(await app.count(table)).toBe(0);
    expect(await app.count('survey', 'sealedSecret IS NOT NULL')).toBe(0);
    expect((await new Browser(app.url).get(links.get(agents[20]!.email)!)).text).toContain(
      'Her kan du ikke svare',
    );
    expect((await world.secretariat.post(`/surveys/${surveyId}/closings`)).body['code']).toBe(
      'survey_not_open',
    );
  });

  it('gives the figures of DDH, of questions, municipalities and tenure', async () => {
    const total = await rowsOf(world.secretariat, 'total');
    expect(total[0]).toMatchObject({ parameter: '', answers: 20, invited: 21 });
    const meaning = total.find(({ parameter }) => parameter === 'meaning')!;
    // Everybody of Aarhus says 4 of 5 but the first two, everybody of Horsens 3.
    expect(meaning).toMatchObject({ label: 'Mening', answers: 20, isHidden: false });
    expect(meaning['low']).toBeLessThan(meaning['mean']);
    const questions = await rowsOf(world.secretariat, 'question');
    expect(questions.find(({ parameter }) => parameter === 'meaning_glad')!['mean']).toBeCloseTo(
      meaning['mean'],
      9,
    );
    const municipalities = (await rowsOf(world.secretariat, 'municipality')).filter(
      ({ parameter }) => parameter === 'meaning',
    );
    expect(municipalities.map(({ groupLabel, answers }) => [groupLabel, answers])).toEqual([
      ['Horsens', 8],
      ['Aarhus', 12],
    ]);
    expect(municipalities[0]).toMatchObject({ mean: 50 });
    const sum = municipalities.reduce((all, { mean, answers }) => all + mean * answers, 0);
    expect(sum / 20).toBeCloseTo(meaning['mean'], 9);
    const tenure = (await rowsOf(world.secretariat, 'tenure')).filter(({ parameter }) => parameter === '');
    expect(tenure.map(({ groupLabel, answers }) => [groupLabel, answers])).toEqual([
      ['Under 1 år', 10],
      ['Over 3 år', 10],
    ]);
  });

  it('gives what stamps tell only where enough share them', async () => {
    const completed = (await rowsOf(world.secretariat, 'completed')).filter(
      ({ parameter }) => parameter === 'claimed_elearning',
    );
    // Only two are not registered as completed.
    expect(completed.filter(({ isHidden, group }) => group === '0' && !isHidden)).toEqual([]);
    const attended = (await rowsOf(world.secretariat, 'attended')).filter(
      ({ parameter }) => parameter === 'meaning',
    );
    for (const { isHidden, answers } of attended) if (!isHidden) expect(answers).toBeGreaterThanOrEqual(6);
  });

  it('compares with the baseline in a plain word', async () => {
    const { body: baseline } = await world.secretariat.post('/surveys', {
      title: 'Basismåling 2024',
      year: 2024,
      isBaseline: true,
    });
    const path = `/surveys/${baseline['id']}/imports`;
    const upload = await world.secretariat.upload(path, BASELINE, { invited: '150' });
    expect(upload.status).toBe(201);
    expect(upload.body).toMatchObject({ kind: 'aggregates', total: 4, valid: 3, invalid: 1 });
    expect(upload.body['errors'][0]).toMatchObject({ row: 4, field: 'parameter', code: 'unknown_parameter' });
    const commit = await world.secretariat.post(`${path}/${upload.body['id']}/commits`);
    expect(commit.body).toMatchObject({ state: 'committed', written: 3, total: 0 });
    expect(await app.count('survey_import', 'sealedTable IS NOT NULL')).toBe(0);
    expect((await world.secretariat.get(`/surveys/${baseline['id']}`)).body).toMatchObject({
      state: 'closed',
      answered: 120,
      responseRate: 80,
    });
    const { body } = await world.secretariat.get(`/surveys/comparison?with=${surveyId}`);
    expect(body['base']).toMatchObject({ year: 2024 });
    const items = body['items'] as Record<string, any>[];
    expect(items.find(({ parameter }) => parameter === 'meaning')).toMatchObject({
      base: { answers: 120, mean: 50 },
      change: { word: 'better' },
    });
    expect(items.find(({ parameter }) => parameter === 'workload')!['change']['word']).toBe('worse');
    // Three answers were too few to compare with.
    expect(items.find(({ parameter }) => parameter === 'colleagues')).toMatchObject({
      base: { answers: null, mean: null },
      change: null,
    });
    const page = await world.secretariat.call('GET', `/trivsel/${surveyId}`);
    expect(page.text).toContain('Ændring siden Basismåling 2024');
    expect(page.text).toContain('Dårligere');
  });

  it('takes the free texts only from many, apart from all else', async () => {
    const page = await world.secretariat.call('GET', `/trivsel/${surveyId}`);
    // Twenty have answered, but with k = 6 it takes 24.
    expect(page.text).not.toContain('Med agenternes egne ord');
    expect(await app.count('survey_comment')).toBeGreaterThan(6);
  });

  it('is for leaders and agents once it is published', async () => {
    expect((await results(world.leader)).status).toBe(404);
    const { status, body } = await world.secretariat.post(`/surveys/${surveyId}/publications`, {
      messageDa: 'I sagde: for travlt.\nVi gør: flere på mandage.',
    });
    expect([status, body]).toEqual([201, { mails: 21 }]);
    expect(
      (await world.secretariat.post(`/surveys/${surveyId}/publications`, { messageDa: 'Igen' })).status,
    ).toBe(409);
    const mail = (await capturedMails(app, agents[3]!.email)).at(-1)!;
    expect(mail.subject).toBe('I sagde, vi gør');
    expect(mail.text).toContain('flere på mandage');
    expect((await results(world.leader)).status).toBe(200);
  });

  it('shows a leader DDH and the own municipality, and nothing else', async () => {
    const own = await rowsOf(world.leader, 'municipality');
    expect(new Set(own.map(({ group }) => group))).toEqual(new Set(['751']));
    for (const by of ['tenure', 'completed', 'attended'])
      expect((await results(world.leader, by)).status).toBe(403);
    const page = await world.foreignLeader.call('GET', `/trivsel/${surveyId}?by=municipality`);
    expect(page.text).toContain('Horsens');
    expect(page.text).not.toContain('Aarhus');
  });

  it('shows an agent what was said and what is done', async () => {
    const personId = (
      await app.rows<{ personId: number }>('SELECT personId FROM agent WHERE id = ?', [agents[0]!.id])
    )[0]!.personId;
    await app.get(UnitOfWork).run(async (tx) => {
      await addPerson(app, tx, 'laaner.adgangskode@ddh.test', ['secretariat'], '751');
      await tx.query(
        "UPDATE person SET passwordHash = (SELECT h FROM (SELECT passwordHash AS h FROM person WHERE emailKey = 'laaner.adgangskode@ddh.test') x) WHERE id = ?",
        [personId],
      );
    });
    const agent = await signIn(app, agents[0]!.email);
    expect((await agent.call('GET', '/mit')).text).toContain('href="/mit/trivsel"');
    const page = await agent.call('GET', '/mit/trivsel');
    expect(page.text).toContain('flere på mandage');
    expect(page.text).toContain('Mening');
  });

  it('notes who has looked at the results, once an hour', async () => {
    const { items } = (await world.secretariat.get('/audit-entries?action=survey.results_viewed')).body;
    const looks = (items as Record<string, any>[]).filter(({ subjectId }) => subjectId === surveyId);
    const perActor = new Set(looks.map(({ actorPersonId }) => actorPersonId));
    expect(perActor.size).toBe(3);
    expect(looks).toHaveLength(3);
  });

  it('takes a wave of single answers from a table, and keeps none of its rows as they were', async () => {
    const { body: made } = await world.secretariat.post('/surveys', { title: 'Trivsel 2025', year: 2025 });
    const path = `/surveys/${made['id']}/imports`;
    const table = [
      'Kommune;År;Jeg er glad for mine DDH-vagter.;meaning_help;Kommentar',
      ...Array.from(
        { length: 14 },
        (_, n) => `${n < 8 ? 'Aarhus' : 'Horsens'};4;Enig;${1 + (n % 5)};Ord ${n}`,
      ),
      'Atlantis;4;Enig;3;',
    ].join('\n');
    const upload = await world.secretariat.upload(path, table);
    expect(upload.body).toMatchObject({ kind: 'answers', total: 15, valid: 14, invalid: 1 });
    expect(upload.body['columns'].map(({ is }: { is: string | null }) => is)).toEqual([
      'municipality',
      null,
      'meaning_glad',
      'meaning_help',
      null,
    ]);
    const columns = ['municipality', 'tenure', 'meaning_glad', 'meaning_help', 'comment'];
    const mapped = await world.secretariat.call('PUT', `/api/v1${path}/${upload.body['id']}/mapping`, {
      columns,
    });
    expect(mapped.body['columns'].map(({ is }: { is: string | null }) => is)).toEqual(columns);
    const [stored] = await app.rows('SELECT * FROM survey_import WHERE id = ?', [upload.body['id']]);
    expect(JSON.stringify(stored)).not.toContain('Ord 3');
    await world.secretariat.post(`${path}/${upload.body['id']}/commits`);
    const { body } = await results(world.secretariat, 'municipality', made['id']);
    expect(
      body['items'].filter(({ parameter }: { parameter: string }) => parameter === 'meaning'),
    ).toMatchObject([
      { groupLabel: 'Horsens', answers: 6 },
      { groupLabel: 'Aarhus', answers: 8 },
    ]);
    expect((await world.secretariat.post(`${path}/${upload.body['id']}/commits`)).status).toBe(409);
  });

  it('refuses a table whose columns say nothing, and one that is not ready', async () => {
    const { body: made } = await world.secretariat.post('/surveys', { title: 'Tom', year: 2025 });
    const path = `/surveys/${made['id']}/imports`;
    const upload = await world.secretariat.upload(path, 'Alder;Hårfarve\n40;brun');
    expect(upload.body).toMatchObject({ kind: null, valid: 0 });
    const commit = await world.secretariat.post(`${path}/${upload.body['id']}/commits`);
    expect(commit.body['code']).toBe('survey_columns_missing');
    const twice = await world.secretariat.call('PUT', `/api/v1${path}/${upload.body['id']}/mapping`, {
      columns: ['meaning_glad', 'meaning_glad'],
    });
    expect(twice.body['code']).toBe('survey_mapping_wrong');
    await later(25 * 3_600_000);
    await app.get(WaveClock).run();
    expect((await world.secretariat.get(`${path}/${upload.body['id']}`)).body).toMatchObject({
      state: 'expired',
    });
    expect((await world.secretariat.upload(`/surveys/${surveyId}/imports`, BASELINE)).body['code']).toBe(
      'survey_not_draft',
    );
  });

  /** Lets time pass; everybody signs in again, since a token lasts a quarter of an hour. */
  async function later(ms: number): Promise<void> {
    app.clock.advance(ms);
    world.secretariat = await signIn(app, 'sekretariat@ddh.test');
    world.leader = await signIn(app, 'leder.751@ddh.test');
    world.foreignLeader = await signIn(app, 'leder.615@ddh.test');
  }

  async function answerLike({ email, municipality, isCompleted, hasAttended }: SurveyedAgent): Promise<void> {
    const value = municipality === '751' ? 4 : 3;
    const answers = {
      ...allAnswered(value, { elearning: isCompleted, day: hasAttended }),
      comment: `Ord af ${value}`,
    };
    const sent = await answerSurvey(app, links.get(email)!, answers);
    expect(sent.status).toBe(303);
  }
});
