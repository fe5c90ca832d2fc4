import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { DomainError } from '../../src/common/domain-error.js';
import { readEnv } from '../../src/config/env.js';
import { PackageStore, type UnpackedPackage } from '../../src/modules/packages/index.js';
import {
  manifestXml,
  packageZip,
  scorm12MultiPackage,
  scorm12Package,
  scorm2004FourthPackage,
  scorm2004Package,
  zipOf,
} from '../support/packages.js';
import { rawZip, unixMode, type RawEntry, type RawZipOptions } from '../support/zip-bytes.js';

let outer: string;
let store: PackageStore;

const storeWith = (settings: Record<string, string> = {}) =>
  new PackageStore(readEnv({ NODE_ENV: 'test', CONTENT_DIR: join(outer, 'content'), ...settings }));
const everything = async () => (await readdir(outer, { recursive: true })).sort();
/** Nothing but the two empty folders of a store. */
const NOTHING = ['content', 'content/incoming', 'content/packages'];
const isEmpty = async () => (await everything()).every((name) => NOTHING.includes(name));

async function take(zip: Buffer | Readable, into = store): Promise<UnpackedPackage> {
  return into.unpack(await into.receive(zip instanceof Readable ? zip : Readable.from([zip]), 'x.zip'));
}

async function refusalOf(zip: Buffer | Readable, into = store): Promise<string> {
  try {
    await take(zip, into);
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'none';
}

const MANIFEST: RawEntry = {
  name: 'imsmanifest.xml',
  content: manifestXml('scorm-1.2', 'T', [{ id: 'main', title: 'M' }]),
};
const PAGE: RawEntry = { name: 'main.html', content: '<p>hej</p>' };
const withEntries = (...more: RawEntry[]) => rawZip([MANIFEST, PAGE, ...more]);

beforeEach(async () => {
  outer = await mkdtemp(join(tmpdir(), 'vagtklar-packages-'));
  store = storeWith();
});
afterEach(() => rm(outer, { recursive: true, force: true }));

describe('a good package', () => {
  it.each([
    ['SCORM 1.2', scorm12Package, 'scorm-1.2', 1],
    ['SCORM 1.2 with two SCOs', scorm12MultiPackage, 'scorm-1.2', 2],
    ['SCORM 2004 3rd edition', scorm2004Package, 'scorm-2004-3', 1],
    ['SCORM 2004 4th edition', scorm2004FourthPackage, 'scorm-2004-4', 1],
  ] as const)('%s is unpacked under its checksum', async (_, make, standard, scos) => {
    const unpacked = await take(await make());
    expect(unpacked.manifest.standard).toBe(standard);
    expect(unpacked.manifest.scos).toHaveLength(scos);
    expect(unpacked.fileCount).toBe(scos + 2);
    expect(await readdir(join(outer, 'content/incoming'))).toEqual([]);
    expect(await readdir(join(outer, 'content/packages'))).toEqual([unpacked.checksum]);
    expect(await store.isPresent(unpacked.checksum)).toBe(true);
    expect(await store.verify(unpacked.checksum)).toEqual({ missing: [], changed: [] });
  });

  it('gives the files back as they went in', async () => {
    const picture = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7919) % 251));
    const { checksum, sizeBytes } = await take(
      await packageZip({ files: { 'a/æ b.png': picture, 'tom.txt': '' } }),
    );
    const file = await store.fileOf(checksum, 'a/æ b.png');
    expect(file).toMatchObject({ size: 200_000, type: 'image/png' });
    expect((await readFile(file!.path)).equals(picture)).toBe(true);
    expect(await store.fileOf(checksum, 'tom.txt')).toMatchObject({ size: 0, type: 'text/plain' });
    expect(sizeBytes).toBeGreaterThan(200_000);
  });

  it('in one folder, with litter, from a Mac, from Windows, with zip64 fields, stored or with UTF-16', async () => {
    const utf16 = Buffer.from(`\ufeff${String(MANIFEST.content)}`, 'utf16le');
    const size = (value: number) => {
      const field = Buffer.alloc(12);
      field.writeUInt16LE(1, 0);
      field.writeUInt16LE(8, 2);
      field.writeBigUInt64LE(BigInt(value), 4);
      return field;
    };
    const zip64 = {
      uncompressedSize: 0xffffffff,
      centralExtra: size(Buffer.byteLength(String(PAGE.content))),
    };
    const good: [string, Buffer][] = [
      ['in a folder', await packageZip({ folder: 'Kursus/' })],
      [
        'litter',
        await packageZip({ files: { '.DS_Store': 'x', '__MACOSX/._main.html': 'x', LICENSE: 'x' } }),
      ],
      ['backslashes', withEntries({ name: 'a\\b.html', content: 'x' })],
      ['UTF-8 without its flag', withEntries({ name: 'æ.html', flags: 0, content: 'x' })],
      ['zip64 sizes', rawZip([MANIFEST, { ...PAGE, ...zip64 }])],
      ['stored', rawZip([{ ...MANIFEST, method: 0 }, PAGE])],
      ['UTF-16', rawZip([{ ...MANIFEST, content: utf16 }, PAGE])],
      ['BOM', rawZip([{ ...MANIFEST, content: `\ufeff${String(MANIFEST.content)}` }, PAGE])],
      ['another case', rawZip([MANIFEST, { ...PAGE, name: 'MAIN.HTML' }])],
      ['folders', withEntries({ name: 'a/', method: 0 }, { name: 'a/b.html', content: 'x' })],
    ];
    for (const [name, zip] of good) expect([name, await refusalOf(zip)]).toEqual([name, 'none']);
    const { checksum, skipped } = await take(good[1]![1]);
    expect(skipped).toBe(3);
    expect(await store.fileOf(checksum, '__MACOSX/._main.html')).toBeUndefined();
    const mac = await take(good[3]![1]);
    expect(await store.fileOf(mac.checksum, 'æ.html')).toBeDefined();
  });

  it('is the same when it comes again, and made whole where it was damaged', async () => {
    const zip = await scorm12Package();
    const { checksum } = await take(zip);
    const page = join(outer, 'content/packages', checksum, 'main.html');
    await take(zip);
    await writeFile(page, 'changed');
    await rm(join(outer, 'content/packages', checksum, 'sco.js'));
    expect(await store.verify(checksum)).toEqual({ missing: ['sco.js'], changed: ['main.html'] });
    await take(zip);
    expect(await store.verify(checksum)).toEqual({ missing: [], changed: [] });
    expect(await readdir(join(outer, 'content/incoming'))).toEqual([]);
    expect(await readdir(join(outer, 'content/packages'))).toEqual([checksum]);
  });

  it('may come in several times at once', async () => {
    const zip = await scorm12MultiPackage();
    const all = await Promise.all(Array.from({ length: 6 }, () => take(zip, storeWith())));
    expect(new Set(all.map(({ checksum }) => checksum)).size).toBe(1);
    expect(await store.verify(all[0]!.checksum)).toEqual({ missing: [], changed: [] });
    expect(await readdir(join(outer, 'content/incoming'))).toEqual([]);
  });
});

