// sign_in.mjs PORT USER [CLIENT SECRET]: signs in at the provider of "oidc" as a person with a
// browser does (RFC 6749 4.1 with PKCE): login, consent, code. Prints the refresh token.
import { createHash, randomBytes } from 'node:crypto';
import { walk } from './browser.mjs';

const [, , port, user, client = 'ioud', secret] = process.argv;
const issuer = `http://localhost:${port}`;
const callback = 'http://127.0.0.1:39999/callback';
const verifier = randomBytes(32).toString('base64url');

const wish = new URLSearchParams({
  client_id: client,
  response_type: 'code',
  redirect_uri: callback,
  scope: 'openid offline_access mail',
  prompt: 'consent',
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
});
const back = new URL(await walk(`${issuer}/auth?${wish}`, user));
const form = new URLSearchParams({
  grant_type: 'authorization_code',
  code: back.searchParams.get('code'),
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
