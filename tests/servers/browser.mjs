// A person with a browser at the provider of "oidc": fills in every form until the provider sends
// the browser somewhere else, and returns that address.
export async function walk(start, user, { denies = false } = {}) {
  const cookies = new Map();
  const provider = new URL(start).origin;

  async function visit(url, form) {
    const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    const answer = await fetch(url, { method: form ? 'POST' : 'GET', body: form, headers, redirect: 'manual' });
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair] = cookie.split(';');
      const at = pair.indexOf('=');
      cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  }

  let answer = await visit(start);
  let here = start;
  for (let pages = 0; pages < 25; ++pages) {
    if (answer.status >= 300 && answer.status < 400) {
      here = new URL(answer.headers.get('location'), here).href;
      if (new URL(here).origin !== provider) return here;
      answer = await visit(here);
      continue;
    }
    const page = await answer.text();
    const abort = page.match(/href="([^"]+\/abort)"/);
    if (denies && abort) {
      here = new URL(abort[1], here).href;
      answer = await visit(here);
      continue;
    }
    const form = page.match(/<form[^>]*action="([^"]+)"[\s\S]*?<\/form>/);
    if (!form) throw new Error(`no form at ${here}: ${page}`);
    const fields = new URLSearchParams();
    for (const [input] of form[0].matchAll(/<input[^>]*>/g)) {
      const name = input.match(/name="([^"]+)"/);
      if (name) fields.set(name[1], input.match(/value="([^"]*)"/)?.[1] ?? '');
    }
    if (fields.has('login')) fields.set('login', user);
    here = new URL(form[1].replaceAll('&amp;', '&'), here).href;
    answer = await visit(here, fields);
  }
  throw new Error('the sign-in does not come to an end');
}
