// Comfort only: every page works without this script.
document.addEventListener('DOMContentLoaded', () => {
  window.DKFDS?.init();
  // The summary of a form's faults takes the focus, so that a screen reader begins there.
  document.querySelector('[data-module="error-summary"]')?.focus();
  // What was done is said once, not again after a reload.
  const address = new URL(location.href);
  if (address.searchParams.has('done')) {
    address.searchParams.delete('done');
    history.replaceState(null, '', address);
  }
  const progress = document.querySelector('[data-module="progress"]');
  if (progress) followProgress(progress);
  // A form that is on its way is not sent again by a second click.
  for (const form of document.querySelectorAll('form')) {
    form.addEventListener('submit', (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = 'true';
    });
  }
});
// A page taken from the browser's memory may be sent again.
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
});
// How far an import is, without the page beginning again each time; said aloud only now and then.
async function followProgress(shown) {
  const [text, bar, said] = ['#progress-text', 'progress', '[role="status"]'].map((part) =>
    shown.querySelector(part),
  );
  for (let asked = 1; ; asked += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const answer = await fetch(location.href).catch(() => undefined);
    if (!answer?.ok) continue;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const now = page.querySelector('[data-module="progress"]');
    if (!now) return location.reload();
    bar.value = now.querySelector('progress').value;
    text.textContent = now.querySelector('#progress-text').textContent;
    document.title = page.title;
    if (asked % 5 === 0) said.textContent = text.textContent;
  }
}
