import fc from 'fast-check';
import { DomainError } from '../../common/domain-error.js';
import { LARGEST_MANIFEST, readManifest } from './manifest.rules.js';

const NS12 = 'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"';
const NS2004 =
  'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss"';

interface Parts {
  version?: string | null;
  names?: string;
  base?: string;
  organizations?: string;
  resources?: string;
  resourcesBase?: string;
  more?: string;
}

const ITEM = '<item identifier="i1" identifierref="r1"><title>Del 1</title></item>';
const ORGANIZATION = (items: string, id = 'o1') =>
  `<organization identifier="${id}"><title>Forløb ${id}</title>${items}</organization>`;
const RESOURCE = '<resource identifier="r1" adlcp:scormtype="sco" href="index.html"/>';

function manifest(parts: Parts = {}): string {
  const version = parts.version === undefined ? '1.2' : parts.version;
  const metadata = version === null ? '' : `<metadata><schemaversion>${version}</schemaversion></metadata>`;
  const organizations =
    parts.organizations ?? `<organizations default="o1">${ORGANIZATION(ITEM)}</organizations>`;
  return `<?xml version="1.0"?><manifest identifier="m" ${parts.names ?? NS12} ${parts.base ?? ''}>${metadata}${organizations}
    <resources ${parts.resourcesBase ?? ''}>${parts.resources ?? RESOURCE}</resources>${parts.more ?? ''}</manifest>`;
}

const withItem = (inner: string, attributes = '') =>
  `<organizations>${ORGANIZATION(`<item identifier="i1" identifierref="r1" ${attributes}><title>Del</title>${inner}</item>`)}</organizations>`;
const first = (parts: Parts) => readManifest(manifest(parts)).scos[0]!;
const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return (error as DomainError).code;
  }
  return 'none';
};

describe('the standard', () => {
  const cases: [string | null, string, string][] = [
    ['1.2', NS12, 'scorm-1.2'],
    [' 1.2\n', NS12, 'scorm-1.2'],
    ['2004 3rd Edition', NS2004, 'scorm-2004-3'],
    ['2004 4th Edition', NS2004, 'scorm-2004-4'],
    ['2004 4TH EDITION', NS2004, 'scorm-2004-4'],
    ['CAM 1.3', NS2004, 'scorm-2004-3'],
    ['1.3', NS2004, 'scorm-2004-3'],
    ['2004 2nd Edition', NS2004, 'scorm-2004-3'],
    [null, NS12, 'scorm-1.2'],
    [null, NS2004, 'scorm-2004-3'],
    ['whatever', NS12, 'scorm-1.2'],
  ];
  it.each(cases)('schemaversion %j with %.40s is %s', (version, names, expected) => {
    expect(readManifest(manifest({ version, names })).standard).toBe(expected);
  });

  it.each([
    [null, ''],
    ['1.1.4', 'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"'],
  ])('none for %j', (version, names) => {
    expect(codeOf(() => readManifest(manifest({ version, names })))).toBe('manifest_not_scorm');
  });
});

