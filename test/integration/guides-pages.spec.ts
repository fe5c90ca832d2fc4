import { Api, PASSWORD } from '../support/api.js';
import { anAgent, buildWorld, type World } from '../support/builders.js';
import { Browser, type LoadedPage } from '../support/browser-less.js';
import { personalLink } from '../support/captured.js';
import { TestApp } from '../support/test-app.js';

const VERSION = {
  title: 'Pas til børn',
  changeNote: 'Ny pris.\nSpørg efter samtykke.',
  body: '# Pris\n\nEt pas til et barn koster 178 kr.\n\n# Samtykke\n\nBegge forældre skal skrive under.',
  effectiveFrom: '2026-11-23',
  audience: { kind: 'all' },
};

describe('the pages of guides', () => {
  let app: TestApp;
  let world: World;
  let agentId: number;
  let secretariat: Browser;
  let leader: Browser;
  let agent: Browser;

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set('2026-11-23T09:00:00Z');
    world = await buildWorld(app);
    const { body } = await world.leader.post(
      '/agents',
      anAgent({ email: 'anna@aarhus.test', startOn: '2026-11-23' }),
    );
    agentId = body['id'];
    secretariat = await signedIn('sekretariat@ddh.test');
    leader = await signedIn('leder.751@ddh.test');
    agent = new Browser(app.url);
    await agent.visitAndSubmit(await personalLink(app, 'anna@aarhus.test'));
  });
  afterAll(() => app.stop());

  async function signedIn(email: string): Promise<Browser> {
    const browser = new Browser(app.url);
    await browser.submit(await browser.get('/log-ind'), '/log-ind', { email, password: PASSWORD });
    return browser;
  }

  async function published(changes: Record<string, unknown> = {}): Promise<number> {
    const { body } = await world.secretariat.post('/guides', { title: VERSION.title });
    await again(body['id'], changes);
    return body['id'];
  }

  async function again(guideId: number, changes: Record<string, unknown> = {}): Promise<void> {
    const { status } = await world.secretariat.post(`/guides/${guideId}/versions`, {
      ...VERSION,
      ...changes,
    });
    expect(status).toBe(201);
  }

  it('lead from a title over the text and the preview to a published version', async () => {
    const blank = await secretariat.get('/guides/ny');
    expect((await secretariat.submit(blank, '/guides/ny', { title: ' ' })).text).toContain('Skriv en titel.');
    const form = await secretariat.submit(blank, '/guides/ny', { title: 'MitID' });
    const path = form.url;
    expect(path).toMatch(/^\/guides\/\d+\/ny-version$/);
    const typed = {
      _csrf: form.csrf,
      title: 'MitID',
      changeNote: 'Nyt.',
      body: 'Linje <b>et</b>\r\n\r\n"to" & \'tre\'',
      effectiveFrom: '2026-11-24',
      urgency: 'normal',
      audienceKind: 'municipalities',
      trin: 'vis',
    };
    const faulty = await secretariat.post(path, typed);
    expect(faulty.status).toBe(400);
    expect(faulty.text).toContain('Vælg mindst én kommune.');
    expect(faulty.text).toContain('Linje &lt;b&gt;et&lt;/b&gt;');
    const preview = await secretariat.post(path, { ...typed, municipalities: '751' });
    expect(preview.status).toBe(200);
    expect(preview.text).toContain('1 agent bliver bedt om at læse versionen.');
    expect(await app.count('guide_version')).toBe(0);
    const kept = hidden(preview);
    expect(kept).toMatchObject({ title: 'MitID', municipalities: '751', body: typed.body });
    expect(kept).not.toHaveProperty('trin');
    const back = await secretariat.post(path, { ...kept, trin: 'ret' });
    expect(back.text).toMatch(/name="municipalities" value="751" checked/);
    expect(back.text).toContain('&quot;to&quot; &amp; &#x27;tre&#x27;</textarea>');
    const done = await secretariat.post(path, { ...kept, trin: 'udgiv' });
    expect(done).toMatchObject({
      status: 303,
      location: path.replace('/ny-version', '?done=guide_published'),
    });
    // A double click publishes once.
    expect((await secretariat.post(path, { ...kept, trin: 'udgiv' })).status).toBe(303);
    const [version] = await app.rows('SELECT body, title, minutes FROM guide_version');
    expect(version).toEqual({ body: 'Linje <b>et</b>\n\n"to" & \'tre\'', title: 'MitID', minutes: 1 });
    expect(await app.count('guide_version')).toBe(1);
    const page = await secretariat.get(path.replace('/ny-version', ''));
    expect(page.text).toContain('0 af 1');
    expect(page.text).toContain('Aarhus');
  });

  it('fill the next version in from the one before', async () => {
    const questions = [{ question: 'Koster det?', answers: ['Nej', 'Ja'], right: 1 }];
    const guideId = await published({ questions, audience: { kind: 'skills', skills: ['pas'] } });
    const { text } = await secretariat.get(`/guides/${guideId}/ny-version`);
    expect(text).toContain('Et pas til et barn koster 178 kr.');
    expect(text).toContain('value="Koster det?"');
    expect(text).toContain('Nej\n* Ja</textarea>');
    expect(text).toMatch(/value="skills" checked/);
    expect(text).toMatch(/name="skills" value="pas" checked/);
    expect(text).not.toContain('Ny pris.');
    expect(text).toContain('value="2026-11-23"');
  });

  it('show an agent what changed since the last reading first, then the whole text, and take the receipt', async () => {
    const guideId = await published();
    const first = await agent.get(`/guides/${guideId}`);
    expect(first.text).toContain('Hvad er nyt');
    expect(first.text).toContain('<h3>Pris</h3>');
    const read = await agent.submit(first, `/guides/${guideId}/versioner/1/laest`);
    expect(read.url).toBe('/guides');
    expect(read.text).toContain('Det er noteret, at du har læst');
    expect((await agent.get(`/guides/${guideId}`)).text).not.toContain('/laest"');
    await again(guideId, { body: VERSION.body.replace('178', '192') });
    const list = await agent.get('/guides');
    expect(list.text).toContain(`/guides/${guideId}/versioner/2`);
    const { text } = await agent.get(`/guides/${guideId}/versioner/2`);
    expect(text).toContain('Ændret, siden du sidst læste guiden');
    expect(text).toMatch(/koster <del>178<\/del><ins>192<\/ins> kr\./);
    expect(text.indexOf('<ins>')).toBeLessThan(text.indexOf('Hele teksten'));
    expect(text.split('Begge forældre')).toHaveLength(2);
    const old = await agent.get(`/guides/${guideId}/versioner/1`);
    expect(old.text).toContain('Der er en nyere version.');
    expect(old.text).not.toContain('/laest"');
  });

  it('ask the questions again where the answer was wrong', async () => {
    const questions = [
      { question: 'Koster det?', answers: ['Nej', 'Ja'], right: 1 },
      { question: 'Hvem?', answers: ['Begge', 'En'], right: 0 },
    ];
    const guideId = await published({ questions });
    const page = await agent.get(`/guides/${guideId}`);
    const path = `/guides/${guideId}/versioner/1/laest`;
    const wrong = await agent.post(path, { _csrf: page.csrf, answer0: '0', answer1: '0' });
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain('href="#answer0"');
    expect(wrong.text).not.toContain('href="#answer1"');
    expect(wrong.text).toMatch(/id="answer1-0"[^>]* checked/);
    const right = await agent.post(path, { _csrf: page.csrf, answer0: '1', answer1: '0' });
    expect(right).toMatchObject({ status: 303, location: '/guides?done=guide_read' });
  });

  it('open a text that stands elsewhere in a new tab, with the same button', async () => {
    const guideId = await published({ body: undefined, url: 'https://guides.test/pas?a=1&b=2' });
    const page = await agent.get(`/guides/${guideId}`);
    expect(page.text).toContain(
      'href="https://guides.test/pas?a&#x3D;1&amp;b&#x3D;2" target="_blank" rel="noopener noreferrer"',
    );
    expect((await agent.submit(page, `/guides/${guideId}/versioner/1/laest`)).url).toBe('/guides');
  });

  it('run nothing that stands in a text, a title or a note', async () => {
    const evil = '<script>alert(1)</script><img src=x onerror=alert(1)>';
    const guideId = await published({
      title: evil,
      changeNote: evil,
      body: `${evil}\n\n[x](javascript:alert(1))`,
    });
    const page = await agent.get(`/guides/${guideId}`);
    await agent.submit(page, `/guides/${guideId}/versioner/1/laest`);
    await again(guideId, {
      title: evil,
      changeNote: evil,
      body: `# a\n\n${evil} ny\n\n[x](javascript:alert(1))`,
    });
    const pages = [
      await agent.get(`/guides/${guideId}`),
      await agent.get('/guides'),
      await secretariat.get(`/guides/${guideId}`),
      await secretariat.get(`/guides/${guideId}/ny-version`),
      await leader.get(`/guides/${guideId}`),
    ];
    for (const { text, status } of pages) {
      expect(status).toBe(200);
      expect(text).toContain('&lt;script&gt;');
      expect(text).not.toMatch(/<script>|<img src=x|href="javascript/i);
    }
  });

  it('let the secretariat withdraw a version and put the guide away', async () => {
    const guideId = await published();
    const page = await secretariat.get(`/guides/${guideId}`);
    const after = await secretariat.submit(page, `/guides/${guideId}/versioner/1/traek-tilbage`);
    expect(after.text).toContain('Versionen er trukket tilbage.');
    expect(after.text).toContain('Ikke udgivet');
    const gone = await agent.get(`/guides/${guideId}`);
    expect(gone.status).toBe(409);
    expect(gone.text).toContain('Guiden er trukket tilbage');
    const archived = await secretariat.submit(after, `/guides/${guideId}/arkiver`);
    expect(archived.text).toContain('Guiden blev arkiveret');
    expect((await secretariat.submit(archived, `/guides/${guideId}/tag-frem`)).text).not.toContain(
      'blev arkiveret',
    );
  });

  it('tell a reader that a guide was put away, and ask for nothing', async () => {
    const guideId = await published();
    await world.secretariat.post(`/guides/${guideId}/archivings`);
    const { text } = await agent.get(`/guides/${guideId}`);
    expect(text).toContain('Guiden blev arkiveret');
    expect(text).not.toContain('/laest"');
    expect((await agent.get('/guides')).text).not.toContain(`/guides/${guideId}"`);
  });

  it('let a leader choose an agent’s subjects, and nobody else’s leader', async () => {
    const path = `/agenter/${agentId}/emner`;
    expect((await leader.get(`/agenter/${agentId}`)).text).toContain(`href="${path}"`);
    const page = await leader.get(path);
    const saved = await leader.post(path, { _csrf: page.csrf, otherSkills: 'Pas, KØREKORT ; pas' });
    expect(saved.location).toBe(`/agenter/${agentId}?done=skills_changed`);
    const { text } = await leader.get(path);
    expect(text).toMatch(/value="kørekort" checked/);
    const tooLong = await leader.post(path, { _csrf: page.csrf, otherSkills: 'x'.repeat(61) });
    expect(tooLong.status).toBe(400);
    expect(tooLong.text).toContain('href="#otherSkills"');
    expect((await new Api(app, world.foreignLeader.token).call('GET', path)).status).toBe(404);
    await leader.post(path, { _csrf: page.csrf });
    expect(await app.count('agent_skill')).toBe(0);
  });

  it('let an agent report a fault in a guide, which the secretariat settles', async () => {
    const guideId = await published();
    const form = await agent.get(`/guides/meld?guide=${guideId}`);
    expect(form.text).toMatch(/value="wrong" checked/);
    const faulty = await agent.submit(form, '/guides/meld', { kind: 'wrong', topic: '' });
    expect(faulty.text).toContain('Skriv kort, hvad det handler om.');
    const done = await agent.submit(faulty, '/guides/meld', { kind: 'wrong', topic: 'Forkert pris' });
    expect(done).toMatchObject({ url: '/guides' });
    expect((await secretariat.get('/guides')).text).toContain('Meldinger om guides (1)');
    const list = await secretariat.get('/guides/meldinger');
    expect(list.text).toContain('Forkert pris');
    const [report] = await app.rows<{ id: number }>('SELECT id FROM guide_report');
    const settled = await secretariat.submit(list, `/guides/meldinger/${report!.id}/afslut`);
    expect(settled.text).toContain('Ingen mangler svar.');
    const other = await secretariat.get('/guides/meldinger?tilstand=settled');
    await secretariat.submit(other, `/guides/meldinger/${report!.id}/aaben`);
    expect((await secretariat.get('/guides/meldinger')).text).toContain('Forkert pris');
  });

  it('say what is wrong with an image', async () => {
    const page = await secretariat.get('/guides/billeder');
    const form = new FormData();
    form.append('_csrf', page.csrf);
    form.append('file', new Blob(['<svg/>']), 'tegning.svg');
    const answer = await fetch(`${app.url}/guides/billeder`, {
      method: 'POST',
      body: form,
      headers: { cookie: `vk_session=${secretariat.cookie('vk_session')}` },
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('ikke et PNG-, JPEG-, GIF- eller WebP-billede');
  });
});

/** The hidden fields of the form in the page's main part. */
function hidden(page: LoadedPage): Record<string, string> {
  const fields = [...page.text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  const text = (value: string) =>
    value
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#x27;', "'")
      .replaceAll('&amp;', '&');
  return Object.fromEntries(
    fields
      .filter(([, name]) => !['language', 'back'].includes(name!))
      .map(([, name, value]) => [name!, text(value!)]),
  );
}
