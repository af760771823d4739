// Reads the response fields RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers-11).

/** '"login";r=4;t=12, "api";r=9' as [{name: 'login', r: 4, t: 12}, {name: 'api', r: 9}]. */
function items(text) {
  return [...(text ?? '').matchAll(/"([^"]+)"((?:;\w+=\d+)*)/g)].map(([, name, parameters]) => ({
    name,
    ...Object.fromEntries([...parameters.matchAll(/;(\w+)=(\d+)/g)].map(([, key, value]) => [key, Number(value)])),
  }));
}

/**
 * What an answer says of the bucket that is named first.
 *
 * @param {Headers} headers
 * @return {{name: string, capacity: number, fillSeconds: number, remaining: number, nextSeconds: ?number}|undefined}
 */
export function bucketIn(headers) {
  const [limit] = items(headers.get('RateLimit'));
  const policy = items(headers.get('RateLimit-Policy')).find(({name}) => name === limit?.name);
  return policy && {
    name: policy.name,
    capacity: policy.q,
    fillSeconds: policy.w,
    remaining: limit.r,
    nextSeconds: limit.t,
  };
}
