import { signIn, type Api } from '../support/api.js';
import { surveyLinks } from '../support/surveys.js';
import { TestApp } from '../support/test-app.js';

const login = (app: TestApp, email: string) => signIn(app, email, 'vagtklar-demo');

describe.each(['small', 'full'])('the surveys of the %s demonstration', (size) => {
  let app: TestApp;
  let secretariat: Api;
  let ids: Record<string, number>;

  beforeAll(async () => {
    app = await TestApp.start({ DEMO_DATA: size });
    secretariat = await login(app, 'sekretariat@vagtklar.test');
    const { items } = (await secretariat.get('/surveys')).body;
    ids = Object.fromEntries(
      (items as Record<string, any>[]).map(({ state, isBaseline, id }) => [
        isBaseline ? 'baseline' : state,
        id,
      ]),
    );
  });
  afterAll(() => app.stop());

  it('are a baseline, a published wave and an open one', () => {
    expect(Object.keys(ids).sort()).toEqual(['baseline', 'open', 'published']);
  });

  it('compare last year with the baseline', async () => {
    const { body } = await secretariat.get(`/surveys/comparison?with=${ids['published']}`);
    expect(body['items'].length).toBeGreaterThanOrEqual(9);
    for (const { change } of body['items']) expect(change).not.toBeNull();
  });

  it('show nothing of the open wave', async () => {
    const { body } = await secretariat.get(`/surveys/${ids['open']}/results`);
    expect(body).toMatchObject({ state: 'open' });
    expect(body['items']).toBeUndefined();
  });

  it('have an invitation among the mails that works', async () => {
    const links = await surveyLinks(app);
    expect(links.size).toBe(1);
    const page = await fetch(app.url + [...links.values()][0]!);
    expect(await page.text()).toContain('name="meaning_glad"');
  });

  it('hold the effect that was built in, where enough people have attended and not', async () => {
    const { body } = await secretariat.get(`/surveys/${ids['published']}/results?by=attended`);
    const guides = (body['items'] as Record<string, any>[]).filter(({ parameter }) => parameter === 'guides');
    const [attended, missed] = ['1', '0'].map((group) => guides.find((one) => one['group'] === group));
    if (size === 'small')
      return expect(guides.every(({ answers }) => answers === null || answers >= 5)).toBe(true);
    // 0.6 of 4 steps are 15 points.
    const half = (one: Record<string, any>) => one['high'] - one['mean'];
    const difference = attended!['mean'] - missed!['mean'];
    expect(Math.abs(difference - 15)).toBeLessThan(half(attended!) + half(missed!));
  });
});
