import { randomToken } from '../../src/common/crypto.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { Api } from '../support/api.js';
import { anAgent, buildWorld, type World } from '../support/builders.js';
import { capturedMails } from '../support/captured.js';
import { asAgent, planDay, signedIn, withoutDays, type PlannedDay } from '../support/onboarding.js';
import { TestApp } from '../support/test-app.js';

interface Agent {
  id: number;
  personId: number;
  email: string;
  lastName: string;
}

describe('an invitation round', () => {
  let app: TestApp;
  let world: World;
  let day: PlannedDay;

  beforeEach(async () => {
    app = await TestApp.start();
    app.clock.set('2027-01-11T09:00:00Z');
    world = await buildWorld(app);
    await withoutDays(world.secretariat);
    day = await planDay(world.secretariat, '2027-03-10', { capacity: 1 });
  });
  afterEach(() => app.stop());

  const existing = async (by: Api = world.leader, changes: Record<string, unknown> = {}) => {
    const agent = anAgent({ kind: 'existing', startOn: '2026-01-01', ...changes });
    const { status, body } = await by.post('/agents', agent);
    expect(status).toBe(201);
    return body as Agent;
  };
  const page = (api: Api, path: string, body?: object) => api.call(body ? 'POST' : 'GET', path, body);
  const choice = (agents: Agent[], municipalities = ['751', '615'], answerBy = '2027-01-25') => ({
    agents: agents.map(({ id }) => String(id)),
    municipalities,
    answerBy,
  });
  const send = (agents: Agent[], key = randomToken(), by: Api = world.secretariat) =>
    page(by, `/onboardingdage/${day.id}/runder`, { ...choice(agents), _key: key });
  const begin = async (agents: Agent[]) => {
    const answer = await send(agents);
    expect(answer.status).toBe(303);
    return Number(/runder\/(\d+)/.exec(answer.headers.get('location')!)![1]);
  };
  const inviteeOf = async (agent: Agent) =>
    (await app.rows<{ id: number }>('SELECT id FROM invitee WHERE agentId = ?', [agent.id]))[0]!.id;
  const mailsOf = (template: string) => app.count('mail', `template = '${template}'`);
  const say = async (roundId: number, shown: Agent[], yes: Agent[], by: Api = world.leader) =>
    page(by, `/onboardingdage/runder/${roundId}`, {
      shown: await Promise.all(shown.map(async (agent) => String(await inviteeOf(agent)))),
      yes: await Promise.all(yes.map(async (agent) => String(await inviteeOf(agent)))),
    });
  const shown = async (agent: Agent, roundId: number, by: Api = world.secretariat) => {
    const { text } = await page(by, `/onboardingdage/runder/${roundId}`);
    return new RegExp(`${agent.lastName}</a></td>.*?data-title="Status">([^<]+)<`, 's').exec(text)?.[1];
  };

  it('offers existing agents who never took part, whom the day fits, and nobody else', async () => {
    const [asked, leftOut, foreign] = [
      await existing(),
      await existing(),
      await existing(world.foreignLeader),
    ];
    const attended = await existing(world.leader, { onboardingAttendedOn: '2026-03-01' });
    const late = await existing(world.leader, { startOn: '2027-04-01' });
    const leaving = await existing();
    await world.leader.post(`/agents/${leaving.id}/departures`, { on: '2027-02-01' });
    const fresh = (await world.leader.post('/agents', anAgent({ startOn: '2027-01-01' }))).body as Agent;
    const { text } = await page(world.secretariat, `/onboardingdage/${day.id}/runder/ny`);
    for (const agent of [asked, leftOut, foreign]) expect(text).toContain(`id="agent-${agent.id}"`);
    for (const agent of [attended, late, leaving, fresh])
      expect(text).not.toContain(`id="agent-${agent.id}"`);
    expect(text).toContain('3 eksisterende agenter');
  });

  it('tells beforehand which leaders get which mail, and then sends just that', async () => {
    const [a, b, foreign] = [await existing(), await existing(), await existing(world.foreignLeader)];
    const path = `/onboardingdage/${day.id}/runder/ny`;
    const all = await page(world.secretariat, path, choice([a, b, foreign]));
    expect(all.text).toContain('2 ledere får mail om 3 agenter.');
    const preview = await page(world.secretariat, path, choice([a, b, foreign], ['751']));
    expect(preview.text).toContain('1 leder får mail om 2 agenter.');
    expect(preview.text).not.toContain(foreign.lastName);
    const mail = /<pre class="vk-mail"[^>]*>([^<]+)</.exec(preview.text)![1]!;
    expect(mail).toContain('2 af dine agenter har endnu ikke været med på en onboardingdag.');
    expect(mail).toContain('10. marts 2027 kl. 09.00, DOKK1');
    expect(mail).toContain('Svar senest den 25. januar 2027.');
    expect(await mailsOf('onboarding-round')).toBe(0);
    const roundId = await begin([a, b]);
    const [sent] = (await capturedMails(app, 'leder.751@ddh.test')).filter(
      ({ subject }) => subject === 'Hvem må komme med på onboardingdagen?',
    );
    const link = `http://localhost:3000/onboardingdage/runder/${roundId}`;
    expect(sent!.text!.trim()).toBe(
      mail.replaceAll('&#x3D;', '=').trim().replace('http://localhost:3000/onboardingdage/runder/…', link),
    );
    expect(await mailsOf('onboarding-round')).toBe(1);
    // Nobody is invited to the same day twice.
    expect((await page(world.secretariat, path)).text).not.toContain(`id="agent-${a.id}"`);
  });

  it('shows the choice again with what is wrong', async () => {
    const a = await existing();
    const path = `/onboardingdage/${day.id}/runder/ny`;
    const nobody = await page(world.secretariat, path, choice([a], ['615']));
    expect(nobody).toMatchObject({ status: 400 });
    expect(nobody.text).toContain('href="#agents"');
    const late = await page(world.secretariat, path, choice([a], ['751'], '2027-03-04'));
    expect(late.text).toContain('Vælg en dato senest på den sidste tilmeldingsdag.');
    expect((await page(world.secretariat, path, choice([a], ['751'], '2027-01-10'))).status).toBe(400);
    await world.secretariat.post(`/onboarding-days/${day.id}/cancellations`);
    expect((await send([a])).status).toBe(400);
    expect(await app.count('invitation_round')).toBe(0);
  });

  it('writes to each leader once, though the button is pressed twice and two send at once', async () => {
    const agents = [await existing(), await existing()];
    const key = randomToken();
    const answers = await Promise.all([send(agents, key), send(agents, key), send(agents), send(agents)]);
    const locations = answers
      .filter(({ status }) => status === 303)
      .map(({ headers }) => headers.get('location'));
    expect(new Set(locations).size).toBe(1);
    expect(await app.count('invitation_round')).toBe(1);
    expect(await app.count('invitee')).toBe(2);
    expect(await mailsOf('onboarding-round')).toBe(1);
  });

  it('asks the deputy of a leader who is away, in one mail with the own agents', async () => {
    const deputy = await app.rows<{ id: number }>(
      "SELECT id FROM person WHERE emailKey = 'leder.751@ddh.test'",
    );
    const { body: away } = await world.secretariat.post('/users', {
      firstName: 'Vera',
      lastName: 'Væk',
      email: 'vera@ddh.test',
      roles: ['leader'],
      municipalityCode: '751',
      deputyId: deputy[0]!.id,
    });
    await world.secretariat.post(`/users/${away['id']}/absences`, { from: '2027-01-01', to: '2027-02-01' });
    await begin([await existing(), await existing(world.leader, { leaderId: away['id'] })]);
    const rows = await app.rows<{ toAddress: string; text: string }>(
      "SELECT toAddress, text FROM mail WHERE template = 'onboarding-round'",
    );
    expect(rows.map(({ toAddress }) => toAddress)).toEqual(['leder.751@ddh.test']);
    expect(rows[0]!.text).toContain('2 af dine agenter');
  });

  it('lets a leader say who may go, and invites those alone', async () => {
    const [yes, no, foreign] = [await existing(), await existing(), await existing(world.foreignLeader)];
    const roundId = await begin([yes, no, foreign]);
    const own = (await page(world.leader, `/onboardingdage/runder/${roundId}`)).text;
    expect(own).toContain(yes.lastName);
    expect(own).not.toContain(foreign.lastName);
    expect((await say(roundId, [yes, no, foreign], [yes, foreign])).status).toBe(303);
    expect(await mailsOf('onboarding-invitation')).toBe(1);
    expect((await capturedMails(app, yes.email)).at(-1)!.subject).toBe('Vil du med på onboardingdag?');
    expect(await shown(yes, roundId)).toBe('Venter på agenten');
    expect(await shown(no, roundId)).toBe('Lederen har sagt nej');
    expect(await shown(foreign, roundId)).toBe('Venter på lederen');
    // The same answer again, by a deputy or a double click, mails nobody twice; a changed one is taken.
    await Promise.all([say(roundId, [yes, no], [yes]), say(roundId, [yes, no], [yes])]);
    await say(roundId, [yes, no], [no]);
    expect(await shown(yes, roundId)).toBe('Lederen har sagt nej');
    await say(roundId, [yes, no], [yes, no]);
    expect(await mailsOf('onboarding-invitation')).toBe(2);
  });

  it('sends no invitation that the leader takes back before it is sent, but sends it when it is given again', async () => {
    const agent = await existing();
    const roundId = await begin([agent]);
    await say(roundId, [agent], [agent]);
    await say(roundId, [agent], []);
    expect(await capturedMails(app, agent.email)).toEqual([]);
    await say(roundId, [agent], [agent]);
    expect(await capturedMails(app, agent.email)).toHaveLength(1);
  });

  it('is answered until the answer-by date by the leaders of the municipality, and by nobody else', async () => {
    const agent = await existing();
    const roundId = await begin([agent]);
    expect((await page(world.foreignLeader, `/onboardingdage/runder/${roundId}`)).status).toBe(404);
    expect((await say(roundId, [agent], [agent], world.foreignLeader)).status).toBe(404);
    app.clock.set('2027-01-26T09:00:00Z');
    const { leader } = await signedIn(app);
    expect((await page(leader, `/onboardingdage/runder/${roundId}`)).text).toContain(
      'Svarfristen er udløbet',
    );
    await say(roundId, [agent], [agent], leader);
    expect(await mailsOf('onboarding-invitation')).toBe(0);
  });

  it('books the agent who says yes, or puts the agent in line behind the new ones', async () => {
    const [first, second] = [await existing(), await existing()];
    const roundId = await begin([first, second]);
    await say(roundId, [first, second], [first, second]);
    const answer = async (agent: Agent) => {
      const api = await asAgent(app, agent.email);
      const path = `/mit/invitation/${await inviteeOf(agent)}`;
      expect((await page(api, '/mit')).text).toContain(`href="${path}"`);
      expect((await page(api, path)).text).toContain('Ja, tilmeld mig');
      const answers = await Promise.all([
        page(api, path, { answer: 'ja' }),
        page(api, path, { answer: 'ja' }),
      ]);
      expect((await page(api, '/mit')).text).not.toContain(`href="${path}"`);
      return answers.map(({ headers }) => headers.get('location'));
    };
    expect(await answer(first)).toContain('/mit?done=invitation_booked');
    expect(await answer(second)).toContain('/mit?done=invitation_waitlisted');
    const fresh = (await world.leader.post('/agents', anAgent({ startOn: '2027-01-01' }))).body as Agent;
    const { items } = (await world.secretariat.get(`/onboarding-days/${day.id}/bookings`)).body;
    expect(items.map((one: any) => [one.agentId, one.status])).toEqual([
      [first.id, 'booked'],
      [fresh.id, 'waitlisted'],
      [second.id, 'waitlisted'],
    ]);
    expect(await shown(first, roundId)).toBe('Har en plads eller står på venteliste');
    // What the agent has answered the leader cannot change.
    await say(roundId, [first], []);
    expect(await shown(first, roundId)).toBe('Har en plads eller står på venteliste');
  });

  it('takes a no without a reason, and a yes after it', async () => {
    const agent = await existing();
    const roundId = await begin([agent]);
    await say(roundId, [agent], [agent]);
    const api = await asAgent(app, agent.email);
    const path = `/mit/invitation/${await inviteeOf(agent)}`;
    for (const _ of [1, 2])
      expect((await page(api, path, { answer: 'nej' })).headers.get('location')).toBe(
        '/mit?done=invitation_declined',
      );
    expect(await shown(agent, roundId)).toBe('Agenten har sagt nej tak');
    expect(await app.count('booking', `agentId = ${agent.id}`)).toBe(0);
    expect((await page(api, path, { answer: 'ja' })).headers.get('location')).toBe(
      '/mit?done=invitation_booked',
    );
    const other = await asAgent(app, (await existingWithLink()).email);
    expect((await page(other, path)).status).toBe(404);
    expect((await page(other, path, { answer: 'nej' })).status).toBe(404);
  });

  async function existingWithLink(): Promise<Agent> {
    return (await world.leader.post('/agents', anAgent({ startOn: '2027-01-01' }))).body as Agent;
  }

  it('tells nothing to an agent whose leader has not agreed', async () => {
    const agent = await existing();
    const other = await existing();
    const roundId = await begin([agent, other]);
    await say(roundId, [agent], [agent]);
    const api = await asAgent(app, agent.email);
    await say(roundId, [agent], []);
    const path = `/mit/invitation/${await inviteeOf(agent)}`;
    expect((await page(api, path)).text).toContain('Din leder har trukket invitationen tilbage');
    expect((await page(api, path, { answer: 'ja' })).headers.get('location')).toBe(path);
    expect(await app.count('booking', `agentId = ${agent.id}`)).toBe(0);
  });

  it('is settled by a departure, an attendance or a booking, and mails nobody about it', async () => {
    const [left, attended, booked, moved] = [
      await existing(),
      await existing(),
      await existing(),
      await existing(),
    ];
    const roundId = await begin([left, attended, booked, moved]);
    await world.leader.post(`/agents/${left.id}/departures`, { on: '2027-01-11' });
    await world.secretariat.post(`/agents/${moved.id}/transfers`, {
      municipalityCode: '615',
      on: '2027-01-11',
    });
    await app
      .get(UnitOfWork)
      .run((tx) =>
        tx.query("UPDATE agent SET onboardingAttendedOn = '2026-09-01' WHERE id = ?", [attended.id]),
      );
    await world.leader.post(`/onboarding-days/${day.id}/bookings`, { agentId: booked.id });
    await say(roundId, [left, attended, booked, moved], [left, attended, booked, moved]);
    expect(await mailsOf('onboarding-invitation')).toBe(0);
    expect(await shown(left, roundId)).toBe('Er fratrådt');
    expect(await shown(attended, roundId)).toBe('Har været med på en onboardingdag');
    expect(await shown(booked, roundId)).toBe('Har en plads eller står på venteliste');
    // The new leader answers for who has moved.
    await say(roundId, [moved], [moved], world.foreignLeader);
    expect(await mailsOf('onboarding-invitation')).toBe(1);
  });

  it('reminds the leaders who have not answered, once a day at most', async () => {
    const [own, foreign] = [await existing(), await existing(world.foreignLeader)];
    const roundId = await begin([own, foreign]);
    const remind = async (api: Api) =>
      (await page(api, `/onboardingdage/runder/${roundId}/paamind`, {})).headers.get('location');
    expect(await remind(world.secretariat)).toContain('done=no_leader_reminded');
    await say(roundId, [own], []);
    app.clock.set('2027-01-13T09:00:00Z');
    const { secretariat } = await signedIn(app);
    expect((await page(secretariat, `/onboardingdage/runder/${roundId}`)).text).toContain(
      '1 agent uden svar',
    );
    const answers = await Promise.all([remind(secretariat), remind(secretariat)]);
    expect(answers.filter((location) => location!.includes('done=leaders_reminded'))).toHaveLength(1);
    const rows = await app.rows<{ toAddress: string; text: string }>(
      "SELECT toAddress, text FROM mail WHERE template = 'onboarding-round' ORDER BY id",
    );
    expect(rows).toHaveLength(3);
    expect(rows[2]!.toAddress).toBe('leder.615@ddh.test');
    expect(rows[2]!.text).toContain('Vi mangler stadig dit svar.');
  });
});
