import fc from 'fast-check';
import { DomainError } from '../../common/domain-error.js';
import { judgeFile, type FileVerdict } from './file-types.rules.js';
import type { PackageLimits } from './package-limits.js';
import { planUnpacking, type UnpackPlan, type ZipEntryFacts } from './zip-entries.rules.js';

const LIMITS: PackageLimits = {
  zipBytes: 1_000_000,
  unpackedBytes: 10_000,
  fileBytes: 5_000,
  entries: 20,
  ratio: 200,
  ratioFloorBytes: 1_000,
  freeBytes: 0,
};

/** Entries one behind the other, each valid but for what is said. */
function entriesOf(...given: (string | Partial<ZipEntryFacts>)[]): ZipEntryFacts[] {
  let offset = 0;
  return given.map((one) => {
    const facts: ZipEntryFacts = {
      name: 'x.html',
      compressedSize: 100,
      uncompressedSize: 200,
      externalFileAttributes: 0,
      versionMadeBy: 20,
      flags: 0x800,
      compressionMethod: 8,
      relativeOffsetOfLocalHeader: offset,
      dataStart: offset + 50,
      ...(typeof one === 'string' ? { name: one } : one),
    };
    offset += 200;
    return facts;
  });
}

const plan = (...given: (string | Partial<ZipEntryFacts>)[]): UnpackPlan =>
  planUnpacking(entriesOf('imsmanifest.xml', ...given), 1_000, LIMITS);
const paths = ({ files }: UnpackPlan) => files.map(({ path }) => path);
const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return (error as DomainError).code;
  }
  return 'none';
};
const unix = (mode: number) => (mode << 16) >>> 0;

describe('what is kept', () => {
  const cases: [string, string[]][] = [
    ['a/b.html', ['a/b.html']],
    ['./a/./b.html', ['a/b.html']],
    ['a//b.html', ['a/b.html']],
    ['a\\b.html', ['a/b.html']],
    ['A B æ.HTML', ['A B æ.HTML']],
    ['e\u0301.html', ['\u00e9.html']],
    ['a/', []],
    ['a\\', []],
    ['.DS_Store', []],
    ['a/.git/config.js', []],
    ['__MACOSX/._a.html', []],
    ['Thumbs.db', []],
    ['LICENSE', []],
    ['a..b/c...html', ['a..b/c...html']],
  ];
  it.each(cases)('%j', (name, expected) => {
    expect(paths(plan(name))).toEqual(['imsmanifest.xml', ...expected]);
  });

  it('counts what is left out, folders apart', () => {
    expect(plan('.DS_Store', 'README', 'a/', 'a/b.html')).toMatchObject({
      skipped: 2,
      sizeBytes: 400,
      manifest: 'imsmanifest.xml',
    });
  });

  it.each([unix(0x41ed), 0x10])('a folder is told by its attributes %d as well', (externalFileAttributes) => {
    expect(paths(plan({ name: 'a', externalFileAttributes }, 'a/b.html'))).toEqual([
      'imsmanifest.xml',
      'a/b.html',
    ]);
  });

  it.each([
    [['imsmanifest.xml', 'a/x.html'], '', ['imsmanifest.xml', 'a/x.html']],
    [['IMSManifest.XML', 'x.html'], '', ['IMSManifest.XML', 'x.html']],
    [['top/imsmanifest.xml', 'top/a/x.html', 'top/', '.DS_Store'], 'top/', ['imsmanifest.xml', 'a/x.html']],
    [['imsmanifest.xml', 'top/imsmanifest.xml'], '', ['imsmanifest.xml', 'top/imsmanifest.xml']],
  ])('the root of %j is %j', (names, _, expected) => {
    expect(paths(planUnpacking(entriesOf(...names), 1_000, LIMITS))).toEqual(expected);
  });

  it.each([
    [[], 'package_empty'],
    [['.DS_Store', 'a/'], 'package_empty'],
    [['x.html'], 'manifest_missing'],
    [['a/b/imsmanifest.xml'], 'manifest_missing'],
    [['a/imsmanifest.xml', 'b/x.html'], 'manifest_missing'],
    [['top/IMSMANIFEST.xml', 'x.html'], 'manifest_missing'],
    [['tincan.xml', 'index.html'], 'manifest_missing'],
  ])('no package in %j: %s', (names, code) => {
    expect(codeOf(() => planUnpacking(entriesOf(...names), 1_000, LIMITS))).toBe(code);
  });
});

