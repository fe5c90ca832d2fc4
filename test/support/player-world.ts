import type { BrowserContext, Frame, Page } from 'playwright-core';
import { signIn, type Api } from './api.js';
import type { BrowserWorld } from './browser-world.js';
import type { TestApp } from './test-app.js';
import { unique } from './builders.js';

/** Where an enrolment stands, as the API tells. */
export interface EnrolmentAnswer {
  id: number;
  state: string;
  success: string | null;
  scoreScaled: number | null;
  completedAt: string | null;
  source: string | null;
}

/** A course with a package for everyone, and the demo agent who takes it. */
export class PlayerWorld {
  private constructor(
    readonly world: BrowserWorld,
    readonly secretariat: Api,
  ) {}

  static async over(world: BrowserWorld): Promise<PlayerWorld> {
    const app = { url: world.url } as TestApp;
    return new PlayerWorld(world, await signIn(app, 'sekretariat@vagtklar.test', 'vagtklar-demo'));
  }

  /** Makes a course of the package, enrols everyone and gives the demo agent's enrolment. */
  async course(zip: Buffer): Promise<{ courseId: number; enrolmentId: number }> {
    const course = { code: `pakke-${unique()}`, title: 'Pakken', estimatedMinutes: 10 };
    const { body } = await this.secretariat.post('/courses', course);
    const courseId = body['id'] as number;
    await this.publish(courseId, zip);
    return { courseId, enrolmentId: (await this.enrolment(courseId)).id };
  }

  /** Uploads a version and publishes it. */
  async publish(courseId: number, zip: Buffer, isRetake = false): Promise<number> {
    const fields = { isRetake: String(isRetake) };
    const { status, body } = await this.secretariat.upload(
      `/courses/${courseId}/versions`,
      new Uint8Array(zip),
      fields,
      'pakke.zip',
    );
    if (status !== 201) throw new Error(`The package was refused: ${JSON.stringify(body)}`);
    await this.secretariat.post(`/course-versions/${body['id']}/approvals`, {});
    await this.secretariat.post(`/course-versions/${body['id']}/publications`, { enrol: 'all' });
    return body['id'] as number;
  }

  /** The demo agent's enrolment in a course. */
  async enrolment(courseId: number): Promise<EnrolmentAnswer> {
    const agent = await signIn({ url: this.world.url } as TestApp, 'agent@vagtklar.test', 'vagtklar-demo');
    const { body } = await agent.get(`/enrolments?courseId=${courseId}`);
    return (body['items'] as EnrolmentAnswer[])[0]!;
  }

  /** Opens the player as the demo agent would; the page then is on the content host. */
  async play(context: BrowserContext, enrolmentId: number): Promise<Page> {
    const page = await this.world.signIn(context, 'agent@vagtklar.test');
    await this.open(page, enrolmentId);
    return page;
  }

  /** Opens the player from a page that is signed in. */
  async open(page: Page, enrolmentId: number): Promise<void> {
    await page.goto(`${this.world.url}/laer/${enrolmentId}`);
    await page.locator('form button[value="go_on"]').click();
    await page.waitForURL((url) => url.origin === this.world.contentUrl);
  }

  /** The content in the player's frame, once it has found its interface. */
  async content(page: Page): Promise<Frame> {
    const frame = await (await page.waitForSelector('#content')).contentFrame();
    await frame!.waitForSelector('#state:not(:empty)');
    return frame!;
  }

  /** Waits until the player says that everything is saved. */
  async saved(page: Page): Promise<void> {
    await page.waitForSelector('#saved[data-state="saved"]');
  }
}