describe('a hostile or broken package leaves nothing behind', () => {
  const bomb = deflateRawSync(Buffer.alloc(10 * 1024 * 1024));
  const kernel = (count: number): RawEntry[] => [
    MANIFEST,
    PAGE,
    { name: 'k0.html', content: Buffer.alloc(100_000, 'x') },
    ...Array.from({ length: count }, (_, index) => ({
      name: `k${index + 1}.html`,
      content: Buffer.alloc(100_000, 'x'),
      localOffset: rawZip([MANIFEST, PAGE]).indexOf(Buffer.from('PK\x01\x02', 'latin1')),
    })),
  ];
  const cases: [string, () => Buffer | Promise<Buffer>, string][] = [
    ['nothing', () => Buffer.alloc(0), 'package_unreadable'],
    ['no zip', () => Buffer.from('not a zip'.repeat(100)), 'package_unreadable'],
    ['an empty zip', () => rawZip([]), 'package_empty'],
    ['a zip cut off', async () => (await scorm12Package()).subarray(0, -30), 'package_unreadable'],
    ['a zip without its beginning', async () => (await scorm12Package()).subarray(40), 'package_unreadable'],
    ['a name that goes up', () => withEntries({ name: '../evil.html', content: 'x' }), 'package_name_unsafe'],
    ['and up deep inside', () => withEntries({ name: 'a/b/../../../evil.html' }), 'package_name_unsafe'],
    ['an absolute name', () => withEntries({ name: '/tmp/evil.html' }), 'package_name_unsafe'],
    ['a drive', () => withEntries({ name: 'C:\\evil.html' }), 'package_name_unsafe'],
    ['backslashes that go up', () => withEntries({ name: '..\\..\\evil.html' }), 'package_name_unsafe'],
    ['a NUL', () => withEntries({ name: 'a.html\0.exe' }), 'package_name_unsafe'],
    ['a name too long', () => withEntries({ name: `${'x'.repeat(300)}.html` }), 'package_name_too_long'],
    [
      'a symbolic link',
      () =>
        withEntries({
          name: 'l.html',
          content: '/etc/passwd',
          versionMadeBy: 0x314,
          externalAttributes: unixMode(0xa1ff),
        }),
      'package_special_file',
    ],
    ['the same name twice', () => withEntries(PAGE), 'package_name_twice'],
    ['the same name in capitals', () => withEntries({ name: 'MAIN.html' }), 'package_name_case'],
    ['a file that is a folder', () => withEntries({ name: 'main.html/x.html' }), 'package_file_and_folder'],
    ['a program', () => withEntries({ name: 'setup.exe', content: 'MZ' }), 'package_file_type'],
    [
      'a zip in it',
      async () => withEntries({ name: 'inner.zip', content: await scorm12Package() }),
      'package_file_type',
    ],
    [
      'a bomb',
      () => withEntries({ name: 'b.html', content: Buffer.alloc(10 * 1024 * 1024) }),
      'package_bomb',
    ],
    [
      'a bomb that says it is small',
      () => withEntries({ name: 'b.html', packed: bomb, uncompressedSize: 10, crc: 0 }),
      'package_damaged',
    ],
    [
      'less than it says',
      () => withEntries({ name: 'b.html', content: 'hej', uncompressedSize: 900_000 }),
      'package_damaged',
    ],
    ['overlapping entries', () => rawZip(kernel(5)), 'package_overlapping'],
    [
      'an entry inside another',
      () => rawZip([MANIFEST, { ...PAGE, compressedSize: 60 }, { name: 'c.html', content: 'x' }]),
      'package_overlapping',
    ],
    ['a wrong checksum', () => withEntries({ name: 'b.html', content: 'hej', crc: 1 }), 'package_damaged'],
    [
      'broken deflate',
      () => withEntries({ name: 'b.html', content: 'hej', packed: Buffer.from([7, 7, 7]) }),
      'package_unreadable',
    ],
    ['a password', () => withEntries({ name: 'b.html', flags: 0x801, content: 'x' }), 'package_encrypted'],
    [
      'a strong password',
      () => withEntries({ name: 'b.html', flags: 0x841, content: 'x' }),
      'package_unreadable',
    ],
    ['Deflate64', () => withEntries({ name: 'b.html', method: 9, content: 'x' }), 'package_method_unknown'],
    ['no manifest', () => zipOf({ 'index.html': 'x' }), 'manifest_missing'],
    ['the manifest too deep', () => packageZip({ folder: 'a/b/' }), 'manifest_missing'],
    [
      'a broken manifest',
      () => packageZip({ files: { 'imsmanifest.xml': '<manifest>' } }),
      'manifest_unreadable',
    ],
    [
      'a manifest with an entity',
      () =>
        packageZip({
          files: {
            'imsmanifest.xml': `<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]>${String(MANIFEST.content)}`,
          },
        }),
      'manifest_unreadable',
    ],
    [
      'a manifest of 6 MB',
      () =>
        rawZip([
          { ...MANIFEST, content: `${String(MANIFEST.content)}${' '.repeat(6 * 1024 * 1024)}`, method: 0 },
          PAGE,
        ]),
      'manifest_too_large',
    ],
    [
      'an xml:base that goes out',
      () =>
        rawZip([
          {
            ...MANIFEST,
            content: String(MANIFEST.content).replace('<resources', '<resources xml:base="../"'),
          },
          PAGE,
        ]),
      'manifest_href_outside',
    ],
    ['a SCO without its file', () => rawZip([MANIFEST]), 'manifest_file_missing'],
    ['more entries than there are', () => odd({ entryCount: 9 }), 'package_unreadable'],
    ['a directory elsewhere', () => odd({ centralOffset: 7 }), 'package_unreadable'],
    ['a directory behind the end', () => odd({ centralOffset: 0xfffffff0 }), 'package_unreadable'],
    [
      'an absurd zip64 offset',
      () => odd({ zip64: { entryCount: 1n, centralOffset: 2n ** 63n } }),
      'package_unreadable',
    ],
    [
      'an absurd zip64 count',
      () => odd({ zip64: { entryCount: 2n ** 62n, centralOffset: 0n } }),
      'package_too_many_files',
    ],
    [
      'an absurd size',
      () =>
        withEntries({ name: 'b.html', compressedSize: 0xfffffff0, uncompressedSize: 0xfffffff0, method: 0 }),
      'package_unreadable',
    ],
  ];
  const odd = (options: RawZipOptions) => rawZip([MANIFEST, PAGE], options);

  it.each(cases)('%s', async (_, make, code) => {
    await writeFile(join(outer, 'beside.txt'), 'untouched');
    const before = await take(await scorm12Package());
    const kept = await everything();
    expect(await refusalOf(await make())).toBe(code);
    expect(await everything()).toEqual(kept);
    expect(await store.verify(before.checksum)).toEqual({ missing: [], changed: [] });
    expect(await readFile(join(outer, 'beside.txt'), 'utf8')).toBe('untouched');
  });

  it('100,000 entries are refused before they are read', async () => {
    const zip = rawZip(
      Array.from({ length: 100_000 }, (_, index) => ({ name: `${index}.html`, method: 0 })),
      { zip64: { entryCount: 100_000n, centralOffset: 0n } },
    );
    const begun = performance.now();
    expect(await refusalOf(zip)).toBe('package_too_many_files');
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(await isEmpty()).toBe(true);
  });
});

