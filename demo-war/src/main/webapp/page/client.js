/** Asks the server: with requests that take a token, and with looks that take none. */
const PATIENCE_MILLIS = 10000;
const FIELDS = ['RateLimit-Policy', 'RateLimit', 'Retry-After'];

export class Client {
  #method;
  #path;
  #level;

  /** @param what with method and path of the requests, and the path of looks, relative to the page */
  constructor({method, path, level}) {
    this.#method = method;
    this.#path = path;
    this.#level = level;
  }

  /** A request that takes a token. Fails if no server answers. */
  send() {
    return ask(this.#path, this.#method);
  }

  /** The level, and who decides: 'redis', 'alone' (this server), 'closed' (until Redis is back) or 'unreachable'. */
  async look() {
    try {
      const response = await ask(this.#level, 'GET');
      if (response.status === 503) {
        return {decider: 'closed'};
      }
      const {degraded} = await response.json();
      return {response, decider: degraded ? 'alone' : 'redis'};
    } catch {
      return {decider: 'unreachable'};
    }
  }
}

/** The header fields that matter here, as lines of text. */
export function fieldLines(headers) {
  return FIELDS.filter(name => headers.has(name)).map(name => `${name}: ${headers.get(name)}`).join('\n');
}

function ask(path, method) {
  return fetch(path, {method, cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MILLIS)});
}