describe('the organization', () => {
  const second = ORGANIZATION('<item identifier="i2" identifierref="r1"><title>Del 2</title></item>', 'o2');
  it.each([
    ['default="o2"', 'i2', 'Forløb o2'],
    ['default="nowhere"', 'i1', 'Forløb o1'],
    ['', 'i1', 'Forløb o1'],
  ])('%j', (attribute, id, title) => {
    const organizations = `<organizations ${attribute}>${ORGANIZATION(ITEM)}${second}</organizations>`;
    const { scos, title: found } = readManifest(manifest({ organizations }));
    expect([scos.map((sco) => sco.id), found]).toEqual([[id], title]);
  });

  it.each(['<organizations/>', '', `<organizations>${ORGANIZATION('')}</organizations>`])(
    'without items (%s), the first SCO among the resources is launched',
    (organizations) => {
      const resources =
        '<resource identifier="a" adlcp:scormtype="asset" href="a.png"/>' +
        '<resource identifier="b" adlcp:scormtype="sco" href="b.html"/>';
      expect(readManifest(manifest({ organizations, resources })).scos).toMatchObject([
        { id: 'b', kind: 'sco', href: 'b.html' },
      ]);
    },
  );

  it('is titled by the metadata or the identifier where it has no title', () => {
    const lom = '<lom><general><title><langstring>Af metadata</langstring></title></general></lom>';
    const titled = manifest({ organizations: '' }).replace('</metadata>', `${lom}</metadata>`);
    expect(readManifest(titled).title).toBe('Af metadata');
    expect(readManifest(manifest({ organizations: '' })).title).toBe('m');
  });

  it('gives nested items in order with their depth, headings left out', () => {
    const items = `<item identifier="h"><title>H</title>
      <item identifier="a" identifierref="r1"><title>A</title><item identifier="b" identifierref="r1" isvisible="false"><title>B</title></item></item></item>
      <item identifier="c" identifierref="r1"><title> C
        c </title></item>`;
    const { scos } = readManifest(
      manifest({ organizations: `<organizations>${ORGANIZATION(items)}</organizations>` }),
    );
    expect(scos.map(({ id, depth, isVisible, title }) => [id, depth, isVisible, title])).toEqual([
      ['a', 1, true, 'A'],
      ['b', 2, false, 'B'],
      ['c', 0, true, 'C c'],
    ]);
  });

  it('gives repeated and missing identifiers names of their own', () => {
    const items =
      '<item identifier="a" identifierref="r1"/><item identifier="a" identifierref="r1"/><item identifierref="r1"/>';
    const { scos } = readManifest(
      manifest({ organizations: `<organizations>${ORGANIZATION(items)}</organizations>` }),
    );
    expect(scos.map(({ id }) => id)).toEqual(['a', 'a~2', 'r1']);
  });
});

describe('the address', () => {
  const cases: [string, Parts, string][] = [
    ['plain', {}, 'index.html'],
    ['every xml:base', { base: 'xml:base="a/"', resourcesBase: 'xml:base="b/"' }, 'a/b/index.html'],
    [
      'a base that goes up within',
      { base: 'xml:base="a/x/"', resourcesBase: 'xml:base="../b/"' },
      'a/b/index.html',
    ],
    ['a base without its slash is a file', { base: 'xml:base="a"' }, 'index.html'],
  ];
  it.each(cases)('%s', (_, parts, expected) =>
    expect(first(parts)).toMatchObject({ href: expected, path: expected }),
  );

  const hrefs: [string, string, string, string][] = [
    ['scorm\\start.html', '', 'scorm/start.html', 'scorm/start.html'],
    ['en%20side.html', '', 'en%20side.html', 'en side.html'],
    ['en side.html', '', 'en%20side.html', 'en side.html'],
    ['æ.html', '', '%C3%A6.html', 'æ.html'],
    ['100%.html', '', '100%.html', '100%.html'],
    ['./a//b.html', '', 'a/b.html', 'a/b.html'],
    ['a.html?x=1#top', '', 'a.html?x=1#top', 'a.html'],
    ['a.html', '?y=2', 'a.html?y=2', 'a.html'],
    ['a.html', '&amp;y=2', 'a.html?y=2', 'a.html'],
    ['a.html', 'y=2', 'a.html?y=2', 'a.html'],
    ['a.html?x=1', '?&amp;?y=2', 'a.html?x=1&y=2', 'a.html'],
    ['a.html', '#top', 'a.html#top', 'a.html'],
    ['a.html#here', '#top', 'a.html#here', 'a.html'],
    ['a.html#here', 'y=2', 'a.html?y=2#here', 'a.html'],
    ['a.html', 'y=2#top', 'a.html?y=2#top', 'a.html'],
  ];
  it.each(hrefs)('%s with parameters %j', (href, parameters, expected, path) => {
    const sco = first({
      organizations: withItem('', `parameters="${parameters}"`),
      resources: `<resource identifier="r1" adlcp:scormType="sco" href="${href}"/>`,
    });
    expect([sco.href, sco.path]).toEqual([expected, path]);
  });

  const hrefsOut =
    '../x.html|a/../../x.html|/x.html|//evil.test/x.html|https://evil.test/x.html|file:///etc/passwd|javascript:alert(1)|' +
    '%2e%2e/x.html|..\\x.html|a%2f..%2f..%2fx.html|a%5cx.html|a%00.html|a/';
  const outside: Parts[] = hrefsOut.split('|').map((href) => ({
    resources: `<resource identifier="r1" adlcp:scormtype="sco" href="${href}"/>`,
  }));
  outside.push(
    { base: 'xml:base="../"' },
    { base: 'xml:base="https://evil.test/"' },
    { resourcesBase: 'xml:base="/"' },
  );
  it.each(outside)('%j leads outside', (parts) => {
    expect(codeOf(() => readManifest(manifest(parts)))).toBe('manifest_href_outside');
  });
});