describe('an upload', () => {
  it('above the limit is refused as it comes', async () => {
    const small = storeWith({ PACKAGE_MAX_MB: '1' });
    let sent = 0;
    const endless = Readable.from(
      (function* () {
        for (;;) {
          sent += 65_536;
          yield Buffer.alloc(65_536);
        }
      })(),
    );
    await expect(small.receive(endless, 'x.zip')).rejects.toMatchObject({
      code: 'package_too_large',
      kind: 'too_large',
      options: { args: { maximum: 1 } },
    });
    expect(sent).toBeLessThan(4 * 1024 * 1024);
    expect(endless.destroyed).toBe(true);
    expect(await isEmpty()).toBe(true);
  });

  it('that breaks off is not kept', async () => {
    const broken = new Readable({ read() {} });
    broken.push(Buffer.alloc(1_000));
    const received = store.receive(broken, 'x.zip');
    setTimeout(() => broken.destroy(new Error('aborted')), 20);
    await expect(received).rejects.toMatchObject({ code: 'package_upload_broken' });
    const silent = new Readable({ read() {} });
    const second = store.receive(silent, 'x.zip');
    setTimeout(() => silent.destroy(), 20);
    await expect(second).rejects.toMatchObject({ code: 'package_upload_broken' });
    expect(await isEmpty()).toBe(true);
  });

  it('may be dropped', async () => {
    await store.discard(await store.receive(Readable.from([Buffer.from('x')]), 'x.zip'));
    expect(await isEmpty()).toBe(true);
  });

  it.each([
    [{ PACKAGE_MAX_FILES: '2' }, 'package_too_many_files'],
    [{ PACKAGE_MAX_UNPACKED_MB: '1' }, 'package_unpacked_too_large'],
  ])('is held to the limits %j', async (settings, code) => {
    const picture = randomBytes(2_000_000);
    const zip = await packageZip({ files: { 'x.png': picture } });
    expect(await refusalOf(zip, storeWith(settings))).toBe(code);
    expect(await isEmpty()).toBe(true);
    expect(await refusalOf(zip)).toBe('none');
  });

  it('is refused where the disk has no room', async () => {
    Object.assign(store.limits, { freeBytes: Number.MAX_SAFE_INTEGER });
    await expect(take(await scorm12Package())).rejects.toMatchObject({
      code: 'package_disk_full',
      kind: 'unavailable',
    });
    expect(await isEmpty()).toBe(true);
  });

  it('abandoned by a process that was killed is swept after a day', async () => {
    await store.receive(Readable.from([Buffer.from('young')]), 'x.zip');
    const { path } = await store.receive(Readable.from([Buffer.from('old')]), 'x.zip');
    const folder = join(outer, 'content/incoming/half');
    await mkdir(folder);
    await writeFile(join(folder, 'x.html'), 'x');
    const { checksum } = await take(await scorm12Package());
    const now = new Date();
    const yesterday = new Date(now.getTime() - 25 * 3_600_000);
    await Promise.all([path, folder].map((old) => utimes(old, yesterday, yesterday)));
    expect(await store.sweep(now)).toBe(2);
    expect(await store.sweep(now)).toBe(0);
    expect(await readdir(join(outer, 'content/incoming'))).toHaveLength(1);
    expect(await store.isPresent(checksum)).toBe(true);
  });
});

