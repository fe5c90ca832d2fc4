// Keeps the code on the wall a fresh one; without this script the page itself is loaded again.
const EVERY_MS = 10_000;
/** An older one is refused by then. */
const TOO_OLD_MS = 40_000;
const shown = document.getElementById('code');
const button = document.getElementById('full-screen');
let freshAt = Date.now();

async function refresh() {
  const answer = await fetch(location.href).catch(() => undefined);
  const text = answer?.ok && !answer.redirected ? await answer.text() : '';
  const fresh = new DOMParser().parseFromString(text, 'text/html').getElementById('code');
  if (fresh) {
    freshAt = Date.now();
    if (fresh.innerHTML !== shown.innerHTML) shown.replaceChildren(...document.adoptNode(fresh).childNodes);
  } else if (Date.now() - freshAt > TOO_OLD_MS) shown.textContent = shown.dataset.away;
}

setInterval(() => void refresh(), EVERY_MS);
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void refresh());
if (document.fullscreenEnabled) {
  button.hidden = false;
  button.addEventListener('click', () => void document.getElementById('screen').requestFullscreen());
}