describe('SCORM 1.2 facts', () => {
  it('are read', () => {
    const inner = `<adlcp:masteryscore> 80 </adlcp:masteryscore><adlcp:datafromlms>a=1&amp;b=<![CDATA[<2>]]></adlcp:datafromlms>
      <adlcp:maxtimeallowed>0000:30:00.00</adlcp:maxtimeallowed><adlcp:timelimitaction>exit,message</adlcp:timelimitaction>`;
    expect(first({ organizations: withItem(inner) })).toMatchObject({
      masteryScore: 80,
      passingScore: null,
      dataFromLms: 'a=1&b=<2>',
      maxTimeAllowed: '0000:30:00.00',
      timeLimitAction: 'exit,message',
      objectives: [],
    });
  });

  it.each(['', 'x', '101', '-1', '1e2', 'NaN'])('masteryscore %j is none', (score) => {
    const inner = `<adlcp:masteryscore>${score}</adlcp:masteryscore>`;
    expect(first({ organizations: withItem(inner) }).masteryScore).toBeNull();
  });

  it('names are found under any prefix', () => {
    const text = manifest({ organizations: withItem('<adlcp:masteryscore>70</adlcp:masteryscore>') });
    const other = text
      .replaceAll('adlcp:', 'q:')
      .replaceAll(/<(\/?)(manifest|item|resources?)\b/g, '<$1ims:$2');
    expect(readManifest(other)).toEqual(readManifest(text));
  });

  it('an asset is told from a SCO, and a package of assets alone is refused', () => {
    const resources = `${RESOURCE}<resource identifier="r2" adlcp:scormtype="asset" href="a.html"/>`;
    const items = `${ITEM}<item identifier="i2" identifierref="r2"/>`;
    const organizations = `<organizations>${ORGANIZATION(items)}</organizations>`;
    expect(readManifest(manifest({ organizations, resources })).scos.map(({ kind }) => kind)).toEqual([
      'sco',
      'asset',
    ]);
    const assets = resources.replace('"sco"', '"asset"');
    expect(codeOf(() => readManifest(manifest({ organizations, resources: assets })))).toBe(
      'manifest_without_sco',
    );
  });

  it('an item that names no known resource is refused', () => {
    expect(codeOf(() => readManifest(manifest({ resources: '' })))).toBe('manifest_resource_unknown');
  });
});

