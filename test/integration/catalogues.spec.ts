import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';

const root = new URL('../../', import.meta.url).pathname;
const catalogue = (language: string) =>
  JSON.parse(readFileSync(`${root}src/web/i18n/${language}.json`, 'utf8')) as Record<string, string>;
const da = catalogue('da');
const en = catalogue('en');

function files(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

const code = files(`${root}src`, /\.(ts|hbs)$/)
  .filter((file) => !file.endsWith('.spec.ts'))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

/** The arguments of a message with their kind. */
function argumentsOf(message: string): string[] {
  const walk = (elements: MessageFormatElement[]): string[] =>
    elements.flatMap((element) => {
      if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
      const own = [`${element.value}:${element.type}`];
      return 'options' in element
        ? [...own, ...Object.values(element.options).flatMap((o) => walk(o.value))]
        : own;
    });
  return [...new Set(walk(parse(message, { ignoreTag: true })))].sort();
}

// Keys that are put together: `title.<template>`, `problem.<code>`, `validation.<field>.<code>` and the like.
const words = new Set(code.match(/[A-Za-z0-9_/-]+/g));
const composed: [RegExp, (parts: string[]) => boolean][] = [
  [/^title\.(.+)\.(.+)$/, ([module, view]) => words.has(`${module}/${view}`)],
  [/^problem\.title\.\d{3}$/, () => true],
  [/^problem\.([a-z_]+)$/, ([name]) => words.has(name!)],
  [/^validation\.(?:[A-Za-z]+\.)?([a-z_]+)$/, ([name]) => words.has(name!)],
  [/^done\.([a-z_]+)$/, ([name]) => words.has(name!)],
  [/^reason\.([a-z_]+)$/, ([name]) => words.has(name!)],
  [/^report\.(?:column|onboarding)\.([A-Za-z]+)$/, ([name]) => words.has(name!)],
  [/^attendance\.(?:status|booking|reason|source)\.([a-z_]+)$/, ([name]) => words.has(name!)],
  [/^(?:mail\.state|enrolment\.state|agent\.status)\.([a-z_]+)$/, ([name]) => words.has(name!)],
  [/^connections\.(?:shape|setup|refusal|status)\.([a-z_-]+)$/, ([name]) => words.has(name!)],
  [/^courses\.(?:creditRule|warning)\.([A-Za-z_]+)$/, ([name]) => words.has(name!)],
  [/^(?:task|waiver|retention|personal|role|inbox\.reason)\.([a-z_]+)$/, ([name]) => words.has(name!)],
  [/^(?:tokens|users|transfers|import)\.(?:state|row)\.([a-z]+)$/, ([name]) => words.has(name!)],
  [/^personal\.column\.([A-Za-z]+)$/, ([name]) => words.has(name!)],
  [/^scope\.(.+)$/, ([name]) => code.includes(`'${name}'`)],
  [/^courses\.standard\.(scorm-[\d.-]+)$/, ([name]) => code.includes(`'${name}'`)],
  [/^attempt\.(?:completion|success|kind)\.([a-z_]+)$/, ([name]) => words.has(name!)],
  [/^player\.closed\.([a-z_]+)(?:\.title)?$/, ([name]) => words.has(name!)],
  [/^onboardingDays\.(?:state|takeOffText)\.([a-z_]+)$/, ([name]) => words.has(name!)],
  [/^progress\.(?:step|reason|spared)\.([a-z_]+)$/, ([name]) => words.has(name!)],
  [
    /^guides\.(?:state|audience|urgency|urgencyChoice|reportKind|diff)\.([a-z]+)$/,
    ([name]) => words.has(name!),
  ],
  [/^settings\.([a-z]+)(?:\.lead)?$/, ([name]) => words.has(name!)],
  [/^import\.([a-z]+)\.(?:title|lead)$/, ([name]) => words.has(name!)],
  [/^import\.(?:note|[a-z]+\.column(?:Hint)?)\.([A-Za-z_]+)$/, ([name]) => words.has(name!)],
  [/^survey\.column\.([a-z]+)$/, ([name]) => words.has(name!)],
  [/^shiftImport\.(?:state|kind|covers|column|columnHint)\.([A-Za-z]+)$/, ([name]) => words.has(name!)],
  [/^readinessReport\.([A-Za-z_]+)$/, ([name]) => words.has(name!)],
  [/^readiness\.(?:state|effect|override|policy)\.([a-z_]+)$/, ([name]) => words.has(name!)],
  [
    /^insight\.(?:group|figure|note|reason|unit)\.([a-z_]+)$/,
    ([name]) => words.has(name!) || name!.startsWith('day_'),
  ],
  [
    /^insight\.([a-z]+(?:-[a-z]+)+)\.([a-z_]+?)(?:_[123])?$/,
    ([key, part]) => words.has(key!) && (words.has(part!) || words.has(`${part}_`)),
  ],
  [/^(?:cases|disputes)\.(?:state|reason|answer|event)\.([a-z_]+)$/, ([name]) => words.has(name!)],
  [/^closing\.exclusion\.([a-z_]+)$/, ([name]) => words.has(name!)],
  [/^qualityPolicy\.warm\.([a-z]+)$/, ([name]) => words.has(name!)],
  [/^figures_viewed\.(?:place|role)\.([a-z]+)$/, ([name]) => words.has(name!)],
  [/^quality\.outcome\.([a-z]+)$/, ([name]) => words.has(name!)],
  [/^(?:rounds|invitation)\.state\.([a-z_]+)$/, ([name]) => words.has(name!)],
  [/^coaching\.(?:state|ownState)\.([a-z_]+)$/, ([name]) => words.has(name!)],
];

describe('the catalogues', () => {
  it('have the same keys with the same arguments', () => {
    expect(Object.keys(en)).toEqual(Object.keys(da));
    const different = Object.keys(da).filter(
      (key) => argumentsOf(da[key]!).join() !== argumentsOf(en[key]!).join(),
    );
    expect(different).toEqual([]);
  });

  it('have every key that the code asks for', () => {
    const asked = [...code.matchAll(/(?:\bt\(|\(t |\{\{t )['"]([a-zA-Z][\w.-]*)['"]/g)].map(
      (match) => match[1]!,
    );
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter((key) => !(key in da))).toEqual([]);
  });

  it('have a sentence for every refusal the code can give', () => {
    const refusals = [...code.matchAll(/new DomainError\(\s*'([a-z_]+)'/g)].map((match) => match[1]!);
    const faults = [...code.matchAll(/code: '([a-z_]+)'/g)].map((match) => match[1]!);
    expect(refusals.filter((name) => !(`problem.${name}` in da))).toEqual([]);
    const known = (name: string) =>
      [`validation.${name}`, `problem.${name}`, `reason.${name}`].some((key) => key in da);
    const ours = faults.filter((name) => name !== 'custom' && name !== 'intro');
    expect(ours.filter((name) => !known(name))).toEqual([]);
  });

  it('have no key that nobody uses', () => {
    const literal = new Set(code.match(/[a-zA-Z]+(?:\.[a-zA-Z_]+)+/g));
    const unused = Object.keys(da).filter((key) => {
      if (literal.has(key)) return false;
      return !composed.some(([pattern, isUsed]) => {
        const match = pattern.exec(key);
        return match !== null && isUsed(match.slice(1));
      });
    });
    expect(unused).toEqual([]);
  });
});

describe('the mail templates', () => {
  const templates = readdirSync(`${root}mail-templates`).filter((name) => !name.startsWith('_'));

  it.each(templates)('%s has every part in both languages, with the same variables', (name) => {
    for (const part of ['subject', 'html', 'text']) {
      const variables = (language: string) =>
        [
          ...new Set(
            readFileSync(`${root}mail-templates/${name}/${part}.${language}.hbs`, 'utf8').match(
              /\{\{[^}>]+\}\}/g,
            ) ?? [],
          ),
        ]
          .filter((variable) => !variable.includes('footer') && !variable.includes('"'))
          .sort();
      expect(variables('en')).toEqual(variables('da'));
    }
  });

  it('have no personal data in a subject', () => {
    for (const name of templates)
      for (const language of ['da', 'en'])
        expect(readFileSync(`${root}mail-templates/${name}/subject.${language}.hbs`, 'utf8')).not.toMatch(
          /[nN]ame|email/,
        );
  });
});
