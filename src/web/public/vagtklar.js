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
  for (const form of document.querySelectorAll('[data-module="upload"]')) followUpload(form);
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

// A large file: dropped or chosen, with its progress. Without script the form sends it all the same.
function followUpload(form) {
  const input = form.querySelector('input[type="file"]');
  const area = input.closest('.vk-drop');
  for (const kind of ['dragover', 'dragleave', 'drop'])
    area.addEventListener(kind, (event) => {
      event.preventDefault();
      area.classList.toggle('vk-drop-over', kind === 'dragover');
      if (kind === 'drop' && event.dataTransfer.files.length > 0) input.files = event.dataTransfer.files;
    });
  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented || input.files.length === 0) return;
    event.preventDefault();
    sendWithProgress(form);
  });
}
function sendWithProgress(form) {
  const shown = form.querySelector('.vk-upload');
  const [said, bar] = [shown.querySelector('[role="status"]'), shown.querySelector('progress')];
  const request = new XMLHttpRequest();
  const button = form.querySelector('button[type="submit"]');
  button.disabled = true;
  shown.hidden = false;
  said.textContent = form.dataset.sending;
  request.upload.addEventListener('progress', (event) => {
    bar.value = (100 * event.loaded) / event.total;
    if (event.loaded === event.total) said.textContent = form.dataset.unpacking;
  });
  request.addEventListener('load', () => {
    if (request.status < 300) return location.assign(request.responseURL);
    const page = new DOMParser().parseFromString(request.responseText, 'text/html');
    document.querySelector('main').replaceWith(document.adoptNode(page.querySelector('main')));
    document.title = page.title;
    for (const fresh of document.querySelectorAll('[data-module="upload"]')) followUpload(fresh);
    document.querySelector('[data-module="error-summary"]')?.focus();
  });
  request.addEventListener('error', () => {
    said.textContent = form.dataset.broken;
    button.disabled = false;
    delete form.dataset.sent;
  });
  request.open('POST', form.action);
  request.send(new FormData(form));
}
