// Loaded before a built server (NODE_OPTIONS=--import): what it does every five minutes, it does every quarter of a second.
const begin = globalThis.setInterval;
globalThis.setInterval = (work, ms, ...rest) => begin(work, ms === 5 * 60_000 ? 250 : ms, ...rest);
