/** The API as tests know it: nothing answers unless a test says how. */
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';

export const server = setupServer();

const ORIGIN = 'http://dashboard.test';

interface Call {
  url: URL;
  body: unknown;
}

type Method = 'get' | 'post' | 'delete';

/** Answer a route with JSON, always the same or made from the call; returns the calls so far. */
export function answer(
  method: Method,
  path: string,
  content: object | ((call: Call) => object),
  init: { status?: number; headers?: Record<string, string> } = {},
): Call[] {
  const calls: Call[] = [];
  server.use(
    http[method](`${ORIGIN}/api/v1${path}`, async ({ request }) => {
      const text = await request.clone().text();
      const isJson = request.headers.get('content-type')?.includes('json');
      const body: unknown = text && isJson ? JSON.parse(text) : text;
      const call = { url: new URL(request.url), body };
      calls.push(call);
      const made =
        typeof content === 'function' ? (content as (call: Call) => object)(call) : content;
      return HttpResponse.json(made, init);
    }),
  );
  return calls;
}

/** Refuse a route with a problem document. */
export function refuse(
  method: Method,
  path: string,
  status: number,
  title: string,
  members: object = {},
): Call[] {
  const problem = {
    type: 'about:blank',
    title,
    status,
    detail: `Detail of: ${title}`,
    request_id: '019ab6a0-7c00-7000-8000-000000000000',
    ...members,
  };
  return answer(method, path, problem, { status });
}

/** Let a route be unreachable. */
export function cutOff(method: Method, path: string): void {
  server.use(http[method](`${ORIGIN}/api/v1${path}`, () => HttpResponse.error()));
}
