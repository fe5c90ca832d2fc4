import { access, mkdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { JobLeases } from '../../src/database/job-leases.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import {
  PackageQueries,
  PackageService,
  PackageStore,
  type UnpackedPackage,
} from '../../src/modules/packages/index.js';
import { buildWorld, type World } from '../support/builders.js';
import { packageZip, scorm2004FourthPackage } from '../support/packages.js';
import { TestApp } from '../support/test-app.js';

describe('packages', () => {
  let app: TestApp;
  let world: World;

  beforeAll(async () => {
    app = await TestApp.start();
    world = await buildWorld(app);
  });
  afterAll(() => app.stop());

  const unpack = async (zip: Buffer): Promise<UnpackedPackage> => {
    const store = app.get(PackageStore);
    return store.unpack(await store.receive(Readable.from([zip]), 'x.zip'));
  };
  const take = (unpacked: UnpackedPackage, fileName: string, personId = world.leaderId) =>
    app.get(UnitOfWork).run((tx) => app.get(PackageService).take(tx, unpacked, fileName, personId));

  it('are noted with their manifest, whatever letters it holds', async () => {
    const unpacked = await unpack(await scorm2004FourthPackage());
    const id = await take(unpacked, 'Kursus 😀.zip');
    expect(await app.get(PackageQueries).find(id)).toEqual({
      id,
      checksum: unpacked.checksum,
      fileName: 'Kursus 😀.zip',
      standard: 'scorm-2004-4',
      title: 'Prøveforløb',
      manifest: unpacked.manifest,
      sizeBytes: unpacked.sizeBytes,
      fileCount: 3,
      uploadedByPersonId: world.leaderId,
      createdAt: expect.stringMatching(/^2\d{3}-\d\d-\d\dT[\d:.]+Z$/),
    });
  });

  it('are one package however often they come, and each time is in the audit trail', async () => {
    const unpacked = await unpack(await packageZip({ title: 'To gange' }));
    const first = await take(unpacked, 'a.zip');
    const all = await Promise.all([
      take(unpacked, 'b.zip', world.foreignLeaderId),
      take(unpacked, 'c.zip'),
      take(unpacked, 'd.zip'),
    ]);
    expect(all).toEqual([first, first, first]);
    expect(await app.get(PackageQueries).find(first)).toMatchObject({
      fileName: 'a.zip',
      uploadedByPersonId: world.leaderId,
    });
    const { items } = (await world.secretariat.get(`/audit-entries?subject=content_package:${first}`)).body;
    expect(items.map((entry: { action: string }) => entry.action)).toEqual(Array(4).fill('package.uploaded'));
  });

  it('are not there when the unit of work fails', async () => {
    const unpacked = await unpack(await packageZip({ title: 'Fortrudt' }));
    const failing = app.get(UnitOfWork).run(async (tx) => {
      await app.get(PackageService).take(tx, unpacked, 'x.zip', world.leaderId);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await app.count('content_package', "title = 'Fortrudt'")).toBe(0);
    expect(await take(unpacked, 'x.zip')).toBeGreaterThan(0);
  });

  it('may have a manifest beyond 65,535 bytes, and a name of any length', async () => {
    const scos = Array.from({ length: 400 }, (_, index) => ({
      id: `sco-${index}`,
      title: 'Æ'.repeat(290),
      launchData: 'x'.repeat(200),
    }));
    const id = await take(
      await unpack(await packageZip({ scos, title: '😀'.repeat(310) })),
      `${'n'.repeat(500)}.zip`,
    );
    const found = await app.get(PackageQueries).find(id);
    expect(found!.manifest.scos).toHaveLength(400);
    expect(JSON.stringify(found!.manifest).length).toBeGreaterThan(200_000);
    expect([found!.fileName.length, Array.from(found!.title).length]).toEqual([200, 300]);
  });

  it('are read by id, those that exist', async () => {
    const ids = (await app.rows<{ id: number }>('SELECT id FROM content_package ORDER BY id')).map(
      ({ id }) => id,
    );
    const found = await app.get(PackageQueries).byIds([...ids.toReversed(), 999_999]);
    expect(found.map(({ id }) => id)).toEqual(ids);
    expect(await app.get(PackageQueries).byIds([])).toEqual([]);
    expect(await app.get(PackageQueries).find(999_999)).toBeUndefined();
  });

  it('tell their uploader that they are kept', async () => {
    const { tables } = (await world.leader.get(`/people/${world.leaderId}/data-export`)).body;
    expect(tables.content_package).toContainEqual(expect.objectContaining({ fileName: 'a.zip' }));
  });
});

describe('the hourly sweep', () => {
  it('is done by one instance, where background work is on', async () => {
    const app = await TestApp.start({ BACKGROUND_WORK: 'true' });
    const { PackageSweep } = await import('../../src/modules/packages/package-sweep.js');
    const old = join(app.env.CONTENT_DIR, 'incoming', 'old');
    const yesterday = new Date(app.clock.now().getTime() - 25 * 3_600_000);
    const leave = async () => {
      await mkdir(old, { recursive: true });
      await utimes(old, yesterday, yesterday);
    };
    const isThere = () =>
      access(old).then(
        () => true,
        () => false,
      );
    await leave();
    const others = app.get(JobLeases);
    await others.runWhenDue('package-sweep', 0, () => app.get(PackageSweep).tick());
    expect(await isThere()).toBe(true);
    app.clock.advance(1);
    await app.get(PackageSweep).tick();
    expect(await isThere()).toBe(false);
    await leave();
    await app.get(PackageSweep).tick();
    expect(await isThere()).toBe(true);
    app.clock.advance(3_600_000);
    await app.get(PackageSweep).tick();
    expect(await isThere()).toBe(false);
    await app.stop();
  });
});