describe('what is refused', () => {
  const names: [string, string][] = [
    ['../x.html', 'package_name_unsafe'],
    ['a/../../x.html', 'package_name_unsafe'],
    ['a/../x.html', 'package_name_unsafe'],
    ['..\\x.html', 'package_name_unsafe'],
    ['/etc/x.html', 'package_name_unsafe'],
    ['\\\\server\\x.html', 'package_name_unsafe'],
    ['C:/x.html', 'package_name_unsafe'],
    ['c:x.html', 'package_name_unsafe'],
    ['a/x.html:stream.html', 'package_name_unsafe'],
    ['x\0.html', 'package_name_unsafe'],
    ['x\n.html', 'package_name_unsafe'],
    ['x\u0085.html', 'package_name_unsafe'],
    ['', 'package_name_unsafe'],
    ['./', 'package_name_unsafe'],
    ['.hidden/../../x', 'package_name_unsafe'],
    [`${'x'.repeat(256)}.html`, 'package_name_too_long'],
    [`${'å'.repeat(126)}.html`, 'package_name_too_long'],
    [`${'a/'.repeat(50)}x.html`, 'package_name_too_long'],
    [`${`${'y'.repeat(200)}/`.repeat(5)}x.html`, 'package_name_too_long'],
    ['x.exe', 'package_file_type'],
    ['x.PHP', 'package_file_type'],
    ['x.html.bat', 'package_file_type'],
    ['a/x.jsp', 'package_file_type'],
    ['inner.zip', 'package_file_type'],
    ['x.unknown', 'package_file_type'],
  ];
  it.each(names)('the name %j: %s', (name, code) => {
    expect(codeOf(() => plan(name))).toBe(code);
  });

  const facts: [string, Partial<ZipEntryFacts>, string][] = [
    ['encrypted', { flags: 1 }, 'package_encrypted'],
    ['strongly encrypted', { flags: 0x41 }, 'package_encrypted'],
    ['masked headers', { flags: 0x2000 }, 'package_encrypted'],
    ['Deflate64', { compressionMethod: 9 }, 'package_method_unknown'],
    ['bzip2', { compressionMethod: 12 }, 'package_method_unknown'],
    [
      'a symbolic link',
      { externalFileAttributes: unix(0xa1ff), versionMadeBy: 0x314 },
      'package_special_file',
    ],
    ['a link said to be from DOS', { externalFileAttributes: unix(0xa1ff) }, 'package_special_file'],
    ['a device', { externalFileAttributes: unix(0x21b6) }, 'package_special_file'],
    ['a pipe', { externalFileAttributes: unix(0x11b6) }, 'package_special_file'],
    ['a socket', { externalFileAttributes: unix(0xc1b6) }, 'package_special_file'],
    ['a hidden link', { name: '.x', externalFileAttributes: unix(0xa1ff) }, 'package_special_file'],
    ['one file too large', { compressedSize: 5_000, uncompressedSize: 5_001 }, 'package_file_too_large'],
    ['one file too tight', { compressedSize: 7, uncompressedSize: 1_401 }, 'package_bomb'],
    ['bytes of another entry', { relativeOffsetOfLocalHeader: 149, dataStart: 199 }, 'package_overlapping'],
    ['the header of another entry', { relativeOffsetOfLocalHeader: 0, dataStart: 50 }, 'package_overlapping'],
  ];
  it.each(facts)('%s', (_, entry, code) => expect(codeOf(() => plan(entry))).toBe(code));

  it('entries that overlap by long local headers alone', () => {
    const quoted = [0, 40, 80].map((offset) => ({
      relativeOffsetOfLocalHeader: 200 + offset,
      dataStart: 400,
    }));
    expect(codeOf(() => plan(...quoted.map((one, i) => ({ ...one, name: `${i}.html` }))))).toBe(
      'package_overlapping',
    );
  });

  it('small files may be packed as tightly as they like', () => {
    expect(codeOf(() => plan({ compressedSize: 1, uncompressedSize: 1_000 }))).toBe('none');
    expect(codeOf(() => plan({ compressedSize: 7, uncompressedSize: 1_400 }))).toBe('none');
  });

  it('too much in all', () => {
    const files = ['a', 'b', 'c'].map((name) => ({
      name: `${name}.html`,
      compressedSize: 100,
      uncompressedSize: 4_000,
    }));
    expect(codeOf(() => plan(...files))).toBe('package_unpacked_too_large');
    const most = files.slice(0, 2);
    expect(codeOf(() => planUnpacking(entriesOf('imsmanifest.xml', ...most), 40, LIMITS))).toBe(
      'package_bomb',
    );
    expect(codeOf(() => planUnpacking(entriesOf('imsmanifest.xml', ...most), 41, LIMITS))).toBe('none');
  });

  it('too many entries', () => {
    const many = Array.from({ length: 20 }, (_, index) => `${index}.html`);
    expect(codeOf(() => plan(...many))).toBe('package_too_many_files');
    expect(codeOf(() => plan(...many.slice(1)))).toBe('none');
  });

  const pairs: [string, string, string][] = [
    ['a.html', 'a.html', 'package_name_twice'],
    ['a.html', './a.html', 'package_name_twice'],
    ['a\\b.html', 'a/b.html', 'package_name_twice'],
    ['\u00e9.html', 'e\u0301.html', 'package_name_twice'],
    ['a.html', 'A.HTML', 'package_name_case'],
    ['Å.html', 'a\u030a.html', 'package_name_case'],
    ['IMSMANIFEST.XML', 'x.html', 'package_name_case'],
    ['a.html', 'a.html/b.html', 'package_file_and_folder'],
    ['a.html/b.html', 'a.html', 'package_file_and_folder'],
    ['a.html/', 'a.html', 'package_file_and_folder'],
    ['A.html/x/', 'a.html', 'package_file_and_folder'],
    ['a.html/.hidden', 'a.html', 'package_file_and_folder'],
    ['.DS_Store', '.DS_Store', 'none'],
    ['Img/a.png', 'img/b.png', 'none'],
  ];
  it.each(pairs)('%j beside %j: %s', (a, b, code) => expect(codeOf(() => plan(a, b))).toBe(code));

  it('names the file', () => {
    try {
      plan('virus\u0007.exe');
    } catch (error) {
      expect((error as DomainError).options.args).toEqual({ file: 'virus\ufffd.exe' });
    }
    expect.assertions(1);
  });
});

