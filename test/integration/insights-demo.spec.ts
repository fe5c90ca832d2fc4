import { DEMO_ONBOARDING_EFFECT } from '../../src/demo/quality/demo-figures.js';
import { INSIGHT_KEYS } from '../../src/modules/insights/insight.js';
import { signIn, type Api } from '../support/api.js';
import { StillClock } from '../support/dump.js';
import { TestApp } from '../support/test-app.js';

describe('insights of the full demonstration', () => {
  let app: TestApp;
  let secretariat: Api;

  beforeAll(async () => {
    app = await TestApp.start({ DEMO_DATA: 'full' }, undefined, new StillClock('2026-11-20T09:00:00.000Z'));
    secretariat = await signIn(app, 'sekretariat@vagtklar.test', 'vagtklar-demo');
  });
  afterAll(() => app.stop());

  it.each(['onboarding-resolution', 'before-after-onboarding'])(
    '%s holds the effect that is built in',
    async (key) => {
      const { body } = await secretariat.get(`/insights/${key}`);
      const { low, high } = body['effect'];
      expect(low).toBeGreaterThan(0);
      expect(low).toBeLessThan(100 * DEMO_ONBOARDING_EFFECT);
      expect(high).toBeGreaterThan(100 * DEMO_ONBOARDING_EFFECT);
      expect(body).toMatchObject({ verdict: 'higher', publishable: true });
    },
  );

  it('all have an answer, or say why not', async () => {
    const { body } = await secretariat.get('/insights');
    expect(body['items'].map(({ key }: { key: string }) => key)).toEqual([...INSIGHT_KEYS]);
    for (const { sentence, effect, groups, notAnswerable } of body['items']) {
      expect(sentence).not.toMatch(/NaN|undefined|insight\./);
      // Two shares that only stand side by side have no effect.
      expect(effect !== null || notAnswerable !== undefined || groups.length === 2).toBe(true);
    }
  });
});
