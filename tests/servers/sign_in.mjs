// sign_in.mjs PORT USER [CLIENT SECRET]: signs in at the provider of "oidc" as a person with a
// browser does (RFC 6749 4.1 with PKCE): login, consent, code. Prints the refresh token.
import { createHash, randomBytes } from 'node:crypto';

const [, , port, user, client = 'ioud', secret] = process.argv;
const issuer = `http://localhost:${port}`;
const callback = 'http://127.0.0.1:39999/callback';
const verifier = randomBytes(32).toString('base64url');
const cookies = new Map();

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

/// Fills in every form until the provider sends us back.
async function code(start) {
  let answer = await visit(start);
  let here = start;
  for (let pages = 0; pages < 25; ++pages) {
    if (answer.status >= 300 && answer.status < 400) {
      here = new URL(answer.headers.get('location'), here).href;
      if (here.startsWith(callback)) return new URL(here).searchParams.get('code');
      answer = await visit(here);
      continue;
    }
    const page = await answer.text();
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

const wish = new URLSearchParams({
  client_id: client,
  response_type: 'code',
  redirect_uri: callback,
  scope: 'openid offline_access mail',
  prompt: 'consent',
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
});
const form = new URLSearchParams({
  grant_type: 'authorization_code',
  code: await code(`${issuer}/auth?${wish}`),
  redirect_uri: callback,
  code_verifier: verifier,
});
const headers = {};
if (secret) {
  const pair = `${encodeURIComponent(client)}:${encodeURIComponent(secret)}`;
  headers.authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
} else {
  form.set('client_id', client);
}
const answer = await fetch(`${issuer}/token`, { method: 'POST', body: form, headers });
const tokens = await answer.json();
if (!tokens.refresh_token) throw new Error(`no refresh token: ${JSON.stringify(tokens)}`);
console.log(tokens.refresh_token);
