/** A small OpenID Connect issuer on this machine: code with PKCE, refresh tokens good for one use. */
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const CLIENT = 'dashboard';
const LIFETIME_SECONDS = 300;

interface Grant {
  challenge: string;
  redirect: string;
}

export class Issuer {
  readonly #server: Server;
  readonly #keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  readonly #codes = new Map<string, Grant>();
  readonly #refreshTokens = new Set<string>();
  readonly #browsers = new Set<string>();
  /** Answers with this error instead of letting anybody in. */
  refusal: string | undefined;
  /** How often the token endpoint was asked for what. */
  readonly asked: string[] = [];

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(): Promise<Issuer> {
    const issuer = new Issuer();
    await new Promise<void>((resolve) => issuer.#server.listen(0, '127.0.0.1', resolve));
    return issuer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Forget every browser and every refresh token: whoever was signed in has to do so again. */
  forget(): void {
    this.#browsers.clear();
    this.#refreshTokens.clear();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    response.setHeader('access-control-allow-origin', '*');
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        json(response, this.#about());
        break;
      case '/keys':
        json(response, { keys: [this.#publicKey()] });
        break;
      case '/authorize':
        this.#authorize(request, response, url);
        break;
      case '/end':
        this.forget();
        leave(response, url.searchParams.get('post_logout_redirect_uri') ?? '/');
        break;
      case '/token':
        this.#token(await formOf(request), response);
        break;
      default:
        response.writeHead(404).end();
    }
  }

  #about(): object {
    return {
      issuer: this.url,
      jwks_uri: `${this.url}/keys`,
      authorization_endpoint: `${this.url}/authorize`,
      token_endpoint: `${this.url}/token`,
      end_session_endpoint: `${this.url}/end`,
      code_challenge_methods_supported: ['S256'],
    };
  }

  #authorize(request: IncomingMessage, response: ServerResponse, url: URL): void {
    const told = url.searchParams;
    const back = new URL(told.get('redirect_uri') ?? '');
    back.searchParams.set('state', told.get('state') ?? '');
    const browser = /known=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
    const isKnown = this.#browsers.has(browser);
    const isAnswered = told.has('answered');
    if (this.refusal && isAnswered) {
      back.searchParams.set('error', this.refusal);
      leave(response, back.href);
      return;
    }
    if (!isKnown && told.get('prompt') === 'none') {
      back.searchParams.set('error', 'login_required');
      leave(response, back.href);
      return;
    }
    if (!isKnown && !isAnswered) {
      url.searchParams.set('answered', 'yes');
      response.setHeader('content-type', 'text/html');
      response.end(`<a href="${url.href.replaceAll('&', '&amp;')}">Continue as Ada</a>`);
      return;
    }
    const known = isKnown ? browser : randomUUID();
    this.#browsers.add(known);
    response.setHeader('set-cookie', `known=${known}; HttpOnly; SameSite=Lax; Path=/`);
    const code = randomUUID();
    this.#codes.set(code, {
      challenge: told.get('code_challenge') ?? '',
      redirect: told.get('redirect_uri') ?? '',
    });
    back.searchParams.set('code', code);
    leave(response, back.href);
  }

  #token(form: URLSearchParams, response: ServerResponse): void {
    const kind = form.get('grant_type') ?? '';
    this.asked.push(kind);
    const isGood = kind === 'refresh_token' ? this.#takeRefresh(form) : this.#takeCode(form);
    if (!isGood) {
      json(response, { error: 'invalid_grant' }, 400);
      return;
    }
    const refresh = randomUUID();
    this.#refreshTokens.add(refresh);
    json(response, {
      access_token: this.#signed('at+jwt', {
        aud: 'careledger',
        preferred_username: 'ada',
        roles: ['finance'],
        clinics: '*',
      }),
      id_token: this.#signed('JWT', { aud: CLIENT }),
      refresh_token: refresh,
      token_type: 'Bearer',
      expires_in: LIFETIME_SECONDS,
    });
  }

  #takeRefresh(form: URLSearchParams): boolean {
    return this.#refreshTokens.delete(form.get('refresh_token') ?? '');
  }

  #takeCode(form: URLSearchParams): boolean {
    const code = form.get('code') ?? '';
    const grant = this.#codes.get(code);
    this.#codes.delete(code);
    const verifier = form.get('code_verifier') ?? '';
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    return grant?.challenge === challenge && grant.redirect === form.get('redirect_uri');
  }

  #publicKey(): object {
    return { ...this.#keys.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig' };
  }

  #signed(type: string, claims: object): string {
    const now = Math.floor(Date.now() / 1000);
    const whole = { iss: this.url, sub: 'ada-1', iat: now, exp: now + LIFETIME_SECONDS, ...claims };
    const text = [{ alg: 'RS256', kid: 'one', typ: type }, whole]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${text}.${sign('sha256', Buffer.from(text), this.#keys.privateKey).toString('base64url')}`;
  }
}

function json(response: ServerResponse, content: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
}

function leave(response: ServerResponse, address: string): void {
  response.writeHead(302, { location: address }).end();
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let body = '';
  for await (const part of request) body += String(part);
  return new URLSearchParams(body);
}
