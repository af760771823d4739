/** The level of a bucket, from what an answer said of it and the time since. Never more than there is, if nobody else takes. */
export class Level {
  #bucket;
  #base;
  #since;

  /**
   * @param bucket as of fields.js
   * @param {number} now milliseconds
   */
  constructor(bucket, now) {
    this.#bucket = bucket;
    this.#since = now;
    // The next token comes in at most so many seconds, so a part of it must be there already.
    const partOfNext = bucket.nextSeconds === undefined ? 0 : Math.max(0, 1 - bucket.nextSeconds * this.perSecond);
    this.#base = bucket.remaining + partOfNext;
  }

  get capacity() {
    return this.#bucket.capacity;
  }

  /** Tokens that return in a second. */
  get perSecond() {
    return this.#bucket.capacity / this.#bucket.fillSeconds;
  }

  /** Tokens, with a fraction, at a time in milliseconds. */
  at(now) {
    const passed = Math.max(0, now - this.#since); // a frame may be dated a little before the answer that came in it
    return Math.min(this.capacity, this.#base + (passed / 1000) * this.perSecond);
  }

  /** "10 at once, then 1 a second", "5 at once, then 1 every 12 seconds". */
  get words() {
    const rate = this.perSecond;
    return `${this.capacity} at once, then ${rate >= 1 ? `${short(rate)} a second` : `1 every ${short(1 / rate)} seconds`}`;
  }
}

function short(number) {
  return String(Math.round(number * 10) / 10);
}
