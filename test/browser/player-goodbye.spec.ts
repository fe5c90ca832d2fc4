import type { Page } from 'playwright-core';
import { BrowserWorld } from '../support/browser-world.js';
import { packageZip } from '../support/packages.js';
import { PlayerWorld } from '../support/player-world.js';

const page = (
  script: string,
) => `<!doctype html><html lang="da"><head><meta charset="utf-8"><title>Side</title></head>
<body><p id="entry"></p><p id="state"></p><button id="window" type="button">Vindue</button>
<script>${script}</script></body></html>`;

/** Says hello, tells how it was opened, and never says goodbye. */
const MUTE = page(`const api = parent.API;
  api.LMSInitialize('');
  document.getElementById('entry').textContent = api.LMSGetValue('cmi.core.entry');
  document.getElementById('state').textContent = 'ready';
  api.LMSSetValue('cmi.core.lesson_location', 'side-2');
  api.LMSSetValue('cmi.core.lesson_status', 'incomplete');`);

/** Says hello and goodbye and nothing else, as the smallest of packages do. */
const POLITE = page(`parent.API.LMSInitialize('');
  document.getElementById('state').textContent = 'ready';
  addEventListener('unload', () => parent.API.LMSFinish(''));`);

const OPENER = page(`document.getElementById('state').textContent = 'ready';
  document.getElementById('window').onclick = () => window.open('inner.html', '_blank', 'width=600,height=400');`);

/** What is to be learnt, in a window of its own; it saves while it is being closed. */
const INNER = page(`const api = opener.parent.API;
  api.LMSInitialize('');
  document.getElementById('state').textContent = 'ready';
  addEventListener('unload', () => {
    api.LMSSetValue('cmi.core.lesson_status', 'passed');
    api.LMSSetValue('cmi.core.score.raw', '85');
    api.LMSFinish('');
  });`);

describe('how content says goodbye', () => {
  let world: BrowserWorld;
  let player: PlayerWorld;
  beforeAll(async () => {
    world = await BrowserWorld.start();
    player = await PlayerWorld.over(world);
  });
  afterAll(() => world.stop());

  const courseOf = async (files: Record<string, string>) =>
    player.course(await packageZip({ standard: 'scorm-1.2', scos: [{ id: 'main', title: 'Side' }], files }));

  async function leave(tab: Page, enrolmentId: number): Promise<void> {
    await tab.click('#exit');
    await tab.waitForURL(`${world.url}/laer/${enrolmentId}`);
  }

  it('lets content that never says it go on where it was', async () => {
    const { courseId, enrolmentId } = await courseOf({ 'main.html': MUTE });
    const context = await world.context();
    const tab = await player.play(context, enrolmentId);
    expect(await (await player.content(tab)).textContent('#entry')).toBe('ab-initio');
    await leave(tab, enrolmentId);
    await player.open(tab, enrolmentId);
    expect(await (await player.content(tab)).textContent('#entry')).toBe('resume');
    expect(await player.enrolment(courseId)).toMatchObject({ state: 'in_progress' });
    await context.close();
  });

  it('takes content that says nothing else for one that was gone through', async () => {
    const { courseId, enrolmentId } = await courseOf({ 'main.html': POLITE });
    const context = await world.context();
    const tab = await player.play(context, enrolmentId);
    await player.content(tab);
    await leave(tab, enrolmentId);
    expect(await player.enrolment(courseId)).toMatchObject({ state: 'completed', success: null });
    await context.close();
  });

  it('closes the windows of content that opens some, and saves what they save then', async () => {
    const { courseId, enrolmentId } = await courseOf({ 'main.html': OPENER, 'inner.html': INNER });
    const context = await world.context();
    const tab = await player.play(context, enrolmentId);
    const content = await player.content(tab);
    const [inner] = await Promise.all([context.waitForEvent('page'), content.click('#window')]);
    await inner.waitForSelector('#state:not(:empty)');
    await leave(tab, enrolmentId);
    expect(inner.isClosed()).toBe(true);
    expect(await player.enrolment(courseId)).toMatchObject({
      state: 'completed',
      success: 'passed',
      scoreScaled: 0.85,
    });
    await context.close();
  });
});
