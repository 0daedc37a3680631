// oidc.mjs MODULES PORT: the provider that the script "oidc" starts.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [, , modules, port] = process.argv;
const entry = createRequire(`${modules}/`).resolve('oidc-provider');
const { default: Provider } = await import(pathToFileURL(entry).href);

const person = {
  redirect_uris: ['http://127.0.0.1/callback'],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
};
const provider = new Provider(`http://localhost:${port}`, {
  clients: [
    { ...person, client_id: 'ioud', token_endpoint_auth_method: 'none', application_type: 'native' },
    { ...person, client_id: 'desk', client_secret: 'desk+secret/1', application_type: 'native' },
    { client_id: 'rs', client_secret: 'rs', redirect_uris: [], response_types: [], grant_types: [] },
  ],
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  scopes: ['openid', 'offline_access', 'mail'],
  pkce: { required: () => true, methods: ['S256'] },
  rotateRefreshToken: process.env.ROTATE !== '0',
  issueRefreshToken: () => true,
  ttl: {
    AccessToken: Number(process.env.LIFETIME ?? 3600),
    AuthorizationCode: 60,
    Grant: 86400,
    IdToken: 600,
    Interaction: 600,
    RefreshToken: 86400,
    Session: 86400,
  },
  features: {
    devInteractions: { enabled: true },
    introspection: { enabled: true, allowedPolicy: () => true },
    revocation: { enabled: true },
  },
  cookies: { keys: ['test'] },
});
// One line a renewal, so that tests can count them.
provider.on('grant.success', (ctx) => console.log('granted', ctx.oidc.params.grant_type));
provider.on('grant.error', (ctx, error) => console.log('refused', error.error, error.error_detail));
createServer(provider.callback()).listen(Number(port), '127.0.0.1');
