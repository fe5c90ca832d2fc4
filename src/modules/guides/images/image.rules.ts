/** The kinds of images that guides may have. SVG is none of them: it can hold scripts. */
export type ImageType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';

/** Largest image, in bytes. */
export const IMAGE_LIMIT = 2 * 1024 * 1024;

const BEGINNINGS: readonly (readonly [ImageType, string])[] = [
  ['image/png', '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', '\xff\xd8\xff'],
  ['image/gif', 'GIF87a'],
  ['image/gif', 'GIF89a'],
];

/** What kind of image it is, by its first bytes; undefined for everything else, whatever it is called. */
export function imageType(content: Uint8Array): ImageType | undefined {
  const beginning = Buffer.from(content.subarray(0, 12)).toString('latin1');
  // RIFF, four bytes with the size, then what it holds.
  if (beginning.startsWith('RIFF') && beginning.slice(8) === 'WEBP') return 'image/webp';
  return BEGINNINGS.find(([, bytes]) => beginning.startsWith(bytes))?.[0];
}

/** What is wrong with an uploaded image; undefined when nothing is. */
export function imageFault(content: Uint8Array): 'image_too_large' | 'image_type' | undefined {
  if (content.length > IMAGE_LIMIT) return 'image_too_large';
  return imageType(content) ? undefined : 'image_type';
}