describe('SCORM 2004 facts', () => {
  const sequencing = (inner: string, attributes = '') =>
    `<imsss:sequencing ${attributes}><imsss:limitConditions attemptAbsoluteDurationLimit="PT30M"/><imsss:objectives>${inner}</imsss:objectives></imsss:sequencing>`;
  const primary = (satisfied: string, measure: string) =>
    `<imsss:primaryObjective objectiveID="p" satisfiedByMeasure="${satisfied}">${measure}</imsss:primaryObjective>`;
  const measure = (value: string) => `<imsss:minNormalizedMeasure>${value}</imsss:minNormalizedMeasure>`;
  const facts = (inner: string, version = '2004 4th Edition', more = '') =>
    first({ version, names: NS2004, organizations: withItem(inner), more });

  it.each([
    ['true', measure('0.8'), 0.8],
    ['true', '', 1],
    ['false', measure('0.8'), null],
    ['true', measure('-0.5'), -0.5],
    ['true', measure('2'), null],
  ])('satisfied by measure %s with %j', (satisfied, minimum, expected) => {
    expect(facts(sequencing(primary(satisfied, minimum))).passingScore).toBe(expected);
  });

  it('objectives, limit and launch data', () => {
    const inner = `${sequencing(`${primary('false', '')}<imsss:objective objectiveID="q"/><imsss:objective/>`)}
      <adlcp:dataFromLMS>x</adlcp:dataFromLMS><adlcp:timeLimitAction>continue,no message</adlcp:timeLimitAction>`;
    expect(facts(inner)).toMatchObject({
      objectives: ['p', 'q'],
      maxTimeAllowed: 'PT30M',
      dataFromLms: 'x',
      timeLimitAction: 'continue,no message',
      masteryScore: null,
    });
  });

  it('are taken over from the sequencing collection, its own first', () => {
    const more = `<imsss:sequencingCollection><imsss:sequencing ID="s"><imsss:limitConditions attemptAbsoluteDurationLimit="PT9M"/>
      <imsss:objectives>${primary('true', measure('0.6'))}</imsss:objectives></imsss:sequencing></imsss:sequencingCollection>`;
    expect(facts('<imsss:sequencing IDRef="s"/>', '2004 3rd Edition', more)).toMatchObject({
      passingScore: 0.6,
      maxTimeAllowed: 'PT9M',
    });
    const own = sequencing(primary('true', measure('0.9')), 'IDRef="s"');
    expect(facts(own, '2004 3rd Edition', more)).toMatchObject({
      passingScore: 0.9,
      maxTimeAllowed: 'PT30M',
    });
  });

  it.each([
    ['<adlcp:completionThreshold>0.75</adlcp:completionThreshold>', 0.75],
    ['<adlcp:completionThreshold>7</adlcp:completionThreshold>', null],
    ['<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.5"/>', 0.5],
    ['<adlcp:completionThreshold completedByMeasure="true"/>', 1],
    ['<adlcp:completionThreshold completedByMeasure="false" minProgressMeasure="0.5"/>', null],
    ['<adlcp:completionThreshold minProgressMeasure="0.5"/>', null],
    ['', null],
  ])('%s', (inner, expected) => expect(facts(inner).completionThreshold).toBe(expected));
});