describe('file types', () => {
  const cases: [FileVerdict, string[]][] = [
    [
      'kept',
      [
        'a.html',
        'a.js',
        'fonts/x.woff2',
        'x.mp4',
        'x.vtt',
        'x.min.js',
        'x.wasm',
        'x.docx',
        'x.js.map',
        'mobile/data.gz',
        'X.PNG',
      ],
    ],
    [
      'refused',
      [
        'a.exe',
        'a.php',
        'a.jsp',
        'a.aspx',
        'a.sh',
        'a.jar',
        'a.dll',
        'a.msi',
        'a.cgi',
        'a.vbs',
        'a.lnk',
        'a.phtml',
      ],
    ],
    [
      'skipped',
      [
        '.htaccess',
        'a/.DS_Store',
        '__MACOSX/a.html',
        'noextension',
        'desktop.ini',
        'dot.',
        'a/generate.py',
        'x.xsx',
      ],
    ],
  ];
  it.each(cases)('%s', (verdict, files) => {
    expect(files.map((file) => [file, judgeFile(file)])).toEqual(files.map((file) => [file, verdict]));
  });
});

it('whatever the names and numbers, the paths stay inside, apart and below the limits', () => {
  const part = fc.oneof(
    fc.constantFrom('..', '.', '', 'a', 'A', 'C:', 'a.html', 'b.js', 'e\u0301.html', '.x', 'imsmanifest.xml'),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  const name = fc
    .tuple(fc.array(part, { maxLength: 5 }), fc.constantFrom('/', '\\'))
    .map(([parts, by]) => parts.join(by));
  const entry = fc.record(
    {
      name,
      compressedSize: fc.nat(6_000),
      uncompressedSize: fc.nat(6_000),
      externalFileAttributes: fc.constantFrom(0, 0x10, unix(0x81a4), unix(0xa1ff)),
      flags: fc.constantFrom(0, 1, 0x800),
      compressionMethod: fc.constantFrom(0, 8, 9),
    },
    { requiredKeys: ['name'] },
  );
  let accepted = 0;
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 6 }), (given) => {
      try {
        const found = planUnpacking(entriesOf('imsmanifest.xml', ...given), 1_000, LIMITS);
        accepted += 1;
        const seen = paths(found).map((path) => path.toLowerCase());
        expect(new Set(seen).size).toBe(seen.length);
        expect(found.sizeBytes).toBeLessThanOrEqual(LIMITS.unpackedBytes);
        for (const path of seen) {
          expect(path).not.toMatch(/(^|\/)(\.|$|\/)|[\\:\0]/);
          expect(seen.some((other) => other.startsWith(`${path}/`))).toBe(false);
        }
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
      }
    }),
    { numRuns: 1_000 },
  );
  expect(accepted).toBeGreaterThan(20);
});