describe('a file', () => {
  let checksum: string;
  beforeEach(async () => {
    const files = { 'Img/Logo.PNG': 'x', 'a.b/c d.mp4': 'x', 'x.unknowntype.vtt': 'x', 'æ.css': 'x' };
    ({ checksum } = await take(await packageZip({ files })));
  });

  it.each([
    ['main.html', 'main.html', 'text/html'],
    ['MAIN.HTML', 'main.html', 'text/html'],
    ['img/logo.png', 'Img/Logo.PNG', 'image/png'],
    ['sco.js', 'sco.js', 'text/javascript'],
    ['a.b/c d.mp4', 'a.b/c d.mp4', 'video/mp4'],
    ['x.unknowntype.vtt', 'x.unknowntype.vtt', 'text/vtt'],
    ['Æ.css', 'æ.css', 'text/css'],
  ])('%s is found at %s', async (asked, found, type) => {
    expect(await store.fileOf(checksum, asked)).toMatchObject({
      path: join(outer, 'content/packages', checksum, found),
      type,
    });
  });

  it.each([
    '',
    '.',
    '..',
    '/',
    'Img',
    'Img/',
    '/main.html',
    'main.html/',
    './main.html',
    'Img/../main.html',
    '../../../beside.html',
    '..\\main.html',
    'main.html\0',
    '.vagtklar-inventory.json',
    '.VAGTKLAR-INVENTORY.JSON',
    'nothing.html',
    `${'x'.repeat(5_000)}.html`,
    'link.html',
    'linked/main.html',
  ])('%j is not served', async (asked) => {
    const folder = join(outer, 'content/packages', checksum);
    await writeFile(join(outer, 'beside.html'), 'secret');
    await symlink(join(outer, 'beside.html'), join(folder, 'link.html'));
    await symlink(outer, join(folder, 'linked'));
    expect(await store.fileOf(checksum, asked)).toBeUndefined();
  });

  it('of no package is none', async () => {
    for (const name of [
      '',
      '..',
      '../incoming',
      'x'.repeat(64),
      checksum.toUpperCase(),
      `${checksum}/`,
      '0'.repeat(64),
    ]) {
      expect(await store.fileOf(name, 'main.html')).toBeUndefined();
      expect(await store.isPresent(name)).toBe(false);
      expect((await store.verify(name)).missing).toHaveLength(1);
    }
  });
});

