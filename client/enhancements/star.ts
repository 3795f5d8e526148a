/**
 * Presses a star where it stands: nothing reloads and the focus stays. Whatever goes wrong, the form is sent as it
 * would be without script, and the page that comes back says why.
 */
export function pressStar(form: HTMLElement): void {
  const button = form.querySelector('button');
  const wish = form.querySelector<HTMLInputElement>('[name="isStarred"]');
  if (!(form instanceof HTMLFormElement) || !button || !wish) return;
  let isBusy = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    void send(form).then((isDone) => {
      isBusy = false;
      if (!isDone) return form.submit();
      const isStarred = wish.value === 'yes';
      wish.value = isStarred ? 'no' : 'yes';
      button.setAttribute('aria-pressed', String(isStarred));
      const status = document.getElementById('star-status');
      if (status) status.textContent = isStarred ? 'Added to my agenda' : 'Taken out of my agenda';
    });
  });
}

async function send(form: HTMLFormElement): Promise<boolean> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
  try {
    const headers = { accept: 'application/json' };
    return (await fetch(form.action, { method: 'POST', headers, body })).status === 204;
  } catch {
    return false;
  }
}
