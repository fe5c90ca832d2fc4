import { BrowserWorld } from '../support/browser-world.js';
import { scorm12Package, scorm2004FourthPackage, scorm2004Package } from '../support/packages.js';
import { PlayerWorld } from '../support/player-world.js';

describe('the player', () => {
  let world: BrowserWorld;
  let player: PlayerWorld;
  beforeAll(async () => {
    world = await BrowserWorld.start();
    player = await PlayerWorld.over(world);
  });
  afterAll(() => world.stop());

  it.each([
    ['SCORM 1.2', scorm12Package],
    ['SCORM 2004, 3rd edition', scorm2004Package],
    ['SCORM 2004, 4th edition', scorm2004FourthPackage],
  ])('plays %s, goes on where the learner left off, and knows when it is completed', async (_, zip) => {
    const { courseId, enrolmentId } = await player.course(await zip());
    const context = await world.context();
    const page = await player.play(context, enrolmentId);
    const content = await player.content(page);
    await content.click('#progress');
    await player.saved(page);
    expect(await player.enrolment(courseId)).toMatchObject({ state: 'in_progress' });
    await page.click('#exit');
    await page.waitForURL(`${world.url}/laer/${enrolmentId}`);

    await player.open(page, enrolmentId);
    const again = await player.content(page);
    expect(await again.textContent('#bookmark')).not.toBe('');
    await again.click('#pass');
    await page.waitForSelector('#notice-through:not([hidden])');
    expect(await player.enrolment(courseId)).toMatchObject({
      state: 'completed',
      success: 'passed',
      scoreScaled: 0.9,
      source: 'player',
    });
    await page.click('#notice-through [data-action="leave"]');
    await page.waitForURL(`${world.url}/laer/${enrolmentId}`);
    expect(await page.textContent('main')).toContain('Du har gennemført e-læringen');
    await context.close();
  });
});