describe('the bytes', () => {
  const expected = readManifest(manifest());
  const utf16 = (text: string) => Buffer.from(text, 'utf16le');
  const danish = manifest().replace('version="1.0"', 'version="1.0" encoding="windows-1252"');
  const cases: [string, Buffer][] = [
    ['UTF-8', Buffer.from(manifest())],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${manifest()}`)],
    ['UTF-16 LE with a mark', utf16(`\ufeff${manifest()}`)],
    ['UTF-16 BE with a mark', utf16(`\ufeff${manifest()}`).swap16()],
    ['UTF-16 LE without', utf16(manifest())],
    ['UTF-16 BE without', utf16(manifest()).swap16()],
    ['windows-1252', Buffer.from(danish, 'latin1')],
    [
      'UTF-8 that says UTF-16',
      Buffer.from(manifest().replace('version="1.0"', 'version="1.0" encoding="UTF-16"')),
    ],
  ];
  it.each(cases)('%s', (_, bytes) => expect(readManifest(bytes)).toEqual(expected));

  const withDoctype = (doctype: string, text = 'Del 1') =>
    manifest().replace('?>', `?><!DOCTYPE manifest ${doctype}>`).replace('Del 1', text);
  const laughs = withDoctype('[<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]', '&b;');
  const reaching = withDoctype('[<!ENTITY x SYSTEM "file:///etc/passwd">]', '&x;');
  it.each([
    ['nothing', ''],
    ['no XML', 'hello'],
    ['cut off', manifest().slice(0, 200)],
    ['wrongly nested', manifest().replace('</resources>', '')],
    ['billion laughs', laughs],
    ['an external entity', reaching],
    ['a parameter entity', reaching.replace('ENTITY x', 'ENTITY % x')],
    ['too deep', '<a>'.repeat(5_000) + '</a>'.repeat(5_000)],
  ])('%s is unreadable', (_, text) => {
    expect(codeOf(() => readManifest(Buffer.from(text)))).toBe('manifest_unreadable');
    expect(codeOf(() => readManifest(text))).toBe('manifest_unreadable');
  });

  it('broken UTF-8, broken UTF-16 and unknown encodings are unreadable', () => {
    const unknown = Buffer.from(manifest().replace('version="1.0"', 'version="1.0" encoding="klingon"'));
    for (const bytes of [Buffer.from([0x3c, 0xff, 0x3e]), Buffer.from([0xff, 0xfe, 0x00, 0xd8]), unknown])
      expect(codeOf(() => readManifest(bytes))).toBe('manifest_unreadable');
  });

  it('a DOCTYPE without entities does no harm', () => {
    expect(readManifest(withDoctype('SYSTEM "http://evil.test/x.dtd"'))).toEqual(expected);
    expect(readManifest(withDoctype('[<!ELEMENT manifest ANY>]'))).toEqual(expected);
  });

  it('entities of XML itself and of numbers are resolved, others stay as they stand', () => {
    const text = manifest().replace('Del 1', '&lt;&#65;&#x42;&amp;amp;&nbsp;&#xD800;&#0;');
    expect(readManifest(text).scos[0]!.title).toBe('<AB&amp;&nbsp;\ufffd\ufffd');
  });
});

describe('the limits', () => {
  it('bytes, items and depth', () => {
    const many = (n: number) => '<item identifier="i" identifierref="r1"/>'.repeat(n);
    const deep = (n: number) => `${'<item identifierref="r1">'.repeat(n)}${'</item>'.repeat(n)}`;
    const read = (items: string) =>
      readManifest(manifest({ organizations: `<organizations>${ORGANIZATION(items)}</organizations>` })).scos
        .length;
    expect([read(many(500)), read(deep(20))]).toEqual([500, 20]);
    expect(codeOf(() => read(many(501)))).toBe('manifest_too_large');
    expect(codeOf(() => read(deep(21)))).toBe('manifest_too_large');
    expect(codeOf(() => readManifest(' '.repeat(LARGEST_MANIFEST + 1)))).toBe('manifest_too_large');
  });

  it('texts are cut', () => {
    const long = '😀'.repeat(5_000);
    const sco = first({
      organizations: withItem(`<adlcp:datafromlms>${long}</adlcp:datafromlms>`).replace('Del', long),
    });
    expect([Array.from(sco.title).length, Array.from(sco.dataFromLms!).length]).toEqual([300, 4_000]);
    expect(() => encodeURIComponent(sco.title)).not.toThrow();
  });

  it('a manifest of the largest size is read in reasonable time', () => {
    const padded = manifest({ more: `<x>${'<y a="b">text</y>'.repeat(200_000)}</x>` });
    const begun = performance.now();
    expect(readManifest(padded.slice(0, LARGEST_MANIFEST)).scos).toHaveLength(1);
    expect(performance.now() - begun).toBeLessThan(15_000);
  });
});

it('whatever the document, either a manifest within its limits or a refusal', () => {
  const word = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.constantFrom('../', 'a/', '%2e%2e/', 'r1', 'true', '0.5'),
  );
  const escape = (text: string) =>
    text.replace(/[&<>"\p{Cc}]/gu, (c) => `&#${Math.max(32, c.codePointAt(0)!)};`);
  const generated = fc
    .tuple(word, word, word, word, word, word)
    .map(([href, base, parameters, id, score, title]) =>
      manifest({
        base: `xml:base="${escape(base)}"`,
        resources: `<resource identifier="r1" href="${escape(href)}" adlcp:scormtype="sco"/>`,
        organizations: withItem(
          `<adlcp:masteryscore>${escape(score)}</adlcp:masteryscore><title>${escape(title)}</title>`,
          `parameters="${escape(parameters)}" isvisible="${escape(id)}"`,
        ),
      }),
    );
  const mutated = fc.tuple(generated, fc.nat(), fc.string({ maxLength: 5 })).map(([text, at, put]) => {
    const position = at % text.length;
    return text.slice(0, position) + put + text.slice(position + put.length);
  });
  fc.assert(
    fc.property(fc.oneof(generated, mutated, fc.string(), fc.uint8Array({ maxLength: 300 })), (source) => {
      try {
        const { scos } = readManifest(source);
        for (const { href, path } of scos) {
          expect(new URL(href, 'http://p.test/root/').href.startsWith('http://p.test/root/')).toBe(true);
          expect(path.split('/').every((part) => part !== '' && part !== '..' && !part.includes('\\'))).toBe(
            true,
          );
        }
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
      }
    }),
    { numRuns: 400 },
  );
});