describe('whatever is sent', () => {
  const tried = async (zip: Buffer) => {
    await refusalOf(zip); // throws what is no DomainError
    const left = await everything();
    const foreign = left.filter(
      (name) => !/^content($|\/(incoming|packages)$|\/packages\/[0-9a-f]{64}($|\/))/.test(name),
    );
    expect(foreign).toEqual([]);
    await rm(join(outer, 'content'), { recursive: true });
  };

  it('a valid zip with some bytes changed, cut out or doubled', async () => {
    const valid = await packageZip({ files: { 'a/b.png': Buffer.alloc(300, 'p') } });
    const change = fc.tuple(fc.nat(valid.length - 1), fc.nat(255), fc.constantFrom('set', 'cut', 'double'));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        let zip = Buffer.from(valid);
        for (const [position, value, kind] of changes) {
          const at = position % zip.length;
          if (kind === 'set') zip[at] = value;
          if (kind === 'cut') zip = Buffer.concat([zip.subarray(0, at), zip.subarray(at + value)]);
          if (kind === 'double') zip = Buffer.concat([zip.subarray(0, at + value), zip.subarray(at)]);
        }
        await tried(zip);
      }),
      { numRuns: 150 },
    );
  });

  it('headers with any numbers in them', async () => {
    const u32 = fc.oneof(fc.nat(300), fc.constantFrom(0xffffffff, 0xfffffffe, 0x7fffffff));
    const entry = fc.record(
      {
        name: fc.oneof(
          fc.string({ unit: 'binary', maxLength: 12 }),
          fc.constantFrom('a.html', 'a/b.js', '../x.html'),
        ),
        content: fc.string({ maxLength: 50 }),
        packed: fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)),
        method: fc.constantFrom(0, 8, 9, 99),
        flags: fc.constantFrom(0, 0x800, 1, 8),
        compressedSize: u32,
        uncompressedSize: u32,
        localOffset: u32,
        centralExtra: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
      },
      { requiredKeys: ['name'] },
    );
    const options = fc.record(
      {
        entryCount: fc.nat(10),
        centralOffset: u32,
        zip64: fc.record({
          entryCount: fc.bigInt(0n, 2n ** 64n - 1n),
          centralOffset: fc.bigInt(0n, 2n ** 64n - 1n),
        }),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(entry, { maxLength: 3 }),
        fc.oneof(fc.constant({}), options),
        async (more, end) => {
          await tried(rawZip([MANIFEST, PAGE, ...(more as RawEntry[])], end));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('random bytes', async () => {
    const end = Buffer.from('PK\x05\x06', 'latin1');
    const bytes = fc.uint8Array({ maxLength: 200 }).map((all) => Buffer.from(all));
    await fc.assert(
      fc.asyncProperty(bytes, bytes, fc.boolean(), async (a, b, marked) => {
        await tried(Buffer.concat(marked ? [a, end, b] : [a, b]));
      }),
      { numRuns: 100 },
    );
  });
});
