/** What becomes of a file of a package. */
export type FileVerdict = 'kept' | 'skipped' | 'refused';

const KEPT = new Set(
  [
    'html htm xhtml js mjs cjs css json jsonp xml xsl xslt xsd dtd ent mod txt md csv tsv log vtt srt sbv ttml lrc webmanifest manifest',
    'map scss less hbs tmpl tpl mustache handlebars properties lang strings po yml yaml ini cfg htc',
    'png jpg jpeg jpe jfif gif svg svgz webp avif apng bmp ico cur tif tiff heic',
    'mp3 m4a aac ogg oga opus wav weba flac mid midi mp4 m4v webm ogv mov avi wmv wma mpg mpeg mkv 3gp flv f4v ts m3u8 mpd m4s swf',
    'woff woff2 ttf otf eot ttc pfb',
    'pdf doc docx xls xlsx xlsm ppt pptx ppsx pps odt ods odp rtf epub ics vcf psd ai eps',
    'gz br wasm data bin mem unityweb glb gltf obj mtl stl dae fbx hdr ktx ktx2 basis drc lottie riv atlas skel pak fnt',
  ]
    .join(' ')
    .split(' '),
);

/** What authors and tools forget to take out; a page has no use for it. */
const LEFTOVERS = new Set(
  'py pyc rb java c h cs as fla jsfl jison coffee jsx tsx vue sass scssc xsx xss info scc bak orig old tmp swp lock rst sln suo xap'.split(
    ' ',
  ),
);

/** What operating systems and web servers leave in a folder; no page asks for it. */
const LITTER = new Set(['thumbs.db', 'ehthumbs.db', 'desktop.ini', 'web.config']);

/**
 * Web content is kept. Hidden files, those without an extension and what operating systems, authors and tools leave behind are
 * passed over: a manifest never launches one. All else is refused, above all programs and what a server would run (exe, bat, php,
 * jsp): the package is not what its author meant, or not meant well.
 * @param path normalised, with slashes
 */
export function judgeFile(path: string): FileVerdict {
  const segments = path.split('/');
  const name = segments.at(-1)!.toLowerCase();
  if (segments.some((segment) => segment.startsWith('.') || segment === '__MACOSX')) return 'skipped';
  if (LITTER.has(name) || !name.includes('.') || name.endsWith('.')) return 'skipped';
  const extension = name.slice(name.lastIndexOf('.') + 1);
  if (KEPT.has(extension)) return 'kept';
  return LEFTOVERS.has(extension) ? 'skipped' : 'refused';
}
